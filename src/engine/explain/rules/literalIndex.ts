/** Row width of the transition table for characters that stand in no literal. */
const other = 0;

/**
 * Finds all of many literals in one pass over a text (Aho and Corasick, 1975), with the transitions
 * written out as a table: one look-up a character, whatever the text.
 */
export class LiteralIndex {
  readonly #literals: readonly string[];
  readonly #classes = new Map<number, number>();
  readonly #width: number;
  /** Next state by state and character class. */
  readonly #next: Int32Array;
  /** The literals that end in a state, those that end inside longer ones included. */
  readonly #ends: (readonly number[])[];

  /** @param literals in lower case, without empty ones; the same one may come several times */
  constructor(literals: readonly string[]) {
    this.#literals = literals;
    for (const literal of literals) {
      for (let i = 0; i < literal.length; i++) {
        const code = literal.charCodeAt(i);
        if (!this.#classes.has(code)) this.#classes.set(code, this.#classes.size + 1);
      }
    }
    this.#width = this.#classes.size + 1;
    const most = literals.reduce((sum, literal) => sum + literal.length, 1);
    this.#next = new Int32Array(most * this.#width);
    const ends: number[][] = [[]];
    literals.forEach((literal, id) => {
      let state = 0;
      for (let i = 0; i < literal.length; i++) {
        const cell = state * this.#width + this.#classOf(literal.charCodeAt(i));
        let to = this.#next[cell] ?? 0;
        if (to === 0) {
          to = ends.length;
          ends.push([]);
          this.#next[cell] = to;
        }
        state = to;
      }
      ends[state]?.push(id);
    });
    this.#ends = ends;
    this.#completeTransitions(ends);
  }

  /**
   * Tells every occurrence of every literal, in the order in which they end.
   * @param found gets the literal's position in the list, and where it begins in the text
   */
  scan(lower: string, found: (literal: number, at: number) => void): void {
    let state = 0;
    for (let i = 0; i < lower.length; i++) {
      state = this.#next[state * this.#width + this.#classOf(lower.charCodeAt(i))] ?? 0;
      for (const id of this.#ends[state] ?? []) {
        found(id, i + 1 - (this.#literals[id] ?? '').length);
      }
    }
  }

  #classOf(code: number): number {
    return this.#classes.get(code) ?? other;
  }

  /** Breadth first: where a state has no way on, it goes the way of its longest proper suffix. */
  #completeTransitions(ends: number[][]): void {
    const suffix = new Int32Array(ends.length);
    const queue: number[] = [];
    for (let cls = 1; cls < this.#width; cls++) {
      const to = this.#next[cls] ?? 0;
      if (to !== 0) queue.push(to);
    }
    // The loop also goes over what it appends.
    for (const state of queue) {
      const back = suffix[state] ?? 0;
      ends[state]?.push(...(ends[back] ?? []));
      for (let cls = 1; cls < this.#width; cls++) {
        const cell = state * this.#width + cls;
        const to = this.#next[cell] ?? 0;
        const instead = this.#next[back * this.#width + cls] ?? 0;
        if (to === 0) this.#next[cell] = instead;
        else {
          suffix[to] = instead;
          queue.push(to);
        }
      }
    }
  }
}
