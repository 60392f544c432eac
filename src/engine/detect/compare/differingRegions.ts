import { levelRank } from '../../record/levels.ts';
import { lineTrait } from './comparedRun.ts';
import type { ComparedRun } from './comparedRun.ts';
import type { NovelLines } from './novelLines.ts';

/** Lines that differ and belong together. 0-based, ascending. */
export interface DifferingRegion {
  readonly lines: readonly number[];
  /** Lines with evidence of failure: an error level, a frame, a word of failure. */
  readonly evidence: readonly number[];
}

/** Blank or ruler lines that do not end a region. */
const bridgedLines = 2;
/** Above this size a region is cut down to the surroundings of its evidence. */
const longRegion = 24;
const keptBefore = 10;
const keptAfter = 3;

/**
 * Groups candidate lines into regions, keeps those with evidence, and trims them to what is told.
 * @param evidenceLevel level from which a line is evidence by itself, a value of `levelRank`
 */
export function differingRegions(
  run: ComparedRun,
  novel: NovelLines,
  evidenceLevel: number,
): DifferingRegion[] {
  const regions: DifferingRegion[] = [];
  for (const [first, last] of grownRuns(run, novel.candidate)) {
    const region = trimmed(run, first, last, evidenceLevel);
    if (region !== null) regions.push(region);
  }
  return regions;
}

function isEvidence(run: ComparedRun, line: number, evidenceLevel: number): boolean {
  return (
    run.level[line]! >= evidenceLevel ||
    (run.traits[line]! & (lineTrait.failing | lineTrait.frame)) !== 0
  );
}

function isGap(run: ComparedRun, line: number): boolean {
  return (run.traits[line]! & (lineTrait.blank | lineTrait.separator)) !== 0;
}

/** Runs of candidates, over short gaps, grown through errors and frames next to them. */
function grownRuns(run: ComparedRun, candidate: Uint8Array): [number, number][] {
  const runs: [number, number][] = [];
  const member = (line: number): boolean =>
    candidate[line] === 1 ||
    run.level[line]! >= levelRank.error ||
    (run.traits[line]! & lineTrait.frame) !== 0;
  let line = 0;
  while (line < run.count) {
    if (!member(line)) {
      line += 1;
      continue;
    }
    const first = line;
    let last = line;
    let novel = false;
    for (; line < run.count && line - last <= bridgedLines + 1; line += 1) {
      if (member(line)) {
        last = line;
        if (candidate[line] === 1) novel = true;
      } else if (!isGap(run, line)) {
        break;
      }
    }
    line = Math.max(line, last + 1);
    if (novel) runs.push([first, last]);
  }
  return runs;
}

function trimmed(
  run: ComparedRun,
  first: number,
  last: number,
  evidenceLevel: number,
): DifferingRegion | null {
  const evidence: number[] = [];
  for (let line = first; line <= last; line += 1)
    if (isEvidence(run, line, evidenceLevel)) evidence.push(line);
  if (evidence.length === 0) return null;
  const lastEvidence = evidence.at(-1)!;
  let end = last;
  while (end > lastEvidence && (run.traits[end]! & lineTrait.indented) === 0) end -= 1;
  // The verdict that follows at once closes the message; what a clean-up says after it does not.
  if (end < last && (run.traits[end + 1]! & lineTrait.verdict) !== 0) end += 1;
  const lines: number[] = [];
  const size = end - first + 1;
  const kept = size > longRegion ? nearEvidence(run, evidence, first, end) : null;
  for (let line = first; line <= end; line += 1) {
    if (kept === null || kept[line - first] === 1) lines.push(line);
  }
  return { lines, evidence };
}

function nearEvidence(
  run: ComparedRun,
  evidence: readonly number[],
  first: number,
  end: number,
): Uint8Array {
  const kept = new Uint8Array(end - first + 1);
  for (const line of evidence) {
    const from = Math.max(first, line - keptBefore);
    let to = Math.min(end, line + keptAfter);
    while (to < end && (run.traits[to + 1]! & lineTrait.indented) !== 0) to += 1;
    kept.fill(1, from - first, to - first + 1);
  }
  return kept;
}
