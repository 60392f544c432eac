import type { Finding, Severity } from '../detect/finding.ts';
import type { Explanation } from '../explain/explanation.ts';
import { grouped } from '../explain/words.ts';
import {
  authorWords,
  basisWords,
  placeWords,
  receiptWords,
  suspectWords,
} from './explanationWords.ts';
import { terminalText, truncate } from './safeText.ts';
import { type SessionsSummary, sessionsText } from './sessionsText.ts';

/** Colours as the reader's terminal has them; each function gives its text back unchanged where it has none. */
export interface Paint {
  readonly high: (text: string) => string;
  readonly medium: (text: string) => string;
  readonly low: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
}

/** No colours. */
export const plainPaint: Paint = {
  high: (text) => text,
  medium: (text) => text,
  low: (text) => text,
  dim: (text) => text,
  strong: (text) => text,
};

const signs = { high: '◆', medium: '●', low: '·' } as const satisfies Record<Severity, string>;
const maxReasons = 3;

/** Findings for a terminal, one block each: place, title, strongest reasons. */
export function findingsText(findings: readonly Finding[], paint: Paint): string {
  return findings
    .map((finding) => {
      const colour = paint[finding.severity];
      const span =
        finding.endLine > finding.line ? `${finding.line}-${finding.endLine}` : `${finding.line}`;
      const times = finding.count > 1 ? paint.dim(` × ${grouped(finding.count)}`) : '';
      const place = `${terminalText(finding.path)}:${span}`;
      const head = `${colour(signs[finding.severity])} ${paint.strong(place)}${times}  ${truncate(terminalText(finding.title), 160)}`;
      const reasons = finding.reasons
        .slice(0, maxReasons)
        .map((reason) => paint.dim(`    ${truncate(terminalText(reason.text), 160)}`));
      return [head, ...reasons].join('\n');
    })
    .join('\n');
}

/** One line on what was read and found; silence is an answer, so a quiet log says so. */
export function scanSummary(
  counts: { readonly findings: readonly Finding[]; readonly lines: number; readonly files: number },
  paint: Paint,
): string {
  const { findings, lines, files } = counts;
  const read = `${grouped(lines)} ${lines === 1 ? 'line' : 'lines'}${files > 1 ? ` in ${grouped(files)} files` : ''} read`;
  if (findings.length === 0) return `quiet: ${read}`;
  const parts = (['high', 'medium', 'low'] as const)
    .map((severity) => ({
      severity,
      count: findings.filter((item) => item.severity === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => paint[severity](`${grouped(count)} ${severity}`));
  const noun = findings.length === 1 ? 'finding' : 'findings';
  return `${grouped(findings.length)} ${noun} (${parts.join(', ')}): ${read}`;
}

/** How the records of each file were grouped, and what was given up for it: one line each. */
export function filesText(
  files: readonly {
    readonly path: string;
    readonly sessions: SessionsSummary;
    readonly notes: readonly string[];
  }[],
  paint: Paint,
): string {
  return files
    .flatMap(({ path, sessions, notes }) =>
      [sessionsText(sessions), ...notes]
        .filter((text) => text !== '')
        .map((text) => (text.includes(path) ? text : `${path}: ${text}`))
        .map((text) => paint.dim(terminalText(text))),
    )
    .join('\n');
}

/** An explanation for a terminal. What was removed from a model's answer is marked, not hidden. */
export function explanationText(explanation: Explanation, paint: Paint): string {
  const { verdict, confidence } = explanation;
  const cite = (ids: readonly string[]): string =>
    ids.length === 0 ? '' : paint.dim(` [${terminalText(ids.join(', '))}]`);
  const lines = summaryLines(explanation, paint);
  lines.push(
    paint.dim(
      `${verdict.replaceAll('_', ' ')} · confidence ${confidence.level} (${confidence.value}): ${terminalText(confidence.why)}`,
    ),
    ...explanation.notices.map((notice) => paint.medium(`! ${terminalText(notice)}`)),
  );
  block(
    lines,
    'Removed from the answer',
    explanation.removed,
    ({ text, why }) => `[removed] ${paint.dim(terminalText(`${text} (${why})`))}`,
  );
  block(
    lines,
    'Timeline',
    explanation.timeline,
    ({ time, event, evidence }) =>
      `${time === null ? '' : paint.dim(`${terminalText(time)} `)}${terminalText(event)}${cite(evidence)}`,
  );
  block(
    lines,
    'Suspects',
    explanation.suspects,
    (suspect) => terminalText(suspectWords(suspect)) + cite(suspect.evidence),
  );
  block(
    lines,
    'Other explanations',
    explanation.alternatives,
    ({ statement, evidence }) => terminalText(statement) + cite(evidence),
  );
  block(lines, 'Seen before', explanation.similarIncidents, ({ rootCause, why, resolution }) =>
    terminalText(`${rootCause} (${why})${resolution === '' ? '' : ` Fixed by: ${resolution}`}`),
  );
  block(
    lines,
    'What to do',
    explanation.recommendations,
    ({ kind, action, basis, refs = [] }) =>
      `${kind}: ${terminalText(action)} ${paint.dim(terminalText(`(${[basis, ...refs].join('; ')})`))}`,
  );
  block(lines, 'Not known', explanation.missing, (text) => terminalText(text));
  block(
    lines,
    'Evidence',
    explanation.evidence,
    (evidence) =>
      `${terminalText(`${evidence.id} ${placeWords(evidence)}`)} ${paint.dim(truncate(terminalText(plainLines(evidence.text)), 140))}`,
  );
  lines.push(
    '',
    paint.dim(terminalText(authorWords(explanation))),
    paint.dim(terminalText(receiptWords(explanation.coverage))),
  );
  return lines.join('\n');
}

/** A sentence a line, with what it rests on; the plain summary where nobody took it apart. */
function summaryLines({ summary, sentences }: Explanation, paint: Paint): string[] {
  if (sentences.length === 0) return [paint.strong(terminalText(summary))];
  return sentences.map(({ text, basis, evidence }) => {
    const ids = evidence.length === 0 ? '' : `; ${evidence.join(', ')}`;
    return `${paint.strong(terminalText(text))} ${paint.dim(`(${terminalText(basisWords(basis) + ids)})`)}`;
  });
}

function block<T>(
  lines: string[],
  title: string,
  items: readonly T[],
  write: (item: T) => string,
): void {
  if (items.length === 0) return;
  lines.push('', title, ...items.map((item) => `  ${write(item)}`));
}

/** Colours and "erase to the end of the line": every console log has them, and they say nothing here. */
const colours = /\u001b\[[\d;:]{0,40}[mK]/g;

/** Lines without colours; any other sequence stays, to be made visible. */
function plainLines(text: string): string {
  return text.replace(colours, '').replaceAll('\r\n', '\n').trimEnd();
}
