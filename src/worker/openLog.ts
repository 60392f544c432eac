import { stat } from 'node:fs/promises';
import type { StageProgress } from '../engine/analysis/analysis.ts';
import { largestWhole, readRange } from '../engine/analysis/stream/readSegments.ts';
import { decodeLog } from '../engine/record/decodeLog.ts';
import { readLogFile } from '../engine/record/logFile.ts';
import type { LogText } from '../engine/record/logText.ts';
import { openSource } from '../engine/source/adapters/openSource.ts';
import type { ByteSource } from '../engine/source/byteSource.ts';

export interface OpenLogOptions {
  /** Where the text of archives is kept while they are read. */
  readonly spoolDir: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: StageProgress) => void;
  /** Bytes from which on a log is not held in memory; `largestWhole` when absent. */
  readonly largest?: number;
}

/** A log in memory, or the source of one that is too large for that. */
export type OpenedLog =
  | { readonly kind: 'whole'; readonly text: LogText }
  | { readonly kind: 'large'; readonly source: ByteSource };

/**
 * Opens a file: text as it stands, archives unpacked.
 * @throws EngineError as `openSource` and `readLogFile`
 */
export async function openLog(path: string, options: OpenLogOptions): Promise<OpenedLog> {
  const { signal, onProgress, spoolDir, largest = largestWhole } = options;
  const reading = {
    ...(signal === undefined ? {} : { signal }),
    onProgress: (share: number) => onProgress?.({ stage: 'reading', share }),
  };
  const source = await openSource(path, { spoolDir, ...reading });
  if (source.size > largest) return { kind: 'large', source };
  try {
    const isPlain = source.parts.every(({ packing }) => packing === 'none');
    if (isPlain && (await stat(path)).size <= largest) {
      return { kind: 'whole', text: await readLogFile(path, reading) };
    }
    const bytes = await readRange(source, 0, new Uint8Array(source.size), signal);
    return { kind: 'whole', text: decodeLog(path, bytes) };
  } finally {
    await source.close();
  }
}
