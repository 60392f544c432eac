import type { Explanation } from '../src/protocol/panelApi.ts';
import { clock } from './format.ts';

const maxSuggestions = 3;
const maxName = 48;

/**
 * Questions that the report itself raises, at most three. Each names something that stands in it: a
 * time, a part, a place in code, a log.
 */
export function suggestedQuestions(explanation: Explanation): readonly string[] {
  const { rootCause, timeline, suspects, evidence, verdict } = explanation;
  const questions: string[] = [];
  const onset = timeline.find(
    ({ time, evidence: ids }) => time !== null && ids.some((id) => rootCause.evidence.includes(id)),
  );
  if (onset !== undefined && onset.time !== null)
    questions.push(`What happened before ${clock(onset.time).slice(0, 8)}?`);
  if (rootCause.component !== '') {
    questions.push(`What else did ${named(rootCause.component)} report?`);
  }
  const suspect = suspects.find((item) => item.function !== '');
  if (suspect !== undefined) questions.push(`Where does ${named(suspect.function)} appear?`);
  if (verdict === 'no_incident') questions.push('Which warnings or errors are there?');
  const place = evidence.find(({ id }) => !rootCause.evidence.includes(id));
  if (place !== undefined && verdict !== 'no_incident') {
    questions.push(
      `What led to ${place.path.slice(place.path.lastIndexOf('/') + 1)}:${place.line}?`,
    );
  }
  return questions.slice(0, maxSuggestions);
}

function named(text: string): string {
  const clean = text.replace(/\s+/g, ' ').trim();
  return clean.length > maxName ? `${clean.slice(0, maxName - 1)}…` : clean;
}
