import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../base/engineError.ts';
import { failureCode } from './fileFailure.ts';

/**
 * A file of ours for the text of an archive or of UTF-16: it can be read anywhere, and only its
 * owner may. Its name is removed at once where the system allows it, so that a crash leaves nothing.
 */
export class Spool {
  readonly #path: string;
  readonly #file: FileHandle;
  #size = 0;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** @throws EngineError `store-unwritable` */
  static async create(folder: string): Promise<Spool> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      for (let number = 0; ; number += 1) {
        const path = join(folder, `text-${process.pid}-${number}`);
        const file = await openNew(path);
        if (file === null) continue;
        // Windows refuses while the file is open; `close` removes it then.
        await rm(path, { force: true }).catch(() => undefined);
        return new Spool(path, file);
      }
    } catch (error) {
      throw unwritable(folder, error);
    }
  }

  get size(): number {
    return this.#size;
  }

  /** @throws EngineError `store-unwritable`, as when the disk is full */
  async append(bytes: Uint8Array): Promise<void> {
    try {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await this.#file.write(
          bytes,
          done,
          bytes.length - done,
          this.#size + done,
        );
        done += bytesWritten;
      }
    } catch (error) {
      throw unwritable(this.#path, error);
    }
    this.#size += bytes.length;
  }

  async read(into: Uint8Array, at: number): Promise<number> {
    const length = Math.min(into.length, this.#size - at);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await this.#file.read(into, done, length - done, at + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return done;
  }

  async close(): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }
}

/** Null where the name is taken: other threads of this process spool to the same folder. */
async function openNew(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'wx+', 0o600);
  } catch (error) {
    if (failureCode(error) === 'EEXIST') return null;
    throw error;
  }
}

function unwritable(path: string, error: unknown): EngineError {
  const full = failureCode(error) === 'ENOSPC';
  return new EngineError(
    'store-unwritable',
    `${path} could not be written${full ? ': the disk is full' : ''}.`,
    full ? 'Free some space, or unpack the log elsewhere.' : 'Check the permissions of its folder.',
    error,
  );
}
