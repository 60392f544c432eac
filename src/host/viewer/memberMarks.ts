import type { LineMark, LogMarks } from '../../protocol/workerApi.ts';
import { toFailure } from '../../protocol/rpc.ts';
import type { AnalysisService } from '../analysisService.ts';
import { DisposableStore } from '../disposables.ts';
import { nameOf } from '../logDocuments.ts';
import type { LogState } from '../logState.ts';
import { logKey } from '../openLog.ts';
import type { FileLog } from '../openLog.ts';
import { joinedState } from './joinedState.ts';

/** Lines of a finding that are looked for one by one: those of other logs may stand between them. */
const mostSpan = 200;

/** Repeats of a finding whose rows are asked for: the strip has fewer pixels. */
const mostRepeats = 5_000;

export interface MemberMarksOptions {
  readonly members: readonly FileLog[];
  readonly analyses: AnalysisService;
  /** The rows that show lines of a member, all 0-based; null for what is not shown yet. */
  readonly rowsOf: (lane: number, lines: readonly number[]) => Promise<readonly (number | null)[]>;
  readonly onChanged: (state: LogState | null) => void;
  readonly onProblem: (message: string) => void;
}

/** Marks of a member at the rows of the view, and what they were made of. */
interface Placed {
  readonly of: LogMarks;
  readonly marks: readonly LineMark[];
  /** All lines have rows. */
  readonly whole: boolean;
}

/**
 * The findings of several logs that one view shows: each log is analysed as itself, so that a view of
 * its own and the joined one share the work, and its marks are put at the rows where its lines stand.
 */
export class MemberMarks {
  readonly #options: MemberMarksOptions;
  readonly #disposables = new DisposableStore();
  readonly #keys: ReadonlySet<string>;
  #placed: (Placed | null)[];
  #placing = false;
  #again = false;
  #closed = false;

  constructor(options: MemberMarksOptions) {
    this.#options = options;
    this.#keys = new Set(options.members.map(logKey));
    this.#placed = options.members.map(() => null);
    this.#disposables.add(
      options.analyses.onDidChange((changed) => {
        if (this.#keys.has(logKey(changed))) void this.#place();
      }),
    );
  }

  /** Lines were added to the view (`appended`), or it shows its logs anew. */
  moved(appended: boolean): void {
    if (!appended) this.#placed = this.#placed.map(() => null);
    void this.#place();
  }

  dispose(): void {
    this.#closed = true;
    this.#disposables.dispose();
  }

  /** One round at a time: what changes meanwhile has another one follow. */
  async #place(): Promise<void> {
    this.#again = true;
    if (this.#placing) return;
    this.#placing = true;
    try {
      while (this.#again && !this.#closed) {
        this.#again = false;
        await this.#placeAll();
      }
    } catch (error) {
      this.#options.onProblem(toFailure(error).message);
    } finally {
      this.#placing = false;
    }
  }

  async #placeAll(): Promise<void> {
    const { analyses, members, onChanged } = this.#options;
    for (const [lane, member] of members.entries()) {
      const shown = analyses.stateOf(member)?.shown ?? null;
      if (shown === null || shown.stale) {
        this.#placed[lane] = null;
        continue;
      }
      const known = this.#placed[lane] ?? null;
      if (known?.of !== shown.marks || !known.whole) {
        this.#placed[lane] = await this.#rowsOf(lane, shown.marks);
      }
    }
    if (this.#closed) return;
    onChanged(
      joinedState(
        members.map((member, lane) => ({
          name: nameOf(member.uri),
          state: analyses.stateOf(member),
          marks: this.#placed[lane]?.marks ?? [],
        })),
      ),
    );
  }

  async #rowsOf(lane: number, of: LogMarks): Promise<Placed> {
    const lines: number[] = [];
    for (const { line, endLine, repeats } of of.marks) {
      for (let at = line; at <= Math.min(endLine, line + mostSpan - 1); at += 1) lines.push(at);
      lines.push(...repeats.slice(0, mostRepeats));
    }
    if (lines.length === 0) return { of, marks: [], whole: true };
    const rows = await this.#options.rowsOf(lane, lines);
    const rowOf = new Map(lines.map((line, index) => [line, rows[index] ?? null]));
    const marks = of.marks.flatMap((mark) => movedMark(mark, rowOf) ?? []);
    return { of, marks, whole: !rows.includes(null) };
  }
}

/** A mark at its rows, as far as they stand together; null where its first line is not shown yet. */
function movedMark(mark: LineMark, rowOf: ReadonlyMap<number, number | null>): LineMark | null {
  const first = rowOf.get(mark.line) ?? null;
  if (first === null) return null;
  let last = first;
  for (let line = mark.line + 1; line <= mark.endLine; line += 1) {
    if (rowOf.get(line) !== last + 1) break;
    last += 1;
  }
  const repeats = mark.repeats.flatMap((line) => rowOf.get(line) ?? []);
  return { ...mark, line: first, endLine: last, repeats: repeats.sort((a, b) => a - b) };
}
