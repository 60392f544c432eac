import { yieldToEventLoop } from '../base/abort.ts';
import { appendLog } from '../record/decodeLog.ts';
import type { InferredLog } from '../record/inferLog.ts';
import type { LogText } from '../record/logText.ts';
import { extendRecords, parseRecords } from '../record/parseRecords.ts';
import type { RecordTable } from '../record/recordTable.ts';
import { TemplateMiner } from '../template/mineTemplates.ts';
import type { TemplateTable } from '../template/templateTable.ts';
import type { AnalysisOptions } from './options.ts';
import { signalOf } from './readView.ts';

/** Records mined between two looks at the signal. */
const slice = 16_384;

/** A log as far as it was read. */
export interface ReadLog {
  readonly log: LogText;
  readonly records: RecordTable;
  readonly templates: TemplateTable;
  /** The first records that are as they were in the reading before. */
  readonly kept: number;
  /** Whether the kept records have the template ids that they had; then these mean what they meant. */
  readonly sameIds: boolean;
  /** Templates with the same id that read otherwise now, as new messages joined them. */
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

  readonly #known: InferredLog | null;

  /** @param known how an earlier piece of the same log is written */
  constructor(log: LogText, known: InferredLog | null = null) {
    this.#log = log;
    this.#known = known;
  }

  /** The log as it stands, with everything appended so far. */
  get log(): LogText {
    return this.#log;
  }

  /** Whether it was ever read to its end. */
  get isRead(): boolean {
    return this.#templates !== null;
  }

  append(bytes: Uint8Array): void {
    this.#log = appendLog(this.#log, bytes);
  }

  /** @throws EngineError `aborted`: what was read until then is kept */
  async read(options: Pick<AnalysisOptions, 'signal' | 'onProgress'>): Promise<ReadLog> {
    const { signal, onProgress } = options;
    const reading = {
      ...signalOf(options),
      ...(this.#known === null ? {} : { known: this.#known }),
      onProgress: (share: number) => onProgress?.({ stage: 'reading', share }),
    };
    const before = this.#records;
    let records: RecordTable;
    if (before === null) records = await parseRecords(this.#log, reading);
    else {
      const grown = await extendRecords(before, this.#log, reading);
      records = grown;
      this.#mined = Math.min(this.#mined, grown.unchanged);
      this.#kept = Math.min(this.#kept, grown.unchanged);
      if (grown.unchanged === 0) this.#miner = new TemplateMiner();
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
    const before = this.#templates;
    const kept = this.#kept;
    const templates = this.#miner.table();
    this.#templates = templates;
    this.#kept = records.count;
    const sameIds = before !== null && hasSameIds(before, templates, kept);
    const changed = sameIds ? changedTexts(before, templates, kept) : [];
    return { log: this.#log, records, templates, kept, sameIds, changed };
  }
}

/** Ids count by first appearance: where all kept records have theirs, all of these are as they were. */
function hasSameIds(before: TemplateTable, after: TemplateTable, kept: number): boolean {
  // The miner gives ids that differ in memory of their own.
  if (before.ofRecord.buffer === after.ofRecord.buffer) return true;
  for (let record = 0; record < kept; record += 1) {
    if (before.ofRecord[record] !== after.ofRecord[record]) return false;
  }
  return true;
}

function changedTexts(before: TemplateTable, after: TemplateTable, kept: number): number[] {
  return before.templates
    .filter(({ id, text, firstRecord }) => firstRecord < kept && after.templates[id]?.text !== text)
    .map(({ id }) => id);
}
