import { TraceFollower } from './continuation.ts';
import { ClockTally } from './clockTally.ts';
import {
  areFieldLines,
  binaryFieldEnd,
  fieldLinesLayout,
  isFieldLine,
} from './fieldLinesReader.ts';
import { namedFormat, patternFormats } from './formats.ts';
import { formatsInUse } from './formatsInUse.ts';
import { headReader } from './headReader.ts';
import type { HeadReader } from './headReader.ts';
import { inferColumns } from './inferColumns.ts';
import { noHeader } from './headerLayout.ts';
import type { HeaderLayout, LogLayout } from './headerLayout.ts';
import { HeaderReader } from './headerReader.ts';
import type { SampleLine } from './inferLayout.ts';
import { inferHeaders } from './inferLayout.ts';
import { inferPrefixes, isTimed, prefixKind, prefixName, withoutPrefix } from './linePrefix.ts';
import type { LogText } from './logText.ts';
import { MomentClock } from './momentClock.ts';
import { patternLayout } from './patternReader.ts';
import type { LogClock, LogFormat } from './recordTable.ts';
import { sampleLine, sampledLines, sampleView, spreadSample } from './sampleLines.ts';
import { timeLayout } from './timestamp.ts';

/** Below this share of heads a log counts as plain text with a few dated lines in it. */
const leastHeads = 0.2;

/** Lines by which a format is named. */
const namingLines = 40;

/** What the sampled lines say about a whole log. */
export interface InferredLog {
  readonly layout: LogLayout;
  readonly format: LogFormat;
}

/** Share of heads that a piece of a log may lack to be read as the whole is. */
const fitSlack = 0.1;

/**
 * Whether a later piece of a log is written as was inferred from an earlier one, by lines all over it.
 * What has no header fits anything: of it that is never said.
 */
export function stillFits({ layout, format }: InferredLog, log: LogText): boolean {
  if (layout.headers.length === 0 || !format.hasTime) return false;
  const view = sampleView();
  const lines = spreadSample(log.lineCount).map((line) =>
    withoutPrefix(layout.prefix, sampleLine(log, line, view)),
  );
  const tally = tallyLines(layout.headers, lines);
  const timed = tally.heads === 0 ? 0 : tally.timed / tally.heads;
  return shareOf(tally) >= layout.confidence - fitSlack && timed >= 1 - fitSlack;
}

/** Infers how a log writes its records from at most 2,000 sampled lines. */
export function inferLog(log: LogText): InferredLog {
  const view = sampleView();
  const lines = sampledLines(log.lineCount).map((line) => sampleLine(log, line, view));
  const whole = inferLines(lines, prefixKind.none);
  // A reader who describes lines with their prefix wants them read so.
  if (whole.layout.headers[0]?.written !== undefined) return whole;
  for (const prefix of inferPrefixes(lines.filter((line) => !isBlank(line)))) {
    const inner = inferLines(
      lines.map((line) => withoutPrefix(prefix, line)),
      prefix,
    );
    if (isWorthHiding(prefix, inner)) return inner;
  }
  return whole;
}

/**
 * Where what stands behind the runtime's time has none of its own, the runtime's is the one to read. A
 * JSON string is opened for anything that is written in a format.
 */
function isWorthHiding(prefix: number, { layout }: InferredLog): boolean {
  const [first] = layout.headers;
  if (!isTimed(prefix)) return true;
  if (first === undefined) return false;
  if (prefix === prefixKind.dockerJson) return !layout.name.endsWith('/plain');
  if (first.written !== undefined || first.timeLayout !== timeLayout.none) return true;
  // Of an object or of pairs the runtime's time is no more than what it lacks.
  return prefix !== prefixKind.cri && first.anchor < 0;
}

function inferLines(lines: readonly SampleLine[], prefix: number): InferredLog {
  const readers = readersHeaders(lines);
  const marks = readers === null ? marksIn(lines) : null;
  // Marks of a console change nothing about how its other lines are read.
  const rest = marks === null ? lines : withoutHeads(marks, lines);
  const inferred = readers ?? knownHeaders(rest) ?? ownHeaders(rest);
  const tally = tallyLines(inferred, rest);
  const share = shareOf(tally);
  const named = share >= leastHeads ? nameOf(inferred, tally.firstHeads) : null;
  const own = named === null ? inferred : [named.header, ...inferred.slice(1)];
  const name = marks?.written?.name ?? named?.name ?? 'plain';
  const layout: LogLayout = {
    headers: marks === null ? own : [marks, ...own],
    orphansJoin: orphansJoin(own, tally),
    indentedJoin: indentedJoin(own, tally),
    name: [prefixName(prefix), name].filter((part) => part).join('/'),
    confidence: marks === null && named === null ? 1 - share : marks === null ? share : 1,
    prefix,
  };
  const timed = tally.timed > 0 || isTimed(prefix) || marks !== null;
  const clock = clockOf(tally, prefix);
  return {
    layout,
    format: {
      name: layout.name,
      confidence: layout.confidence,
      hasTime: timed,
      hasLevel: tally.levelled > 0,
      ...(clock === null ? {} : { clock }),
    },
  };
}

/** Most lines that are looked at for a mark of a console. */
const marksReach = 400;

/** The header of the marks of a console, such as those of GitLab's sections; null where there are none. */
function marksIn(lines: readonly SampleLine[]): HeaderLayout | null {
  const beginnings = lines.slice(0, marksReach).map(beginning);
  const found = patternFormats.find(
    ({ pattern }) => pattern.marks === true && beginnings.some((line) => pattern.begins.test(line)),
  );
  return found?.layout ?? null;
}

function withoutHeads(layout: HeaderLayout, lines: readonly SampleLine[]): readonly SampleLine[] {
  const reader = headReader(layout);
  const clock = new MomentClock();
  return lines.filter((line) => isBlank(line) || !readHead(reader, line, clock));
}

/** Headers that a vote of the lines does not find: those of formats of the table that are patterns. */
function knownHeaders(lines: readonly SampleLine[]): readonly HeaderLayout[] | null {
  const filled = lines.filter((line) => !isBlank(line));
  if (areFieldLines(filled)) return [fieldLinesLayout];
  const beginnings = filled.slice(0, namingLines).map(beginning);
  for (const { pattern, layout } of patternFormats) {
    if (pattern.marks === true || !beginnings.some((line) => pattern.begins.test(line))) continue;
    const tally = tallyLines([layout], lines);
    const owns = pattern.ownsLines === true;
    const share = owns ? tally.heads / (tally.heads + tally.orphanRuns) : shareOf(tally);
    if (share >= (owns ? leastOwner : leastPattern)) return [layout];
  }
  return null;
}

/** A pattern of the table has to fit so many lines: it knows one way to write a line, not all of a program's. */
const leastPattern = 0.7;

/** Where each head is followed by lines of its own, one run of them to each head. */
const leastOwner = 0.4;

/** The header that the log itself tells. */
function ownHeaders(lines: readonly SampleLine[]): readonly HeaderLayout[] {
  const filled = lines.filter((line) => !isBlank(line));
  const table = inferColumns(filled);
  return table === null ? inferHeaders(filled) : [table];
}

/**
 * The format of the reader that fits the most lines, if as many as a format of the table needs; null
 * where none does. Where as many of the other lines stand at the margin, their headers are inferred.
 */
function readersHeaders(lines: readonly SampleLine[]): readonly HeaderLayout[] | null {
  let best: HeaderLayout | null = null;
  let share = leastHeads;
  for (const format of formatsInUse()) {
    const layout = patternLayout(format);
    const fits = shareOf(tallyLines([layout], lines));
    if (fits > share || (best === null && fits === share)) [best, share] = [layout, fits];
  }
  if (best === null) return null;
  if (share > 1 - leastHeads) return [best];
  return [best, ...ownHeaders(withoutHeads(best, lines))];
}

/** Of the lines that are heads or could be. */
function shareOf({ heads, orphans }: Tally): number {
  return heads + orphans === 0 ? 0 : heads / (heads + orphans);
}

function nameOf(
  [first]: readonly HeaderLayout[],
  lines: readonly string[],
): { readonly name: string; readonly header: HeaderLayout } | null {
  if (first === undefined) return null;
  if (formatsInUse().some((format) => format === first.written)) {
    return { name: first.written!.name, header: first };
  }
  return namedFormat(first, lines);
}

/** Times that leave the date out take that of a prefix which states it. */
function clockOf({ timed, clocks }: Tally, prefix: number): LogClock | null {
  const clock = timed > 0 ? clocks.clock() : null;
  if (!isTimed(prefix)) return clock;
  if (clock === null) return { basis: 'absolute', zone: 'stated', offset: 0 };
  return { ...clock, basis: 'absolute' };
}

interface Tally {
  /** Beginnings of the first lines that the commonest header fits. */
  readonly firstHeads: string[];
  heads: number;
  timed: number;
  /** Times by how they are stated. */
  readonly clocks: ClockTally;
  levelled: number;
  /** Lines at the margin that are neither heads nor part of a trace. */
  orphans: number;
  orphanRuns: number;
  /** Heads with an indented line right below. */
  indentedBelow: number;
}

/** Reads the sampled lines once more, now as heads and what is between them. */
function tallyLines(headers: readonly HeaderLayout[], lines: readonly SampleLine[]): Tally {
  const tally: Tally = {
    firstHeads: [],
    heads: 0,
    timed: 0,
    clocks: new ClockTally(),
    levelled: 0,
    orphans: 0,
    orphanRuns: 0,
    indentedBelow: 0,
  };
  const readers = headers.map((header) => headReader(header));
  const plain = new HeaderReader(noHeader);
  const clock = new MomentClock();
  const follower = new TraceFollower();
  let afterHead = false;
  let inRun = false;
  const haveFields = headers[0]?.fieldLines === true;
  // Lines of a binary field are its value, whatever they look like.
  let binaryEnd = 0;
  for (const line of lines) {
    const { bytes, start, end } = line;
    if (start < binaryEnd || isBlank(line)) continue;
    const indented = isIndented(line);
    const reader = readers.find((one) => readHead(one, line, clock));
    if (reader !== undefined) {
      tally.heads += 1;
      if (tally.firstHeads.length < namingLines && reader === readers[0]) {
        // Formats are known by what they write, not by how far from the margin.
        tally.firstHeads.push(beginning(line).trimStart());
      }
      if (!Number.isNaN(reader.time)) tally.timed += 1;
      if (reader.stated !== null) tally.clocks.add(reader.stated);
      if (reader.level > 0) tally.levelled += 1;
      follower.begin(bytes, reader.messageStart, end, true);
      afterHead = true;
      inRun = false;
      continue;
    }
    if (haveFields) binaryEnd = binaryFieldEnd(bytes, start, end);
    if (indented) {
      if (afterHead) tally.indentedBelow += 1;
    } else if (binaryEnd > 0 || (haveFields && isFieldLine(line))) {
      continue;
    } else if (!follower.joins(bytes, start, end)) {
      follower.begin(bytes, start, end, false);
      tally.orphans += 1;
      if (!inRun) tally.orphanRuns += 1;
      inRun = true;
      plain.readPlain(bytes, start, end);
      if (plain.level > 0) tally.levelled += 1;
    }
    afterHead = false;
  }
  return tally;
}

/** Indented lines are heads only where a timestamp says so: wrapped JSON indents its braces. */
function readHead(reader: HeadReader, line: SampleLine, clock: MomentClock): boolean {
  if (reader.layout.timeLayout === 0 && isIndented(line)) return false;
  return reader.read(line.bytes, line.start, line.end, clock);
}

/**
 * Wrapped text at the margin belongs to the record above when it is the exception: few such lines,
 * or few runs of them. Where they are common, another program writes into the same log.
 */
function orphansJoin(headers: readonly HeaderLayout[], tally: Tally): boolean {
  // A line that is no row of a table is the rest of a cell.
  if (headers.some((header) => header.table !== undefined || header.ownsLines === true))
    return true;
  if (headers.every((header) => header.timeLayout === 0 && header.anchor >= 0)) return false;
  if (tally.orphans <= 0.35 * (tally.heads + tally.orphans)) return true;
  return tally.orphanRuns <= 0.35 * tally.heads && tally.orphans <= 4 * tally.heads;
}

/** With timestamps an indented line never begins a record; with levels alone it depends. */
function indentedJoin(headers: readonly HeaderLayout[], tally: Tally): boolean {
  if (tally.heads < leastHeads * (tally.heads + tally.orphans)) return false;
  const timed = headers.some((header) => header.timeLayout !== 0 || header.anchor < 0);
  return (timed && tally.heads > 0) || tally.indentedBelow >= 0.8 * Math.max(1, tally.heads);
}

function beginning({ bytes, start, end }: SampleLine): string {
  return new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 200)));
}

function isIndented({ bytes, start, end }: SampleLine): boolean {
  return start < end && (bytes[start] === 0x20 || bytes[start] === 0x09);
}

/** Only the first bytes are looked at: a long line of spaces is not worth the walk. */
function isBlank({ bytes, start, end }: SampleLine): boolean {
  const limit = Math.min(end, start + 512);
  for (let at = start; at < limit; at += 1) if (bytes[at]! > 0x20) return false;
  return true;
}
