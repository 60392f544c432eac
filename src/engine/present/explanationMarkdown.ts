import type { Explanation, Recommendation } from '../explain/explanation.ts';
import {
  authorWords,
  basisWords,
  placeWords,
  receiptWords,
  removedFrom,
  suspectWords,
  verdictWords,
} from './explanationWords.ts';
import { markdownText, visibleText, webAddress } from './safeText.ts';

/**
 * An explanation as a Markdown report. Text of logs and of models appears as text; the only links are
 * the references of rules.
 * @param writtenAt ISO 8601; empty where nobody needs to know
 */
export function explanationMarkdown(explanation: Explanation, writtenAt = ''): string {
  const { verdict, rootCause, confidence, coverage } = explanation;
  const blocks = [`# ${verdictWords[verdict]}`, ...summaryBlocks(explanation)];
  for (const notice of explanation.notices) blocks.push(`> ${markdownText(notice)}`);
  if (verdict !== 'no_incident') {
    const facts = [`**Category** ${markdownText(rootCause.category)}`];
    if (rootCause.component !== '') {
      facts.push(`**component** ${markdownText(rootCause.component)}`);
    }
    if (rootCause.evidence.length > 0) facts.push(`**evidence** ${ids(rootCause.evidence)}`);
    blocks.push(facts.join(' · '));
  }
  blocks.push(
    `**Confidence** ${confidence.level} (${confidence.value}): ${markdownText(confidence.why)}.`,
  );
  section(
    blocks,
    'Removed claims',
    explanation.removed,
    (claim) =>
      `- ~~${markdownText(claim.text)}~~ (${removedFrom(claim)}: ${markdownText(claim.why)})`,
  );
  section(blocks, 'Timeline', explanation.timeline, ({ time, event, evidence }) =>
    item(`${time === null ? '' : `${markdownText(time)} `}${markdownText(event)}`, evidence),
  );
  section(blocks, 'Suspects', explanation.suspects, (suspect) =>
    item(`${markdownText(suspectWords(suspect))} (${suspect.score})`, suspect.evidence),
  );
  section(
    blocks,
    'Other explanations',
    explanation.alternatives,
    ({ category, statement, evidence }) =>
      item(`${markdownText(category)}: ${markdownText(statement)}`, evidence),
  );
  section(blocks, 'Seen before', explanation.similarIncidents, (incident) => {
    const fix = incident.resolution === '' ? '' : ` Fixed by: ${markdownText(incident.resolution)}`;
    return `- ${markdownText(incident.rootCause)} (${markdownText(incident.why)}).${fix}`;
  });
  section(blocks, 'What to do', explanation.recommendations, recommendation);
  section(blocks, 'Not known', explanation.missing, (text) => `- ${markdownText(text)}`);
  section(
    blocks,
    'Evidence',
    explanation.evidence,
    (evidence) =>
      `**${markdownText(evidence.id)}** ${markdownText(placeWords(evidence))}\n\n${codeBlock(evidence.text)}`,
  );
  const when = writtenAt === '' ? '' : ` Written ${markdownText(writtenAt)}.`;
  blocks.push(
    `*${markdownText(authorWords(explanation))}.${when}*`,
    `*${markdownText(receiptWords(coverage))}.*`,
  );
  return `${blocks.join('\n\n')}\n`;
}

/** Each sentence with what it rests on; the plain summary where nobody took it apart. */
function summaryBlocks({ summary, sentences }: Explanation): readonly string[] {
  if (sentences.length === 0) return [markdownText(summary)];
  return sentences.map(({ text, basis, evidence }) => {
    const cited = evidence.length === 0 ? '' : `; ${ids(evidence)}`;
    return `${markdownText(text)} *(${markdownText(basisWords(basis))}${cited})*`;
  });
}

function recommendation({ kind, action, basis, refs = [] }: Recommendation): string {
  const links = refs.map((ref) => {
    const address = webAddress(ref);
    return address === null ? markdownText(ref) : `<${address}>`;
  });
  const see = links.length === 0 ? '' : ` See ${links.join(', ')}`;
  return `- **${kind}** ${markdownText(action)} *(${markdownText(basis)})*${see}`;
}

function section<T>(
  blocks: string[],
  title: string,
  items: readonly T[],
  write: (entry: T) => string,
): void {
  if (items.length === 0) return;
  const written = items.map(write);
  const list = written.every((text) => text.startsWith('- '));
  blocks.push(`## ${title}`, written.join(list ? '\n' : '\n\n'));
}

function item(text: string, evidence: readonly string[]): string {
  return `- ${text}${evidence.length === 0 ? '' : ` [${ids(evidence)}]`}`;
}

function ids(evidence: readonly string[]): string {
  return evidence.map(markdownText).join(', ');
}

/** Log text as an indented block: no fence that a line could close. */
export function codeBlock(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${visibleText(line)}`)
    .join('\n');
}
