import type { ViewerMark, ViewerOptions } from '../../src/protocol/viewerApi.ts';

type Severity = ViewerOptions['minimumSeverity'];

const rank: Readonly<Record<Severity, number>> = { low: 0, medium: 1, high: 2 };

/** What a line has to say for itself. */
export interface LineMark {
  readonly mark: ViewerMark;
  /** `first`: full mark and note; `body`: further lines of it; `repeat`: a later occurrence. */
  readonly part: 'first' | 'body' | 'repeat';
}

/** Tells two states of a finding apart without looking at each of its occurrences. */
export function markKey({
  rank,
  line,
  endLine,
  severity,
  title,
  note,
  repeats,
}: ViewerMark): string {
  return [rank, line, endLine, severity, title, note, repeats.length, repeats.at(-1)].join(':');
}

/** Lines of one finding that get a background; more of them tell nothing new. */
const mostLines = 2000;

/** Findings by line. A line of two findings shows the graver one; a first line beats a repeat. */
export class MarkIndex {
  readonly #lines = new Map<number, LineMark>();
  /** First lines of findings, ascending. */
  readonly firsts: readonly number[];
  readonly marks: readonly ViewerMark[];

  constructor(marks: readonly ViewerMark[], floor: Severity) {
    this.marks = marks.filter(({ severity }) => rank[severity] >= rank[floor]);
    for (const mark of this.marks) {
      this.#put(mark.line, { mark, part: 'first' });
      const end = Math.min(mark.endLine, mark.line + mostLines);
      for (let line = mark.line + 1; line <= end; line += 1)
        this.#put(line, { mark, part: 'body' });
      for (const line of mark.repeats) this.#put(line, { mark, part: 'repeat' });
    }
    this.firsts = [...new Set(this.marks.map(({ line }) => line))].sort((one, two) => one - two);
  }

  at(line: number): LineMark | null {
    return this.#lines.get(line) ?? null;
  }

  /** First line of the next finding from a line on, around the ends; null where there is none. */
  next(line: number, direction: 'next' | 'previous'): number | null {
    if (direction === 'next') {
      return this.firsts.find((first) => first > line) ?? this.firsts[0] ?? null;
    }
    return this.firsts.findLast((first) => first < line) ?? this.firsts.at(-1) ?? null;
  }

  #put(line: number, fresh: LineMark): void {
    const old = this.#lines.get(line);
    if (old !== undefined) {
      const weight = ({ mark, part }: LineMark): number =>
        rank[mark.severity] + (part === 'first' ? 10 : part === 'body' ? 5 : 0);
      if (weight(old) >= weight(fresh)) return;
    }
    this.#lines.set(line, fresh);
  }
}
