import type { ByteSource, SourceChange } from '../engine/source/byteSource.ts';
import { FileWatch } from './fileWatch.ts';

/** Milliseconds between two looks: what was written is seen before a person could notice. */
const interval = 50;

/** The same where the system tells of what is written; it is trusted until a look finds what it did not tell. */
const watchedInterval = 250;

/** The same for a log that is written all the time: each look makes work for others. */
const shortest = 15;

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
  readonly #watch: FileWatch;
  /** The system has told of something since the last look. */
  #told = false;
  /** What was found last the system had told before. */
  #isWatched = false;
  #isLooking = false;
  /** When it was looked last. */
  #looked = -Infinity;

  constructor(source: ByteSource, onChange: (change: SourceChange) => Promise<void>) {
    this.#source = source;
    this.#onChange = onChange;
    // Of several parts only the newest is written to.
    this.#watch = new FileWatch(source.parts.at(-1)?.path ?? source.path, () => {
      this.#hear();
    });
  }

  start(): void {
    if (this.#on) return;
    this.#on = true;
    this.#watch.begin();
    this.#next(0);
  }

  stop(): void {
    this.#on = false;
    this.#watch.end();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Stops, and waits for the look that goes on. */
  async close(): Promise<void> {
    this.stop();
    await this.#looking;
  }

  #hear(): void {
    this.#told = true;
    if (this.#on && !this.#isLooking) this.#next(this.#pause());
  }

  #next(delay: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#looking = this.#look();
    }, delay);
  }

  async #look(): Promise<void> {
    this.#isLooking = true;
    this.#looked = performance.now();
    const told = this.#told;
    this.#told = false;
    const change = await this.#refresh();
    const troubled = change.kind === 'gone' || change.kind === 'unreadable';
    const trouble = troubled ? JSON.stringify(change) : '';
    const known = troubled && trouble === this.#trouble;
    if (change.kind !== 'same') this.#trouble = trouble;
    if (change.kind === 'grew') this.#isWatched = told;
    else if (change.kind !== 'same' && !known) {
      this.#isWatched = false;
      if (this.#on) this.#watch.begin();
    }
    if (this.#on && change.kind !== 'same' && !known) await this.#tell(change);
    this.#isLooking = false;
    if (this.#on) this.#next(this.#pause());
  }

  #pause(): number {
    if (this.#told) return Math.max(0, this.#looked + shortest - performance.now());
    if (this.#trouble !== '') return slowInterval;
    return this.#isWatched ? watchedInterval : interval;
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
