import type { HeaderLayout } from './headerLayout.ts';
import { noHeader } from './headerLayout.ts';
import type { SampleLine } from './inferLayout.ts';
import type { MomentClock } from './momentClock.ts';
import type { StatedTime } from './statedTime.ts';
import { levelOf } from './structuredBody.ts';
import { TimestampReader } from './timestamp.ts';

const encoder = new TextEncoder();
const cursor = encoder.encode('__CURSOR=');
const stamps = ['_SOURCE_REALTIME_TIMESTAMP', '__REALTIME_TIMESTAMP'];
const names = ['SYSLOG_IDENTIFIER', '_COMM', '_SYSTEMD_UNIT'];

/** The longest name of a field that journald allows. */
const longestName = 64;

/** Bytes that tell the length of a binary field, the lowest first. */
const lengthBytes = 8;

/**
 * The longest field that systemd-journal-remote takes, in bytes (DATA_SIZE_MAX of journal-importer.h).
 * Text that is read as a length means far more.
 */
const longestField = 768 * 2 ** 20;

/** What a field tells of its entry. */
export type FieldRole = 'message' | 'source' | 'other';

export const fieldLinesLayout: HeaderLayout = { ...noHeader, ownsLines: true, fieldLines: true };

/** Whether a log is an export of the journal: each entry begins with its cursor. `lines` are not blank. */
export function areFieldLines(lines: readonly SampleLine[]): boolean {
  const [first] = lines;
  return first !== undefined && begins(first.bytes, first.start, first.end);
}

/** Whether a line is `NAME=value`, which belongs to the entry above. */
export function isFieldLine({ bytes, start, end }: SampleLine): boolean {
  return nameEnd(bytes, start, end) > start;
}

/**
 * Offset behind the value of a binary field, which may lie beyond the end of a text that is still
 * written; 0 where the line `bytes[start, end)` is none. Its name stands alone on a line; the length of
 * the value follows in eight bytes, then the value, whatever its bytes, and a line end.
 */
export function binaryFieldEnd(bytes: Uint8Array, start: number, end: number): number {
  const value = end + 1 + lengthBytes;
  if (end === start || end - start > longestName || value > bytes.length) return 0;
  if (bytes[end] !== 0x0a) return 0;
  for (let at = start; at < end; at += 1) if (!isNameByte(bytes[at]!)) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset + end + 1, lengthBytes);
  const length = view.getUint32(0, true);
  return view.getUint32(4, true) === 0 && length <= longestField ? value + length : 0;
}

/**
 * Reads entries of the journal in its export format (systemd.io/JOURNAL_EXPORT_FORMATS): a field a
 * line, a blank line behind each entry. The head is the cursor; `readField` reads the lines below it.
 */
export class FieldLinesReader {
  time = NaN;
  level = 0;
  sourceStart = 0;
  sourceEnd = 0;
  messageStart = 0;
  messageEnd = 0;
  stated: StatedTime | null = null;
  readonly ending = null;
  readonly layout: HeaderLayout;
  readonly #stamp = new TimestampReader();
  #sourceRank = names.length;
  #timeRank = stamps.length;

  constructor(layout: HeaderLayout) {
    this.layout = layout;
  }

  read(bytes: Uint8Array, at: number, end: number): boolean {
    if (!begins(bytes, at, end)) return false;
    this.time = NaN;
    this.stated = null;
    this.level = 0;
    this.sourceStart = at;
    this.sourceEnd = at;
    this.messageStart = end;
    this.messageEnd = end;
    this.#sourceRank = names.length;
    this.#timeRank = stamps.length;
    return true;
  }

  /** A line below the head; null where it tells nothing of the entry. */
  readField(bytes: Uint8Array, start: number, end: number, clock: MomentClock): FieldRole | null {
    const equals = nameEnd(bytes, start, end);
    return equals <= start ? null : this.#take(bytes, start, equals, equals + 1, end, clock);
  }

  /**
   * A field whose name is the line `bytes[start, end)` and whose value ends at `valueEnd`. Of a value of
   * several lines the first one that says something counts: the others are below it, as those of a trace.
   */
  readBinaryField(
    bytes: Uint8Array,
    start: number,
    end: number,
    valueEnd: number,
    clock: MomentClock,
  ): FieldRole | null {
    const limit = Math.min(valueEnd, bytes.length);
    let from = end + 1 + lengthBytes;
    while (from < limit && isSpacing(bytes[from]!)) from += 1;
    const lineEnd = bytes.subarray(from, limit).indexOf(0x0a);
    let to = lineEnd < 0 ? limit : from + lineEnd;
    while (to > from && isSpacing(bytes[to - 1]!)) to -= 1;
    return this.#take(bytes, start, end, from, to, clock);
  }

  #take(
    bytes: Uint8Array,
    start: number,
    nameEnd: number,
    value: number,
    end: number,
    clock: MomentClock,
  ): FieldRole | null {
    const name = String.fromCharCode(...bytes.subarray(start, nameEnd));
    if (name === 'MESSAGE') {
      this.messageStart = value;
      this.messageEnd = end;
      return 'message';
    }
    if (name === 'PRIORITY') {
      this.level = Math.max(0, levelOf(bytes, value, end));
      return 'other';
    }
    if (stamps.includes(name)) {
      const rank = stamps.indexOf(name);
      if (rank >= this.#timeRank || !this.#stamp.read(bytes, value, end)) return null;
      this.#timeRank = rank;
      this.stated = this.#stamp;
      this.time = clock.resolve(this.#stamp);
      return 'other';
    }
    const rank = names.indexOf(name);
    if (rank < 0 || rank >= this.#sourceRank) return null;
    this.#sourceRank = rank;
    this.sourceStart = value;
    this.sourceEnd = end;
    return 'source';
  }

  /** Nothing is noted here. */
  forget(): void {
    this.stated = null;
  }
}

function begins(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    start + cursor.length < end && cursor.every((byte, index) => bytes[start + index] === byte)
  );
}

/** Offset of the `=` behind a name of capitals, digits and underscores; -1 where there is none. */
function nameEnd(bytes: Uint8Array, start: number, end: number): number {
  const limit = Math.min(end, start + longestName);
  let at = start;
  while (at < limit && isNameByte(bytes[at]!)) at += 1;
  return at < limit && bytes[at] === 0x3d ? at : -1;
}

function isNameByte(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f;
}

function isSpacing(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
