import type { ByteSource } from '../byteSource.ts';
import type { Disk } from './disk.ts';
import { localDisk, usualPatience } from './disk.ts';
import type { ContentOptions } from './fileContent.ts';
import { FileSource } from './fileSource.ts';
import { RawFile } from './rawFile.ts';

export interface OpenOptions extends ContentOptions {
  /** Milliseconds that the disk may take for an answer; ten seconds when absent. */
  readonly patience?: number;
  readonly disk?: Disk;
}

/**
 * Opens the text of a log, whatever it is stored as. Archives and UTF-16 are written to `spoolDir`
 * first; plain files are read in place.
 * @throws EngineError `not-found`, `no-permission`, `not-a-file`, `timed-out`, `unreadable`,
 * `store-unwritable` where the folder for spools cannot be written, `aborted`
 */
export async function openSource(path: string, options: OpenOptions): Promise<ByteSource> {
  const raw = await RawFile.open(
    path,
    options.disk ?? localDisk,
    options.patience ?? usualPatience,
  );
  return FileSource.over(raw, options);
}
