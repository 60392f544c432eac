import type { MergedLanes } from '../engine/merge/laneTable.ts';
import type { MergeInput } from '../engine/merge/timeMerge.ts';
import { mergeByTime } from '../engine/merge/mergeByTime.ts';
import type { ByteSource, SourceChange, SourcePart } from '../engine/source/byteSource.ts';
import { Spool } from '../engine/source/adapters/spool.ts';

/**
 * Several logs joined by time, as text in a file of ours: what the logs held when they were opened. It
 * does not grow with them, as every line that comes could belong anywhere in it.
 */
export class MergedSource implements ByteSource {
  readonly encoding = 'utf-8';
  /** The text has no parts of its own: lanes tell where its lines are from. */
  readonly parts: readonly SourcePart[] = [];
  readonly path: string;
  readonly notes: readonly string[];
  readonly lanes: MergedLanes;
  readonly #spool: Spool;

  private constructor(
    inputs: readonly MergeInput[],
    notes: readonly string[],
    lanes: MergedLanes,
    spool: Spool,
  ) {
    this.path = inputs.map(({ source }) => source.path).join(', ');
    this.lanes = lanes;
    this.#spool = spool;
    this.notes = [
      ...inputs.flatMap(({ source }) => source.notes),
      ...notes,
      ...lanes.notes,
      'Lines that are written from now on are not shown: open the logs again to see them.',
    ];
  }

  /**
   * @param notes what is to be told beside what the merge tells
   * @throws EngineError as `mergeByTime` and `Spool.create` do; nothing is left behind then
   */
  static async of(
    inputs: readonly MergeInput[],
    notes: readonly string[],
    spoolDir: string,
    signal: AbortSignal,
  ): Promise<MergedSource> {
    const spool = await Spool.create(spoolDir);
    try {
      return new MergedSource(inputs, notes, await mergeByTime(inputs, spool, { signal }), spool);
    } catch (error) {
      await spool.close();
      throw error;
    }
  }

  get size(): number {
    return this.#spool.size;
  }

  read(into: Uint8Array, at: number): Promise<number> {
    return this.#spool.read(into, at);
  }

  refresh(): Promise<SourceChange> {
    return Promise.resolve({ kind: 'same' });
  }

  close(): Promise<void> {
    return this.#spool.close();
  }
}
