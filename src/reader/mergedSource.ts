import type { MergedLanes } from '../engine/merge/laneTable.ts';
import type { MergeInput, Reading } from '../engine/merge/timeMerge.ts';
import { TimeMerge } from '../engine/merge/timeMerge.ts';
import type { ByteSource, SourceChange, SourcePart } from '../engine/source/byteSource.ts';
import { Spool } from '../engine/source/adapters/spool.ts';
import type { LaneChange } from '../protocol/readerApi.ts';
import { LastLine } from './lastLine.ts';

/** The text of a merge, and what it was made with. */
interface Text {
  readonly spool: Spool;
  readonly merge: TimeMerge;
}

/**
 * Several logs joined by time, as text in a file of ours. Lines that are written from then on are put
 * at its end; where a log is cut or replaced, all of it is joined anew.
 */
export class MergedSource implements ByteSource {
  readonly encoding = 'utf-8';
  /** The text has no parts of its own: lanes tell where its lines are from. */
  readonly parts: readonly SourcePart[] = [];
  readonly path: string;
  readonly notes: readonly string[];
  readonly #inputs: readonly MergeInput[];
  readonly #spoolDir: string;
  readonly #stop = new AbortController();
  #lastLines: readonly LastLine[];
  #text: Text;
  #size: number;
  #changes: readonly LaneChange[] = [];
  /** Logs that are to be joined anew, as they were cut or replaced. */
  readonly #anew = new Set<number>();

  private constructor(
    inputs: readonly MergeInput[],
    notes: readonly string[],
    spoolDir: string,
    text: Text,
  ) {
    this.path = inputs.map(({ source }) => source.path).join(', ');
    this.#inputs = inputs;
    this.#spoolDir = spoolDir;
    this.#text = text;
    this.#size = text.spool.size;
    this.#lastLines = lastLinesOf(inputs, text);
    this.notes = [
      ...inputs.flatMap(({ source }) => source.notes),
      ...notes,
      ...text.merge.lanes.notes,
    ];
  }

  /**
   * Takes the sources of `inputs` over.
   * @param notes what is to be told beside what the merge tells
   * @throws EngineError as `TimeMerge` and `Spool.create` do; nothing of ours is left behind then
   */
  static async of(
    inputs: readonly MergeInput[],
    notes: readonly string[],
    spoolDir: string,
    signal: AbortSignal,
  ): Promise<MergedSource> {
    return new MergedSource(inputs, notes, spoolDir, await join(inputs, spoolDir, signal));
  }

  get size(): number {
    return this.#size;
  }

  get lanes(): MergedLanes {
    return this.#text.merge.lanes;
  }

  get readings(): readonly (Reading | null)[] {
    return this.#text.merge.readings;
  }

  /** What the last look that changed anything found. */
  get changes(): readonly LaneChange[] {
    return this.#changes;
  }

  read(into: Uint8Array, at: number): Promise<number> {
    return this.#text.spool.read(into.subarray(0, Math.max(0, this.#size - at)), at);
  }

  async refresh(): Promise<SourceChange> {
    let trouble: SourceChange = { kind: 'same' };
    for (const [lane, { source, name }] of this.#inputs.entries()) {
      const change = await source.refresh();
      if (change.kind === 'truncated' || change.kind === 'replaced') this.#anew.add(lane);
      if (change.kind === 'gone' || change.kind === 'unreadable') {
        trouble = told(name, change);
      }
    }
    if (this.#anew.size > 0) return this.#restart();
    const from = this.#size;
    const to = await this.#extend();
    return to === from ? trouble : { kind: 'grew', from, to };
  }

  /** Ends a merge that goes on, so that the source can be closed. */
  stop(): void {
    this.#stop.abort();
  }

  async close(): Promise<void> {
    this.stop();
    await Promise.all(this.#inputs.map(({ source }) => source.close()));
    await this.#text.spool.close();
  }

  async #extend(): Promise<number> {
    const { merge, spool } = this.#text;
    const { joined } = merge;
    const now = performance.now();
    const ends: number[] = [];
    for (const lastLine of this.#lastLines) ends.push(await lastLine.end(now));
    const changes = ends.flatMap((end, lane) =>
      end > (joined[lane] ?? 0) ? [{ lane, appended: true }] : [],
    );
    if (changes.length === 0) return this.#size;
    await merge.extend(ends, { signal: this.#stop.signal });
    this.#changes = changes;
    this.#size = spool.size;
    return this.#size;
  }

  async #restart(): Promise<SourceChange> {
    const before = this.#text;
    this.#text = await join(this.#inputs, this.#spoolDir, this.#stop.signal);
    this.#size = this.#text.spool.size;
    this.#lastLines = lastLinesOf(this.#inputs, this.#text);
    this.#changes = this.#inputs.map((_, lane) => ({ lane, appended: !this.#anew.has(lane) }));
    this.#anew.clear();
    await before.spool.close();
    return { kind: 'replaced', to: this.#size };
  }
}

async function join(
  inputs: readonly MergeInput[],
  spoolDir: string,
  signal: AbortSignal,
): Promise<Text> {
  const spool = await Spool.create(spoolDir);
  try {
    const merge = new TimeMerge(inputs, spool);
    await merge.extend(
      inputs.map(({ source }) => source.size),
      { signal },
    );
    return { spool, merge };
  } catch (error) {
    await spool.close();
    throw error;
  }
}

function lastLinesOf(inputs: readonly MergeInput[], { merge }: Text): readonly LastLine[] {
  return inputs.map(({ source }, lane) => new LastLine(source, merge.joined[lane] ?? 0));
}

/** Which of the logs it is. */
function told(
  name: string,
  change: Extract<SourceChange, { kind: 'gone' | 'unreadable' }>,
): SourceChange {
  return change.kind === 'unreadable'
    ? change
    : {
        kind: 'unreadable',
        message: `${name} was removed or renamed.`,
        advice: 'What was read of it can still be seen.',
      };
}
