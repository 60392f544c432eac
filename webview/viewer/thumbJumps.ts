import type { LogView } from './logView.ts';

/**
 * Goes where the thumb of the scroll bar is: one answer after the other and at most one for each frame,
 * as a mouse moves faster than rows are read. The latest place wins.
 */
export class ThumbJumps {
  readonly #view: LogView;
  readonly #onMove: () => void;
  readonly #onProblem: (error: unknown) => void;
  #wanted: number | null = null;
  #going = false;

  constructor(view: LogView, onMove: () => void, onProblem: (error: unknown) => void) {
    this.#view = view;
    this.#onMove = onMove;
    this.#onProblem = onProblem;
  }

  to(byte: number): void {
    this.#wanted = byte;
    if (!this.#going) void this.#go();
  }

  async #go(): Promise<void> {
    this.#going = true;
    try {
      while (this.#wanted !== null) {
        const byte = this.#wanted;
        this.#wanted = null;
        this.#onMove();
        await this.#view.goTo({ kind: 'byte', byte }, 'top');
        await new Promise((resolve) => window.requestAnimationFrame(resolve));
      }
    } catch (error) {
      this.#onProblem(error);
    } finally {
      this.#going = false;
    }
  }
}
