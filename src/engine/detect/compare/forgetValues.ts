import { inferLog } from '../../record/inferLog.ts';
import type { LogText } from '../../record/logText.ts';
import { RecordParser } from '../../record/recordParser.ts';
import { TemplateMiner } from '../../template/mineTemplates.ts';
import { SlotReader } from '../../template/slotValues.ts';
import { BuildLines } from '../build/buildLine.ts';
import { isBuildLog } from '../build/recogniseBuild.ts';
import { clockTimes } from './clockTimes.ts';
import { maskLine } from './maskLine.ts';

/**
 * The text of a good run without its values, for keeping: of a build the masked lines with their
 * clock; of a program's log the lines with another value of the same shape in each slot, equal ones
 * for equal values, so that templates, order, pace and sessions stay what they are. Numbers of up to
 * three digits stay: they name nobody, and codes and units are among them.
 */
export function forgetValues(log: LogText): Uint8Array {
  return isBuildLog(log) ? maskedLines(log) : disguisedRecords(log);
}

function maskedLines(log: LogText): Uint8Array {
  const lines = new BuildLines(log);
  const times = clockTimes(lines);
  const kept: string[] = [];
  for (let line = 0; line < lines.count; line += 1) {
    const text = lines.text(line);
    const time = times[line]!;
    const clock = Number.isNaN(time) ? '' : `[${new Date(time).toISOString().slice(11, 23)}] `;
    kept.push(`${clock}${/^\s*/.exec(text)![0]}${maskLine(text)}\n`);
  }
  return new TextEncoder().encode(kept.join(''));
}

function disguisedRecords(log: LogText): Uint8Array {
  const { layout, format } = inferLog(log);
  const parser = new RecordParser(layout, log.lineCount);
  parser.open(log);
  parser.parse(log.lineCount);
  const records = parser.table(format);
  const miner = new TemplateMiner();
  miner.absorb(log, records, 0);
  const { templates, ofRecord } = miner.table();
  const bytes = log.bytes.slice();
  const slots = new SlotReader(log, records);
  for (let record = 0; record < records.count; record += 1) {
    const template = templates[ofRecord[record]!]!;
    slots.open(template);
    // Colour codes within a message leave no place to write to: its long numbers go all the same.
    const fits = slots.read(record) && slots.source === log.bytes;
    if (fits) {
      for (let slot = 0; slot < slots.spans.length; slot += 2) {
        disguise(bytes, slots.spans[slot]!, slots.spans[slot + 1]!);
      }
    } else {
      disguiseNumbers(bytes, records.messageStart[record]!, records.messageEnd[record]!);
    }
    const from = log.lineStarts[records.firstLine[record]! + 1];
    const to = log.lineStarts[records.firstLine[record + 1]!];
    if (from !== undefined && to !== undefined && to > from) disguiseNumbers(bytes, from, to);
  }
  return bytes;
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;
const isUpper = (byte: number): boolean => byte >= 65 && byte <= 90;
const isLower = (byte: number): boolean => byte >= 97 && byte <= 122;
const isWord = (byte: number): boolean => isDigit(byte) || isUpper(byte) || isLower(byte);

const keptDigits = 3;

/** Writes words of the same shape over the words of a range. */
function disguise(bytes: Uint8Array, from: number, to: number): void {
  forEachWord(bytes, from, to, (start, end) => {
    const digitsOnly = bytes.subarray(start, end).every(isDigit);
    if (!digitsOnly || end - start > keptDigits) disguiseWord(bytes, start, end);
  });
}

/** Writes over the words of a range that hold a long number. */
function disguiseNumbers(bytes: Uint8Array, from: number, to: number): void {
  forEachWord(bytes, from, to, (start, end) => {
    const digits = bytes.subarray(start, end).filter(isDigit).length;
    if (digits > keptDigits) disguiseWord(bytes, start, end);
  });
}

function forEachWord(
  bytes: Uint8Array,
  from: number,
  to: number,
  visit: (start: number, end: number) => void,
): void {
  let start = -1;
  for (let at = from; at <= to; at += 1) {
    const inWord = at < to && isWord(bytes[at]!);
    if (inWord && start < 0) start = at;
    if (!inWord && start >= 0) {
      visit(start, at);
      start = -1;
    }
  }
}

/**
 * Digits become other digits and letters other letters of the same case, hexadecimal ones
 * hexadecimal, all drawn from a hash of the word (FNV-1a, then xorshift): equal words stay equal.
 */
function disguiseWord(bytes: Uint8Array, start: number, end: number): void {
  let state = 0x811c9dc5;
  let hexadecimal = true;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    state = Math.imul(state ^ byte, 0x01000193);
    if (!isDigit(byte) && (byte | 32) > 102) hexadecimal = false;
  }
  const letters = hexadecimal ? 6 : 26;
  for (let at = start; at < end; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const drawn = state >>> 8;
    const byte = bytes[at]!;
    // A number does not begin with zero.
    if (isDigit(byte)) bytes[at] = at === start ? 49 + (drawn % 9) : 48 + (drawn % 10);
    else bytes[at] = (isUpper(byte) ? 65 : 97) + (drawn % letters);
  }
}
