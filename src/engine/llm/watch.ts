/** Runs something later; the reply stops that. Injected, so that tests need not wait. */
export type Timer = (milliseconds: number, run: () => void) => () => void;

/** Patience with a silent endpoint, in milliseconds. */
export interface Patience {
  /** Until the first bytes: a local model is loaded and reads the whole prompt before. */
  readonly first: number;
  /** Between two pieces after that. */
  readonly idle: number;
}

/**
 * Notices silence: fires `onSilence` once when nothing was heard for as long as patience allows. The
 * timeout of HTTP libraries ends with the headers, and an idle stream would be waited for for ever.
 */
export class SilenceWatch {
  readonly #timer: Timer;
  readonly #idle: number;
  readonly #onSilence: () => void;
  #stop: () => void;

  constructor(timer: Timer, patience: Patience, onSilence: () => void) {
    this.#timer = timer;
    this.#idle = patience.idle;
    this.#onSilence = onSilence;
    this.#stop = timer(patience.first, onSilence);
  }

  heard(): void {
    this.#stop();
    this.#stop = this.#timer(this.#idle, this.#onSilence);
  }

  stop(): void {
    this.#stop();
  }
}
