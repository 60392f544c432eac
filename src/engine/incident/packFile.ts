import { open } from 'node:fs/promises';
import { EngineError } from '../base/engineError.ts';
import { AtomicStorage } from './atomicStorage.ts';
import { mostPackCharacters } from './incidentPack.ts';

/**
 * The text of a pack.
 * @throws EngineError `not-found`, `too-large`, `unreadable`
 */
export async function readPackFile(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const stats = await file.stat();
      if (!stats.isFile()) {
        throw new EngineError('not-a-file', `${path} is no file.`, 'Name the file of a pack.');
      }
      if (stats.size > mostPackCharacters) {
        throw new EngineError(
          'too-large',
          `${path} is larger than a memory of incidents can be.`,
          'Name a file that `export` has written.',
        );
      }
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (EngineError.is(error)) throw error;
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new EngineError(
      missing ? 'not-found' : 'unreadable',
      missing ? `${path} is not there.` : `${path} cannot be read.`,
      missing ? 'Check the path.' : 'Check its permissions.',
      error,
    );
  }
}

/** Writes a pack: it is there as a whole or not at all. @throws EngineError `store-unwritable` */
export async function writePackFile(path: string, text: string): Promise<void> {
  try {
    await new AtomicStorage().upsertFile(path, text);
  } catch (error) {
    throw new EngineError(
      'store-unwritable',
      `${path} cannot be written.`,
      'Name a file in a folder of yours, and check the free disk space.',
      error,
    );
  }
}
