import { RE2JS } from 're2js';
import { EngineError } from '../base/engineError.ts';
import type { Level } from './levels.ts';
import { levels } from './levels.ts';
import { MomentClock } from './momentClock.ts';
import { PatternReader, patternLayout } from './patternReader.ts';
import type { ReaderFormat, TimeUnit } from './readerFormat.ts';
import { sourceGroups, unitMs } from './readerFormat.ts';
import { isoTime } from './time.ts';
import { unknownDirective } from './writtenTime.ts';

const mostFormats = 50;
const longestName = 40;
const longestPattern = 1000;
const mostSamples = 50;
const longestSample = 2000;
const mostWords = 50;

const fieldNames = ['name', 'pattern', 'timeFormat', 'unit', 'zone', 'levels', 'samples'];
const sampleNames = ['line', 'time', 'level', 'component', 'message'];

/** What the settings say about formats, as far as it can be used. */
export interface CheckedFormats {
  readonly formats: readonly ReaderFormat[];
  /** One for each entry that cannot be used; all have the reason `format-invalid`. */
  readonly problems: readonly EngineError[];
}

/**
 * Checks formats that a reader described: an array of entries, of which each stands for itself. Every
 * sample of an entry is read by it.
 */
export function checkFormats(described: unknown): CheckedFormats {
  if (described === undefined || described === null) return { formats: [], problems: [] };
  const formats: ReaderFormat[] = [];
  const problems: EngineError[] = [];
  const entries: readonly unknown[] = Array.isArray(described) ? described : [described];
  for (const [index, entry] of entries.entries()) {
    try {
      if (index >= mostFormats) throw wrong(`is one too many`, `At most ${mostFormats} are read`);
      const format = checkEntry(entry);
      if (formats.some(({ name }) => name === format.name)) {
        throw wrong('has the name of an earlier one', 'Give each format a name of its own');
      }
      formats.push(format);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      const { name } = Object(entry) as { readonly name?: unknown };
      const named = typeof name === 'string' ? ` (${name.slice(0, longestName)})` : '';
      problems.push(
        new EngineError(
          'format-invalid',
          `Format ${index + 1}${named} ${error.message}.`,
          `${error.advice}. The other formats are used.`,
          error.cause,
        ),
      );
      if (index >= mostFormats) break;
    }
  }
  return { formats, problems };
}

/** What is wrong with an entry, as the rest of a sentence about it. */
class Wrong extends Error {
  readonly advice: string;

  constructor(message: string, advice: string, cause?: unknown) {
    super(message, { cause });
    this.advice = advice;
  }
}

function wrong(message: string, advice: string, cause?: unknown): Wrong {
  return new Wrong(message, advice, cause);
}

function checkEntry(entry: unknown): ReaderFormat {
  if (!isObject(entry)) throw wrong('is no object', 'Write an object with a name and a pattern');
  const unknown = Object.keys(entry).find((key) => !fieldNames.includes(key));
  if (unknown !== undefined) {
    throw wrong(`has the unknown field ${unknown}`, `The fields are ${fieldNames.join(', ')}`);
  }
  const format: ReaderFormat = {
    name: checkName(entry['name']),
    pattern: checkPattern(entry['pattern']),
    timeFormat: checkTimeFormat(entry['timeFormat']),
    unit: checkUnit(entry['unit']),
    zone: checkZone(entry['zone']),
    levels: checkLevels(entry['levels']),
  };
  if (format.timeFormat !== null && format.unit !== null) {
    throw wrong('has both timeFormat and unit', 'Keep one: a time is either written or counted');
  }
  checkSamples(entry['samples'], format);
  return format;
}

function checkName(name: unknown): string {
  const fits = typeof name === 'string' && /^[\w.-]+$/.test(name) && name.length <= longestName;
  if (fits) return name;
  throw wrong(
    'has no name that can be used',
    `Name it with letters, digits, dots and dashes, at most ${longestName} of them`,
  );
}

function checkPattern(pattern: unknown): string {
  if (typeof pattern !== 'string' || pattern === '' || pattern.length > longestPattern) {
    throw wrong(
      'has no pattern that can be used',
      `Write a regular expression of at most ${longestPattern} characters`,
    );
  }
  let groups: readonly string[];
  try {
    groups = Object.keys(RE2JS.compile(pattern).namedGroups());
  } catch (error) {
    throw wrong(
      `has a pattern that is no regular expression (${error instanceof Error ? error.message : String(error)})`,
      'Expressions are those of RE2: they have no look-around and no back-references',
      error,
    );
  }
  const told = ['time', 'level', ...sourceGroups].some((name) => groups.includes(name));
  if (groups.includes('message') && told) return pattern;
  throw wrong(
    'has a pattern that names no message, or nothing beside it',
    'Name its groups: (?<time>…), (?<level>…), (?<component>…) and (?<message>…); the message and one other are needed',
  );
}

function checkTimeFormat(format: unknown): string | null {
  if (format === undefined || format === null) return null;
  if (typeof format !== 'string' || format === '' || format.length > 100) {
    throw wrong('has a timeFormat that is no text', 'Write it as %d.%m.%Y %H:%M:%S');
  }
  const unknown = unknownDirective(format);
  if (unknown === null && format.includes('%')) return format;
  throw wrong(
    unknown === null ? 'has a timeFormat without any %' : `has ${unknown} in its timeFormat`,
    'Known are %Y %y %m %b %d %e %H %I %p %M %S %f %z %Z %a %s and %%',
  );
}

function checkUnit(unit: unknown): TimeUnit | null {
  if (unit === undefined || unit === null) return null;
  if (typeof unit === 'string' && Object.hasOwn(unitMs, unit)) return unit as TimeUnit;
  throw wrong('has an unknown unit', 'The units are s, ms, us and ns');
}

function checkZone(zone: unknown): number | null {
  if (zone === undefined || zone === null) return null;
  const match = typeof zone === 'string' ? /^(?:Z|UTC|([+-])(\d\d):?(\d\d))$/.exec(zone) : null;
  const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0);
  if (match === null || minutes > 14 * 60) {
    throw wrong('has a zone that is none', 'Write it as +02:00, -07:00 or Z');
  }
  return match[1] === '-' ? -minutes : minutes;
}

function checkLevels(words: unknown): ReaderFormat['levels'] {
  if (words === undefined || words === null) return [];
  const advice = `Write them as { "error": ["E", "FAULT"] }; the levels are ${levels.slice(1).join(', ')}`;
  if (!isObject(words)) throw wrong('has levels that are no object', advice);
  const read = Object.entries(words).flatMap(([level, list]) => {
    const known = levels.find((one) => one === level && one !== 'unknown');
    const texts = typeof list === 'string' ? [list] : list;
    if (known === undefined || !Array.isArray(texts)) {
      throw wrong(`has ${level} among its levels`, advice);
    }
    return texts.map((word: unknown): readonly [string, Level] => {
      if (typeof word === 'string' && word.length > 0 && word.length <= 32) {
        return [word.toUpperCase(), known];
      }
      throw wrong(`has a word for ${level} that is no short text`, advice);
    });
  });
  if (read.length > mostWords) throw wrong('has too many words for levels', `Use ${mostWords}`);
  return read;
}

function checkSamples(samples: unknown, format: ReaderFormat): void {
  if (samples === undefined || samples === null) return;
  if (!Array.isArray(samples) || samples.length > mostSamples) {
    throw wrong('has samples that are no list', `List at most ${mostSamples} lines`);
  }
  const reader = new PatternReader(patternLayout(format), format);
  for (const [index, sample] of samples.entries()) {
    checkSample(`sample ${index + 1}`, sample, reader);
  }
}

function checkSample(which: string, sample: unknown, reader: PatternReader): void {
  const expected = typeof sample === 'string' ? { line: sample } : sample;
  const advice = 'A sample is a line, or an object with line and the fields to be read from it';
  if (!isObject(expected)) throw wrong(`has a ${which} that is no line`, advice);
  const { line } = expected;
  const odd = Object.keys(expected).find((key) => !sampleNames.includes(key));
  if (typeof line !== 'string' || line.length > longestSample || odd !== undefined) {
    throw wrong(`has a ${which} that is no line`, advice);
  }
  const bytes = new TextEncoder().encode(line);
  if (!reader.read(bytes, 0, bytes.length, new MomentClock())) {
    throw wrong(
      `does not read its ${which}`,
      `Correct the pattern or the time: ${JSON.stringify(line.slice(0, 120))}`,
    );
  }
  const text = (from: number, to: number): string =>
    new TextDecoder().decode(bytes.subarray(from, to));
  const time = typeof expected['time'] === 'string' ? Date.parse(expected['time']) : NaN;
  const read: Readonly<Record<string, string | null>> = {
    time: isoTime(reader.time),
    level: levels[reader.level]!,
    component: text(reader.sourceStart, reader.sourceEnd),
    message: text(reader.messageStart, reader.messageEnd),
  };
  for (const [field, found] of Object.entries(read)) {
    const wanted = expected[field];
    if (wanted === undefined) continue;
    const same = field === 'time' && !Number.isNaN(time) ? time === reader.time : wanted === found;
    if (same) continue;
    throw wrong(
      `reads ${JSON.stringify(found)} as the ${field} of its ${which}, not ${JSON.stringify(wanted)}`,
      'Correct the pattern or the sample',
    );
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
