/**
 * Who still shows a log that is read by its path: views and reports. The editor tells when a document
 * is closed, but of such a log it knows nothing.
 */
export class KeptLogs {
  readonly #counts = new Map<string, number>();
  readonly #onUnused: (key: string) => void;

  /** `onUnused` is told the key of a log that nobody shows any more. */
  constructor(onUnused: (key: string) => void) {
    this.#onUnused = onUnused;
  }

  /** Notes that somebody shows a log. @returns what says that they no longer do; once is enough */
  keep(key: string): () => void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    let kept = true;
    return () => {
      if (!kept) return;
      kept = false;
      const left = (this.#counts.get(key) ?? 1) - 1;
      if (left > 0) {
        this.#counts.set(key, left);
        return;
      }
      this.#counts.delete(key);
      this.#onUnused(key);
    };
  }
}
