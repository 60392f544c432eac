import type { StageProgress } from '../engine/analysis/analysis.ts';
import { largestWhole, readRange } from '../engine/analysis/stream/readSegments.ts';
import { decodeLog, withNotes } from '../engine/record/decodeLog.ts';
import { readLogFile } from '../engine/record/logFile.ts';
import type { LogText } from '../engine/record/logText.ts';
import { localDisk, usualPatience, within } from '../engine/source/adapters/disk.ts';
import { openSource } from '../engine/source/adapters/openSource.ts';
import type { ByteSource } from '../engine/source/byteSource.ts';
import type { PartLines } from '../engine/source/partLines.ts';
import { partLines } from '../engine/source/partLines.ts';

export interface OpenLogOptions {
  /** Where the text of archives is kept while they are read. */
  readonly spoolDir: string;
  /** Other threads use the same folder: an archive is unpacked once for all of them. */
  readonly shared?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: StageProgress) => void;
  /** Take the other parts of a rotated set as well, oldest first. */
  readonly rotated?: boolean;
  /** Bytes from which on a log is not held in memory; `largestWhole` when absent. */
  readonly largest?: number;
}

/** A log in memory, or the source of one that is too large for that. */
export type OpenedLog =
  | {
      readonly kind: 'whole';
      readonly text: LogText;
      /** The files of a rotated set; empty for a log in one file. */
      readonly parts: readonly PartLines[];
    }
  | { readonly kind: 'large'; readonly source: ByteSource };

/**
 * Opens a file: text as it stands, archives unpacked, a rotated set as one.
 * @throws EngineError as `openSource` and `readLogFile`
 */
export async function openLog(path: string, options: OpenLogOptions): Promise<OpenedLog> {
  const {
    signal,
    onProgress,
    spoolDir,
    shared = false,
    rotated = false,
    largest = largestWhole,
  } = options;
  const reading = {
    ...(signal === undefined ? {} : { signal }),
    onProgress: (share: number) => onProgress?.({ stage: 'reading', share }),
  };
  const source = await openSource(path, { spoolDir, shared, rotated, ...reading });
  if (source.size > largest) return { kind: 'large', source };
  try {
    const isSet = source.parts.length > 1;
    const isPlain = source.parts.every(({ packing }) => packing === 'none');
    if (!isSet && isPlain && (await sizeOf(path)) <= largest) {
      return { kind: 'whole', text: await readLogFile(path, reading), parts: [] };
    }
    const parts = isSet ? await partLines(source, signal) : [];
    const bytes = await readRange(source, 0, new Uint8Array(source.size), signal);
    return { kind: 'whole', text: withNotes(decodeLog(path, bytes), source.notes), parts };
  } finally {
    await source.close();
  }
}

/** The size of a file now, in bytes. @throws EngineError `timed-out`, and what the system does */
async function sizeOf(path: string): Promise<number> {
  const { size } = await within(path, usualPatience, () => localDisk.stat(path));
  return Number(size);
}
