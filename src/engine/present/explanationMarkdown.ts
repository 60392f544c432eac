import type { Explanation } from '../explain/explanation.ts';
import { baseName, grouped } from '../explain/words.ts';
import { markdownText, visibleText } from './safeText.ts';

const verdictWords = {
  root_cause_found: 'Root cause found',
  probable: 'Probable cause',
  inconclusive: 'Inconclusive',
  no_incident: 'No incident',
} as const satisfies Record<Explanation['verdict'], string>;

/** An explanation as a Markdown report. Log text appears as text; there are no links. */
export function explanationMarkdown(explanation: Explanation): string {
  const { verdict, summary, rootCause, confidence, coverage } = explanation;
  const blocks = [`# ${verdictWords[verdict]}`, markdownText(summary)];
  if (verdict !== 'no_incident') {
    const facts = [`**Category** ${markdownText(rootCause.category)}`];
    if (rootCause.component !== '') {
      facts.push(`**component** ${markdownText(rootCause.component)}`);
    }
    blocks.push([...facts, `**evidence** ${rootCause.evidence.join(', ')}`].join(' · '));
  }
  blocks.push(
    `**Confidence** ${confidence.level} (${confidence.value}): ${markdownText(confidence.why)}.`,
  );
  section(blocks, 'Timeline', explanation.timeline, ({ time, event, evidence }) =>
    item(`${time === null ? '' : `${time} `}${markdownText(event)}`, evidence),
  );
  section(blocks, 'Suspects', explanation.suspects, (suspect) => {
    const at = suspect.line === null ? '' : `:${suspect.line}`;
    return item(
      `${markdownText(`${suspect.file}${at} ${suspect.function}`)} (${suspect.score})`,
      suspect.evidence,
    );
  });
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
  section(
    blocks,
    'What to do',
    explanation.recommendations,
    ({ kind, action, basis }) => `- **${kind}** ${markdownText(action)} *(${markdownText(basis)})*`,
  );
  section(blocks, 'Not known', explanation.missing, (text) => `- ${markdownText(text)}`);
  section(blocks, 'Evidence', explanation.evidence, (evidence) => {
    const span =
      evidence.endLine > evidence.line
        ? `${evidence.line}-${evidence.endLine}`
        : `${evidence.line}`;
    const place = markdownText(`${baseName(evidence.path)}:${span}`);
    return `**${evidence.id}** ${place}\n\n${codeBlock(evidence.text)}`;
  });
  const how =
    explanation.source === 'offline'
      ? 'Offline explanation: no language model was used'
      : `Written by ${markdownText(explanation.source)}`;
  blocks.push(
    `*${how}. Read ${grouped(coverage.lines)} lines, sent ${grouped(coverage.linesSent)}, masked ${grouped(coverage.masked)}.*`,
  );
  return `${blocks.join('\n\n')}\n`;
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
  return `- ${text}${evidence.length === 0 ? '' : ` [${evidence.join(', ')}]`}`;
}

/** Log text as an indented block: no fence that a line could close. */
function codeBlock(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${visibleText(line)}`)
    .join('\n');
}
