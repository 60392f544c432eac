import { BlockFollower } from './blockFollower.ts';
import { TraceFollower } from './continuation.ts';
import { contentEnd } from './lineIndex.ts';
import type { LogLayout } from './headerLayout.ts';
import { bodyKind, headerReach, noHeader } from './headerLayout.ts';
import type { FieldRole } from './fieldLinesReader.ts';
import { binaryFieldEnd, FieldLinesReader } from './fieldLinesReader.ts';
import { headReader } from './headReader.ts';
import type { HeadReader } from './headReader.ts';
import { HeaderReader, skipSpaces } from './headerReader.ts';
import { LinePrefix, prefixKind } from './linePrefix.ts';
import type { LogText } from './logText.ts';
import { MomentClock } from './momentClock.ts';
import { RecordColumns } from './recordColumns.ts';
import { LeadingTime } from './leadingTime.ts';
import type { LogFormat, RecordTable } from './recordTable.ts';
import { timeBasis, TimestampReader } from './timestamp.ts';
import { SourceTable } from './sourceTable.ts';
import { VisibleLine } from './visibleLine.ts';

/** A record of more lines is cut: a dump must not hide the rest of the log. */
const mostLines = 5000;

const ownerText = new TextDecoder();
const ownerNames = new TextEncoder();

/** Reads lines into the columns of a record table. Can go back to a recent record when the log has grown. */
export class RecordParser {
  /** Next line (0-based) to read. */
  line = 0;
  readonly #layout: LogLayout;
  readonly #columns: RecordColumns;
  readonly #sources = new SourceTable();
  readonly #clock: MomentClock;
  readonly #lead = new LeadingTime();
  readonly #readers: readonly HeadReader[];
  /** For lines without a header. */
  readonly #plain = new HeaderReader(noHeader);
  /** The reader that has read the line at hand. */
  #reader: HeadReader = this.#plain;
  readonly #follower = new TraceFollower();
  /** Null where every line that is not a head joins: there is nothing to tell apart. */
  readonly #block: BlockFollower | null;
  /** Null unless records are fields, a line each. */
  readonly #fields: FieldLinesReader | null;
  /** Offsets of the binary field at hand: of its name, and behind its value. */
  #binaryStart = 0;
  #binaryEnd = 0;
  /** For records that are one pretty-printed object. */
  readonly #object = new HeaderReader({ ...noHeader, body: bodyKind.json });
  #objectsHaveTime = false;
  #objectsHaveLevel = false;
  readonly #view = new VisibleLine(headerReach * 8);
  /** Null where nothing stands in front of the lines. */
  readonly #prefix: LinePrefix | null;
  /** The prefix's name in the line at hand, and in the line that began the last record. */
  #lineOwner = '';
  /** Time that the prefix of the line at hand states; NaN where it states none. */
  #lineTime = NaN;
  readonly #prefixStamp = new TimestampReader();
  /** The program states whole times. */
  readonly #isWholeClock: boolean;
  #owner = '';
  #log!: LogText;
  /** The next line begins a record, as it did before the parser went back to it. */
  #mustBegin = true;
  /** Where the message of a rewritten line is; -1 when it is in the shown segment. */
  #messageStart = -1;
  #messageEnd = 0;
  // What stood before the last record, and before the one before it: enough to read them again.
  #timeBefore = NaN;
  #timeBeforePrevious = NaN;
  #sourcesBefore = 1;
  #sourcesBeforePrevious = 1;

  /** @param clock of the text before, where a log is read in pieces */
  constructor(layout: LogLayout, lineCount: number, clock = new MomentClock()) {
    this.#layout = layout;
    this.#clock = clock;
    this.#readers = layout.headers.map((header) => headReader(header));
    this.#isWholeClock = layout.headers.every(({ basis }) => basis === timeBasis.absolute);
    const [first] = this.#readers;
    this.#fields = first instanceof FieldLinesReader ? first : null;
    this.#prefix = layout.prefix === prefixKind.none ? null : new LinePrefix(layout.prefix);
    this.#block = layout.orphansJoin && layout.indentedJoin ? null : new BlockFollower();
    // Blank lines join, so a log of many empty lines has few records.
    this.#columns = new RecordColumns(Math.min(lineCount, 16_384));
  }

  open(log: LogText): void {
    this.#log = log;
    this.#view.reset(log.bytes);
  }

  /**
   * Goes back to the record that holds the last line that was certainly complete when the log had
   * `lineCount` lines: more text at the end can change nothing before it.
   * @returns the number of records before that one.
   */
  rewind(lineCount: number): number {
    const columns = this.#columns;
    if (columns.count === 0) return 0;
    const last = columns.count - 1;
    const beforeLast = columns.firstLine[last] === lineCount - 1 && last > 0;
    const record = beforeLast ? last - 1 : last;
    if (beforeLast) {
      this.#timeBefore = this.#timeBeforePrevious;
      this.#sourcesBefore = this.#sourcesBeforePrevious;
    }
    this.line = columns.firstLine[record]!;
    columns.count = record;
    this.#mustBegin = true;
    this.#clock.last = this.#timeBefore;
    this.#sources.truncate(this.#sourcesBefore);
    // A record within a binary field was cut out of it for its length, and goes on in it.
    if (this.#log.lineStarts[this.line]! <= this.#binaryStart) this.#binaryEnd = 0;
    for (const reader of this.#readers) reader.forget();
    return record;
  }

  /** Reads the lines up to `untilLine`, exclusive. */
  parse(untilLine: number): void {
    const { bytes, lineStarts } = this.#log;
    const columns = this.#columns;
    for (let { line } = this; line < untilLine; line += 1) {
      const start = lineStarts[line]!;
      const end = contentEnd(bytes, start, lineStarts[line + 1]!);
      const first = this.#mustBegin;
      const tooLong = !first && line - columns.firstLine[columns.count - 1]! >= mostLines;
      const inBinary = start < this.#binaryEnd;
      if (inBinary || isBlank(bytes, start, end)) {
        if (first || tooLong) this.#beginBlank(line, start, end);
        continue;
      }
      const lastTime = this.#clock.last;
      this.#show(start, end);
      if (this.#readHead()) {
        this.#begin(line, lastTime, true);
      } else if (this.#view.segmentStart > start && this.#readHeadOfSegments(start, end)) {
        this.#begin(line, lastTime, true);
      } else if (first || tooLong || !this.#joins()) {
        this.#readPlain(this.#view.start, this.#view.end);
        this.#begin(line, lastTime, false);
      } else if (this.#fields !== null) {
        this.#readField(this.#fields, start, end);
      } else if (
        columns.messageEnd[columns.count - 1] === columns.messageStart[columns.count - 1]
      ) {
        this.#adoptMessage();
      } else if (this.#block?.closedObject === true) {
        this.#readObject(end);
      }
    }
    this.line = untilLine;
  }

  table(format: LogFormat): RecordTable {
    const { count, firstLine, time, level, source, messageStart, messageEnd } = this.#columns;
    firstLine[count] = this.line;
    return {
      count,
      firstLine: firstLine.subarray(0, count + 1),
      time: time.subarray(0, count),
      level: level.subarray(0, count),
      source: source.subarray(0, count),
      sources: this.#sources.names(),
      messageStart: messageStart.subarray(0, count),
      messageEnd: messageEnd.subarray(0, count),
      format: {
        ...format,
        hasTime: format.hasTime || this.#objectsHaveTime,
        hasLevel: format.hasLevel || this.#objectsHaveLevel,
      },
    };
  }

  #show(start: number, end: number): void {
    const { bytes } = this.#log;
    if (this.#view.isDecorated(bytes, start, end)) this.#view.showLastSegment(bytes, start, end);
    else this.#view.showPlain(bytes, start, end);
    this.#hidePrefix();
  }

  /** What a runtime wrote in front of the line is no part of it, but may name who wrote it. */
  #hidePrefix(): void {
    const prefix = this.#prefix;
    if (prefix === null) return;
    const view = this.#view;
    const at = prefix.read(view.bytes, view.start, view.end);
    this.#lineOwner = '';
    this.#lineTime = NaN;
    if (at < 0) return;
    if (prefix.nameEnd > prefix.nameStart) {
      this.#lineOwner = ownerText.decode(view.bytes.subarray(prefix.nameStart, prefix.nameEnd));
    }
    if (prefix.timeEnd > prefix.timeStart) this.#readPrefixTime(prefix);
    if (prefix.textEnd > 0) view.showJsonString(view.bytes, prefix.textStart, prefix.textEnd);
    else view.start = at;
  }

  /** Dates and years that the program leaves out are those of the runtime. */
  #readPrefixTime({ timeStart, timeEnd }: LinePrefix): void {
    const stamp = this.#prefixStamp;
    if (!stamp.read(this.#view.bytes, timeStart, timeEnd)) return;
    const { last } = this.#clock;
    this.#lineTime = this.#clock.resolve(stamp);
    if (this.#isWholeClock) this.#clock.last = last;
  }

  #readHead(): boolean {
    const { bytes, start, end } = this.#view;
    const indented = bytes[start] === 0x20 || bytes[start] === 0x09;
    const several = this.#readers.length > 1;
    const family = several ? this.#lead.family(bytes, start, end) : 0;
    for (const reader of this.#readers) {
      if (indented && reader.layout.timeLayout === 0) continue;
      if (several && !this.#lead.mayBegin(reader.layout, family)) continue;
      if (reader.read(bytes, start, end, this.#clock)) {
        this.#reader = reader;
        return true;
      }
    }
    return false;
  }

  #readPlain(start: number, end: number): void {
    this.#reader = this.#plain;
    this.#plain.readPlain(this.#view.bytes, start, end);
  }

  /**
   * A line rewritten by carriage returns may have its header in the first version only. Header from
   * there, message from the last version.
   */
  #readHeadOfSegments(start: number, end: number): boolean {
    const { bytes } = this.#log;
    const { segmentStart, segmentEnd } = this.#view;
    this.#view.showFirstSegment(bytes, start, end);
    const isHead = this.#readHead();
    if (isHead) {
      this.#messageStart = segmentStart;
      this.#messageEnd = segmentEnd;
    } else {
      this.#view.showLastSegment(bytes, start, end);
    }
    return isHead;
  }

  /** Whether the shown line, which is not a head, belongs to the record above. */
  #joins(): boolean {
    const { bytes, start, end } = this.#view;
    // Lines of several programs alternate: none belongs to a record of another program.
    if (this.#lineOwner !== '' && this.#lineOwner !== this.#owner) return false;
    if (this.#follower.joins(bytes, start, end)) return true;
    if (this.#block?.joins(bytes, start, end) === true) return true;
    const indented = bytes[start] === 0x20 || bytes[start] === 0x09;
    return indented ? this.#layout.indentedJoin : this.#layout.orphansJoin;
  }

  #begin(line: number, lastTime: number, headed: boolean): void {
    const columns = this.#columns;
    const reader = this.#reader;
    const view = this.#view;
    this.#mustBegin = false;
    this.#owner = this.#lineOwner;
    this.#remember(lastTime);
    if (columns.count === columns.capacity) columns.grow(line / this.#log.lineCount);
    const row = columns.count;
    columns.firstLine[row] = line;
    columns.time[row] = Number.isNaN(reader.time) ? this.#lineTime : reader.time;
    columns.level[row] = reader.level;
    columns.source[row] = this.#source(reader);
    if (this.#messageStart < 0) {
      columns.messageStart[row] = view.offsetOf(reader.messageStart);
      columns.messageEnd[row] =
        reader.messageEnd === view.end ? view.segmentEnd : view.offsetOf(reader.messageEnd);
    } else {
      columns.messageStart[row] = this.#messageStart;
      columns.messageEnd[row] = this.#messageEnd;
      this.#messageStart = -1;
    }
    columns.count = row + 1;
    this.#follower.begin(view.bytes, reader.messageStart, view.end, headed);
    this.#block?.begin(view.bytes, reader.messageStart, view.end);
  }

  /**
   * The last record was an object over several lines and ends at `end`: its fields state time, level,
   * source and message as those of an object on one line do. Nothing that a header stated is replaced.
   */
  #readObject(end: number): void {
    const columns = this.#columns;
    const { bytes, lineStarts } = this.#log;
    const row = columns.count - 1;
    const start = lineStarts[columns.firstLine[row]!]!;
    if (columns.messageStart[row] !== skipSpaces(bytes, start, end)) return;
    const object = this.#object;
    if (!object.read(bytes, start, end, this.#clock)) return;
    if (!Number.isNaN(object.time)) this.#objectsHaveTime = true;
    if (object.level > 0) this.#objectsHaveLevel = true;
    columns.time[row] = object.time;
    columns.level[row] = object.level;
    if (object.sourceEnd > object.sourceStart) {
      columns.source[row] = this.#sources.intern(bytes, object.sourceStart, object.sourceEnd);
    }
    if (object.messageEnd < end) {
      columns.messageStart[row] = object.messageStart;
      columns.messageEnd[row] = object.messageEnd;
    }
  }

  /** A field of the last record. */
  #readField(fields: FieldLinesReader, start: number, end: number): void {
    const { bytes } = this.#log;
    const view = this.#view;
    const valueEnd = binaryFieldEnd(bytes, start, end);
    if (valueEnd === 0) {
      const role = fields.readField(view.bytes, view.start, view.end, this.#clock);
      this.#keepField(fields, role, view);
      return;
    }
    this.#binaryStart = start;
    this.#binaryEnd = valueEnd;
    const role = fields.readBinaryField(bytes, start, end, valueEnd, this.#clock);
    view.showPlain(bytes, fields.messageStart, fields.messageEnd);
    this.#keepField(fields, role, view);
  }

  #keepField(fields: FieldLinesReader, role: FieldRole | null, view: VisibleLine): void {
    if (role === null) return;
    const columns = this.#columns;
    const row = columns.count - 1;
    columns.time[row] = fields.time;
    columns.level[row] = fields.level;
    if (role === 'source') {
      columns.source[row] = this.#sources.intern(view.bytes, fields.sourceStart, fields.sourceEnd);
    } else if (role === 'message' && fields.messageEnd > fields.messageStart) {
      columns.messageStart[row] = view.offsetOf(fields.messageStart);
      columns.messageEnd[row] = view.segmentEnd;
    }
  }

  #source({ ending, sourceStart, sourceEnd }: HeadReader): number {
    if (sourceEnd <= sourceStart) {
      if (this.#owner === '') return 0;
      const name = ownerNames.encode(this.#owner);
      return this.#sources.intern(name, 0, name.length);
    }
    if (ending !== null && ending.source >= 0) return ending.source;
    const source = this.#sources.intern(this.#view.bytes, sourceStart, sourceEnd);
    if (ending !== null) ending.source = source;
    return source;
  }

  /** The record above is all header: its message is the text of this line. */
  #adoptMessage(): void {
    const view = this.#view;
    const row = this.#columns.count - 1;
    const text = skipSpaces(view.bytes, view.start, view.end);
    this.#columns.messageStart[row] = view.offsetOf(text);
    this.#columns.messageEnd[row] = view.segmentEnd;
  }

  #beginBlank(line: number, start: number, end: number): void {
    this.#view.showPlain(this.#log.bytes, start, end);
    this.#readPlain(start, Math.min(end, start));
    this.#begin(line, this.#clock.last, false);
  }

  #remember(lastTime: number): void {
    this.#timeBeforePrevious = this.#timeBefore;
    this.#sourcesBeforePrevious = this.#sourcesBefore;
    this.#timeBefore = lastTime;
    this.#sourcesBefore = this.#sources.count;
  }
}

/** Looks at the first bytes only: a line that begins with more space than any header is not blank. */
function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > headerReach) return false;
  for (let at = start; at < end; at += 1) if (bytes[at]! > 0x20) return false;
  return true;
}
