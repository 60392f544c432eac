import { ArchiveFault } from '../archiveFault.ts';
import type { BitReader } from './bitReader.ts';

const longestCode = 20;
const groupSize = 50;

/** A prefix code: for each length the largest code, and what to subtract from one to find its symbol. */
interface PrefixCode {
  readonly shortest: number;
  readonly longest: number;
  readonly limit: Int32Array;
  readonly base: Int32Array;
  readonly symbols: Uint16Array;
}

/**
 * Reads a block behind its checksum: symbols in prefix codes, runs and moves to the front undone, and
 * the Burrows-Wheeler order prepared. The format has no specification of its own; this follows what
 * bzip2 1.0.8 reads.
 * @param capacity bytes of a block, 100 000 for each level
 * @throws ArchiveFault `damaged`
 * @throws OutOfBits
 */
export function readBlock(bits: BitReader, capacity: number): BlockText {
  // Blocks in random order were written before 1996.
  if (bits.read(1) === 1) throw new ArchiveFault('damaged');
  const first = bits.read(24);
  const used = readUsedBytes(bits);
  const codeCount = bits.read(3);
  if (codeCount < 2 || codeCount > 6 || used.length === 0) throw new ArchiveFault('damaged');
  const selectors = readSelectors(bits, codeCount);
  const codes: PrefixCode[] = [];
  for (let code = 0; code < codeCount; code += 1) codes.push(readCode(bits, used.length + 2));
  const counts = new Uint32Array(256);
  const links = new Uint32Array(capacity);
  const length = readSymbols(bits, { used, selectors, codes, counts, links });
  if (first >= length) throw new ArchiveFault('damaged');
  linkRows(links, length, counts);
  return new BlockText(links, length, first);
}

/** The bytes that occur, from a bit map of two levels. */
function readUsedBytes(bits: BitReader): Uint8Array {
  const groups = bits.read(16);
  const used: number[] = [];
  for (let group = 0; group < 16; group += 1) {
    if (((groups >> (15 - group)) & 1) === 0) continue;
    const members = bits.read(16);
    for (let member = 0; member < 16; member += 1) {
      if (((members >> (15 - member)) & 1) === 1) used.push(group * 16 + member);
    }
  }
  return Uint8Array.from(used);
}

/** Which code each group of 50 symbols is written in, moved to the front and in unary. */
function readSelectors(bits: BitReader, codeCount: number): Uint8Array {
  const selectors = new Uint8Array(bits.read(15));
  const order = Uint8Array.of(0, 1, 2, 3, 4, 5);
  for (let index = 0; index < selectors.length; index += 1) {
    let place = 0;
    while (bits.read(1) === 1) {
      place += 1;
      if (place >= codeCount) throw new ArchiveFault('damaged');
    }
    selectors[index] = moveToFront(order, place);
  }
  return selectors;
}

function moveToFront(order: Uint8Array, place: number): number {
  const value = order[place]!;
  order.copyWithin(1, 0, place);
  order[0] = value;
  return value;
}

function readCode(bits: BitReader, symbolCount: number): PrefixCode {
  const lengths = new Uint8Array(symbolCount);
  let length = bits.read(5);
  for (let symbol = 0; symbol < symbolCount; symbol += 1) {
    for (;;) {
      if (length < 1 || length > longestCode) throw new ArchiveFault('damaged');
      if (bits.read(1) === 0) break;
      length += bits.read(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  return canonicalCode(lengths);
}

/** Codes of a length are consecutive numbers, in the order of their symbols. */
function canonicalCode(lengths: Uint8Array): PrefixCode {
  const symbols = new Uint16Array(lengths.length);
  const limit = new Int32Array(longestCode + 1).fill(-1);
  const base = new Int32Array(longestCode + 1);
  let placed = 0;
  let code = 0;
  for (let length = 1; length <= longestCode; length += 1) {
    base[length] = code - placed;
    for (let symbol = 0; symbol < lengths.length; symbol += 1) {
      if (lengths[symbol] !== length) continue;
      symbols[placed] = symbol;
      placed += 1;
      code += 1;
    }
    limit[length] = code - 1;
    code <<= 1;
  }
  const shortest = lengths.reduce((least, length) => Math.min(least, length), longestCode);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  return { shortest, longest, limit, base, symbols };
}

interface SymbolInput {
  readonly used: Uint8Array;
  readonly selectors: Uint8Array;
  readonly codes: readonly PrefixCode[];
  /** Counted up for each byte. */
  readonly counts: Uint32Array;
  /** Filled with the bytes of the block in sorted order. */
  readonly links: Uint32Array;
}

/** @returns the bytes of the block */
function readSymbols(bits: BitReader, input: SymbolInput): number {
  const { used, selectors, codes, counts, links } = input;
  const order = used.slice();
  const endOfBlock = used.length + 1;
  let length = 0;
  let run = 0;
  let runUnit = 1;
  for (const selector of selectors) {
    const code = codes[selector]!;
    for (let left = groupSize; left > 0; left -= 1) {
      const symbol = readSymbol(bits, code);
      if (symbol < 2) {
        // Lengths of runs are written in base 2 with the digits 1 and 2.
        run += runUnit << symbol;
        runUnit *= 2;
        if (run > links.length - length) throw new ArchiveFault('damaged');
        continue;
      }
      if (run > 0) {
        const byte = order[0]!;
        links.fill(byte, length, length + run);
        counts[byte]! += run;
        length += run;
        run = 0;
        runUnit = 1;
      }
      if (symbol === endOfBlock) return length;
      if (length >= links.length) throw new ArchiveFault('damaged');
      const byte = moveToFront(order, symbol - 1);
      links[length] = byte;
      counts[byte]! += 1;
      length += 1;
    }
  }
  throw new ArchiveFault('damaged');
}

function readSymbol(bits: BitReader, code: PrefixCode): number {
  let length = code.shortest;
  let value = bits.read(length);
  while (value > code.limit[length]!) {
    length += 1;
    if (length > code.longest) throw new ArchiveFault('damaged');
    value = (value << 1) | bits.read(1);
  }
  const symbol = code.symbols[value - code.base[length]!];
  if (symbol === undefined) throw new ArchiveFault('damaged');
  return symbol;
}

/** Above the byte in the lowest eight bits, each row gets the number of the row that follows it in the text. */
function linkRows(links: Uint32Array, length: number, counts: Uint32Array): void {
  const next = new Uint32Array(256);
  let sum = 0;
  counts.forEach((count, byte) => {
    next[byte] = sum;
    sum += count;
  });
  for (let row = 0; row < length; row += 1) {
    const byte = links[row]! & 0xff;
    links[next[byte]!]! |= row << 8;
    next[byte]! += 1;
  }
}

/** The text of a block, read in order and with its outer runs undone: four equal bytes and a count. */
export class BlockText {
  readonly #links: Uint32Array;
  #left: number;
  #row: number;
  #byte = -1;
  #equal = 0;
  #repeat = 0;
  #crc = 0xffffffff;

  constructor(links: Uint32Array, length: number, first: number) {
    this.#links = links;
    this.#left = length;
    this.#row = links[first]! >>> 8;
  }

  /** Of what was read so far. */
  get crc(): number {
    return (this.#crc ^ 0xffffffff) >>> 0;
  }

  /** @returns the bytes written; 0 at the end */
  fill(into: Uint8Array): number {
    let done = 0;
    while (done < into.length) {
      if (this.#repeat > 0) {
        this.#repeat -= 1;
      } else {
        if (this.#left === 0) break;
        const link = this.#links[this.#row]!;
        this.#row = link >>> 8;
        this.#left -= 1;
        const byte = link & 0xff;
        if (this.#equal === 4) {
          // A byte behind a count begins a new run, also when it is the same.
          this.#equal = 0;
          this.#repeat = byte;
          continue;
        }
        this.#equal = byte === this.#byte && this.#equal > 0 ? this.#equal + 1 : 1;
        this.#byte = byte;
      }
      const byte = this.#byte;
      into[done] = byte;
      done += 1;
      this.#crc = (this.#crc << 8) ^ crcTable[(this.#crc >>> 24) ^ byte]!;
    }
    return done;
  }
}

/** CRC-32 of the polynomial 0x04c11db7, the highest bit first. */
const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
  return crc;
});
