import { joinSlots, slot, spacedSlot } from './slotTokens.ts';
import { tokenClass } from './tokenClasses.ts';
import type { TokenClass } from './tokenClasses.ts';

/**
 * Token texts and their numbers. 0 and 1 are the slot without and with white space before it. What
 * refinement asks of a token again and again is found out once.
 */
export class Vocabulary {
  readonly texts: string[] = [slot, spacedSlot];
  /** The texts without white space before them. */
  readonly bare: string[] = [slot, slot];
  readonly classes: TokenClass[] = [tokenClass(slot), tokenClass(spacedSlot)];
  readonly #ids = new Map<string, number>([
    [slot, 0],
    [spacedSlot, 1],
  ]);

  /** Number of a token, `unknownToken` when it was never asked for by `idOf`. */
  find(text: string): number {
    return this.#ids.get(text) ?? unknownToken;
  }

  idOf(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.texts.length;
      this.texts.push(text);
      this.bare.push(text.trimStart());
      this.classes.push(tokenClass(text));
      this.#ids.set(text, id);
    }
    return id;
  }
}

/** Stands for every token that has no number; no slot, and equal to no token of a pattern. */
const unknownToken = 2 ** 31;

export function isSlotId(id: number): boolean {
  return id <= 1;
}

/** Tokens under the name that tells them from all others: comparing names is comparing tokens. */
export interface NamedTokens {
  readonly tokens: readonly number[];
  readonly name: string;
}

export function nameOf(tokens: readonly number[]): string {
  return tokens.join();
}

/** One pattern while patterns are refined: its tokens and how many records follow it. */
export interface PatternRow extends NamedTokens {
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

  constructor(keys: readonly NamedTokens[], counts: ArrayLike<number>, vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
    this.rows = keys.map(({ tokens, name }, key) => ({ tokens, name, count: counts[key]! }));
    this.rowOfKey = Uint32Array.from(keys, (_, key) => key);
  }

  text(id: number): string {
    return this.vocabulary.texts[id]!;
  }

  isSpaced(id: number): boolean {
    return this.text(id).charCodeAt(0) === 0x20;
  }

  /** The slot that keeps the spacing of a token. */
  slotFor(id: number): number {
    return this.isSpaced(id) ? 1 : 0;
  }

  /**
   * Replaces rows: `change` gives the new tokens, or null to keep a row. Changed rows are brought
   * into joined form, equal rows merged in order of first appearance.
   * @returns whether any row changed.
   */
  rewrite(change: (row: PatternRow, index: number) => readonly number[] | null): boolean {
    const changes = this.rows.map(change);
    if (!changes.some((tokens) => tokens !== null)) return false;
    const merged: PatternRow[] = [];
    const byName = new Map<string, number>();
    const rowOfRow = this.rows.map((row, index) => {
      const change = changes[index] ?? null;
      const { tokens, name } = change === null ? row : this.#named(change);
      const known = byName.get(name);
      if (known !== undefined) {
        merged[known]!.count += row.count;
        return known;
      }
      byName.set(name, merged.length);
      merged.push({ tokens, name, count: row.count });
      return merged.length - 1;
    });
    this.rows = merged;
    for (let key = 0; key < this.rowOfKey.length; key++) {
      this.rowOfKey[key] = rowOfRow[this.rowOfKey[key]!]!;
    }
    return true;
  }

  #named(tokens: readonly number[]): NamedTokens {
    const texts = tokens.map((id) => this.text(id));
    const joined = joinSlots(texts).map((text) => this.vocabulary.idOf(text));
    return { tokens: joined, name: nameOf(joined) };
  }
}
