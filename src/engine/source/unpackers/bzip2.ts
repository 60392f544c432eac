import { ArchiveFault } from '../archiveFault.ts';
import { BitReader, OutOfBits } from './bitReader.ts';
import type { BlockText } from './bzip2Block.ts';
import { readBlock } from './bzip2Block.ts';

const pieceBytes = 262_144;
/** Signs of a block and of the end of a stream: pi and its root, in binary coded decimal. */
const blockSign = 0x314159265359;
const endSign = 0x177245385090;

/**
 * Unpacks bzip2, streams in a row as one. Written here because the packages that do it loop for ever
 * on a block with 32 run symbols in a row, and hold all of a block of 46 MB as an array of numbers.
 * @throws ArchiveFault
 */
export async function* bunzip2(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const input = new Input(packed);
  while (await input.has(1)) {
    const level = await input.decode(readLevel);
    let combined = 0;
    for (;;) {
      // So much a block takes at most when it is made by bzip2; a longer one is read in a second try.
      await input.has(level * 101_000 + 25_000);
      const block = await input.decode((bits) => nextBlock(bits, level * 100_000));
      if (block.text === null) {
        if (block.crc !== combined) throw new ArchiveFault('damaged');
        break;
      }
      yield* textOf(block.text);
      if (block.text.crc !== block.crc) throw new ArchiveFault('damaged');
      combined = (((combined << 1) | (combined >>> 31)) ^ block.crc) >>> 0;
    }
    input.align();
  }
}

interface Block {
  /** Null at the end of the stream; `crc` is that of all blocks then. */
  readonly text: BlockText | null;
  readonly crc: number;
}

function readLevel(bits: BitReader): number {
  if (bits.read(24) !== 0x425a68) throw new ArchiveFault('damaged');
  const level = bits.read(8) - 0x30;
  if (level < 1 || level > 9) throw new ArchiveFault('damaged');
  return level;
}

function nextBlock(bits: BitReader, capacity: number): Block {
  const sign = bits.read(24) * 2 ** 24 + bits.read(24);
  const crc = (bits.read(16) * 65_536 + bits.read(16)) >>> 0;
  if (sign === endSign) return { text: null, crc };
  if (sign !== blockSign) throw new ArchiveFault('damaged');
  return { text: readBlock(bits, capacity), crc };
}

function* textOf(block: BlockText): Generator<Uint8Array> {
  for (;;) {
    const piece = new Uint8Array(pieceBytes);
    const length = block.fill(piece);
    if (length === 0) return;
    yield piece.subarray(0, length);
  }
}

/** Packed bytes in memory: as many as the decoding of one block needs. */
class Input {
  readonly #packed: AsyncIterator<Uint8Array>;
  #bits = new BitReader(new Uint8Array(0), 0);
  #exhausted = false;

  constructor(packed: AsyncIterable<Uint8Array>) {
    this.#packed = packed[Symbol.asyncIterator]();
  }

  /** Whether so many bytes are there, after reading more where they are not. */
  async has(count: number): Promise<boolean> {
    const pieces = [this.#bits.rest()];
    let length = pieces[0]!.length;
    while (length < count && !this.#exhausted) {
      const next = await this.#packed.next();
      if (next.done === true) {
        this.#exhausted = true;
      } else {
        pieces.push(next.value);
        length += next.value.length;
      }
    }
    if (pieces.length > 1) {
      this.#bits = new BitReader(Buffer.concat(pieces), this.#bits.bitOffset & 7);
    }
    return length >= count;
  }

  /** What `read` makes of the bits; where they run out it is tried again with more. */
  async decode<T>(read: (bits: BitReader) => T): Promise<T> {
    for (;;) {
      const start = this.#bits.bitOffset;
      try {
        return read(this.#bits);
      } catch (error) {
        if (!(error instanceof OutOfBits)) throw error;
        this.#bits.bitOffset = start;
        const length = this.#bits.rest().length;
        if (!(await this.has(length * 2 + 64)) && this.#bits.rest().length === length) {
          throw new ArchiveFault('truncated', error);
        }
      }
    }
  }

  align(): void {
    this.#bits.bitOffset = (this.#bits.bitOffset + 7) & ~7;
  }
}
