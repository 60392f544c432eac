/** Something that must be let go; the editor accepts it as its own `Disposable`. */
export interface Disposable {
  dispose(): void;
}

/**
 * Owns things that must be let go. After its own disposal whatever is added is disposed at once, so
 * that an object made while its owner goes away does not leak.
 */
export class DisposableStore implements Disposable {
  readonly #items = new Set<Disposable>();
  #disposed = false;

  add<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.add(item);
    return item;
  }

  /** Disposes in reverse order of adding: what came later may lean on what came before. */
  dispose(): void {
    this.#disposed = true;
    const items = [...this.#items].reverse();
    this.#items.clear();
    for (const item of items) item.dispose();
  }
}
