import type { LogText } from '../../record/logText.ts';
import { BuildLines } from './buildLine.ts';
import type { RegionLines } from './blockFeatures.ts';
import { failingRegions } from './failingRegions.ts';
import type { PlacedMark, Region, RunShape } from './failingRegions.ts';
import { signal, signalsOf } from './lineSignals.ts';
import { maskedHash } from './maskedHash.ts';
import { readSectionMark } from './sectionReaders.ts';

/** A build log, read once: its failing regions and the signals of their lines. */
export interface BuildRun {
  readonly lines: BuildLines;
  readonly shape: RunShape;
  readonly regions: readonly (RegionLines & { readonly region: Region })[];
}

/** A short text that makes up more than this share of the lines separates others. */
const separatorShare = 0.03;
const separatorLength = 3;
/** A further attempt at the same thing, and nothing else on the line: `attempt 2 of 3`. */
const furtherAttempt =
  /\b(?:attempt|try|retry(?:ing)?)\b\D{0,12}(?:[2-9]|[1-9]\d)\s?(?:of|\/|out of)\s?\d{1,2}\W*$/i;

/**
 * Reads a build log. One pass finds the sections and hashes every line, a second one judges only
 * the lines of the failing regions.
 */
export function readBuild(log: LogText): BuildRun {
  const lines = new BuildLines(log);
  const marks: PlacedMark[] = [];
  const attempts: number[] = [];
  const hashes = new Uint32Array(lines.count);
  const short = new Uint8Array(lines.count);
  const indented = new Uint8Array(lines.count);
  const counts = new Map<number, number>();
  for (let line = 0; line < lines.count; line += 1) {
    const shown = lines.at(line);
    const mark = readSectionMark(shown);
    if (mark !== null) marks.push({ ...mark, line });
    const text = shown.text.trim();
    if (text.length < 80 && furtherAttempt.test(text)) attempts.push(line);
    const hash = maskedHash(text);
    hashes[line] = hash;
    indented[line] = /^\s/.test(shown.text) ? 1 : 0;
    short[line] = text === '' ? 2 : text.length <= separatorLength ? 1 : 0;
    if (text !== '') counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  const separatorCount = Math.max(20, lines.count * separatorShare);
  const isBlank = (line: number): boolean =>
    short[line] === 2 || (short[line] === 1 && counts.get(hashes[line]!)! > separatorCount);
  const found = failingRegions(marks, lines.count, isBlank);
  const shape = { ...found, regions: found.regions.map((each) => lastAttempt(each, attempts)) };
  const outside = textsOutside(shape.regions, hashes);
  const last = shape.regions.length - 1;
  /** Lines that differ in their numbers only have the same signals. */
  const signalsOfText = new Map<number, number>();
  const judge = (line: number): number => {
    const key = (hashes[line]! ^ (indented[line]! * indentSalt)) >>> 0;
    const known = signalsOfText.get(key);
    if (known !== undefined) return known;
    const signals = signalsOf(lines.text(line));
    signalsOfText.set(key, signals);
    return signals;
  };
  const regions = shape.regions.map((region, index) => {
    const size = region.end - region.first;
    const signals = new Int32Array(size);
    const lineCounts = new Uint32Array(size);
    const elsewhere = new Uint8Array(size);
    for (let i = 0; i < size; i += 1) {
      const line = region.first + i;
      if (isBlank(line)) {
        signals[i] = signal.blank;
        continue;
      }
      // The verdict restates what is asked about: it proves the failure and explains nothing.
      signals[i] = line === region.verdictLine ? signal.exitLine : judge(line);
      lineCounts[i] = counts.get(hashes[line]!) ?? 1;
      elsewhere[i] = outside.has(hashes[line]!) ? 1 : 0;
    }
    return {
      region,
      first: region.first,
      signals,
      counts: lineCounts,
      elsewhere,
      verdict: region.verdictLine === null ? -1 : region.verdictLine - region.first,
      indexFromLast: last - index,
    };
  });
  return { lines, shape, regions };
}

/** Keeps an indented line apart from the same text at the margin. */
const indentSalt = 0x9e3779b9;

/** The last attempt decides: what failed in the ones before it was made good, or repeats in it. */
function lastAttempt(region: Region, attempts: readonly number[]): Region {
  const last = attempts.findLast((line) => line > region.first && line < region.end - tinyAttempt);
  return last === undefined ? region : { ...region, first: last };
}

/** Lines below which the last attempt printed nothing to look at. */
const tinyAttempt = 3;

function textsOutside(regions: readonly Region[], hashes: Uint32Array): Set<number> {
  const outside = new Set<number>();
  let next = 0;
  for (let line = 0; line < hashes.length; line += 1) {
    while (next < regions.length && line >= regions[next]!.end) next += 1;
    const region = regions[next];
    if (region === undefined || line < region.first) outside.add(hashes[line]!);
  }
  return outside;
}
