import { yieldToEventLoop } from '../base/abort.ts';
import type { LogText } from '../record/logText.ts';
import type { RecordTable } from '../record/recordTable.ts';
import { KeyTally } from './keyTally.ts';
import { maxCoarseKeys, MaskedKeys } from './maskedKeys.ts';
import { PatternRows } from './patternRows.ts';
import type { PatternRow } from './patternRows.ts';
import { RecordIds } from './recordIds.ts';
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
 * counts each time; what is done per record is done once. Ids may differ between two tables.
 */
export class TemplateMiner {
  readonly #samples = new SlotKindSamples();
  readonly #keys = new MaskedKeys(maxKeys);
  readonly #tally = new KeyTally(maxKeys + maxCoarseKeys + 1);
  readonly #ids = new RecordIds();
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
    this.#reserve(toRecord, records.count);
    this.#takeBack(fromRecord);
    const { messageStart, messageEnd } = records;
    const keys = this.#keys;
    const tally = this.#tally;
    const keyOfRecord = this.#keyOfRecord;
    for (let record = fromRecord; record < toRecord; record++) {
      if (keys.full && this.#foldable) this.#fold(record);
      const key = keys.keyOf(log.bytes, messageStart[record]!, messageEnd[record]!, log.encoding);
      keyOfRecord[record] = key;
      tally.add(key, record);
    }
    this.#count = toRecord;
    this.#source = { log, records };
  }

  table(): TemplateTable {
    const patterns = this.#patterns();
    const keysOfText = new Map<string, number[]>();
    for (const { tokens, keys } of patterns.rows) {
      const text = tokens.map((token) => patterns.text(token)).join('');
      const known = keysOfText.get(text);
      if (known === undefined) keysOfText.set(text, keys);
      else known.push(...keys);
    }
    const found = [...keysOfText].map(([text, keys]) => ({
      text,
      keys,
      firstRecord: this.#tally.firstRecord(keys),
      sample: this.#tally.sampleOf(keys),
    }));
    // Ids in order of first appearance.
    found.sort((one, other) => one.firstRecord - other.firstRecord);
    const source = this.#source;
    const kinds = source === null ? [] : this.#samples.kindsOf(found, source.log, source.records);
    const templates: Template[] = found.map(({ text, keys, firstRecord }, id) => ({
      id,
      text,
      count: this.#tally.countOf(keys),
      firstRecord,
      lastRecord: this.#tally.lastRecord(keys),
      slots: kinds[id]!,
    }));
    const ofRecord = this.#ids.of(this.#idOfKeys(found), this.#keyOfRecord, this.#count);
    return { templates, ofRecord, ...(this.#keys.truncated ? { truncated: true } : {}) };
  }

  #idOfKeys(found: readonly { readonly keys: readonly number[] }[]): Uint32Array {
    const idOfKey = new Uint32Array(this.#keys.size);
    found.forEach(({ keys }, id) => {
      for (const key of keys) idOfKey[key] = id;
    });
    return idOfKey;
  }

  #reserve(records: number, expected: number): void {
    if (records <= this.#keyOfRecord.length) return;
    // A sixteenth more than the log has now: it may grow.
    const grown = new Uint32Array(Math.ceil(expected * 1.0625));
    grown.set(this.#keyOfRecord.subarray(0, this.#count));
    this.#keyOfRecord = grown;
  }

  #takeBack(fromRecord: number): void {
    if (fromRecord >= this.#count) return;
    this.#samples.forget(fromRecord);
    this.#ids.forget(fromRecord);
    for (let record = this.#count - 1; record >= fromRecord; record--) {
      const key = this.#keyOfRecord[record]!;
      this.#tally.remove(key, record, () => this.#keyOfRecord.lastIndexOf(key, record - 1));
    }
    this.#count = fromRecord;
  }

  /** The refined patterns of all keys that have records. */
  #patterns(): PatternRows {
    const { keys, vocabulary } = this.#keys;
    const rows: PatternRow[] = [];
    keys.forEach(({ tokens, name }, key) => {
      const count = this.#tally.count(key);
      if (count > 0) rows.push({ tokens, name, keys: [key], count });
    });
    const patterns = new PatternRows(rows, vocabulary);
    refine(patterns);
    return patterns;
  }

  /** Replaces the keys of the first `count` records, which are all so far, by their patterns. */
  #fold(count: number): void {
    const patterns = this.#patterns();
    const rowOfKey = new Uint32Array(this.#keys.size);
    patterns.rows.forEach(({ keys }, row) => {
      for (const key of keys) rowOfKey[key] = row;
    });
    this.#keys.replaceBy(
      patterns.rows.map((row) => row.tokens.map((token) => patterns.text(token))),
    );
    this.#tally.replaceBy(patterns.rows.map((row) => row.keys));
    for (let record = 0; record < count; record++) {
      this.#keyOfRecord[record] = rowOfKey[this.#keyOfRecord[record]!]!;
    }
    this.#ids.clear();
    this.#foldable = patterns.rows.length <= maxPatterns;
  }
}
