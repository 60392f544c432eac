import { EngineError } from '../engine/base/engineError.ts';
import type { Analysis } from '../engine/analysis/analysis.ts';
import type { LogSession } from '../engine/analysis/logSession.ts';
import { EditorLines, fileLines, type LineMap } from './editorLines.ts';

/** A log in memory and what is known about it. */
export interface KnownLog {
  readonly key: string;
  readonly session: LogSession;
  /** What lines are counted for it. */
  readonly counted: 'editor' | 'file';
  /** Its bytes are those of a file, so what the file has beyond them was appended. */
  fromDisk: boolean;
  /** Where that file begins in the text: above 0 where older files of a rotated set come before it. */
  fileStart: number;
  /** The newest result, and whether it will be refined; null before the first. */
  result: LogResult | null;
}

export interface LogResult {
  readonly analysis: Analysis;
  /** The same text judged without what its messages mean; `analysis` where nothing else is known. */
  readonly plain: Analysis;
  readonly lines: LineMap;
  readonly final: boolean;
}

/**
 * Bytes of log text kept at the same time. Tables and vectors take about three times as much again, so
 * this bounds the worker near 1 GB; a single larger log is kept all the same.
 */
const capacity = 256 << 20;

/** The open logs. When they grow past the capacity, those not asked about for longest are forgotten. */
export class LogShelf {
  readonly #logs = new Map<string, KnownLog>();
  readonly #capacity: number;

  constructor(capacityBytes = capacity) {
    this.#capacity = capacityBytes;
  }

  put(
    key: string,
    session: LogSession,
    fromDisk: boolean,
    counted: KnownLog['counted'] = 'editor',
  ): KnownLog {
    const known: KnownLog = { key, session, counted, fromDisk, fileStart: 0, result: null };
    this.#logs.delete(key);
    this.#logs.set(key, known);
    this.#makeRoom(key);
    return known;
  }

  /** @throws EngineError `not-found` */
  get(key: string): KnownLog {
    const known = this.#logs.get(key);
    if (known === undefined) {
      throw new EngineError('not-found', 'The log is not in memory.', 'Analyse it again.');
    }
    // Last in the map is last asked about.
    this.#logs.delete(key);
    this.#logs.set(key, known);
    return known;
  }

  /** The newest result of a log. @throws EngineError `not-found` */
  result(key: string): LogResult {
    const { result } = this.get(key);
    if (result === null) {
      throw new EngineError('not-found', 'The log has not been analysed yet.', 'Wait a moment.');
    }
    return result;
  }

  /** Remembers a result as the newest one. */
  keep(known: KnownLog, analysis: Analysis, final: boolean): LogResult {
    const lines = known.counted === 'file' ? fileLines : editorLines(analysis, known.result);
    const result = { analysis, plain: withoutVectors(analysis, known.result), lines, final };
    known.result = result;
    this.#makeRoom(known.key);
    return result;
  }

  delete(key: string): void {
    this.#logs.delete(key);
  }

  #makeRoom(keep: string): void {
    let bytes = 0;
    for (const { session } of this.#logs.values()) bytes += session.log.bytes.length;
    for (const [key, { session }] of this.#logs) {
      if (bytes <= this.#capacity) return;
      if (key === keep) continue;
      bytes -= session.log.bytes.length;
      this.#logs.delete(key);
    }
  }
}

function editorLines({ view }: Analysis, before: LogResult | null): EditorLines {
  return new EditorLines(view.log, before?.lines instanceof EditorLines ? before.lines : null);
}

/** An append whose patterns are all known has vectors at once: then the newest result is the only one. */
function withoutVectors(analysis: Analysis, before: LogResult | null): Analysis {
  if (analysis.stage !== 'vectors' || before === null) return analysis;
  const isSameText = before.plain.view.log.bytes.length === analysis.view.log.bytes.length;
  return isSameText && before.plain.stage === 'statistics' ? before.plain : analysis;
}
