import type { ByteSource, SourceChange } from '../engine/source/byteSource.ts';

/** Milliseconds between two looks: what was written is seen before a person could notice. */
const interval = 50;

/** Milliseconds between two looks at a log that is gone or cannot be read. */
const slowInterval = 500;

/** Looks at the files of a source again and again. */
export class Follower {
  readonly #source: ByteSource;
  readonly #onChange: (change: SourceChange) => Promise<void>;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();
  #on = false;
  /** What was told of a log that has no file: it is told once. */
  #trouble = '';

  constructor(source: ByteSource, onChange: (change: SourceChange) => Promise<void>) {
    this.#source = source;
    this.#onChange = onChange;
  }

  start(): void {
    if (this.#on) return;
    this.#on = true;
    this.#next(0);
  }

  stop(): void {
    this.#on = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Stops, and waits for the look that goes on. */
  async close(): Promise<void> {
    this.stop();
    await this.#looking;
  }

  #next(delay: number): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.#look();
    }, delay);
  }

  async #look(): Promise<void> {
    const change = await this.#refresh();
    const troubled = change.kind === 'gone' || change.kind === 'unreadable';
    const trouble = troubled ? JSON.stringify(change) : '';
    const known = troubled && trouble === this.#trouble;
    if (change.kind !== 'same') this.#trouble = trouble;
    if (this.#on && change.kind !== 'same' && !known) await this.#tell(change);
    if (this.#on) this.#next(this.#trouble === '' ? interval : slowInterval);
  }

  async #refresh(): Promise<SourceChange> {
    try {
      return await this.#source.refresh();
    } catch (error) {
      return unreadable(error);
    }
  }

  async #tell(change: SourceChange): Promise<void> {
    try {
      await this.#onChange(change);
    } catch (error) {
      // It changed again while it was looked at: the next look finds out how.
      this.#trouble = JSON.stringify(unreadable(error));
    }
  }
}

function unreadable(error: unknown): SourceChange {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'unreadable', message, advice: 'Open the log again.' };
}
