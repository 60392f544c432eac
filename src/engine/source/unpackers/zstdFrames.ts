import { ArchiveFault } from '../archiveFault.ts';

/** What there is to say where a frame ends. */
interface FrameEnd {
  /** It was made to be passed over and holds no text. */
  readonly skipped: boolean;
  /** The lowest 32 bits of the hash of its text; null where it has none. */
  readonly checksum: number | null;
}

/** Packed bytes of one frame. */
export interface FramePiece {
  readonly bytes: Uint8Array;
  /** Where the frame ends with them. */
  readonly end: FrameEnd | null;
}

/** The next bytes of a frame: more than none, and whether their content matters. */
interface Wanted {
  readonly length: number;
  readonly read: boolean;
}

const magic = 0xfd2fb528;
/** The lowest four bits of the sign of a frame to be skipped are free. */
const skippedMagic = 0x184d2a50;
const dictionaryBytes = [0, 1, 2, 4];
const sizeBytes = [0, 2, 4, 8];

/** Asks for the bytes of a frame in order, by the lengths that it states (RFC 8878, 3.1). */
function* frame(): Generator<Wanted, FrameEnd, Buffer> {
  const sign = (yield { length: 4, read: true }).readUInt32LE();
  if ((sign & ~0xf) >>> 0 === skippedMagic) {
    const length = (yield { length: 4, read: true }).readUInt32LE();
    if (length > 0) yield { length, read: false };
    return { skipped: true, checksum: null };
  }
  if (sign !== magic) throw new ArchiveFault('damaged');
  const descriptor = (yield { length: 1, read: true }).readUInt8();
  const single = (descriptor & 0x20) !== 0;
  const size = descriptor >> 6;
  const header =
    (single ? 0 : 1) +
    dictionaryBytes[descriptor & 3]! +
    (single && size === 0 ? 1 : sizeBytes[size]!);
  if (header > 0) yield { length: header, read: false };
  for (let last = false; !last;) {
    const block = (yield { length: 3, read: true }).readUIntLE(0, 3);
    last = (block & 1) === 1;
    const kind = (block >> 1) & 3;
    if (kind === 3) throw new ArchiveFault('damaged');
    // A run is one byte, whatever it stands for.
    const length = kind === 1 ? 1 : block >> 3;
    if (length > 0) yield { length, read: false };
  }
  const hashed = (descriptor & 4) !== 0;
  return {
    skipped: false,
    checksum: hashed ? (yield { length: 4, read: true }).readUInt32LE() : null,
  };
}

/** Tells where the frames of Zstandard end, and their checksums; what is in the blocks is not looked at. */
export class ZstdFrames {
  #walk: Generator<Wanted, FrameEnd, Buffer> | null = null;
  #wanted: Wanted = { length: 0, read: false };
  #held: Uint8Array[] = [];
  #left = 0;

  /** Whether a frame has begun and not ended. */
  get isInside(): boolean {
    return this.#walk !== null;
  }

  /** Cuts bytes where frames end. @throws ArchiveFault `damaged` */
  *cut(bytes: Uint8Array): Generator<FramePiece> {
    let from = 0;
    for (let at = 0; at < bytes.length;) {
      if (this.#walk === null) {
        this.#walk = frame();
        this.#proceed(this.#walk);
      }
      const taken = bytes.subarray(at, at + this.#left);
      at += taken.length;
      this.#left -= taken.length;
      if (this.#wanted.read) this.#held.push(taken);
      if (this.#left > 0) break;
      const end = this.#proceed(this.#walk);
      if (end === null) continue;
      this.#walk = null;
      yield { bytes: bytes.subarray(from, at), end };
      from = at;
    }
    if (from < bytes.length) yield { bytes: bytes.subarray(from), end: null };
  }

  /** Hands over what was wanted and learns what comes next. */
  #proceed(walk: Generator<Wanted, FrameEnd, Buffer>): FrameEnd | null {
    const next = walk.next(Buffer.concat(this.#held.splice(0)));
    if (next.done === true) return next.value;
    this.#wanted = next.value;
    this.#left = next.value.length;
    return null;
  }
}
