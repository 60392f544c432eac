import type { Finding, Severity } from '../detect/finding.ts';
import type { Explanation } from '../explain/explanation.ts';
import { baseName, grouped } from '../explain/words.ts';
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
        .map((text) => paint.dim(`${terminalText(path)}: ${terminalText(text)}`)),
    )
    .join('\n');
}

/** An explanation for a terminal. */
export function explanationText(explanation: Explanation, paint: Paint): string {
  const { summary, verdict, confidence } = explanation;
  const lines = [paint.strong(terminalText(summary))];
  lines.push(
    paint.dim(
      `${verdict.replaceAll('_', ' ')} · confidence ${confidence.level}: ${terminalText(confidence.why)}`,
    ),
  );
  const cite = (ids: readonly string[]): string =>
    ids.length === 0 ? '' : paint.dim(` [${ids.join(', ')}]`);
  block(
    lines,
    'Timeline',
    explanation.timeline,
    ({ time, event, evidence }) =>
      `${time === null ? '' : paint.dim(`${time} `)}${terminalText(event)}${cite(evidence)}`,
  );
  block(
    lines,
    'Suspects',
    explanation.suspects,
    ({ file, line, function: name, evidence }) =>
      terminalText(`${file}${line === null ? '' : `:${line}`} ${name}`) + cite(evidence),
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
    ({ kind, action, basis }) =>
      `${kind}: ${terminalText(action)} ${paint.dim(terminalText(`(${basis})`))}`,
  );
  block(lines, 'Not known', explanation.missing, (text) => terminalText(text));
  block(
    lines,
    'Evidence',
    explanation.evidence,
    ({ id, path, line, text }) =>
      `${id} ${terminalText(baseName(path))}:${line} ${paint.dim(truncate(terminalText(text), 140))}`,
  );
  lines.push(
    '',
    paint.dim(
      `offline explanation, no language model was used; ${grouped(explanation.coverage.lines)} lines read`,
    ),
  );
  return lines.join('\n');
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
