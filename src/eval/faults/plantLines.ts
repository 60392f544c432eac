import type { Changing, Plant, Planter, Workpiece } from './fault.ts';
import { failureTexts, traces } from './failureTexts.ts';
import type { EntryLevel } from './logStyle.ts';
import { between, pick } from './values.ts';

/** Values of a kind that must have been written before an odd one can be one. */
const fewestValues = 150;
const attempts = 200;

/** An entry from the middle of the log that no fault concerns yet and that fits. */
export function someEntry(
  work: Workpiece,
  fits: (entry: Changing) => boolean,
): Changing | undefined {
  const { entries, random, used } = work;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const at = Math.floor(entries.length * (0.05 + 0.9 * random()));
    const entry = entries[at];
    if (entry !== undefined && !used.has(entry) && fits(entry)) return entry;
  }
  return undefined;
}

function numbered(work: Workpiece, text: string): string {
  return text.replaceAll('#', () => String(between(work.random, 2, 990)));
}

function oneLine(kind: Plant['kind'], shows: readonly Changing[]): Plant {
  return { kind, shows, beside: [], session: null };
}

/** A failing message beside an ordinary one, by the same part of the program. */
function failureBeside(work: Workpiece, text: string): Changing | undefined {
  const place = someEntry(work, () => true);
  if (place === undefined) return undefined;
  const level: EntryLevel =
    place.level === 'none' ? 'none' : work.random() < 0.8 ? 'error' : 'warning';
  return {
    ...place,
    at: place.at + 1,
    level,
    text: numbered(work, text),
    event: text,
    values: {},
    session: null,
  };
}

export const plantNewError: Planter = (work) => {
  const text = pick(work.random, failureTexts);
  const times = work.random() < 0.7 ? 1 : between(work.random, 2, 4);
  const shows: Changing[] = [];
  for (let time = 0; time < times; time += 1) {
    const entry = failureBeside(work, text);
    if (entry !== undefined) shows.push(entry);
  }
  if (shows.length === 0) return null;
  work.entries.push(...shows);
  work.entries.sort((a, b) => a.at - b.at);
  return oneLine('new error', shows);
};

export const plantStackTrace: Planter = (work) => {
  const entry = failureBeside(work, pick(work.random, traces).join('\n'));
  if (entry === undefined) return null;
  work.entries.push(entry);
  work.entries.sort((a, b) => a.at - b.at);
  return oneLine('stack trace', [entry]);
};

export const plantLevelShift: Planter = (work) => {
  const entry = someEntry(work, ({ level }) => level === 'info' || level === 'debug');
  if (entry === undefined) return null;
  entry.level = work.random() < 0.75 ? 'error' : 'warning';
  return oneLine('level shift', [entry]);
};

/** Values of one name in all entries of one event. */
function valuesLike(work: Workpiece, entry: Changing, name: string): string[] {
  const { event } = entry;
  return work.entries.filter((one) => one.event === event).map((one) => one.values[name]!);
}

export const plantValueOutlier: Planter = (work) => {
  const { base, random } = work;
  const has = (entry: Changing): string | undefined =>
    base.measures.find((name) => entry.text.includes(`{${name}}`));
  const entry = someEntry(work, (one) => has(one) !== undefined);
  const name = entry === undefined ? undefined : has(entry);
  if (entry === undefined || name === undefined) return null;
  const values = valuesLike(work, entry, name).map(Number);
  if (values.length < fewestValues) return null;
  const most = Math.max(...values);
  const digits = (entry.values[name]!.split('.')[1] ?? '').length;
  const low = random() < 0.15 && Math.min(...values) > 20;
  const odd = low ? (random() < 0.5 ? 0 : -1) : most * (5 + 45 * random());
  entry.values = { ...entry.values, [name]: odd.toFixed(digits) };
  return oneLine('value outlier', [entry]);
};

export const plantRareCategory: Planter = (work) => {
  const { base, random } = work;
  const names = Object.keys(base.categories);
  if (names.length === 0) return null;
  const name = pick(random, names);
  const entry = someEntry(work, (one) => one.text.includes(`{${name}}`));
  if (entry === undefined || valuesLike(work, entry, name).length < fewestValues) return null;
  entry.values = { ...entry.values, [name]: pick(random, base.categories[name]!) };
  return oneLine('rare category', [entry]);
};
