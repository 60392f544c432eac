import { isAscii } from 'node:buffer';
import { throwIfAborted } from '../../base/abort.ts';
import type { SourceEncoding } from '../byteSource.ts';
import { detectEncoding } from '../detectEncoding.ts';
import type { Packing } from '../packing.ts';
import { magicBytes, packingOf } from '../packing.ts';
import { TextIntake } from '../textIntake.ts';
import type { RawFile } from './rawFile.ts';
import type { TextFacts } from './sharedText.ts';
import { filled, sharedText } from './sharedText.ts';
import { Spool } from './spool.ts';
import { unpackInto } from './unpackInto.ts';

const chunkBytes = 1 << 20;
/** Bytes of the head, the middle and the end that tell the encoding of a large file. */
const sampleBytes = 65_536;
/** Files that do not tell their size are not logs; what they say is kept up to here. */
const mostUnsized = 64 << 20;

export interface ContentOptions {
  readonly spoolDir: string;
  /** Other threads that open the same archive with this folder read the same file. Whoever owns the folder clears it. */
  readonly shared?: boolean;
  readonly signal?: AbortSignal;
  /** Share of the file's bytes that were unpacked or transcoded, 0..1. */
  readonly onProgress?: (share: number) => void;
}

/** The text in a file, however it is stored there. */
export interface FileContent {
  readonly encoding: SourceEncoding;
  readonly packing: Packing;
  readonly size: number;
  readonly notes: readonly string[];
  /** Bytes of the file before its text when they can be read in place; null where the text was spooled. */
  readonly inPlace: number | null;
  read(into: Uint8Array, at: number): Promise<number>;
  /** Takes in what the file has gained; false where the file must be understood anew. */
  grow(from: number): Promise<boolean>;
  close(): Promise<void>;
}

/** @throws EngineError as reading and unpacking do; `aborted` */
export async function understand(raw: RawFile, options: ContentOptions): Promise<FileContent> {
  if (raw.size === 0) return spoolUnsized(raw, options);
  const head = new Uint8Array(Math.min(raw.size, sampleBytes));
  await raw.read(head, 0);
  const packing = packingOf(head.subarray(0, magicBytes));
  if (packing !== 'none') return unpacked(raw, packing, options);
  const sample = await sampled(raw);
  const { encoding, skip } = detectEncoding(sample);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return transcoded(raw, options);
  return inPlace(raw, encoding, skip, isAscii(sample));
}

/** @param plain no letter has shown yet what those beyond ASCII are written in */
function inPlace(
  raw: RawFile,
  detected: SourceEncoding,
  skip: number,
  plain: boolean,
): FileContent {
  let encoding = detected;
  let isPlain = plain && detected === 'utf-8';
  const lookAt = async (from: number): Promise<void> => {
    const piece = new Uint8Array(Math.min(sampleBytes, raw.size - from));
    await raw.read(piece, from);
    if (isAscii(piece)) return;
    isPlain = false;
    if (detectEncoding(piece).encoding === 'latin1') encoding = 'latin1';
  };
  return {
    get encoding() {
      return encoding;
    },
    packing: 'none',
    get size() {
      return Math.max(0, raw.size - skip);
    },
    notes: [],
    inPlace: skip,
    read: (into, at) => raw.read(into, at + skip),
    // The first bytes may have been a part of a mark or of a character.
    grow: async (from) => {
      if (from < 4) return false;
      if (isPlain) await lookAt(from);
      return true;
    },
    close: () => Promise.resolve(),
  };
}

async function transcoded(raw: RawFile, options: ContentOptions): Promise<FileContent> {
  const intake = new TextIntake();
  const spool = await Spool.create(options.spoolDir);
  const copy = async (from: number): Promise<void> => {
    const chunk = new Uint8Array(chunkBytes);
    for (let at = from; at < raw.size;) {
      throwIfAborted(options.signal);
      const read = await raw.read(chunk, at);
      at += read;
      await spool.append(intake.take(chunk.slice(0, read)));
      options.onProgress?.(at / raw.size);
    }
    await spool.append(intake.decide());
  };
  await orClose(spool, () => copy(0));
  return {
    ...spooled(spool, intake.encoding, 'none', []),
    get size() {
      return spool.size;
    },
    grow: async (from) => {
      await copy(from);
      return true;
    },
  };
}

async function unpacked(
  raw: RawFile,
  packing: Exclude<Packing, 'none'>,
  options: ContentOptions,
): Promise<FileContent> {
  const fill = async (spool: Spool): Promise<TextFacts> => {
    const intake = new TextIntake();
    const notes = await unpackInto(raw, packing, options, (piece) =>
      spool.append(intake.take(piece)),
    );
    await spool.append(intake.decide());
    // A stream was judged by its head; now that all of it is there, a first Latin-1 letter far behind counts.
    const encoding =
      intake.encoding === 'utf-8' ? detectEncoding(await sampled(spool)).encoding : intake.encoding;
    return { encoding, notes };
  };
  const { spool, encoding, notes } =
    options.shared === true
      ? await sharedText(options.spoolDir, `unpacked-${raw.version}`, fill, options.signal)
      : await filled(await Spool.create(options.spoolDir), fill);
  return spooled(spool, encoding, packing, notes);
}

async function spoolUnsized(raw: RawFile, options: ContentOptions): Promise<FileContent> {
  const intake = new TextIntake();
  const spool = await Spool.create(options.spoolDir);
  await orClose(spool, async () => {
    await raw.readUnsized(async (piece) => {
      throwIfAborted(options.signal);
      await spool.append(intake.take(piece));
      return spool.size < mostUnsized;
    });
    await spool.append(intake.decide());
  });
  if (spool.size > 0) return spooled(spool, intake.encoding, 'none', []);
  await spool.close();
  return inPlace(raw, 'utf-8', 0, true);
}

function spooled(
  spool: Spool,
  encoding: SourceEncoding,
  packing: Packing,
  notes: readonly string[],
): FileContent {
  return {
    encoding,
    packing,
    size: spool.size,
    notes,
    inPlace: null,
    read: (into, at) => spool.read(into, at),
    grow: () => Promise.resolve(false),
    close: () => spool.close(),
  };
}

async function orClose<T>(spool: Spool, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await spool.close();
    throw error;
  }
}

/** The head with a block from the middle and one from the end, each from a whole character on. */
async function sampled(raw: Pick<RawFile, 'size' | 'read'>): Promise<Uint8Array> {
  if (raw.size <= 3 * sampleBytes) {
    const whole = new Uint8Array(raw.size);
    await raw.read(whole, 0);
    return whole;
  }
  const samples: Uint8Array[] = [];
  for (const at of [0, Math.floor(raw.size / 2), raw.size - sampleBytes]) {
    const block = new Uint8Array(sampleBytes);
    await raw.read(block, at);
    samples.push(wholeCharacters(block, at > 0));
  }
  return Buffer.concat(samples);
}

/** Without the part of a UTF-8 character that a cut may have left at its ends. */
function wholeCharacters(block: Uint8Array, cutBefore: boolean): Uint8Array {
  let start = 0;
  while (cutBefore && start < 3 && isContinuation(block[start])) start += 1;
  let end = block.length;
  while (end > block.length - 3 && isContinuation(block[end - 1])) end -= 1;
  if (end > start && block[end - 1]! >= 0xc0) end -= 1;
  return block.subarray(start, end);
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
