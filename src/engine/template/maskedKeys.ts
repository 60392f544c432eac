import type { LogEncoding } from '../record/logText.ts';
import { withoutEscapes } from './escapeSequences.ts';
import { maskedTokens } from './maskedTokens.ts';
import { MessageScanner } from './masks.ts';
import { HashMemo } from './memo.ts';
import { Vocabulary } from './patternRows.ts';

/** Hashes that are remembered (12 bytes each, at most half full). */
const maxRemembered = 1 << 20;

/** Distinct keys that are told apart; later ones are reduced to their first words. */
const maxKeys = 100_000;
const maxCoarseKeys = 10_000;

/** The distinct masked keys of a log, numbered in order of appearance. */
export class MaskedKeys {
  readonly tokens: (readonly number[])[] = [];
  readonly vocabulary = new Vocabulary();
  readonly #scanner = new MessageScanner();
  readonly #memo = new HashMemo(maxRemembered);
  readonly #keys = new Map<string, number>();
  #truncated = false;

  get size(): number {
    return this.tokens.length;
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

  #keyOfTokens(tokens: readonly string[]): number {
    const name = tokens.join('\n');
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    if (this.size >= maxKeys) {
      this.#truncated = true;
      const coarse = this.size < maxKeys + maxCoarseKeys ? tokens.slice(0, 2) : [];
      if (tokens.length > coarse.length + 1) return this.#keyOfTokens([...coarse, ' <*>']);
    }
    const key = this.size;
    this.#keys.set(name, key);
    this.tokens.push(tokens.map((token) => this.vocabulary.idOf(token)));
    return key;
  }
}
