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
  /** Equal for texts that differ in digits only. */
  readonly letters: number[] = [0, 0];
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
      const bare = text.trimStart();
      this.bare.push(bare);
      this.letters.push(lettersHash(bare));
      this.classes.push(tokenClass(text));
      this.#ids.set(text, id);
    }
    return id;
  }
}

/** Hash of a text without its digits. */
function lettersHash(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) hash = (Math.imul(hash, 31) + code) | 0;
  }
  return hash;
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

/** One pattern while patterns are refined. */
export interface PatternRow extends NamedTokens {
  /** The masked keys that belong to it, and how many records follow one of them. */
  readonly keys: number[];
  count: number;
}

/**
 * The patterns of a log and which masked keys belong to them. Steps replace the tokens of rows; rows
 * that become equal are merged.
 */
export class PatternRows {
  rows: PatternRow[];
  readonly vocabulary: Vocabulary;

  constructor(rows: PatternRow[], vocabulary: Vocabulary) {
    this.rows = rows;
    this.vocabulary = vocabulary;
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
    const byName = new Map<string, PatternRow>();
    this.rows.forEach((row, index) => {
      const tokens = changes[index] ?? null;
      const target = tokens === null ? row : { ...row, ...this.#named(tokens) };
      const known = byName.get(target.name);
      if (known === undefined) {
        byName.set(target.name, target);
      } else {
        for (const key of row.keys) known.keys.push(key);
        known.count += row.count;
      }
    });
    this.rows = [...byName.values()];
    return true;
  }

  #named(tokens: readonly number[]): NamedTokens {
    const texts = tokens.map((id) => this.text(id));
    const joined = joinSlots(texts).map((text) => this.vocabulary.idOf(text));
    return { tokens: joined, name: nameOf(joined) };
  }
}
