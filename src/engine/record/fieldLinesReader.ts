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

  /** A line below the head; true where it told something of the entry. */
  readField(bytes: Uint8Array, start: number, end: number, clock: MomentClock): boolean {
    const equals = nameEnd(bytes, start, end);
    if (equals <= start) return false;
    const name = String.fromCharCode(...bytes.subarray(start, equals));
    const value = equals + 1;
    if (name === 'MESSAGE') {
      this.messageStart = value;
      this.messageEnd = end;
    } else if (name === 'PRIORITY') {
      this.level = Math.max(0, levelOf(bytes, value, end));
    } else if (stamps.includes(name)) {
      const rank = stamps.indexOf(name);
      if (rank >= this.#timeRank || !this.#stamp.read(bytes, value, end)) return false;
      this.#timeRank = rank;
      this.stated = this.#stamp;
      this.time = clock.resolve(this.#stamp);
    } else {
      const rank = names.indexOf(name);
      if (rank < 0 || rank >= this.#sourceRank) return false;
      this.#sourceRank = rank;
      this.sourceStart = value;
      this.sourceEnd = end;
    }
    return true;
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
