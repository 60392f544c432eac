import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';

/**
 * Is told by the system when a file is written to. A hint, no more: network paths tell nothing, and a
 * system may have no watchers left, so whoever follows a file looks at it by himself as well.
 */
export class FileWatch {
  readonly #path: string;
  readonly #onEvent: () => void;
  #watcher: FSWatcher | null = null;

  constructor(path: string, onEvent: () => void) {
    this.#path = path;
    this.#onEvent = onEvent;
  }

  /** Watches the file that has the name now. */
  begin(): void {
    this.end();
    try {
      const watcher = watch(this.#path, { persistent: false }, () => {
        this.#onEvent();
      });
      watcher.on('error', () => {
        this.end();
      });
      this.#watcher = watcher;
    } catch {
      // No file, or no watcher left: it is looked at by the clock.
      this.#watcher = null;
    }
  }

  end(): void {
    this.#watcher?.close();
    this.#watcher = null;
  }
}
