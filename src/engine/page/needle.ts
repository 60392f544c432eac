import type { SourceEncoding } from '../source/byteSource.ts';
import { isSingleByte } from '../source/textEncoding.ts';
import type { BytePair, ChunkBytes, NeedleBytes } from './byteScanner.ts';
import { mostDistance } from './byteScanner.ts';
import { mostChecked } from './scanModule.ts';

/** Ways to write a character in bytes: as it is, and in the other case. */
type Written = readonly Uint8Array[];

/**
 * Bytes of logs by how common they are, the commonest first, counted by eye in a dozen systems: a
 * search that looks for rare bytes stops seldom. Bytes that are not here are rarer.
 */
const common = ' 0e1tan2os3ir4d568l79c-:.pmu/f_hgbE=vywITRkNASOC,[]x"LDP()qjzFUMBGHV{}';

/** A text to be found in bytes, as it stands or in any case. */
export class Needle {
  /** Bytes of its longest form. */
  readonly length: number;
  /** Itself byte by byte; null where the forms of a character differ in more than one byte, or it is too long. */
  readonly bytes: NeedleBytes | null;
  readonly #characters: readonly Written[];
  readonly #pair: BytePair;
  /** Where the first byte of the pair stands in the needle. */
  readonly #pairAt: number;
  /** The pair says everything. */
  readonly #pairIsAll: boolean;

  private constructor(characters: readonly Written[]) {
    this.#characters = characters;
    this.length = characters.reduce((sum, forms) => sum + longest(forms), 0);
    const places = fixedPlaces(characters);
    const byRarity = places
      .map((_, at) => at)
      .sort((a, b) => commonness(places[a]!) - commonness(places[b]!));
    const [rarest = 0, second = rarest] = byRarity;
    const first = Math.min(rarest, second);
    const last = Math.max(rarest, second);
    this.#pairAt = first;
    this.#pairIsAll =
      this.length <= 2 && places.length === this.length && characters.length === this.length;
    this.#pair = {
      a: places[first]![0]!,
      b: places[first]!.at(-1)!,
      c: places[last]![0]!,
      d: places[last]!.at(-1)!,
      distance: last - first,
    };
    this.bytes =
      this.length <= mostChecked && characters.every(differsInOneByte)
        ? {
            pair: this.#pair,
            pairAt: first,
            first: Buffer.concat(characters.map((forms) => forms[0]!)),
            second: Buffer.concat(characters.map((forms) => forms.at(-1)!)),
            pairIsAll: this.#pairIsAll,
          }
        : null;
  }

  /** Null where the text is empty, has a line end, or cannot be written in the encoding. */
  static of(text: string, encoding: SourceEncoding, matchCase: boolean): Needle | null {
    if (text === '' || text.includes('\n')) return null;
    const characters = Array.from(text, (character) =>
      (matchCase ? [character] : casesOf(character))
        .map((form) => encode(form, encoding))
        .filter((form) => form !== null),
    );
    return characters.some((forms) => forms.length === 0) ? null : new Needle(characters);
  }

  /** Where it begins first in `chunk[from, to)`, all of it before `to`; -1 for nowhere. */
  find(chunk: ChunkBytes, from: number, to: number): number {
    const { bytes } = chunk;
    let at = from + this.#pairAt;
    while (at < to) {
      const found = chunk.findPair(this.#pair, at, to);
      if (found < 0) return -1;
      const start = found - this.#pairAt;
      const end = this.#pairIsAll ? start + this.length : this.endAt(bytes, start, to);
      if (end >= 0 && end <= to) return start;
      at = found + 1;
    }
    return -1;
  }

  /** Offset behind it where it begins at `start`, -1 where it does not, or not before `to`. */
  endAt(bytes: Uint8Array, start: number, to: number): number {
    let at = start;
    for (const forms of this.#characters) {
      const end = formEnd(forms, bytes, at, to);
      if (end < 0) return -1;
      at = end;
    }
    return at;
  }
}

/** Whether its forms are equally long, and any mixture of their bytes is one of them. */
function differsInOneByte([first, second = first]: Written): boolean {
  if (first?.length !== second?.length) return false;
  return first!.filter((byte, at) => byte !== second![at]).length <= 1;
}

function formEnd(forms: Written, bytes: Uint8Array, at: number, to: number): number {
  for (const form of forms) {
    if (at + form.length > to) continue;
    let same = 0;
    while (same < form.length && bytes[at + same] === form[same]) same += 1;
    if (same === form.length) return at + same;
  }
  return -1;
}

/**
 * A character in both cases, as far as these are single characters: `ß` has no other, and `k` is not
 * the sign of Kelvin.
 */
function casesOf(character: string): string[] {
  const forms = [character, character.toLowerCase(), character.toUpperCase()];
  const single = forms.filter(
    (form) => form.length === character.length && Array.from(form).length === 1,
  );
  return [...new Set(single)].slice(0, 2);
}

function encode(character: string, encoding: SourceEncoding): Uint8Array | null {
  if (!isSingleByte(encoding)) return new TextEncoder().encode(character);
  const code = character.codePointAt(0)!;
  return code < 256 ? Uint8Array.of(code) : null;
}

/** The bytes that can stand at each place whose distance from the beginning is known; at least one place. */
function fixedPlaces(characters: readonly Written[]): number[][] {
  const places: number[][] = [];
  for (const forms of characters) {
    const shared = Math.min(...forms.map((form) => form.length));
    for (let byte = 0; byte < shared; byte += 1) {
      if (places.length > mostDistance) return places;
      places.push([...new Set(forms.map((form) => form[byte]!))]);
    }
    if (shared < longest(forms)) break;
  }
  return places;
}

function longest(forms: Written): number {
  return Math.max(...forms.map((form) => form.length));
}

function commonness(bytes: readonly number[]): number {
  const ranks = bytes.map((byte) => {
    const rank = common.indexOf(String.fromCharCode(byte));
    return rank < 0 ? 0 : common.length - rank;
  });
  return ranks.reduce((sum, rank) => sum + rank, 0);
}
