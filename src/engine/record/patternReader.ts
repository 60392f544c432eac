import { RE2JS } from 're2js';
import type { HeaderLayout } from './headerLayout.ts';
import { noHeader } from './headerLayout.ts';
import { levelRank, levels } from './levels.ts';
import type { MomentClock } from './momentClock.ts';
import type { ReaderFormat, TimeUnit } from './readerFormat.ts';
import { sourceGroups, unitMs } from './readerFormat.ts';
import type { StatedTime } from './statedTime.ts';
import { levelOf } from './structuredBody.ts';
import { timeBasis, timeLayout, TimestampReader } from './timestamp.ts';
import { WrittenTime } from './writtenTime.ts';

/** A pattern is held against so many bytes of a line: a longer line costs no more. */
const patternReach = 2048;

/** Times counted in a unit that fall before 1973 count from a start of their own, in milliseconds. */
const leastEpoch = 1e11;

/** A last group that takes the rest of the line need not be matched byte by byte. */
const restOfLine = /\(\?P?<message>\.[*+]\)\$?$/;

interface TimeReader extends StatedTime {
  read(bytes: Uint8Array, at: number, end: number): boolean;
}

/** The layout of a reader's format. */
export function patternLayout(format: ReaderFormat): HeaderLayout {
  const timed = /\(\?P?<time>/.test(format.pattern);
  return { ...noHeader, timeLayout: timed ? timeLayout.written : timeLayout.none, written: format };
}

/**
 * Reads heads by the pattern of a reader's format: RE2, so that no line can make it slow.
 * @throws an error of RE2 where the pattern is none
 */
export class PatternReader {
  time = NaN;
  level = 0;
  sourceStart = 0;
  sourceEnd = 0;
  messageStart = 0;
  messageEnd = 0;
  readonly ending = null;
  stated: StatedTime | null = null;
  readonly layout: HeaderLayout;
  readonly #pattern: RE2JS;
  readonly #groups: ReadonlySet<string>;
  readonly #source: string | undefined;
  /** The message is whatever stands behind the match. */
  readonly #takesRest: boolean;
  readonly #times: TimeReader;
  readonly #levels: ReadonlyMap<string, number>;

  constructor(layout: HeaderLayout, format: ReaderFormat) {
    this.layout = layout;
    this.#takesRest = restOfLine.test(format.pattern);
    this.#pattern = RE2JS.compile(format.pattern.replace(restOfLine, ''));
    this.#groups = new Set(Object.keys(this.#pattern.namedGroups()));
    this.#source = sourceGroups.find((name) => this.#groups.has(name));
    this.#times = timeReader(format);
    this.#levels = new Map(format.levels.map(([word, level]) => [word, levels.indexOf(level)]));
  }

  /** A line whose time is none that the format describes is no head. */
  read(bytes: Uint8Array, at: number, end: number, clock: MomentClock): boolean {
    const reach = Math.min(end, at + patternReach);
    const match = this.#pattern.matcher(bytes.subarray(at, reach));
    if (!match.lookingAt()) return false;
    const range = (group: string | undefined): readonly [number, number] => {
      if (group === undefined || !this.#groups.has(group)) return [at, at];
      const start = match.start(group);
      return start < 0 ? [at, at] : [at + start, at + match.end(group)];
    };
    this.stated = null;
    this.time = NaN;
    const [timeStart, timeEnd] = range('time');
    if (timeEnd > timeStart) {
      if (!this.#times.read(bytes, timeStart, timeEnd)) return false;
      this.stated = this.#times;
      this.time = clock.resolve(this.#times);
    }
    this.level = this.#levelAt(bytes, ...range('level'));
    [this.sourceStart, this.sourceEnd] = range(this.#source);
    const behind = at + match.end();
    [this.messageStart, this.messageEnd] = this.#takesRest ? [behind, end] : range('message');
    // What is behind the reach belongs to a message that was cut by it.
    if (this.messageEnd === reach) this.messageEnd = end;
    return true;
  }

  /** Nothing is noted here. */
  forget(): void {
    this.stated = null;
  }

  #levelAt(bytes: Uint8Array, start: number, end: number): number {
    if (end <= start || end - start > 32) return levelRank.unknown;
    if (this.#levels.size > 0) {
      const word = String.fromCharCode(...bytes.subarray(start, end)).toUpperCase();
      const own = this.#levels.get(word.trim());
      if (own !== undefined) return own;
    }
    return Math.max(0, levelOf(bytes, start, end));
  }
}

function timeReader({ timeFormat, unit, zone }: ReaderFormat): TimeReader {
  if (timeFormat !== null) return new WrittenTime(timeFormat, zone);
  return unit === null ? new ZonedTime(zone) : new CountedTime(unit);
}

/** Any known time; one without a zone is in the zone that the reader stated. */
class ZonedTime extends TimestampReader {
  readonly #zone: number | null;

  constructor(zone: number | null) {
    super();
    this.#zone = zone;
  }

  override read(bytes: Uint8Array, at: number, end: number): boolean {
    if (!super.read(bytes, at, end)) return false;
    if (this.#zone !== null && !this.zoneStated && !this.isEpoch) {
      this.ms -= this.#zone * 60_000;
      this.zone = this.#zone;
      this.zoneStated = true;
    }
    return true;
  }
}

/** A number, with decimals or without, in a unit. */
class CountedTime implements TimeReader {
  basis: number = timeBasis.absolute;
  readonly year = 2000;
  readonly month = 1;
  readonly day = 1;
  ms = 0;
  readonly isEpoch = true;
  zoneStated = true;
  readonly zone = 0;
  readonly layout: number;
  readonly #scale: number;

  constructor(unit: TimeUnit) {
    this.#scale = unitMs[unit];
    this.layout = countedLayouts[unit];
  }

  read(bytes: Uint8Array, at: number, end: number): boolean {
    const text = String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 40)));
    if (!/^\d{1,20}(?:[.,]\d{1,15})?$/.test(text)) return false;
    this.ms = Number(text.replace(',', '.')) * this.#scale;
    const relative = this.ms < leastEpoch;
    this.basis = relative ? timeBasis.relative : timeBasis.absolute;
    this.zoneStated = !relative;
    return true;
  }
}

const countedLayouts: Readonly<Record<TimeUnit, number>> = {
  s: timeLayout.epochSeconds,
  ms: timeLayout.epochMilliseconds,
  us: timeLayout.epochMicroseconds,
  ns: timeLayout.epochNanoseconds,
};
