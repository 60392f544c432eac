import { yieldToEventLoop } from '../base/abort.ts';
import { appendLog } from '../record/decodeLog.ts';
import type { LogText } from '../record/logText.ts';
import { extendRecords, parseRecords } from '../record/parseRecords.ts';
import type { RecordTable } from '../record/recordTable.ts';
import { TemplateMiner } from '../template/mineTemplates.ts';
import type { TemplateTable } from '../template/templateTable.ts';
import type { AnalysisOptions } from './options.ts';
import { signalOf } from './readView.ts';
import { withStableIds } from '../template/stableIds.ts';

/** Records mined between two looks at the signal. */
const slice = 16_384;

/** A log as far as it was read. */
export interface ReadLog {
  readonly log: LogText;
  readonly records: RecordTable;
  /** Ids continue those of the reading before, unless `kept` is 0. */
  readonly templates: TemplateTable;
  /** The first records that are as they were in the reading before. */
  readonly kept: number;
  /** Templates known before that read otherwise now. */
  readonly changed: readonly number[];
}

/** A log that is read again after each growth, and only where it grew. */
export class GrowingLog {
  #log: LogText;
  #records: RecordTable | null = null;
  #templates: TemplateTable | null = null;
  #miner = new TemplateMiner();
  #mined = 0;
  /** Records that were neither read nor mined otherwise since `#templates` was made. */
  #kept = 0;

  constructor(log: LogText) {
    this.#log = log;
  }

  /** The log as it stands, with everything appended so far. */
  get log(): LogText {
    return this.#log;
  }

  append(bytes: Uint8Array): void {
    this.#log = appendLog(this.#log, bytes);
  }

  /** @throws EngineError `aborted`: what was read until then is kept */
  async read(options: Pick<AnalysisOptions, 'signal' | 'onProgress'>): Promise<ReadLog> {
    const { signal, onProgress } = options;
    const reading = {
      ...signalOf(options),
      onProgress: (share: number) => onProgress?.({ stage: 'reading', share }),
    };
    const before = this.#records;
    let records: RecordTable;
    if (before === null) records = await parseRecords(this.#log, reading);
    else {
      // The last two records may have been cut off where the log ended.
      const whole = Math.max(0, before.count - 2);
      // Taken first: where the table grows in place, the one before it changes with it.
      records = await extendRecords(before, this.#log, reading);
      const settled = unchanged(before, records, whole);
      this.#mined = Math.min(this.#mined, settled);
      this.#kept = Math.min(this.#kept, settled);
      if (settled === 0) this.#miner = new TemplateMiner();
    }
    this.#records = records;
    while (this.#mined < records.count) {
      const to = Math.min(records.count, this.#mined + slice);
      this.#miner.absorb(this.#log, records, this.#mined, to);
      this.#mined = to;
      onProgress?.({ stage: 'parsing', share: to / records.count });
      await yieldToEventLoop(signal);
    }
    return this.#table(records);
  }

  #table(records: RecordTable): ReadLog {
    const mined = this.#miner.table();
    const stable =
      this.#templates === null || this.#kept === 0
        ? null
        : withStableIds(this.#templates, mined, this.#kept);
    const templates = stable?.table ?? mined;
    const kept = stable === null ? 0 : this.#kept;
    this.#templates = templates;
    this.#kept = records.count;
    return { log: this.#log, records, templates, kept, changed: stable?.changed ?? [] };
  }
}

/** How many of the first `count` rows two tables share; all or none. */
function unchanged(before: RecordTable, after: RecordTable, count: number): number {
  // Grown in place: what stands before the last records was not touched.
  if (before.firstLine.buffer === after.firstLine.buffer) return count;
  if (before.format.name !== after.format.name || after.count < count) return 0;
  for (let record = 0; record < count; record += 1) {
    if (
      before.firstLine[record] !== after.firstLine[record] ||
      before.messageStart[record] !== after.messageStart[record] ||
      before.messageEnd[record] !== after.messageEnd[record] ||
      before.level[record] !== after.level[record] ||
      !Object.is(before.time[record], after.time[record])
    ) {
      return 0;
    }
  }
  return count;
}
