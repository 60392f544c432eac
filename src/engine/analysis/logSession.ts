import { findSessions } from '../detect/sessions.ts';
import { appendLog } from '../record/decodeLog.ts';
import type { LogText } from '../record/logText.ts';
import { extendRecords, parseRecords } from '../record/parseRecords.ts';
import type { RecordTable } from '../record/recordTable.ts';
import { TemplateMiner } from '../template/mineTemplates.ts';
import { yieldToEventLoop } from '../base/abort.ts';
import type { Analysis, AnalysisProgress } from './analysis.ts';
import { analyseView } from './analyseView.ts';
import type { AnalysisDeps, AnalysisOptions } from './options.ts';

/** Records mined between two looks at the signal. */
const slice = 16_384;

/** Whether the first `count` rows of two tables are the same, so that what was mined of them holds. */
function samePrefix(before: RecordTable, after: RecordTable, count: number): boolean {
  if (before.format.name !== after.format.name || after.count < count) return false;
  for (let record = 0; record < count; record += 1) {
    if (
      before.firstLine[record] !== after.firstLine[record] ||
      before.messageStart[record] !== after.messageStart[record] ||
      before.messageEnd[record] !== after.messageEnd[record]
    ) {
      return false;
    }
  }
  return true;
}

/**
 * An open log that grows. Appending reads only what is new; templates are mined once per record. One
 * call at a time: start the next when the one before has ended or thrown.
 */
export class LogSession {
  #log: LogText;
  readonly #deps: AnalysisDeps;
  #records: RecordTable | null = null;
  #miner = new TemplateMiner();
  #mined = 0;

  constructor(log: LogText, deps: AnalysisDeps) {
    this.#log = log;
    this.#deps = deps;
  }

  /** The log as it stands, with everything appended so far. */
  get log(): LogText {
    return this.#log;
  }

  /**
   * Analyses the log as it stands; yields as `analyseInStages` does.
   * @throws EngineError `aborted`
   */
  async *analyse(
    signal?: AbortSignal,
    onProgress?: (progress: AnalysisProgress) => void,
  ): AsyncGenerator<Analysis> {
    const options: AnalysisOptions = {
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    };
    const started = this.#deps.now();
    const before = this.#records;
    const reading = {
      ...(signal === undefined ? {} : { signal }),
      onProgress: (share: number) => onProgress?.({ stage: 'reading', share }),
    };
    let records: RecordTable;
    if (before === null) {
      records = await parseRecords(this.#log, reading);
      this.#mined = 0;
    } else {
      // Compared by copies: the table before shares its memory with the one after.
      const known: RecordTable = {
        ...before,
        firstLine: before.firstLine.slice(0, before.count),
        messageStart: before.messageStart.slice(0, before.count),
        messageEnd: before.messageEnd.slice(0, before.count),
      };
      records = await extendRecords(before, this.#log, reading);
      // The last record may have grown by continuation lines or by the rest of its line.
      const settled = Math.max(0, Math.min(this.#mined, before.count - 1));
      this.#mined = samePrefix(known, records, settled) ? settled : 0;
    }
    this.#records = records;
    if (this.#mined === 0) this.#miner = new TemplateMiner();
    while (this.#mined < records.count) {
      const to = Math.min(records.count, this.#mined + slice);
      this.#miner.absorb(this.#log, records, this.#mined, to);
      this.#mined = to;
      onProgress?.({ stage: 'parsing', share: to / records.count });
      await yieldToEventLoop(signal);
    }
    const templates = this.#miner.table();
    const sessions = findSessions(this.#log, records, templates);
    const view = { log: this.#log, records, templates, sessions, vectors: null };
    yield* analyseView(view, this.#deps, options, started);
  }

  /**
   * Adds bytes at the end and analyses again. The bytes stay even if the analysis is cancelled.
   * @throws EngineError `aborted`
   */
  async *append(bytes: Uint8Array, signal?: AbortSignal): AsyncGenerator<Analysis> {
    this.#log = appendLog(this.#log, bytes);
    yield* this.analyse(signal);
  }
}
