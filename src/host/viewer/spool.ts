import { rmSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../engine/base/log.ts';

/**
 * Folders for files of ours that belong to open logs: unpacked archives, copies of remote files. Windows
 * share the parent folder, so each has a folder of its own that is named after its process; what a
 * window left behind that ended without cleaning up is removed by the next one.
 */
export class Spool {
  readonly #parent: string;
  readonly #own: string;
  readonly #log: Log;
  #used = false;

  constructor(parent: string, log: Log) {
    this.#parent = parent;
    this.#own = `${process.pid}-${Date.now().toString(36)}`;
    this.#log = log;
  }

  /** A folder of this window; it may not exist yet. The first call clears leftovers in the background. */
  folder(name: string): string {
    if (!this.#used) {
      this.#used = true;
      void this.#clearLeftovers();
    }
    return join(this.#parent, this.#own, name);
  }

  /** The same folder, made. */
  async made(name: string): Promise<string> {
    const folder = this.folder(name);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** Synchronous, as nobody waits for promises when the editor goes away. */
  dispose(): void {
    if (this.#used) rmSync(join(this.#parent, this.#own), { recursive: true, force: true });
  }

  async #clearLeftovers(): Promise<void> {
    try {
      for (const name of await readdir(this.#parent)) {
        const owner = /^(\d{1,10})-[0-9a-z]+$/.exec(name)?.[1];
        if (name === this.#own || owner === undefined || isAlive(Number(owner))) continue;
        await rm(join(this.#parent, name), { recursive: true, force: true });
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      this.#log.warn(`Leftovers of earlier windows could not be removed: ${String(error)}`);
    }
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user exists although it may not be asked.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
