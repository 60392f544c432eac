import type { LogView } from './logView.ts';

/** Following the end of a log: it pauses when the reader goes up and goes on at the end. */
export class Follower {
  readonly #view: LogView;
  readonly #onChange: (on: boolean) => void;
  readonly #onProblem: (error: unknown) => void;
  #on = false;
  /** Bytes and lines of the log when it was paused; null while it follows. */
  #paused: { readonly bytes: number; readonly lines: number | null } | null = null;
  #going = false;
  #again = false;

  constructor(view: LogView, onChange: (on: boolean) => void, onProblem: (error: unknown) => void) {
    this.#view = view;
    this.#onChange = onChange;
    this.#onProblem = onProblem;
  }

  get isOn(): boolean {
    return this.#on;
  }

  get follows(): boolean {
    return this.#on && this.#paused === null;
  }

  /** What has come since the pause; null where nothing is paused. `lines` null: not counted yet. */
  news(bytes: number, lines: number | null): { lines: number | null; bytes: number } | null {
    if (!this.#on || this.#paused === null) return null;
    const since = this.#paused;
    return {
      bytes: Math.max(0, bytes - since.bytes),
      lines: lines === null || since.lines === null ? null : Math.max(0, lines - since.lines),
    };
  }

  switch(on: boolean): void {
    if (on === this.#on) return;
    this.#on = on;
    this.#paused = null;
    this.#onChange(on);
    if (on) this.toEnd();
  }

  /** The reader has moved: up pauses, back at the end goes on. */
  moved(lines: number | null): void {
    if (!this.#on) return;
    const { atEnd } = this.#view;
    if (atEnd === (this.#paused === null)) return;
    this.#paused = atEnd ? null : { bytes: this.#view.bytes, lines };
    this.#onChange(atEnd);
  }

  goOn(): void {
    if (this.#paused !== null) {
      this.#paused = null;
      this.#onChange(true);
    }
    this.toEnd();
  }

  /** Shows the end. While one answer is awaited, further growth asks once more behind it. */
  toEnd(): void {
    this.#again = true;
    if (!this.#going) void this.#go();
  }

  async #go(): Promise<void> {
    this.#going = true;
    try {
      while (this.#again) {
        this.#again = false;
        await this.#view.goTo({ kind: 'end' }, 'bottom');
      }
    } catch (error) {
      this.#onProblem(error);
    } finally {
      this.#going = false;
    }
  }
}
