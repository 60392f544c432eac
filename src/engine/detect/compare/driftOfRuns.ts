import { levelRank } from '../../record/levels.ts';
import { lineTrait } from './comparedRun.ts';
import type { ComparedRun } from './comparedRun.ts';
import { dispersionOf, lessBits, moreBits } from './countChances.ts';
import { countsOf, maxBits, minBits } from './drift.ts';
import type { Drift } from './drift.ts';
import { movedLines } from './movedLines.ts';
import { slowSteps } from './slowSteps.ts';

/** Differences of one kind that are told; the strongest first. */
const maxOfKind = 4;
/** Occurrences in the good runs below which a change of number means nothing. */
const minCount = 5;
const minFactor = 3;

/**
 * What is new, gone, more or less often, slower or in another order than in the good runs. Counts are
 * judged with a negative binomial (messages come in bursts, so a Poisson law would cry wolf);
 * a run that merely stops early gives one finding, not one for every message that never came.
 */
export function driftOfRuns(run: ComparedRun, goodRuns: readonly ComparedRun[]): Drift[] {
  const counts = countsOf(run);
  const usual = usualCounts(goodRuns);
  const scale = shareOfUsualLength(run, goodRuns);
  const early = endOfRun(run, goodRuns, counts);
  const dispersion = dispersionOf(
    [...usual].map(([template, { mean }]) => [mean * scale, counts.get(template)?.length ?? 0]),
  );
  const drifts: Drift[] = [];
  if (early !== null) drifts.push(early);
  else drifts.push(...best(goneTemplates(run, goodRuns, counts, usual, scale, dispersion)));
  drifts.push(...best(newTemplates(run, goodRuns, counts, usual)));
  drifts.push(...best(changedCounts(run, counts, usual, scale, dispersion)));
  drifts.push(...best(slowSteps(run, goodRuns)));
  drifts.push(...best(movedLines(run, goodRuns)));
  return drifts;
}

function best(drifts: Drift[]): Drift[] {
  return drifts.sort((a, b) => b.bits - a.bits || a.line - b.line).slice(0, maxOfKind);
}

/** A shorter run has fewer of everything: only what it lacks beyond that counts. */
function shareOfUsualLength(run: ComparedRun, goodRuns: readonly ComparedRun[]): number {
  const usual = goodRuns.reduce((sum, good) => sum + good.count, 0) / goodRuns.length;
  return Math.min(1, run.count / Math.max(1, usual));
}

interface Usual {
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

function usualCounts(goodRuns: readonly ComparedRun[]): Map<number, Usual> {
  const perRun = goodRuns.map((each) => countsOf(each));
  const usual = new Map<number, Usual>();
  const templates = new Set(perRun.flatMap((each) => [...each.keys()]));
  for (const template of templates) {
    const numbers = perRun.map((each) => each.get(template)?.length ?? 0);
    usual.set(template, {
      mean: numbers.reduce((sum, value) => sum + value, 0) / numbers.length,
      least: Math.min(...numbers),
      most: Math.max(...numbers),
    });
  }
  return usual;
}

function goneTemplates(
  run: ComparedRun,
  goodRuns: readonly ComparedRun[],
  counts: ReadonlyMap<number, readonly number[]>,
  usual: ReadonlyMap<number, Usual>,
  scale: number,
  dispersion: number,
): Drift[] {
  const drifts: Drift[] = [];
  const steady = [...usual].filter(([, { least }]) => least >= 1);
  const missing = steady.filter(([template]) => !counts.has(template)).length;
  // Where hardly anything that the good runs share is missing, each that is was not left out by chance.
  const seldom = Math.log2((steady.length + 2) / (missing + 1)) + Math.log2(1 + goodRuns.length);
  for (const [template, { mean, least }] of usual) {
    if (counts.has(template) || least < 1) continue;
    const byNumber = lessBits(0, mean * scale, dispersion) + Math.log2(goodRuns.length);
    const { line, exact } = placeOfMissing(run, goodRuns[0]!, counts, template);
    const bits = Math.min(maxBits, Math.max(byNumber, seldom + (exact ? 1 : 0)));
    if (bits < minBits) continue;
    drifts.push({
      kind: 'gone',
      line,
      lines: [],
      template,
      bits,
      observed: 'not at all',
      expected: times(mean),
    });
  }
  return drifts;
}

/** Messages that no good run has, where such are few. Those that speak of failure are told elsewhere. */
function newTemplates(
  run: ComparedRun,
  goodRuns: readonly ComparedRun[],
  counts: ReadonlyMap<number, readonly number[]>,
  usual: ReadonlyMap<number, Usual>,
): Drift[] {
  const fresh = [...counts].filter(([template]) => !usual.has(template));
  const seldom = Math.log2((counts.size + 2) / (fresh.length + 1)) + Math.log2(1 + goodRuns.length);
  if (fresh.length > Math.max(2, counts.size * mostFresh)) return [];
  return fresh
    .filter(([, lines]) => !speaksOfFailure(run, lines[0]!))
    .map(([template, lines]) => ({
      kind: 'new',
      line: lines[0]!,
      lines,
      template,
      bits: Math.min(maxBits, seldom),
      observed: times(lines.length),
      expected: 'not at all',
    }));
}

/** Share of the messages beyond which runs of this program say something new each time. */
const mostFresh = 0.05;

const failureTraits =
  lineTrait.failing | lineTrait.frame | lineTrait.telling | lineTrait.separator | lineTrait.verdict;

function speaksOfFailure(run: ComparedRun, line: number): boolean {
  return (run.traits[line]! & failureTraits) !== 0 || run.level[line]! >= levelRank.warning;
}

/**
 * Where a message that is missing would stand: behind what the good run says before it. Exact where
 * the messages around it follow each other in this run.
 */
function placeOfMissing(
  run: ComparedRun,
  good: ComparedRun,
  counts: ReadonlyMap<number, readonly number[]>,
  template: number,
): { line: number; exact: boolean } {
  const at = good.template.indexOf(template);
  const after = good.template[at + 1];
  for (let before = at - 1; before >= 0 && at - before < lookedBack; before -= 1) {
    const lines = counts.get(good.template[before]!);
    if (lines === undefined) continue;
    const hole = lines.find((line) => before === at - 1 && run.template[line + 1] === after);
    return { line: hole ?? lines[0]!, exact: hole !== undefined };
  }
  return { line: Math.max(0, run.count - 1), exact: false };
}

const lookedBack = 200;

/**
 * A run that stops early: what is missing stands behind everything that the runs share. Told when
 * the good run goes on for a fifth of its lines after the last message that this run also has.
 */
function endOfRun(
  run: ComparedRun,
  goodRuns: readonly ComparedRun[],
  counts: ReadonlyMap<number, readonly number[]>,
): Drift | null {
  if (run.count === 0) return null;
  let shortest = Infinity;
  let missing = 0;
  for (const good of goodRuns) {
    let last = good.count - 1;
    const after = new Set<number>();
    while (last >= 0 && !counts.has(good.template[last]!)) {
      if ((good.traits[last]! & lineTrait.blank) === 0) after.add(good.template[last]!);
      last -= 1;
    }
    shortest = Math.min(shortest, (good.count - 1 - last) / Math.max(1, good.count));
    missing = Math.max(missing, after.size);
  }
  if (shortest < 0.2 || !Number.isFinite(shortest) || missing < 3) return null;
  return {
    kind: 'ends early',
    line: run.count - 1,
    lines: [],
    template: run.template[run.count - 1]!,
    bits: Math.min(maxBits, 4 + Math.log2(missing)),
    observed: 'the log ends here',
    expected: `${missing} more kinds of messages`,
  };
}

function changedCounts(
  run: ComparedRun,
  counts: ReadonlyMap<number, readonly number[]>,
  usual: ReadonlyMap<number, Usual>,
  scale: number,
  dispersion: number,
): Drift[] {
  const drifts: Drift[] = [];
  for (const [template, { mean, least, most }] of usual) {
    const lines = counts.get(template);
    if (lines === undefined) continue;
    const warned = run.level[lines[0]!]! >= levelRank.warning;
    const more = lines.length >= Math.max(minCount, most * minFactor);
    const less = least >= minCount * 2 && lines.length * minFactor * 2 <= least * scale;
    if (!more && !less) continue;
    const chance = more
      ? moreBits(lines.length, mean, dispersion)
      : lessBits(lines.length, mean * scale, dispersion);
    const bits = Math.min(maxBits, chance + (warned ? 2 : 0));
    if (bits < minBits) continue;
    drifts.push({
      kind: more ? 'more often' : 'less often',
      line: lines[0]!,
      lines: more ? lines : [lines[0]!],
      template,
      bits,
      observed: times(lines.length),
      expected: times(mean),
    });
  }
  return drifts;
}

function times(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return rounded === 1 ? 'once' : `${rounded} times`;
}
