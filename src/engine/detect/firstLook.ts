import type { LogText } from '../record/logText.ts';
import { levels } from '../record/levels.ts';
import { parseRecords } from '../record/parseRecords.ts';
import type { RecordTable } from '../record/recordTable.ts';
import { mineTemplates } from '../template/mineTemplates.ts';
import type { TemplateTable } from '../template/templateTable.ts';
import { isBuildLog } from './build/recogniseBuild.ts';
import { buildEvents } from './events.ts';
import { eventSignals } from './eventSignals.ts';
import type { Finding } from './finding.ts';
import { logFindings } from './findings.ts';
import { noSessions, type LogView } from './logView.ts';

/** Bytes from which on reading all of a log takes longer than a reader likes to wait. */
const largeLog = 24 << 20;
/** Bytes looked at: at the start, at the end, at each place between, and around each word. */
const atStart = 1 << 19;
const atEnd = 1 << 20;
const inBetween = 1 << 15;
const placesBetween = 24;
/** More bytes than this, in few very long lines, are no quick look any more. */
const mostBytes = 12 << 20;

/**
 * Words as levels and exceptions are written, that a native search finds at memory speed. They only
 * say where to look: what stands there is judged like everything else.
 */
const words = ['FATAL', 'ERROR', 'CRIT', 'Exception', 'panic', 'error'];
/** After a word the search goes on behind this share of the log, so that one storm is not all. */
const stride = 1 / 48;
const placesPerWord = 12;

/** Lines that are looked at, `to` exclusive. */
interface Range {
  from: number;
  to: number;
}

/** What a first look at a large log saw. */
export interface FirstLook {
  /** Covers the log: what was not looked at stands as one record without message per stretch. */
  readonly view: LogView;
  /** What states a failure, in whatever was looked at; how rare it is in the whole is not known yet. */
  readonly findings: readonly Finding[];
  readonly bytes: number;
}

/** Line (0-based) that holds a byte offset. */
function lineAt(log: LogText, offset: number): number {
  let low = 0;
  let high = log.lineCount;
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if (log.lineStarts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return low;
}

function placesOfWords(log: LogText): number[] {
  const { buffer, byteOffset, length } = log.bytes;
  const searched = Buffer.from(buffer, byteOffset, length);
  const jump = Math.ceil(length * stride);
  const places: number[] = [];
  for (const word of words) {
    let at = searched.indexOf(word);
    for (let found = 0; at >= 0 && found < placesPerWord; found += 1) {
      places.push(at);
      at = searched.indexOf(word, at + jump);
    }
  }
  return places;
}

function rangesOf(log: LogText): Range[] {
  const size = log.bytes.length;
  const around = (offset: number, reach: number): Range => ({
    from: lineAt(log, Math.max(0, offset - reach)),
    to: lineAt(log, Math.min(size - 1, offset + reach)) + 1,
  });
  const ranges = [around(0, atStart), around(size - 1, atEnd)];
  for (let place = 1; place < placesBetween; place += 1) {
    ranges.push(around(Math.floor((size * place) / placesBetween), inBetween / 2));
  }
  for (const place of placesOfWords(log)) ranges.push(around(place, inBetween / 2));
  ranges.sort((a, b) => a.from - b.from);
  const joined: Range[] = [];
  for (const range of ranges) {
    const last = joined[joined.length - 1];
    if (last !== undefined && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else joined.push(range);
  }
  return joined;
}

/** The lines of some ranges as a text of their own, and where each range begins in it. */
function excerpt(
  log: LogText,
  ranges: readonly Range[],
): { text: LogText; lines: Uint32Array; bytes: Uint32Array } | null {
  const lines = new Uint32Array(ranges.length + 1);
  const bytes = new Uint32Array(ranges.length + 1);
  for (const [index, { from, to }] of ranges.entries()) {
    lines[index + 1] = lines[index]! + to - from;
    bytes[index + 1] = bytes[index]! + log.lineStarts[to]! - log.lineStarts[from]!;
    if (bytes[index + 1]! > mostBytes) return null;
  }
  const lineCount = lines[ranges.length]!;
  const text = new Uint8Array(bytes[ranges.length]!);
  const lineStarts = new Uint32Array(lineCount + 1);
  for (const [index, { from, to }] of ranges.entries()) {
    const start = log.lineStarts[from]!;
    text.set(log.bytes.subarray(start, log.lineStarts[to]), bytes[index]);
    const shift = bytes[index]! - start;
    for (let line = from; line < to; line += 1) {
      lineStarts[lines[index]! + line - from] = log.lineStarts[line]! + shift;
    }
  }
  lineStarts[lineCount] = text.length;
  const { path, encoding } = log;
  return { text: { path, bytes: text, lineStarts, lineCount, encoding }, lines, bytes };
}

/** Index of the range that holds a place of the excerpt. */
function rangeAt(starts: Uint32Array, place: number): number {
  let range = 0;
  while (range + 2 < starts.length && starts[range + 1]! <= place) range += 1;
  return range;
}

/** Tables of an excerpt as tables of the whole log, with one empty record for each stretch left out. */
function inWhole(
  log: LogText,
  ranges: readonly Range[],
  starts: { readonly lines: Uint32Array; readonly bytes: Uint32Array },
  seen: RecordTable,
  templates: TemplateTable,
): { records: RecordTable; templates: TemplateTable } {
  const lineOf = (line: number): number => {
    const range = rangeAt(starts.lines, line);
    return ranges[range]!.from + line - starts.lines[range]!;
  };
  const offsetOf = (offset: number): number => {
    const range = rangeAt(starts.bytes, offset);
    return log.lineStarts[ranges[range]!.from]! + offset - starts.bytes[range]!;
  };
  const gaps = ranges.filter(({ to }) => to < log.lineCount);
  const capacity = seen.count + gaps.length;
  const firstLine = new Uint32Array(capacity + 1);
  const time = new Float64Array(capacity).fill(Number.NaN);
  const level = new Uint8Array(capacity).fill(levels.indexOf('unknown'));
  const source = new Uint32Array(capacity);
  const messageStart = new Uint32Array(capacity);
  const messageEnd = new Uint32Array(capacity);
  const ofRecord = new Uint32Array(capacity);
  const placeOf = new Uint32Array(seen.count);
  const unread = templates.templates.length;
  let count = 0;
  let gap = 0;
  const leaveOut = (line: number): void => {
    firstLine[count] = line;
    messageStart[count] = log.lineStarts[line]!;
    messageEnd[count] = log.lineStarts[line]!;
    ofRecord[count] = unread;
    count += 1;
    gap += 1;
  };
  for (let record = 0; record < seen.count; record += 1) {
    const line = lineOf(seen.firstLine[record]!);
    while (gap < gaps.length && gaps[gap]!.to < line) leaveOut(gaps[gap]!.to);
    placeOf[record] = count;
    firstLine[count] = line;
    time[count] = seen.time[record]!;
    level[count] = seen.level[record]!;
    source[count] = seen.source[record]!;
    messageStart[count] = offsetOf(seen.messageStart[record]!);
    messageEnd[count] =
      messageStart[count]! + seen.messageEnd[record]! - seen.messageStart[record]!;
    ofRecord[count] = templates.ofRecord[record]!;
    count += 1;
  }
  while (gap < gaps.length) leaveOut(gaps[gap]!.to);
  firstLine[count] = log.lineCount;
  const shown = templates.templates.map((template) => ({
    ...template,
    firstRecord: placeOf[template.firstRecord]!,
    lastRecord: placeOf[template.lastRecord]!,
  }));
  const stretch = {
    id: unread,
    text: '',
    slots: [],
    count: gaps.length,
    firstRecord: 0,
    lastRecord: 0,
  };
  return {
    records: {
      ...seen,
      count,
      firstLine: firstLine.subarray(0, count + 1),
      time: time.subarray(0, count),
      level: level.subarray(0, count),
      source: source.subarray(0, count),
      messageStart: messageStart.subarray(0, count),
      messageEnd: messageEnd.subarray(0, count),
    },
    templates: {
      ...templates,
      templates: [...shown, stretch],
      ofRecord: ofRecord.subarray(0, count),
    },
  };
}

/**
 * What can be told of a large log before it is read: what states a failure at its start, at its end,
 * at places in between and where a word of failure stands. Null for a smaller log, for a build, which
 * is read as a whole, and where lines are so long that this would be no quick look.
 * @throws EngineError `aborted`
 */
export async function firstLook(log: LogText, signal?: AbortSignal): Promise<FirstLook | null> {
  if (log.bytes.length < largeLog || isBuildLog(log)) return null;
  const ranges = rangesOf(log);
  const excerpted = excerpt(log, ranges);
  if (excerpted === null) return null;
  const { text } = excerpted;
  const options = signal === undefined ? {} : { signal };
  const seen = await parseRecords(text, options);
  const mined = await mineTemplates(text, seen, options);
  const whole = inWhole(log, ranges, excerpted, seen, mined);
  const view: LogView = { log, ...whole, sessions: noSessions, vectors: null };
  const events = buildEvents(view.records, view.templates);
  const signals = eventSignals(view, events, null);
  const rarity = new Float64Array(events.count);
  const findings = logFindings({ view, events, ...signals, rarity, text: null, evidence: [] });
  return { view, findings, bytes: text.bytes.length };
}
