import { yieldToEventLoop } from '../base/abort.ts';
import type { LogText } from '../record/logText.ts';
import type { RecordTable } from '../record/recordTable.ts';
import { MaskedKeys } from './maskedKeys.ts';
import { PatternRows } from './patternRows.ts';
import { refine } from './refine.ts';
import { SlotKindSamples } from './slotKinds.ts';
import type { Template, TemplateTable } from './templateTable.ts';

/** Records between two chances for a cancel or an append to be heard: a few milliseconds of work. */
const recordsPerSlice = 16_384;

/**
 * Distinct masked keys held at once. A log with a random word in every line uses them up: its keys
 * are then refined into patterns and those take their place. More patterns than this and the rest
 * is grouped by first words.
 */
const maxKeys = 65_536;
/** Patterns that may remain for another such step to be worth its time. */
const maxPatterns = maxKeys / 2;

export interface MineOptions {
  readonly signal?: AbortSignal;
  /** Told the share of records read so far, 0..1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Finds the message templates of a log: typed masks over the bytes (remembered per hash), then
 * refinement of the distinct masked keys (in the manner of Drain, He et al. 2017, and ByteBrain,
 * 2025, with positions judged over the whole log instead of in arrival order).
 * Yields to the event loop between slices.
 * @throws EngineError `aborted`
 */
export async function mineTemplates(
  log: LogText,
  records: RecordTable,
  options: MineOptions = {},
): Promise<TemplateTable> {
  const miner = new TemplateMiner();
  for (let from = 0; from < records.count; from += recordsPerSlice) {
    miner.absorb(log, records, from, Math.min(from + recordsPerSlice, records.count));
    options.onProgress?.(Math.min(1, (from + recordsPerSlice) / records.count));
    await yieldToEventLoop(options.signal);
  }
  return miner.table();
}

/**
 * Mines a log that grows: absorb what was appended, then ask for the table again. The table equals
 * that of mining everything at once, because templates are derived from the distinct keys and their
 * counts each time. Ids may differ between two tables.
 */
export class TemplateMiner {
  readonly #samples = new SlotKindSamples();
  readonly #keys = new MaskedKeys(maxKeys);
  #keyOfRecord = new Uint32Array(1024);
  #count = 0;
  #foldable = true;
  #source: { log: LogText; records: RecordTable } | null = null;

  /**
   * Takes in the records from `fromRecord` up to `toRecord` (all by default). Records before
   * `fromRecord` must have been absorbed before; those from there on are replaced, so that a last
   * record that has grown can be absorbed again.
   */
  absorb(
    log: LogText,
    records: RecordTable,
    fromRecord: number,
    toRecord: number = records.count,
  ): void {
    if (toRecord > this.#keyOfRecord.length) {
      const grown = new Uint32Array(
        Math.max(records.count, Math.ceil(this.#keyOfRecord.length * 1.5)),
      );
      grown.set(this.#keyOfRecord.subarray(0, this.#count));
      this.#keyOfRecord = grown;
    }
    if (fromRecord < this.#count) this.#samples.forget(fromRecord);
    const { messageStart, messageEnd } = records;
    const keys = this.#keys;
    const keyOfRecord = this.#keyOfRecord;
    for (let record = fromRecord; record < toRecord; record++) {
      if (keys.full && this.#foldable) this.#fold(record);
      keyOfRecord[record] = keys.keyOf(
        log.bytes,
        messageStart[record]!,
        messageEnd[record]!,
        log.encoding,
      );
    }
    this.#count = toRecord;
    this.#source = { log, records };
  }

  table(): TemplateTable {
    const keyOfRecord = this.#keyOfRecord;
    const keys = this.#keys;
    const patterns = this.#patterns(this.#count);
    const ofRecord = new Uint32Array(this.#count);
    const { rowOfKey } = patterns;
    for (let record = 0; record < ofRecord.length; record++) {
      ofRecord[record] = rowOfKey[keyOfRecord[record]!]!;
    }
    const texts = patterns.rows.map((row) =>
      row.tokens.map((token) => patterns.text(token)).join(''),
    );
    return this.#finish(texts, ofRecord, keys.truncated);
  }

  /** The refined patterns of the first `count` records. */
  #patterns(count: number): PatternRows {
    const { keys, vocabulary } = this.#keys;
    const counts = new Float64Array(keys.length);
    for (let record = 0; record < count; record++) counts[this.#keyOfRecord[record]!]!++;
    const patterns = new PatternRows(keys, counts, vocabulary);
    refine(patterns);
    return patterns;
  }

  /** Replaces the keys of the first `count` records by their patterns. */
  #fold(count: number): void {
    const patterns = this.#patterns(count);
    this.#keys.replaceBy(
      patterns.rows.map((row) => row.tokens.map((token) => patterns.text(token))),
    );
    for (let record = 0; record < count; record++) {
      this.#keyOfRecord[record] = patterns.rowOfKey[this.#keyOfRecord[record]!]!;
    }
    this.#foldable = patterns.rows.length <= maxPatterns;
  }

  #finish(texts: readonly string[], ofRow: Uint32Array, truncated: boolean): TemplateTable {
    // Ids in order of first appearance; a row whose records were all replaced has none.
    const idOfText = new Map<string, number>();
    const idOfRow = new Int32Array(texts.length).fill(-1);
    const shown: { text: string; count: number; firstRecord: number; lastRecord: number }[] = [];
    for (let record = 0; record < ofRow.length; record++) {
      const row = ofRow[record]!;
      let id = idOfRow[row]!;
      if (id < 0) {
        const text = texts[row]!;
        id = idOfText.get(text) ?? shown.length;
        if (id === shown.length) {
          idOfText.set(text, id);
          shown.push({ text, count: 0, firstRecord: record, lastRecord: record });
        }
        idOfRow[row] = id;
      }
      const template = shown[id]!;
      template.count++;
      template.lastRecord = record;
      ofRow[record] = id;
    }
    const kinds =
      this.#source === null
        ? []
        : this.#samples.kindsOf(
            shown.map(({ text }) => text),
            ofRow,
            this.#source.log,
            this.#source.records,
          );
    const templates: Template[] = shown.map((template, id) => ({
      id,
      ...template,
      slots: kinds[id] ?? [],
    }));
    return { templates, ofRecord: ofRow, ...(truncated ? { truncated } : {}) };
  }
}
