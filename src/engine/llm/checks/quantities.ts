/** What a number measures; `none` where nothing says it. */
type Dimension = 'time' | 'bytes' | 'percent' | 'none';

/** A number as it stands in a text. */
export interface Quantity {
  readonly written: string;
  readonly value: number;
  readonly dimension: Dimension;
  /** How many of the base unit (milliseconds, bytes) one of it is; 1 without a unit. */
  readonly scale: number;
  /** Digits that carry meaning: `4.8` has two, `4800` has two, `4812` has four. */
  readonly significant: number;
  readonly at: number;
}

const times: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  millisecond: 1,
  milliseconds: 1,
  msec: 1,
  s: 1000,
  sec: 1000,
  secs: 1000,
  second: 1000,
  seconds: 1000,
  m: 60_000,
  min: 60_000,
  mins: 60_000,
  minute: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
};

const sizes: Readonly<Record<string, number>> = {
  b: 1,
  byte: 1,
  bytes: 1,
  kb: 1000,
  kib: 1024,
  mb: 1e6,
  mib: 2 ** 20,
  gb: 1e9,
  gib: 2 ** 30,
  tb: 1e12,
  tib: 2 ** 40,
};

const number =
  /(?<![\p{L}\p{N}_.])(?<!\p{L}[-/])(\d{1,3}(?:,\d{3})+(?:\.\d{1,12})?|\d{1,18}(?:\.\d{1,12})?)(?![\d.]*\d)(?:\s?(%|percent\b|[a-zA-Zµ]{1,12}))?/gu;

/** The numbers of a text that stand by themselves, not inside of names, in the order of the text. */
export function quantitiesIn(text: string): readonly Quantity[] {
  const found: Quantity[] = [];
  for (const { 0: whole, 1: digits = '', 2: unit = '', index } of text.matchAll(number)) {
    const value = Number(digits.replaceAll(',', ''));
    const lower = unit.toLowerCase();
    const joined = unit !== '' && !whole.includes(' ');
    // A single letter after a blank is a word, not a unit.
    const spoken = joined || lower.length > 1 || /^[sh%]$/.test(lower) ? lower : '';
    const { dimension, scale } = unitOf(spoken);
    // `5xx`, `3rd`: a name that begins with a digit.
    if (joined && dimension === 'none') continue;
    found.push({
      written: dimension === 'none' ? digits : whole.trim(),
      value,
      dimension,
      scale,
      significant: significantDigits(digits),
      at: index,
    });
  }
  return joinedDurations(found, text);
}

/** `2 min 3 s` is one duration, not two. */
function joinedDurations(quantities: readonly Quantity[], text: string): readonly Quantity[] {
  const joined: Quantity[] = [];
  for (const next of quantities) {
    const last = joined.at(-1);
    const between =
      last === undefined ? '' : text.slice(last.at + last.written.length, next.at).trim();
    const continues =
      last?.dimension === 'time' &&
      next.dimension === 'time' &&
      next.scale < last.scale &&
      /^(?:and|,)?$/.test(between);
    if (!continues) {
      joined.push(next);
      continue;
    }
    const value = (last.value * last.scale + next.value * next.scale) / next.scale;
    joined[joined.length - 1] = {
      ...last,
      written: text.slice(last.at, next.at + next.written.length),
      value,
      scale: next.scale,
      // Exact to the smaller unit, which prose cuts off rather than rounds.
      significant: String(Math.floor(value)).length,
    };
  }
  return joined;
}

function unitOf(unit: string): { readonly dimension: Dimension; readonly scale: number } {
  const time = Object.hasOwn(times, unit) ? times[unit] : undefined;
  if (time !== undefined) return { dimension: 'time', scale: time };
  const size = Object.hasOwn(sizes, unit) ? sizes[unit] : undefined;
  if (size !== undefined) return { dimension: 'bytes', scale: size };
  return { dimension: unit === '%' || unit === 'percent' ? 'percent' : 'none', scale: 1 };
}

function significantDigits(digits: string): number {
  const plain = digits.replaceAll(',', '').replace(/^0+(?=\d)/, '');
  if (plain.includes('.')) return plain.replace('.', '').replace(/^0+/, '').length || 1;
  return plain.replace(/0+$/, '').length || 1;
}

/** Words before a number that say it is not exact. */
const hedge =
  /(?:about|around|roughly|approximately|approx\.?|nearly|almost|some|over|under|above|below|circa|than|least|most|up to|within|~|≈|>|<|≥|≤)\s{0,2}$/i;

/** Whether a text says, just before a place, that the number there is not exact. */
export function isHedged(text: string, at: number): boolean {
  return hedge.test(text.slice(Math.max(0, at - 20), at));
}

/**
 * Whether a number is what another one reads when it is rounded: 4812 ms is 4.8 s, about 5 s, 4,800 ms.
 * One digit alone must be near (5 %), or be said to be inexact (15 %).
 */
export function isRoundingOf(said: Quantity, exact: Quantity, hedged: boolean): boolean {
  return scalesBetween(said, exact).some((scale) => {
    const value = exact.value * scale;
    if (value === said.value) return true;
    if (said.value === 0 || value === 0) return false;
    // What is written exactly is not rounded: a wrong last digit is a wrong number.
    if (said.significant >= exact.significant && scale === 1) return false;
    const off = Math.abs(value - said.value) / value;
    if (Number(value.toPrecision(said.significant)) === said.value) {
      return said.significant > 1 || off <= (hedged ? 0.15 : 0.05);
    }
    // "over 4 s" of 4.8 s, "almost 5 s" of 4.6 s: cut off instead of rounded.
    return hedged && off <= 0.15 && Math.abs(value - said.value) < lastPlace(said);
  });
}

/** The step of the last digit that carries meaning: 0.1 for 4.8, 100 for 4800. */
function lastPlace({ value, significant }: Quantity): number {
  return 10 ** (Math.floor(Math.log10(Math.abs(value))) - significant + 1);
}

/** Factors that bring the one into the unit of the other; none where they measure different things. */
function scalesBetween(said: Quantity, exact: Quantity): readonly number[] {
  if (said.dimension === exact.dimension) {
    const scale = exact.scale / said.scale;
    if (said.dimension !== 'bytes') return [scale];
    // Programs write MB for both powers of a thousand and of 1,024.
    return [scale, binary(exact.scale) / binary(said.scale), binary(exact.scale) / said.scale];
  }
  if (exact.dimension !== 'none') return said.dimension === 'none' ? [1] : [];
  switch (said.dimension) {
    case 'time':
      // A log names a duration without its unit: it may be any of the usual ones.
      return [1, 0.001, 1, 1000].map((unit) => unit / said.scale).concat(1);
    case 'bytes':
      return [1, 1024, 2 ** 20].map((unit) => unit / said.scale).concat(1, 1 / binary(said.scale));
    case 'percent':
      return exact.value <= 1 ? [100, 1] : [1];
    case 'none':
      return [1];
  }
}

function binary(scale: number): number {
  const power = Math.round(Math.log10(scale) / 3);
  return scale === 10 ** (3 * power) ? 1024 ** power : scale;
}

/** Digits and names of small counts, as prose writes them. */
const spoken = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** Counts that a text writes in words, from three on: "one" and "two" are mostly no counts. */
export function spokenCounts(
  text: string,
): readonly { readonly word: string; readonly value: number }[] {
  const counts = [];
  for (const [word] of text.toLowerCase().matchAll(/(?<![\p{L}-])[a-z]{3,6}(?![\p{L}-])/gu)) {
    const value = spoken.indexOf(word);
    if (value >= 3) counts.push({ word, value });
  }
  return counts;
}
