import type { LogText } from '../../record/logText.ts';
import { BuildLines } from '../build/buildLine.ts';
import { isDecisive } from '../build/blockSpan.ts';
import { signal, signalsOf } from '../build/lineSignals.ts';
import { maskedHash } from '../build/maskedHash.ts';
import { readSectionMark } from '../build/sectionReaders.ts';
import { clockTimes } from './clockTimes.ts';
import { lineLevel } from './lineLevel.ts';
import { maskLine } from './maskLine.ts';

/** Templates are shared by the runs that are compared: the same text has the same id. */
export class TemplateIds {
  readonly #ids = new Map<string, number>();
  readonly texts: string[] = [];

  of(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.texts.length;
    this.#ids.set(text, id);
    this.texts.push(text);
    return id;
  }
}

/** One run, line by line, as the comparison sees it. */
export interface ComparedRun {
  readonly lines: BuildLines;
  readonly count: number;
  /** Template id of each line. */
  readonly template: Uint32Array;
  /** Level as the line states it, a value of `levelRank`. */
  readonly level: Uint8Array;
  /** Bits of `lineTrait`. */
  readonly traits: Uint16Array;
  /** Milliseconds since the epoch; NaN where the line states none or times are not read. */
  readonly time: Float64Array;
}

/** What the comparison knows of a line beside its text. */
export const lineTrait = {
  blank: 1,
  /** Only punctuation: a ruler, a bracket, dots. */
  separator: 2,
  indented: 4,
  frame: 8,
  /** Speaks of failure, and not of its absence. */
  failing: 16,
  progress: 32,
  /** States how the run or a step ended. */
  verdict: 64,
  /** Continues the record above it. */
  continued: 128,
  /** Has a shape that says what went wrong. */
  telling: 256,
} as const;

/** Reads the output of a build into columns. */
export function readRun(log: LogText, ids: TemplateIds): ComparedRun {
  const run = readLines(log, 0, (level, payload) => ids.of(`${level} ${maskLine(payload)}`));
  return { ...run, time: clockTimes(run.lines) };
}

/**
 * Reads the output of a build that nothing is compared with: a hash stands for the template. Lines
 * before `from` are left out.
 */
export function readAlone(log: LogText, from: number): ComparedRun {
  return readLines(log, from, (_level, payload) => maskedHash(payload));
}

function readLines(
  log: LogText,
  from: number,
  templateOf: (level: number, payload: string) => number,
): ComparedRun {
  const lines = new BuildLines(log);
  const count = lines.count;
  const template = new Uint32Array(count);
  const level = new Uint8Array(count);
  const traits = new Uint16Array(count);
  traits.fill(lineTrait.blank, 0, from);
  const known = new KnownTraits();
  for (let line = from; line < count; line += 1) {
    const read = lines.at(line);
    const { text } = read;
    if (text.trim() === '') {
      traits[line] = lineTrait.blank;
      template[line] = templateOf(0, '');
      continue;
    }
    const stated = lineLevel(text);
    const payload = text.slice(stated.payload);
    const mark = readSectionMark(read);
    // A verdict proves the failure and explains nothing: it is no evidence of its own.
    const verdict = mark !== null && (mark.kind === 'fail' || mark.kind === 'outcome');
    level[line] = verdict ? 0 : stated.level;
    const id = templateOf(stated.level, payload);
    template[line] = id;
    traits[line] = verdict ? lineTrait.verdict : known.of(id, payload);
  }
  return { lines, count, template, level, traits, time: new Float64Array(count).fill(NaN) };
}

/** Remembers traits: lines that differ in their values only have the same. */
export class KnownTraits {
  readonly #traits = new Map<number, number>();

  /** @param text number of the text without its values */
  of(text: number, payload: string): number {
    const key = text * 2 + (/^\s/.test(payload) ? 1 : 0);
    const known = this.#traits.get(key);
    if (known !== undefined) return known;
    const traits = traitsOf(payload);
    this.#traits.set(key, traits);
    return traits;
  }
}

const failing =
  /\b\w{0,40}(?:error|exception|fail(?:ed|ure|s|ing)?|fatal|panic(?:ked)?|abort(?:ed)?|traceback|denied|refused|cannot|unable|killed|not found|no such|timed out|invalid)s?\b/i;
const harmless =
  /\b(?:0|no|without(?: any)?) (?:\w{1,12} )?(?:errors?|failures?|failed|exceptions?)\b|\b(?:errors?|failures?|failed)\s?[:=]\s?0\b|--?[\w-]{0,30}(?:fail|error|exception)[\w-]{0,30}|\btimeout ?= ?\d+|\S{0,80}[\\/]\S{0,200}|\b\w{1,60}\.(?:java|jar|class|js|ts|py|rb|go|rs|c|h|cpp|md|html?)\b|\bfail(?:s|ed)?(?:-fast|safe|over)\b/gi;

const onlyPunctuation = /^[^A-Za-z0-9]*$/;

/** The traits that the words of a line show. */
function traitsOf(payload: string): number {
  const trimmed = payload.trim();
  if (trimmed === '') return lineTrait.blank;
  if (onlyPunctuation.test(trimmed)) return lineTrait.separator;
  const signals = signalsOf(payload);
  let traits = 0;
  if (/^(?: {2}|\t)/.test(payload)) traits |= lineTrait.indented;
  if ((signals & signal.frame) !== 0) traits |= lineTrait.frame;
  if ((signals & signal.progress) !== 0) traits |= lineTrait.progress;
  if (isDecisive(signals)) traits |= lineTrait.telling;
  const judged = payload.slice(0, 400);
  if (failing.test(judged) && failing.test(judged.replace(harmless, ' '))) {
    traits |= lineTrait.failing;
  }
  return traits;
}
