import type { Explanation, PanelSubject } from '../src/protocol/panelApi.ts';
import { clock, logName } from './format.ts';
import { visible } from './visible.ts';

const maxSuggestions = 3;
const maxName = 48;

/**
 * Questions that the report itself raises, at most three. Each names something that stands in it: a
 * time, a part, a line.
 */
export function suggestedQuestions(
  explanation: Explanation,
  subject: PanelSubject,
): readonly string[] {
  const { rootCause, timeline, evidence } = explanation;
  const isOfCause = (ids: readonly string[]): boolean =>
    ids.some((id) => rootCause.evidence.includes(id));
  const onset = timeline.find(({ time, evidence: ids }) => time !== null && isOfCause(ids))?.time;
  const other = evidence.find(({ id }) => !rootCause.evidence.includes(id));
  const questions = [
    typeof onset === 'string' ? `What happened before ${clock(onset).slice(0, 8)}?` : '',
    rootCause.component === '' ? '' : `What else did ${named(rootCause.component)} report?`,
    other === undefined ? '' : `What led to ${logName(subject, other.path)}:${other.line}?`,
  ];
  return questions.filter((question) => question !== '').slice(0, maxSuggestions);
}

function named(text: string): string {
  const clean = visible(text).replace(/\s+/g, ' ').trim();
  return clean.length > maxName ? `${clean.slice(0, maxName - 1)}…` : clean;
}
