import { bitsOf, quantile, sorted } from '../numeric/statistics.ts';
import { fitTail, tailBits, type Tail } from '../numeric/tail.ts';
import { measure, number, percent, quoted } from '../words.ts';
import type { Description } from '../evidence.ts';
import type { SlotLabel } from '../slotLabel.ts';

/** An unusual value of one slot: `index` is its position in the column. */
export interface ValueOutlier {
  readonly index: number;
  readonly bits: number;
  readonly kind: 'number' | 'category' | 'shape';
  readonly describe: () => Description;
}

/** Fewer values do not say what is usual. */
const fewestValues = 30;
/** A column with more distinct values than this is no list of categories. */
const mostCategories = 60;
/** Values that fit a category list at least this often make the odd one odd. */
const categoryCoverage = 0.98;

/** log1p with a sign: durations, sizes and counts differ by factors, not by amounts. */
function scale(value: number): number {
  return value < 0 ? -Math.log1p(-value) : Math.log1p(value);
}

/** Counters and identifiers: values that hardly ever repeat and only grow, or spread evenly. */
function isIdentifier(values: Float64Array, ascending: Float64Array): boolean {
  let ascents = 0;
  let changes = 0;
  for (let index = 1; index < values.length; index += 1) {
    const step = values[index]! - values[index - 1]!;
    if (step !== 0) changes += 1;
    if (step > 0) ascents += 1;
  }
  if (changes > values.length * 0.5 && ascents >= changes * 0.95) return true;
  let distinct = 1;
  for (let index = 1; index < ascending.length; index += 1) {
    if (ascending[index] !== ascending[index - 1]) distinct += 1;
  }
  const wide = Math.abs(quantile(ascending, 0.5)) >= 1e6;
  return wide && distinct > values.length * 0.9;
}

function numberDescription(label: SlotLabel, value: number, ascending: Float64Array): Description {
  const { name, unit } = label;
  const edge = Math.max(0.01, 1.5 / ascending.length);
  const low = measure(Math.round(quantile(ascending, edge)));
  const high = measure(Math.round(quantile(ascending, 1 - edge)));
  const usual = low === high ? low : `${low}-${high}`;
  return {
    text: `${name} ${measure(value)}${unit}, usually ${usual}${unit} (${number(ascending.length)} values).`,
    observed: `${name} ${measure(value)}${unit}`,
    expected: `${usual}${unit}`,
  };
}

function numberOutliers(values: Float64Array, label: SlotLabel): ValueOutlier[] {
  const ascending = sorted(values);
  if (isIdentifier(values, ascending)) return [];
  const scaled = Float64Array.from(values, scale);
  const centre = quantile(sorted(scaled), 0.5);
  const spread = sorted(scaled);
  const floor = Math.max(0.05, (quantile(spread, 0.75) - quantile(spread, 0.25)) / 4);
  // The usual range leaves out at least the most extreme value on either side.
  const edge = Math.max(0.01, 1.5 / values.length);
  const low = quantile(spread, edge);
  const high = quantile(spread, 1 - edge);
  const upper: Tail = fitTail(
    Float64Array.from(scaled, (value) => value - centre),
    floor,
  );
  const lower: Tail = fitTail(
    Float64Array.from(scaled, (value) => centre - value),
    floor,
  );
  const outliers: ValueOutlier[] = [];
  for (let index = 0; index < values.length; index += 1) {
    const value = scaled[index]!;
    // A factor of two beyond the usual range is the least a reader would call different.
    const above = value - high >= Math.LN2;
    const below = low - value >= Math.LN2;
    if (!above && !below) continue;
    // What is too small rarely is what went wrong: half the weight.
    const bits = above ? tailBits(upper, value - centre) : tailBits(lower, centre - value) / 2;
    if (bits < 8) continue;
    const shown = values[index]!;
    outliers.push({
      index,
      bits,
      kind: 'number',
      describe: () => numberDescription(label, shown, ascending),
    });
  }
  // Many "outliers" of one column are a second mode, not outliers.
  return outliers.length > Math.max(3, values.length * 0.01) ? [] : outliers;
}

/** Letters, digits and the rest as classes, runs collapsed: `web-12` and `db-3` are both `a-9`. */
export function valueShape(value: string): string {
  let shape = '';
  for (let at = 0; at < Math.min(value.length, 80); at += 1) {
    const code = value.charCodeAt(at);
    let mark: string;
    if (code >= 48 && code <= 57) mark = '9';
    else if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127) mark = 'a';
    else mark = value.charAt(at);
    if (!shape.endsWith(mark)) shape += mark;
    if (shape.length >= 24) break;
  }
  return shape;
}

function rareOf(
  labels: readonly string[],
  kind: 'category' | 'shape',
  name: string,
  values: readonly string[],
): ValueOutlier[] {
  const counts = new Map<string, number>();
  for (const label of labels) {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    if (counts.size > mostCategories) return [];
  }
  if (counts.size < 2) return [];
  const total = labels.length;
  const ordered = [...counts].sort((a, b) => b[1] - a[1]);
  const frequent = ordered.filter(([, count]) => count >= Math.max(5, total * 0.01));
  const covered = frequent.reduce((sum, [, count]) => sum + count, 0);
  if (covered < total * categoryCoverage) return [];
  let rareMass = 0;
  const bitsOfLabel = new Map<string, number>();
  for (const [label, count] of ordered.toReversed()) {
    rareMass += count;
    if (count >= Math.max(5, total * 0.01)) break;
    bitsOfLabel.set(label, bitsOf(rareMass / (total + 1)));
  }
  const outliers: ValueOutlier[] = [];
  for (const [index, label] of labels.entries()) {
    const bits = bitsOfLabel.get(label);
    if (bits === undefined) continue;
    const value = values[index]!;
    outliers.push({
      index,
      bits,
      kind,
      describe: () => {
        const usual = frequent
          .slice(0, kind === 'category' ? 3 : 2)
          .map(([text]) => quoted(text, 24));
        const share = percent(covered / total);
        return kind === 'category'
          ? {
              text: `${name} is ${quoted(value, 40)}, ${number(counts.get(label) ?? 1)} of ${number(total)}; ${share} are ${usual.join(' or ')}.`,
              observed: `${name} ${quoted(value, 40)}`,
              expected: usual.join(' or '),
            }
          : {
              text: `${name} ${quoted(value, 40)} looks like ${number(counts.get(label) ?? 1)} of ${number(total)} values; ${share} look like ${usual.join(' or ')}.`,
              observed: `${name} ${quoted(value, 40)}`,
              expected: `like ${usual.join(' or ')}`,
            };
      },
    });
  }
  return outliers;
}

/**
 * Unusual values of one slot: numbers by the fitted tails of their logarithms, short lists by how
 * rare a category is, everything else by its shape.
 *
 * @param slot how the reader knows the slot, e.g. by the word before it
 * @param numbers NaN where a value is no number
 */
export function slotOutliers(
  slot: SlotLabel,
  values: readonly string[],
  numbers: Float64Array,
): ValueOutlier[] {
  const { name } = slot;
  if (values.length < fewestValues) return [];
  const numeric: number[] = [];
  for (let index = 0; index < numbers.length; index += 1) {
    if (!Number.isNaN(numbers[index]!)) numeric.push(index);
  }
  const distinct = new Set<string>();
  for (const value of values) {
    distinct.add(value);
    if (distinct.size > mostCategories) break;
  }
  // Codes and states: few values, however they are written.
  if (distinct.size <= Math.min(mostCategories, Math.max(8, values.length / 10))) {
    return rareOf(values, 'category', name, values);
  }
  if (numeric.length >= Math.max(fewestValues, values.length * 0.98)) {
    const found = numberOutliers(
      Float64Array.from(numeric, (index) => numbers[index]!),
      slot,
    );
    return found.map((outlier) => ({ ...outlier, index: numeric[outlier.index]! }));
  }
  if (distinct.size <= mostCategories) return [];
  return rareOf(values.map(valueShape), 'shape', name, values);
}
