import { isSlot, joinSlots, slot, spacedSlot } from './slotTokens.ts';

/** Token texts and their numbers. 0 and 1 are the slot without and with white space before it. */
export class Vocabulary {
  readonly texts: string[] = [slot, spacedSlot];
  readonly #ids = new Map<string, number>([
    [slot, 0],
    [spacedSlot, 1],
  ]);

  idOf(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.texts.length;
      this.texts.push(text);
      this.#ids.set(text, id);
    }
    return id;
  }
}

export function isSlotId(id: number): boolean {
  return id <= 1;
}

/** One pattern while patterns are refined: its tokens, how many records follow it, and its place. */
export interface PatternRow {
  readonly tokens: readonly number[];
  /** Records. */
  count: number;
}

/**
 * The patterns of a log and which of them each masked key belongs to. Steps replace the tokens of
 * rows; rows that become equal are merged and their counts added.
 */
export class PatternRows {
  rows: PatternRow[];
  /** Row of each key. */
  readonly rowOfKey: Uint32Array;
  readonly vocabulary: Vocabulary;

  constructor(
    keys: readonly (readonly number[])[],
    counts: ArrayLike<number>,
    vocabulary: Vocabulary,
  ) {
    this.vocabulary = vocabulary;
    this.rows = keys.map((tokens, key) => ({ tokens, count: counts[key]! }));
    this.rowOfKey = Uint32Array.from(keys, (_, key) => key);
  }

  text(id: number): string {
    return this.vocabulary.texts[id]!;
  }

  /** The slot that keeps the spacing of a token. */
  slotFor(id: number): number {
    return this.text(id).startsWith(' ') ? 1 : 0;
  }

  /**
   * Replaces rows: `change` gives the new tokens, or null to keep a row. Changed rows are brought
   * into joined form, equal rows merged in order of first appearance.
   * @returns whether any row changed.
   */
  rewrite(change: (row: PatternRow, index: number) => readonly number[] | null): boolean {
    const changes = this.rows.map(change);
    if (changes.every((tokens) => tokens === null)) return false;
    const targets = changes.map((tokens, index) =>
      tokens === null ? this.rows[index]!.tokens : this.#joined(tokens),
    );
    const merged: PatternRow[] = [];
    const byTokens = new Map<string, number>();
    const rowOfRow = this.rows.map((row, index) => {
      const tokens = targets[index]!;
      const name = tokens.join();
      const known = byTokens.get(name);
      if (known !== undefined) {
        merged[known]!.count += row.count;
        return known;
      }
      byTokens.set(name, merged.length);
      merged.push({ tokens, count: row.count });
      return merged.length - 1;
    });
    this.rows = merged;
    for (let key = 0; key < this.rowOfKey.length; key++) {
      this.rowOfKey[key] = rowOfRow[this.rowOfKey[key]!]!;
    }
    return true;
  }

  #joined(tokens: readonly number[]): readonly number[] {
    const texts = tokens.map((id) => this.text(id));
    if (!texts.some(isSlot)) return tokens;
    return joinSlots(texts).map((text) => this.vocabulary.idOf(text));
  }
}
