import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EngineError } from '../../base/engineError.ts';
import type { ByteSource } from '../byteSource.ts';
import type { FoundParts } from '../joinedSource.ts';
import { JoinedSource } from '../joinedSource.ts';
import { rotatedSet } from '../rotation.ts';
import type { Disk } from './disk.ts';
import { localDisk, usualPatience, within } from './disk.ts';
import { asEngineError } from './fileFailure.ts';
import type { ContentOptions } from './fileContent.ts';
import { FileSource } from './fileSource.ts';
import { RawFile } from './rawFile.ts';

export interface OpenOptions extends ContentOptions {
  /** Take the other parts of a rotated set as well, oldest first. */
  readonly rotated?: boolean;
  /** Milliseconds that the disk may take for an answer; ten seconds when absent. */
  readonly patience?: number;
  readonly disk?: Disk;
}

/**
 * Opens the text of a log, whatever it is stored as. Archives and UTF-16 are written to `spoolDir`
 * first; plain files are read in place.
 * @throws EngineError `not-found`, `no-permission`, `not-a-file`, `timed-out`, `unreadable`,
 * `truncated-archive` and `archive-bomb` where nothing of an archive can be read,
 * `store-unwritable` where the folder for spools cannot be written, `aborted`
 */
export async function openSource(path: string, options: OpenOptions): Promise<ByteSource> {
  if (options.rotated !== true) return openFile(path, options);
  const { names } = await partsOf(path, options);
  if (names.length < 2) return openFile(path, options);
  return JoinedSource.open(path, () => openParts(path, options));
}

async function openFile(path: string, options: OpenOptions): Promise<ByteSource> {
  const raw = await RawFile.open(
    path,
    options.disk ?? localDisk,
    options.patience ?? usualPatience,
  );
  return FileSource.over(raw, options);
}

async function partsOf(path: string, options: OpenOptions): ReturnType<typeof listParts> {
  try {
    return await within(path, options.patience ?? usualPatience, () => listParts(path));
  } catch (error) {
    throw asEngineError(path, error);
  }
}

async function listParts(path: string): Promise<ReturnType<typeof rotatedSet>> {
  const entries = await readdir(dirname(path), { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink());
  return rotatedSet(
    basename(path),
    files.map(({ name }) => name),
  );
}

async function openParts(path: string, options: OpenOptions): Promise<FoundParts> {
  const { names, missing } = await partsOf(path, options);
  const notes = missing.map((number) => `Part ${number} of ${path} is missing.`);
  const sources: ByteSource[] = [];
  try {
    for (const name of names) {
      const part = join(dirname(path), name);
      try {
        sources.push(await openFile(part, options));
      } catch (error) {
        // The log that was asked for must be there; without an older part the rest is still worth reading.
        if (name === basename(path) || EngineError.is(error, 'aborted')) throw error;
        notes.push(`${asEngineError(part, error).message} It is left out.`);
      }
    }
  } catch (error) {
    for (const source of sources) await source.close();
    throw error;
  }
  return { sources, notes };
}
