import type { LogEncoding } from '../record/logText.ts';
import { withoutEscapes } from './escapeSequences.ts';
import { maskedTokens } from './maskedTokens.ts';
import { MessageScanner } from './masks.ts';
import { HashMemo } from './memo.ts';
import { MessageShapes } from './messageShapes.ts';
import { PatternIndex } from './patternIndex.ts';
import { nameOf, Vocabulary } from './patternRows.ts';
import { spacedSlot } from './slotTokens.ts';
import type { NamedTokens } from './patternRows.ts';

/** Hashes that are remembered (12 bytes each, at most half full). */
const maxRemembered = 1 << 20;

/** Keys by first words, told apart once all others are used up. */
export const maxCoarseKeys = 5_000;

/** The distinct masked keys of a log, numbered in order of appearance. */
export class MaskedKeys {
  keys: NamedTokens[] = [];
  vocabulary = new Vocabulary();
  readonly #limit: number;
  readonly #scanner = new MessageScanner();
  readonly #shapes = new MessageShapes();
  readonly #memo = new HashMemo(maxRemembered);
  #keyOfName = new Map<string, number>();
  #patterns: PatternIndex | null = null;
  #truncated = false;

  /** @param limit distinct keys that are told apart; later ones are reduced to their first words. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.keys.length;
  }

  /** Whether all keys are used up: replace them by fewer patterns, or lose detail. */
  get full(): boolean {
    return this.size >= this.#limit;
  }

  /** Whether some messages were grouped by their first words only. */
  get truncated(): boolean {
    return this.#truncated;
  }

  /** Number of the key of a message: the range holds it without header and line end. */
  keyOf(bytes: Uint8Array, start: number, end: number, encoding: LogEncoding): number {
    const shaped = this.#shapes.find(bytes, start, end);
    if (shaped >= 0) return shaped;
    const scanner = this.#scanner;
    let source = bytes;
    if (!scanner.scan(bytes, start, end)) {
      source = withoutEscapes(bytes, start, end);
      scanner.scan(source, 0, source.length);
    }
    const known = this.#memo.get(scanner.hash1, scanner.hash2);
    if (known >= 0) {
      if (source === bytes) this.#shapes.add(scanner, bytes, start, end, known);
      return known;
    }
    const key = this.#keyOfTokens(maskedTokens(scanner, source, encoding));
    this.#memo.add(scanner.hash1, scanner.hash2, key);
    return key;
  }

  /**
   * Starts over with these patterns as the only keys, numbered in this order; messages that follow
   * one of them get its key from now on.
   */
  replaceBy(patterns: readonly (readonly string[])[]): void {
    this.#memo.clear();
    this.#shapes.clear();
    this.#keyOfName = new Map();
    this.vocabulary = new Vocabulary();
    this.keys = [];
    for (const tokens of patterns) this.#add(tokens);
    this.#patterns = new PatternIndex(this.keys.map((key) => key.tokens));
  }

  #keyOfTokens(tokens: readonly string[]): number {
    const ids = tokens.map((token) => this.vocabulary.find(token));
    const known = this.#keyOfName.get(nameOf(ids)) ?? this.#patterns?.find(ids) ?? -1;
    if (known >= 0) return known;
    return this.full ? this.#coarseKey(tokens) : this.#add(tokens);
  }

  #coarseKey(tokens: readonly string[]): number {
    this.#truncated = true;
    const start = this.size < this.#limit + maxCoarseKeys ? tokens.slice(0, 2) : [];
    const coarse = [...start, spacedSlot];
    const name = nameOf(coarse.map((token) => this.vocabulary.find(token)));
    return this.#keyOfName.get(name) ?? this.#add(coarse);
  }

  #add(texts: readonly string[]): number {
    const tokens = texts.map((text) => this.vocabulary.idOf(text));
    const name = nameOf(tokens);
    this.#keyOfName.set(name, this.size);
    this.keys.push({ tokens, name });
    return this.size - 1;
  }
}
