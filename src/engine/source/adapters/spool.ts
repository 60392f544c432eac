import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../base/engineError.ts';
import { failureCode } from './fileFailure.ts';

/** Behind the text of a shared file: what was found out about it as JSON, and the length of that in four bytes. */
const lengthBytes = 4;

/**
 * A file of ours for the text of an archive or of UTF-16: it can be read anywhere, and only its
 * owner may. Its name is removed at once where the system allows it, so that a crash leaves nothing;
 * a file that is shared keeps it until whoever made the file closes it.
 */
export class Spool {
  /** Null where the file is another's to remove. */
  #path: string | null;
  readonly #file: FileHandle;
  #size: number;

  private constructor(path: string | null, file: FileHandle, size: number) {
    this.#path = path;
    this.#file = file;
    this.#size = size;
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
        return new Spool(path, file, 0);
      }
    } catch (error) {
      throw unwritable(folder, error);
    }
  }

  /** A file of this name, to be filled and shared; null where there is one. @throws EngineError `store-unwritable` */
  static async createNamed(folder: string, name: string): Promise<Spool | null> {
    const path = join(folder, name);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = await openNew(path);
      return file === null ? null : new Spool(path, file, 0);
    } catch (error) {
      throw unwritable(folder, error);
    }
  }

  /** A file that was shared, and what was found out about its text; null where there is none. */
  static async openShared(
    folder: string,
    name: string,
  ): Promise<{ readonly spool: Spool; readonly facts: unknown } | null> {
    const file = await openKnown(join(folder, name));
    if (file === null) return null;
    const { size } = await file.stat();
    const whole = new Spool(null, file, size);
    const length = Buffer.alloc(lengthBytes);
    await whole.read(length, size - lengthBytes);
    const facts = Buffer.alloc(length.readUInt32LE());
    const textSize = size - lengthBytes - facts.length;
    await whole.read(facts, textSize);
    return {
      spool: new Spool(null, file, textSize),
      facts: JSON.parse(facts.toString()) as unknown,
    };
  }

  get size(): number {
    return this.#size;
  }

  /** Lets others open it under a name, with what was found out about its text. @throws EngineError `store-unwritable` */
  async share(folder: string, name: string, facts: unknown): Promise<void> {
    const textSize = this.#size;
    const json = Buffer.from(JSON.stringify(facts));
    const length = Buffer.alloc(lengthBytes);
    length.writeUInt32LE(json.length);
    await this.append(Buffer.concat([json, length]));
    this.#size = textSize;
    const path = join(folder, name);
    try {
      await rename(this.#path ?? path, path);
    } catch (error) {
      throw unwritable(path, error);
    }
    this.#path = path;
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
      throw unwritable(this.#path ?? '', error);
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
    if (this.#path !== null) await rm(this.#path, { force: true });
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

async function openKnown(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch {
    // Whatever the reason, the text can be unpacked once more.
    return null;
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
