import type { Row } from '../../src/protocol/viewerApi.ts';

/** Most rows that are kept: some screens on either side of what is seen. */
const mostRows = 1200;

function same(one: Row, other: Row): boolean {
  return (
    one.bytes === other.bytes &&
    one.line === other.line &&
    one.exact === other.exact &&
    one.time === other.time &&
    one.level === other.level &&
    one.text === other.text
  );
}

function endOf(row: Row): number {
  return row.byte + row.bytes;
}

/** Neighbouring rows of a log without a hole between them. Rows that did not change stay the same objects. */
export class RowCache {
  readonly #join: (one: Row, other: Row) => Row | null;
  #rows: readonly Row[] = [];

  /** @param join makes one row of two neighbours, where it can */
  constructor(join: (one: Row, other: Row) => Row | null = () => null) {
    this.#join = join;
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  get first(): Row | undefined {
    return this.#rows[0];
  }

  get last(): Row | undefined {
    return this.#rows.at(-1);
  }

  /** Where the rows end, in bytes; 0 without rows. */
  get end(): number {
    const { last } = this;
    return last === undefined ? 0 : endOf(last);
  }

  clear(): void {
    this.#rows = [];
  }

  /** Index of the row that holds a byte; -1 where none does. */
  indexOf(byte: number): number {
    let low = 0;
    let high = this.#rows.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const row = this.#rows[middle];
      if (row === undefined) return -1;
      if (byte < row.byte) high = middle - 1;
      else if (byte >= endOf(row) && !(row.bytes === 0 && byte === row.byte)) low = middle + 1;
      else return middle;
    }
    return -1;
  }

  /**
   * Takes rows in: beside or over the ones that are there, or in their place where a hole would be left.
   * @returns false when all that was there had to go
   */
  add(fresh: readonly Row[]): boolean {
    const first = fresh[0];
    const last = fresh.at(-1);
    if (first === undefined || last === undefined) return true;
    const touches = this.#rows.length > 0 && first.byte <= this.end && endOf(last) >= this.#start;
    if (!touches) {
      this.#rows = fresh;
      return false;
    }
    const known = new Map(this.#rows.map((row) => [row.byte, row]));
    const middle = fresh.map((row) => {
      const old = known.get(row.byte);
      return old !== undefined && same(old, row) ? old : row;
    });
    const above = this.#rows.filter((row) => row.byte < first.byte);
    const below = this.#rows.filter((row) => row.byte >= endOf(last));
    this.#rows = this.#beside(this.#beside(above, middle), below);
    return true;
  }

  #beside(rows: readonly Row[], more: readonly Row[]): readonly Row[] {
    const last = rows.at(-1);
    const next = more[0];
    const joined = last === undefined || next === undefined ? null : this.#join(last, next);
    return joined === null ? [...rows, ...more] : [...rows.slice(0, -1), joined, ...more.slice(1)];
  }

  /** Lets go of rows that are far from `byte`. */
  trim(byte: number): void {
    if (this.#rows.length <= mostRows) return;
    const from = Math.max(
      0,
      Math.min(this.indexOf(byte) - mostRows / 2, this.#rows.length - mostRows),
    );
    this.#rows = this.#rows.slice(from, from + mostRows);
  }

  get #start(): number {
    return this.#rows[0]?.byte ?? 0;
  }
}
