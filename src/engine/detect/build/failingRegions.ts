import type { SectionMark } from './sectionReaders.ts';

/** A stretch of output in which the cause of a failure is looked for. Lines are 0-based. */
export interface Region {
  readonly first: number;
  /** One past the last line. */
  readonly end: number;
  /** The command or step; empty where the log does not name it. */
  readonly name: string;
  /** The line that states the failure, or null where none does. */
  readonly verdictLine: number | null;
  readonly exit: number | null;
}

export interface PlacedMark extends SectionMark {
  readonly line: number;
}

export interface RunShape {
  readonly regions: readonly Region[];
  /** What the run says about itself: true passed, false failed, null says nothing. */
  readonly passed: boolean | null;
}

/** Lines of output below which a section is too small to hold its own cause. */
const tinySection = 3;
/** Failing steps that are looked at; a run with more repeats itself. */
const maxRegions = 6;

/**
 * Turns section marks into the regions to search: the section of every failing exit. Where no exit
 * is stated, the last section that printed something, up to the end; without sections, everything.
 */
export function failingRegions(
  marks: readonly PlacedMark[],
  lineCount: number,
  isBlank: (line: number) => boolean,
): RunShape {
  const opened: { line: number; name: string }[] = [];
  const regions: Region[] = [];
  let outcome: boolean | null = null;
  let lastEnd = 0;
  /** The last thing stated is that a command ended well. */
  let endedWell = false;
  for (const mark of marks) {
    if (mark.kind === 'open') {
      opened.push({ line: mark.line, name: mark.name });
      endedWell = false;
      continue;
    }
    if (mark.kind === 'outcome') {
      outcome = mark.exit === 0;
      continue;
    }
    const start = startOf(opened, mark, lastEnd);
    if (mark.kind === 'fail' || (mark.exit !== null && mark.exit !== 0)) {
      regions.push({
        first: start.line,
        end: mark.line + 1,
        name: mark.name === '' ? start.name : mark.name,
        verdictLine: mark.line,
        exit: mark.exit,
      });
    }
    if (mark.kind === 'close') lastEnd = mark.line + 1;
    if (mark.exit !== null) endedWell = mark.exit === 0;
  }
  const stated = mergedRegions(regions).slice(-maxRegions);
  if (stated.length > 0) {
    const widened = stated.map((region) => widenTiny(region, marks, isBlank));
    return { regions: widened, passed: outcome ?? false };
  }
  if (outcome === null && endedWell) outcome = true;
  return {
    regions: outcome === true ? [] : [lastPrinting(marks, lineCount, isBlank)],
    passed: outcome,
  };
}

/** The section that a closing line ends: by name where it states one, else the innermost open one. */
function startOf(
  opened: { line: number; name: string }[],
  mark: PlacedMark,
  lastEnd: number,
): { line: number; name: string } {
  if (mark.name !== '') {
    const named = plainName(mark.name);
    for (let i = opened.length - 1; i >= 0 && i >= opened.length - 400; i -= 1) {
      if (plainName(opened[i]!.name) !== named) continue;
      const found = opened[i]!;
      opened.length = i;
      return found;
    }
  }
  const top = opened.at(-1);
  if (top === undefined) return { line: lastEnd, name: '' };
  return top.line >= lastEnd || mark.name === '' ? top : { line: lastEnd, name: mark.name };
}

/** Services quote and shorten a command differently when it starts and when it ends. */
function plainName(name: string): string {
  return name
    .slice(0, 160)
    .replace(/[^A-Za-z0-9]+/g, '')
    .slice(0, 40);
}

/** Several verdicts inside one section (`testFailed`, then the exit) are one region. */
function mergedRegions(regions: readonly Region[]): Region[] {
  const merged: Region[] = [];
  for (const region of regions) {
    const last = merged.at(-1);
    if (last !== undefined && region.first <= last.first) {
      merged.pop();
      merged.push({ ...region, first: Math.min(region.first, last.first) });
    } else if (last !== undefined && region.first < last.end) {
      merged.pop();
      merged.push({ ...region, first: last.first });
    } else {
      merged.push(region);
    }
  }
  return merged;
}

/** A failing section without output of its own reports on what stands before it. */
function widenTiny(
  region: Region,
  marks: readonly PlacedMark[],
  isBlank: (line: number) => boolean,
): Region {
  let printed = 0;
  for (let line = region.first + 1; line < region.end - 1 && printed < tinySection; line += 1) {
    if (!isBlank(line)) printed += 1;
  }
  if (printed >= tinySection) return region;
  let previous = 0;
  for (const mark of marks) {
    if (mark.line >= region.first) break;
    if (mark.kind === 'open') previous = mark.line;
  }
  return { ...region, first: previous };
}

function lastPrinting(
  marks: readonly PlacedMark[],
  lineCount: number,
  isBlank: (line: number) => boolean,
): Region {
  let end = lineCount;
  for (let i = marks.length - 1; i >= 0; i -= 1) {
    const mark = marks[i]!;
    if (mark.kind !== 'open') continue;
    let printed = 0;
    for (let line = mark.line + 1; line < end && printed < tinySection; line += 1) {
      if (!isBlank(line)) printed += 1;
    }
    if (printed >= tinySection) {
      return { first: mark.line, end: lineCount, name: mark.name, verdictLine: null, exit: null };
    }
    end = mark.line;
  }
  return { first: 0, end: lineCount, name: '', verdictLine: null, exit: null };
}
