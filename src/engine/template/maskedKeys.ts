import type { LogEncoding } from '../record/logText.ts';
import { withoutEscapes } from './escapeSequences.ts';
import { maskedTokens } from './maskedTokens.ts';
import { MessageScanner } from './masks.ts';
import { HashMemo } from './memo.ts';
import { PatternIndex } from './patternIndex.ts';
import { Vocabulary } from './patternRows.ts';

/** Hashes that are remembered (12 bytes each, at most half full). */
const maxRemembered = 1 << 20;

/** Keys by first words, told apart once all others are used up. */
const maxCoarseKeys = 5_000;

/** The distinct masked keys of a log, numbered in order of appearance. */
export class MaskedKeys {
  tokens: (readonly number[])[] = [];
  vocabulary = new Vocabulary();
  readonly #limit: number;
  readonly #scanner = new MessageScanner();
  readonly #memo = new HashMemo(maxRemembered);
  #keys = new Map<string, number>();
  #patterns: PatternIndex | null = null;
  #truncated = false;

  /** @param limit distinct keys that are told apart; later ones are reduced to their first words. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.tokens.length;
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
    const scanner = this.#scanner;
    let source = bytes;
    if (!scanner.scan(bytes, start, end)) {
      source = withoutEscapes(bytes, start, end);
      scanner.scan(source, 0, source.length);
    }
    const known = this.#memo.get(scanner.hash1, scanner.hash2);
    if (known >= 0) return known;
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
    this.#keys = new Map();
    this.vocabulary = new Vocabulary();
    this.tokens = [];
    for (const tokens of patterns) this.#add(tokens.join('\n'), this.#idsOf(tokens));
    this.#patterns = new PatternIndex([...this.tokens]);
  }

  #keyOfTokens(tokens: readonly string[]): number {
    const name = tokens.join('\n');
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const ids = this.#idsOf(tokens);
    const pattern = this.#patterns?.find(ids) ?? -1;
    if (pattern >= 0) return pattern;
    return this.full ? this.#coarseKey(tokens) : this.#add(name, ids);
  }

  #coarseKey(tokens: readonly string[]): number {
    this.#truncated = true;
    const start = this.size < this.#limit + maxCoarseKeys ? tokens.slice(0, 2) : [];
    const coarse = [...start, ' <*>'];
    const name = coarse.join('\n');
    return this.#keys.get(name) ?? this.#add(name, this.#idsOf(coarse));
  }

  #idsOf(tokens: readonly string[]): number[] {
    return tokens.map((token) => this.vocabulary.idOf(token));
  }

  #add(name: string, ids: readonly number[]): number {
    this.#keys.set(name, this.size);
    this.tokens.push(ids);
    return this.size - 1;
  }
}
