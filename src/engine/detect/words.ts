import { levels } from '../record/levels.ts';
import type { Dimension } from '../template/measures.ts';

/** Digits in groups of three, at most `decimals` after the point. */
export function number(value: number, decimals = 0): string {
  if (!Number.isFinite(value)) return String(value);
  const rounded = value.toFixed(decimals);
  const [whole = '', fraction] = rounded.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  const kept = fraction?.replace(/0+$/, '') ?? '';
  return kept === '' ? grouped : `${grouped}.${kept}`;
}

/** A measured value as a log would write it: integers in full, others with three digits. */
export function measure(value: number): string {
  if (Number.isInteger(value)) return number(value);
  const magnitude = Math.abs(value);
  return number(value, magnitude >= 100 ? 0 : magnitude >= 1 ? 2 : 4);
}

/** Milliseconds in the unit a person would use. */
export function duration(milliseconds: number): string {
  const ms = Math.abs(milliseconds);
  if (ms < 999.5) return `${number(ms)} ms`;
  if (ms < 90_000) return `${number(ms / 1000, 1)} s`;
  if (ms < 5_400_000) return `${number(ms / 60_000, 1)} min`;
  if (ms < 172_800_000) return `${number(ms / 3_600_000, 1)} h`;
  return `${number(ms / 86_400_000, 1)} days`;
}

/** Bytes in the unit a person would use. */
function size(bytes: number): string {
  let value = Math.abs(bytes);
  let unit = 0;
  while (value >= 1024 && unit < sizeUnits.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${number(value, value < 10 ? 1 : 0)} ${sizeUnits[unit]!}`;
}

const sizeUnits = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'];

const dimensions: Record<Dimension, (value: number) => string> = {
  plain: measure,
  time: duration,
  size,
};

/** A value in the words of what it measures. */
export function measureIn(dimension: Dimension, value: number): string {
  return dimensions[dimension](value);
}

/** A pattern or a value as a name in a sentence. */
export function quoted(text: string, longest = 70): string {
  return `“${cut(spoken(text), longest)}”`;
}

export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${number(count)} times`;
}

/** A share as a percentage that never rounds to a false 0 or 100. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.01) return 'under 0.01 %';
  if (value < 100 && value > 99.99) return 'over 99.99 %';
  return `${number(value, value < 1 || value > 99 ? 2 : value < 10 ? 1 : 0)} %`;
}

/** Longest phrase that stands in a cell of a table. */
const cellCharacters = 60;
/** Longest sentence that is read at a glance. */
const sentenceCharacters = 160;

/** A pattern as a reader writes it: `…` for every slot, on one line. */
export function spoken(pattern: string): string {
  return pattern
    .replaceAll('<*>', '…')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/…(?:[ ,;:/.=-]{0,2}…)+/g, '…')
    .trim();
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1).replace(/[\s…]+$/, '')}…` : text;
}

/** What a detector said, in the lengths that a hover and its table have room for. */
export function fitted<Words extends { text: string; observed: string; expected: string }>(
  words: Words,
): Words {
  return {
    ...words,
    text: cut(words.text, sentenceCharacters),
    observed: cut(words.observed, cellCharacters),
    expected: cut(words.expected, cellCharacters),
  };
}

/** Words for what an identifier stands for; abbreviations that logs of all kinds use. */
const identified = new Map<string, string>([
  ['req', 'requests'],
  ['reqid', 'requests'],
  ['rid', 'requests'],
  ['sess', 'sessions'],
  ['sid', 'sessions'],
  ['tx', 'transactions'],
  ['txn', 'transactions'],
  ['xid', 'transactions'],
  ['blk', 'blocks'],
  ['conn', 'connections'],
  ['pid', 'processes'],
  ['proc', 'processes'],
  ['tid', 'threads'],
]);

/** What the sessions of a log are called, in the plural: `request <*>` groups requests. */
export function sessionNoun(identifier: string): string {
  const word = /^([A-Za-z]+?)(?:_?id)?[-_ ]*<\*>/i.exec(identifier)?.[1]?.toLowerCase() ?? '';
  const known = identified.get(word);
  if (known !== undefined) return known;
  if (word.length < 4) return 'ids';
  return /(?:s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** The level of an event as the log wrote it, for sentences. */
export function levelName(level: number): string {
  const name = levels[level] ?? 'unknown';
  return name === 'unknown' ? '' : name.toUpperCase();
}
