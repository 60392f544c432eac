import type { FileHandle } from 'node:fs/promises';

interface Lease {
  readonly file: Promise<FileHandle>;
  users: number;
}

/**
 * A file that is opened when somebody reads it and closed when nobody did for a while: Windows lets
 * nobody rename or delete an open log, so a handle kept would stop its rotation.
 */
export class LentHandle {
  readonly #open: () => Promise<FileHandle>;
  /** Milliseconds without a reader until the file is closed. */
  readonly #idle: number;
  #lease: Lease | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(open: () => Promise<FileHandle>, idle: number) {
    this.#open = open;
    this.#idle = idle;
  }

  async use<T>(work: (file: FileHandle) => Promise<T>): Promise<T> {
    const lease = (this.#lease ??= { file: this.#open(), users: 0 });
    lease.users += 1;
    clearTimeout(this.#timer);
    try {
      return await work(await lease.file);
    } finally {
      lease.users -= 1;
      if (lease.users === 0) await this.#rest(lease);
    }
  }

  /** The next use opens the file anew; those who still read keep what they have. */
  async drop(): Promise<void> {
    const lease = this.#lease;
    this.#lease = null;
    clearTimeout(this.#timer);
    if (lease?.users === 0) await closeLease(lease);
  }

  async #rest(lease: Lease): Promise<void> {
    if (lease !== this.#lease) {
      await closeLease(lease);
      return;
    }
    const opened = await lease.file.then(
      () => true,
      () => false,
    );
    if (lease !== this.#lease || lease.users > 0) return;
    if (!opened) {
      this.#lease = null;
      return;
    }
    this.#timer = setTimeout(() => void this.drop(), this.#idle);
    // A program may end although a file rests open.
    this.#timer.unref();
  }
}

async function closeLease(lease: Lease): Promise<void> {
  // A file that was never opened needs no closing: whoever used it has its error.
  const file = await lease.file.catch(() => null);
  await file?.close();
}
