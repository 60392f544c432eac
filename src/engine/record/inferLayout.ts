import { CellReader, cellKind } from './headerCell.ts';
import type { HeaderLayout } from './headerLayout.ts';
import { bodyKind, columnRule, headerReach, headerTail, noHeader } from './headerLayout.ts';
import {
  findSeparator,
  gapAt,
  labelEnd,
  namesException,
  skipSpaces,
  wordEnd,
} from './headerReader.ts';
import { levelWordAt } from './levelWords.ts';
import { StructuredBody } from './structuredBody.ts';
import { dateOrder, timeBasis, timeLayout } from './timestamp.ts';

/** A sampled line as a terminal shows it. */
export interface SampleLine {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Cells per line that take part in the vote. */
const votedCells = 14;
/** A column belongs to the header when this share of the lines agree on its kind. */
const agreement = 0.95;
/** Below this many lines numbers and brackets that agree may do so by chance. */
const fewLines = 20;
/** Layouts that one log may mix (several services in one console). */
const mostLayouts = 6;

/** The cells of one sampled line. */
interface CellRow {
  readonly line: SampleLine;
  readonly kinds: Uint8Array;
  readonly ends: Uint32Array;
  /** 2 where a level stands out on its own, 1 where a gap sets the cell apart. */
  readonly loud: Uint8Array;
  /** 1 where a word is all capitals: a level of the program's own making. */
  readonly capital: Uint8Array;
  /** 1 where a word is dotted or joined like a component's name. */
  readonly named: Uint8Array;
  readonly count: number;
  /** First column with a full timestamp, -1 for none. */
  readonly timeColumn: number;
  readonly timeLayout: number;
  readonly basis: number;
  readonly zoneStated: boolean;
  readonly first: number;
  readonly second: number;
  readonly third: number;
  /** Column of a level that stands out, among the first two, -1 for none. */
  readonly levelColumn: number;
  readonly body: number;
  /** The body states a time or a level: it is a record, not data that a record shows. */
  readonly recorded: boolean;
}

/**
 * Infers the headers of a log by voting column by column (the idea of IPLoM, Makanju et al. 2009,
 * on typed cells): lines are grouped by where their timestamp stands and how it is written; within
 * a group a column belongs to the header when nearly all lines agree on its kind. Biggest group
 * first. `lines` are not blank.
 */
export function inferHeaders(lines: readonly SampleLine[]): HeaderLayout[] {
  const reader = new CellReader();
  const rows = lines.map((line) => readRow(reader, line));
  const total = rows.filter((row) => !isIndented(row.line)).length;
  const groups = new Map<string, CellRow[]>();
  for (const row of rows) {
    const key = groupKey(row);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const biggest = [...groups.values()].sort((one, other) => other.length - one.length);
  const timed = biggest.filter((group) => isTrusted(group, total)).slice(0, mostLayouts);
  const covered = timed.reduce((sum, group) => sum + group.length, 0);
  const layouts = timed.map((group) => inferHeader(group));
  const levelled = levelGroup(
    rows.filter((row) => groupKey(row) === null && !isIndented(row.line)),
  );
  if (levelled.length > 0 && levelled.length >= 0.2 * (total - covered)) {
    layouts.push(inferHeader(levelled));
  }
  return layouts;
}

function isIndented(line: SampleLine): boolean {
  const byte = line.bytes[line.start]!;
  return byte === 0x20 || byte === 0x09;
}

/** Lines of one group begin alike: same place and family of the timestamp, or the same kind of body. */
function groupKey(row: CellRow): string | null {
  if (row.body !== bodyKind.text && row.timeColumn !== 0) return `body ${row.body}`;
  return row.timeColumn < 0 ? null : `time ${row.timeColumn} ${row.timeLayout}`;
}

/** A timestamp further right must be common: messages mention times as well. */
function isTrusted(group: readonly CellRow[], total: number): boolean {
  const { timeColumn, body } = group[0]!;
  if (body !== bodyKind.text && timeColumn !== 0) {
    const recorded = group.filter((row) => row.recorded).length;
    return group.length >= 0.5 * total || 2 * recorded >= group.length;
  }
  const needed = timeColumn > 0 ? 0.3 : 0.01;
  return group.length >= needed * total;
}

/** Lines that begin with a level, all in the commoner one of the first two columns. */
function levelGroup(rows: readonly CellRow[]): CellRow[] {
  const first = rows.filter((row) => row.levelColumn === 0);
  const second = rows.filter((row) => row.levelColumn === 1);
  const group = first.length >= second.length ? first : second;
  return group.length >= 2 || group.length === rows.length ? group : [];
}

function readRow(reader: CellReader, line: SampleLine): CellRow {
  const { bytes, start, end } = line;
  const reach = Math.min(end, start + headerReach);
  const kinds = new Uint8Array(votedCells);
  const ends = new Uint32Array(votedCells);
  const loud = new Uint8Array(votedCells);
  const named = new Uint8Array(votedCells);
  const capital = new Uint8Array(votedCells);
  const body = bodyOf(bytes, start, end);
  const row = {
    line,
    kinds,
    ends,
    loud,
    named,
    capital,
    count: 0,
    timeColumn: -1,
    timeLayout: 0,
    basis: 0,
    zoneStated: false,
    first: 0,
    second: 0,
    third: 0,
    levelColumn: -1,
    body,
    recorded: body !== bodyKind.text && isRecorded(body, line),
  };
  let next = skipSpaces(bytes, start, reach);
  let timeColumn = -1;
  for (let column = 0; column < votedCells && next < reach; column += 1) {
    reader.read(bytes, next, reach, column);
    kinds[column] = reader.kind;
    ends[column] = reader.end;
    loud[column] = reader.shouted ? 2 : isFollowedByGap(bytes, reader.end, reach) ? 1 : 0;
    capital[column] = isCapital(bytes, next, reader.end) ? 1 : 0;
    named[column] = isComponentName(bytes, next, reader.end) ? 1 : 0;
    const timed = reader.kind === cellKind.time || reader.kind === cellKind.levelTime;
    const better = timeColumn < 0 || row.timeLayout === timeLayout.date;
    if (timed && better && column <= 8) {
      const { layout, basis, zoneStated, first, second, third } = reader.time;
      timeColumn = column;
      Object.assign(row, {
        timeColumn,
        timeLayout: layout,
        basis,
        zoneStated,
        first,
        second,
        third,
      });
    }
    const leads = column === 0 ? reader.loud : column === 1 && reader.shouted;
    if (leads && row.levelColumn < 0 && reader.kind === cellKind.level) row.levelColumn = column;
    row.count = column + 1;
    if (reader.kind === cellKind.body) break;
    next = skipSpaces(bytes, reader.end, reach);
  }
  return row;
}

function isRecorded(body: number, { bytes, start, end }: SampleLine): boolean {
  const fields = new StructuredBody();
  if (body === bodyKind.json) fields.readJson(bytes, start, end);
  else fields.readLogfmt(bytes, start, end);
  return fields.hasTime || fields.level > 0;
}

/** Several spaces or a tab set a cell apart from the text behind it. */
function isFollowedByGap(bytes: Uint8Array, at: number, end: number): boolean {
  return at < end && gapAt(bytes, at, end) >= 2;
}

function bodyOf(bytes: Uint8Array, at: number, end: number): number {
  let last = end;
  while (last > at && bytes[last - 1]! <= 0x20) last -= 1;
  const start = skipSpaces(bytes, at, end);
  if (bytes[start] === 0x7b) return bytes[last - 1] === 0x7d ? bodyKind.json : bodyKind.text;
  return pairsAt(bytes, start, Math.min(end, start + headerReach)) >= 3
    ? bodyKind.logfmt
    : bodyKind.text;
}

/** Number of `key=value` pairs without anything between them at `at`. */
function pairsAt(bytes: Uint8Array, at: number, end: number): number {
  let pairs = 0;
  let next = at;
  while (next < end) {
    const start = next;
    while (next < end && bytes[next]! > 0x20 && bytes[next] !== 0x3d && bytes[next] !== 0x22) {
      next += 1;
    }
    if (next === start || bytes[next] !== 0x3d) return pairs;
    next += 1;
    if (bytes[next] === 0x22) {
      next += 1;
      while (next < end && bytes[next] !== 0x22) next += bytes[next] === 0x5c ? 2 : 1;
      next += 1;
    } else {
      while (next < end && bytes[next]! > 0x20) next += 1;
    }
    pairs += 1;
    next = skipSpaces(bytes, next, end);
  }
  return pairs;
}

function inferHeader(group: readonly CellRow[]): HeaderLayout {
  const sample = group[0]!;
  const body = sample.body !== bodyKind.text && sample.timeColumn !== 0 ? sample.body : -1;
  if (body >= 0) return bodyLayout(body);
  const anchor = sample.timeColumn >= 0 ? sample.timeColumn : sample.levelColumn;
  if (sample.kinds[0] === cellKind.priority && isVersioned(sample.line))
    return syslogLayout(sample);
  const votes = voteColumns(group);
  const last = withoutName(group, votes, lastColumn(group, votes, anchor), anchor);
  const kinds = votes.slice(0, last + 1).map((vote) => vote.kind);
  const rules = votes
    .slice(0, last + 1)
    .map((vote, column) => (vote.strong || column === anchor ? columnRule.must : columnRule.any));
  const levelColumn = kinds.findIndex(
    (kind, column) => rules[column] === columnRule.must && statesLevel(kind),
  );
  const access = votes[last + 1]?.kind === cellKind.quoted && votes[last + 1]!.strong;
  const rest = group.map((row) => restOf(row, last));
  const behindAnchor = levelColumn >= anchor;
  // A level letter and the time of syslog leave no doubt that a label is a component.
  const doubtful =
    group.length < fewLines &&
    kinds[levelColumn] !== cellKind.letter &&
    !(sample.timeLayout === timeLayout.monthNameDay && sample.basis === timeBasis.noYear);
  const hosted = !behindAnchor && sample.basis !== timeBasis.relative;
  const tail = access ? noTail : inferTail(rest, kinds[last]!, hosted, doubtful);
  return {
    kinds,
    rules,
    anchor,
    timeLayout: sample.timeColumn >= 0 ? sample.timeLayout : 0,
    order: inferOrder(group),
    levelColumn,
    sourceColumn: sourceColumn(kinds, rules, anchor, levelColumn, tail.tail),
    tail: tail.tail,
    tailSkip: tail.skip,
    body: restBody(rest),
    access,
    markLevels: anchor === 1 && kinds[2] === cellKind.mark && isRedisRole(sample.line),
    zoneStated: sample.zoneStated,
    basis: sample.basis,
  };
}

/** `12345:M`: process id and role (master, replica, sentinel, child). */
function isRedisRole({ bytes, start, end }: SampleLine): boolean {
  let at = start;
  while (at < end && bytes[at]! >= 0x30 && bytes[at]! <= 0x39) at += 1;
  const role = String.fromCharCode(bytes[at + 1] ?? 0);
  return at > start && bytes[at] === 0x3a && 'MSXC'.includes(role);
}

function bodyLayout(body: number): HeaderLayout {
  return { ...noHeader, body };
}

/** RFC 5424 fixes the columns: priority, time, host, application, process, message id, structured data. */
function syslogLayout(sample: CellRow): HeaderLayout {
  const { must, any } = columnRule;
  const { priority, time, word } = cellKind;
  return {
    ...noHeader,
    kinds: [priority, time, word, word, word, word, word],
    rules: [must, must, any, any, any, any, any],
    anchor: 1,
    timeLayout: sample.timeLayout,
    levelColumn: 0,
    sourceColumn: 3,
    zoneStated: sample.zoneStated,
  };
}

/** `<34>1 `. */
function isVersioned({ bytes, start, end }: SampleLine): boolean {
  const close = bytes.subarray(start, Math.min(end, start + 6)).indexOf(0x3e);
  return close > 0 && bytes[start + close + 1] === 0x31 && bytes[start + close + 2] === 0x20;
}

function statesLevel(kind: number): boolean {
  return (
    kind === cellKind.level ||
    kind === cellKind.letter ||
    kind === cellKind.levelTime ||
    kind === cellKind.priority
  );
}

function isCapital(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 10) return false;
  for (let at = start; at < end; at += 1) if (bytes[at]! < 0x41 || bytes[at]! > 0x5a) return false;
  return true;
}

/** `app.worker.redis`, `my_crate::module`, `sshd[12]:`, `auth-service`: a word that is no word of a sentence. */
function isComponentName(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start]! >= 0x30 && bytes[start]! <= 0x39) return true;
  for (let at = start + 1; at + 2 < end; at += 1) {
    const byte = bytes[at]!;
    const joins = byte === 0x2e || byte === 0x5f || byte === 0x2d || byte === 0x2f;
    // `SensorHub`: a capital behind a small letter.
    const hump = byte >= 0x41 && byte <= 0x5a && bytes[at - 1]! >= 0x61 && bytes[at - 1]! <= 0x7a;
    if (hump) return true;
    if (joins || byte === 0x3a || byte === 0x5b || byte === 0x28 || byte === 0x24) return true;
  }
  return false;
}

interface Vote {
  readonly kind: number;
  /** Nearly all lines agree, and the kind is one that headers are made of. */
  readonly strong: boolean;
  readonly shouted: boolean;
  readonly apart: boolean;
  readonly named: boolean;
}

function voteColumns(group: readonly CellRow[]): Vote[] {
  const votes: Vote[] = [];
  for (let column = 0; column < votedCells; column += 1) {
    const counts = new Uint32Array(16);
    let shouted = 0;
    let apart = 0;
    let named = 0;
    let capitals = 0;
    for (const row of group) {
      if (column >= row.count) continue;
      counts[row.kinds[column]!]! += 1;
      if (row.kinds[column] === cellKind.word) capitals += row.capital[column]!;
      if (row.loud[column] === 2) shouted += 1;
      if (row.loud[column]! > 0) apart += 1;
      named += row.named[column]!;
    }
    const kind = counts.indexOf(Math.max(...counts));
    // Own levels such as OK or AUDIT may stand among the known ones.
    const own = kind === cellKind.level ? capitals : 0;
    const agreed = counts[kind]! + own >= agreement * group.length;
    const structural = kind !== cellKind.word && kind !== cellKind.label && kind !== cellKind.pair;
    votes.push({
      kind,
      strong: agreed && structural && kind !== cellKind.body && kind !== cellKind.none,
      shouted: shouted + own >= agreement * group.length,
      apart: apart + own >= agreement * group.length,
      named: named >= agreement * group.length,
    });
  }
  return votes;
}

/**
 * Walks right from the anchor as long as what follows looks like more header than message, and back
 * where that would leave most lines without a message: one sentence that always comes is no header.
 */
function lastColumn(group: readonly CellRow[], votes: readonly Vote[], anchor: number): number {
  let last = anchor;
  for (let column = anchor + 1; column < votes.length; column += 1) {
    const vote = votes[column]!;
    if (vote.kind === cellKind.quoted || vote.kind === cellKind.body) break;
    if (vote.strong && belongs(votes, last, column, group.length)) last = column;
    if (column - last > 3) break;
  }
  while (last > anchor && leavesNothing(group, last)) {
    last -= 1;
    while (last > anchor && !votes[last]!.strong) last -= 1;
  }
  return last;
}

function leavesNothing(group: readonly CellRow[], last: number): boolean {
  let empty = 0;
  for (const row of group) {
    const { start, end } = restOf(row, last);
    if (start >= end) empty += 1;
  }
  return empty * 2 > group.length;
}

/**
 * A name and a lone mark at the end (`app.exe - message`) are left to the tail, which also reads the
 * name of two words that the next line may have.
 */
function withoutName(
  group: readonly CellRow[],
  votes: readonly Vote[],
  last: number,
  anchor: number,
): number {
  const end = last - 2;
  const named = end >= anchor && votes[last]!.kind === cellKind.mark && !votes[last - 1]!.strong;
  if (!named || votes[end]!.kind === cellKind.mark) return last;
  const { tail } = inferTail(
    group.map((row) => restOf(row, end)),
    votes[end]!.kind,
    false,
    true,
  );
  return tail === headerTail.separator ? end : last;
}

/** Whether the strong column belongs to a header that ends at `last` so far. */
function belongs(votes: readonly Vote[], last: number, column: number, lines: number): boolean {
  const { kind, shouted, apart } = votes[column]!;
  const between = column - last - 1;
  const many = lines >= fewLines;
  switch (kind) {
    case cellKind.time:
    case cellKind.levelTime:
    case cellKind.priority:
      return true;
    case cellKind.stream:
      return between === 0;
    case cellKind.level:
      // With few lines `error` may begin each message by chance; one level is enough.
      if (votes.slice(0, last + 1).some((vote) => vote.strong && vote.kind === kind)) return false;
      return shouted || (between === 0 && (many || apart));
    case cellKind.letter:
      return many || between === 0;
    case cellKind.bracket:
      return between === 0 || (between === 1 && (many || votes[column - 1]!.named));
    case cellKind.mark:
      return between === 0 || (between === 1 && (many || votes[column - 1]!.named));
    case cellKind.number:
      return between === 0 && numberExtends(votes, last, column, many);
    default:
      return false;
  }
}

/** A process or thread id follows a time or another id, or more header follows it. */
function numberExtends(
  votes: readonly Vote[],
  last: number,
  column: number,
  many: boolean,
): boolean {
  for (let next = column + 1; next <= column + 3 && next < votes.length; next += 1) {
    const { kind, strong, shouted } = votes[next]!;
    if (strong && statesLevel(kind) && shouted) return true;
    if (strong && next === column + 1 && (kind === cellKind.mark || kind === cellKind.bracket)) {
      return true;
    }
  }
  const before = votes[last]!.kind;
  const id =
    before === cellKind.time || before === cellKind.number || before === cellKind.levelTime;
  return id && (many || before === cellKind.levelTime);
}

function restOf(row: CellRow, last: number): SampleLine {
  const { bytes, start, end } = row.line;
  const reach = Math.min(end, start + headerReach);
  const behind = last < row.count ? row.ends[last]! : reach;
  return { bytes, start: skipSpaces(bytes, behind, reach), end };
}

interface Tail {
  readonly tail: number;
  readonly skip: number;
}

const noTail: Tail = { tail: headerTail.none, skip: 0 };

/** `hosted`: a host may stand before the label; `doubtful`: a label must look like a component. */
function inferTail(
  rest: readonly SampleLine[],
  lastKind: number,
  hosted: boolean,
  doubtful: boolean,
): Tail {
  const filled = rest.filter((line) => line.start < line.end);
  if (filled.length === 0) return noTail;
  const share = (test: (line: SampleLine) => boolean): number =>
    filled.filter(test).length / filled.length;
  if (share(closesBracket) >= 0.9) return { tail: headerTail.close, skip: 0 };
  if (share(hasGap) >= 0.9) return { tail: headerTail.gap, skip: 0 };
  if (lastKind === cellKind.mark) return noTail;
  if (share(hasSeparator) >= 0.9) return { tail: headerTail.separator, skip: 0 };
  // In few lines messages may begin with `failed:` by chance.
  const labelled = (skip: number) => (line: SampleLine) => hasLabel(line, skip, doubtful);
  if (share(labelled(0)) >= 0.9) return { tail: headerTail.label, skip: 0 };
  if (hosted && share(labelled(1)) >= 0.8) {
    return { tail: headerTail.label, skip: 1 };
  }
  return noTail;
}

function hasSeparator({ bytes, start, end }: SampleLine): boolean {
  return findSeparator(bytes, start, Math.min(end, start + 120)) >= 0;
}

function hasGap({ bytes, start, end }: SampleLine): boolean {
  const limit = Math.min(end, start + 120);
  const word = wordEnd(bytes, start, limit);
  // A level before the gap is a level that not all lines have, no source.
  return word < limit && gapAt(bytes, word, limit) >= 2 && levelWordAt(bytes, start, word) < 0;
}

/** `reflector.go:158] …` closes what the header opened; `Shop.Cart[14]` alone on its line is a category. */
function closesBracket({ bytes, start, end }: SampleLine): boolean {
  const word = wordEnd(bytes, start, Math.min(end, start + 120));
  if (word <= start + 1 || bytes[word - 1] !== 0x5d || bytes[start] === 0x5b) return false;
  return word === end || !bytes.subarray(start, word).includes(0x5b);
}

function hasLabel({ bytes, start, end }: SampleLine, skip: number, named: boolean): boolean {
  let at = start;
  for (let skipped = 0; skipped < skip; skipped += 1) {
    const word = wordEnd(bytes, at, end);
    if (bytes[word - 1] === 0x3a) return false;
    at = skipSpaces(bytes, word, end);
  }
  const word = labelEnd(bytes, at, end);
  if (word <= at + 1 || bytes[word - 1] !== 0x3a || namesException(bytes, at, word - 1))
    return false;
  return !named || isComponentName(bytes, at, word);
}

/** The body behind the header, where nearly all lines agree on it. */
function restBody(rest: readonly SampleLine[]): number {
  const bodies = rest.map((line) => bodyOf(line.bytes, line.start, line.end));
  for (const body of [bodyKind.json, bodyKind.logfmt]) {
    if (bodies.filter((one) => one === body).length >= 0.8 * rest.length) return body;
  }
  return bodyKind.text;
}

/** The column that names logger, process or component, -1 where the tail does or none. */
function sourceColumn(
  kinds: readonly number[],
  rules: readonly number[],
  anchor: number,
  levelColumn: number,
  tail: number,
): number {
  if (tail !== headerTail.none) return -1;
  const isWord = (column: number): boolean =>
    rules[column] === columnRule.any && kinds[column] !== cellKind.number;
  for (let column = kinds.length - 1; column > levelColumn && levelColumn >= 0; column -= 1) {
    if (isWord(column)) return column;
  }
  // Without a level the word between a header's other columns is a name: `time|name|7|message`.
  const before = levelColumn < 0 ? kinds.length : levelColumn;
  for (let column = before - 1; column > anchor; column -= 1) {
    if (isWord(column)) return column;
  }
  return kinds.lastIndexOf(cellKind.bracket);
}

/** Decides what the parts of all-numeric dates are: a value above 12 is no month; the year varies least. */
function inferOrder(group: readonly CellRow[]): number {
  let firstAbove = false;
  let secondAbove = false;
  let yearFirst = true;
  let yearLast = true;
  const firsts = new Set<number>();
  const thirds = new Set<number>();
  for (const row of group) {
    if (row.first > 12) firstAbove = true;
    if (row.second > 12) secondAbove = true;
    if (row.second > 12 || row.third > 31 || row.third === 0) yearFirst = false;
    if (row.first > 31) yearLast = false;
    firsts.add(row.first);
    thirds.add(row.third);
  }
  if (group[0]!.timeLayout === timeLayout.numericShortYear && yearFirst) {
    if (!yearLast || firsts.size <= thirds.size) return dateOrder.yearFirst;
  }
  if (firstAbove) return dateOrder.dayFirst;
  return secondAbove ? dateOrder.monthFirst : dateOrder.unknown;
}
