import type { Finding, Severity } from '../detect/finding.ts';
import { grouped } from '../explain/words.ts';
import { terminalText, truncate } from './safeText.ts';

/** Where a finding is marked in the editor. Lines are 1-based and inclusive. */
export interface LineMark {
  readonly line: number;
  readonly endLine: number;
  readonly severity: Severity;
  /** At most 60 characters, strongest reason first: `waited 4,812 ms · first of 212`. */
  readonly note: string;
  /** Rank of the finding. */
  readonly rank: number;
  /** First lines of further occurrences, for the overview ruler only. */
  readonly repeats: readonly number[];
}

const order = { high: 0, medium: 1, low: 2 } as const satisfies Record<Severity, number>;
const maxNote = 60;

/** Whether a severity is at or above a floor. */
export function reaches(severity: Severity, floor: Severity): boolean {
  return order[severity] <= order[floor];
}

/** Marks of the findings at or above a floor, by line; where two begin on a line the better one stays. */
export function lineMarks(
  findings: readonly Finding[],
  options: { readonly floor: Severity },
): LineMark[] {
  const byLine = new Map<number, Finding>();
  for (const finding of findings) {
    if (!reaches(finding.severity, options.floor)) continue;
    const known = byLine.get(finding.line);
    if (known === undefined || finding.rank < known.rank) byLine.set(finding.line, finding);
  }
  return [...byLine.values()]
    .sort((a, b) => a.line - b.line)
    .map((finding) => ({
      line: finding.line,
      endLine: finding.endLine,
      severity: finding.severity,
      note: noteOf(finding),
      rank: finding.rank,
      repeats: finding.repeats,
    }));
}

function noteOf(finding: Finding): string {
  const count = finding.count > 1 ? `first of ${grouped(finding.count)}` : '';
  const said = terminalText(finding.reasons[0]?.text ?? finding.title).replace(/[.\s]+$/, '');
  const room = count === '' ? maxNote : maxNote - count.length - 3;
  const first = firstClause(said, room);
  return [first, count].filter((part) => part !== '').join(' · ');
}

/** The text where it fits, else its first clauses that do; a clause that is too long is cut with an ellipsis. */
function firstClause(text: string, room: number): string {
  if (text.length <= room) return text;
  const head = text.slice(0, room + 1);
  const end = Math.max(head.lastIndexOf('; '), head.lastIndexOf(', '), head.lastIndexOf(' ('));
  return end * 2 > room ? text.slice(0, end) : truncate(text, room);
}
