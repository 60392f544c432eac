import { levelRank } from '../../record/levels.ts';
import { lineTrait } from './comparedRun.ts';
import type { ComparedRun } from './comparedRun.ts';

/** A way in which a run differs although it says nothing new. */
export interface Drift {
  readonly kind:
    'gone' | 'ends early' | 'more often' | 'less often' | 'slower' | 'earlier' | 'later';
  /** 0-based line at which it shows, or after which it is missing. */
  readonly line: number;
  /** Lines that it covers; none for what is missing. */
  readonly lines: readonly number[];
  readonly template: number;
  readonly bits: number;
  readonly observed: string;
  readonly expected: string;
}

/** Differences of one kind that are told; the strongest first. */
const maxOfKind = 4;
/** Occurrences in the good runs below which a change of number means nothing. */
const minCount = 5;
const minFactor = 3;
const minBits = 6;

/**
 * What is gone, more or less often, slower or in another order than in the good runs. Counts are
 * judged with a negative binomial (messages come in bursts, so a Poisson law would cry wolf);
 * a run that merely stops early gives one finding, not one for every message that never came.
 */
export function driftOfRuns(run: ComparedRun, goodRuns: readonly ComparedRun[]): Drift[] {
  const counts = countsOf(run);
  const usual = usualCounts(goodRuns);
  const scale = shareOfUsualLength(run, goodRuns);
  const early = endOfRun(run, goodRuns, counts);
  const drifts: Drift[] = [];
  if (early !== null) drifts.push(early);
  else drifts.push(...best(goneTemplates(run, goodRuns, counts, usual, scale)));
  drifts.push(...best(changedCounts(run, counts, usual, scale)));
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

/** Lines of each template, heads of records only. */
function countsOf(run: ComparedRun): Map<number, number[]> {
  const lines = new Map<number, number[]>();
  for (let line = 0; line < run.count; line += 1) {
    if ((run.traits[line]! & (lineTrait.blank | lineTrait.continued)) !== 0) continue;
    const template = run.template[line]!;
    const known = lines.get(template);
    if (known === undefined) lines.set(template, [line]);
    else known.push(line);
  }
  return lines;
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

/** Dispersion of message counts: variance = mean + mean² / 2. */
const dispersion = 2;

function bitsOfNone(mean: number): number {
  return dispersion * Math.log2(1 + mean / dispersion);
}

function goneTemplates(
  run: ComparedRun,
  goodRuns: readonly ComparedRun[],
  counts: ReadonlyMap<number, readonly number[]>,
  usual: ReadonlyMap<number, Usual>,
  scale: number,
): Drift[] {
  const drifts: Drift[] = [];
  for (const [template, { mean, least }] of usual) {
    if (counts.has(template) || least < 1) continue;
    const bits = Math.min(maxBits, bitsOfNone(mean * scale) + Math.log2(goodRuns.length));
    if (bits < minBits) continue;
    drifts.push({
      kind: 'gone',
      line: placeOfMissing(run, goodRuns[0]!, counts, template),
      lines: [],
      template,
      bits,
      observed: 'not at all',
      expected: times(mean),
    });
  }
  return drifts;
}

const maxBits = 12;

/** Where a message that is missing would stand: behind what the good run says before it. */
function placeOfMissing(
  run: ComparedRun,
  good: ComparedRun,
  counts: ReadonlyMap<number, readonly number[]>,
  template: number,
): number {
  const at = good.template.indexOf(template);
  for (let before = at - 1; before >= 0 && at - before < lookedBack; before -= 1) {
    const lines = counts.get(good.template[before]!);
    if (lines !== undefined) return lines[0]!;
  }
  return Math.max(0, run.count - 1);
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
): Drift[] {
  const drifts: Drift[] = [];
  for (const [template, { mean, least, most }] of usual) {
    const lines = counts.get(template);
    if (lines === undefined) continue;
    const warned = run.level[lines[0]!]! >= levelRank.warning;
    const more = lines.length >= Math.max(minCount, most * minFactor);
    const less = least >= minCount * 2 && lines.length * minFactor * 2 <= least * scale;
    if (!more && !less) continue;
    const ratio = Math.abs(Math.log2((lines.length + 0.5) / (mean * (more ? 1 : scale) + 0.5)));
    const bits = Math.min(maxBits, ratio * dispersion + (warned ? 2 : 0));
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

/** Times between two messages that follow each other are compared when the good runs show this many. */
const minTransitions = 3;
const slowFactor = 5;
const slowMilliseconds = 2000;

function slowSteps(run: ComparedRun, goodRuns: readonly ComparedRun[]): Drift[] {
  const longest = new Map<string, { gap: number; seen: number }>();
  for (const good of goodRuns) {
    forEachStep(good, (from, to, gap) => {
      const key = `${good.template[from]!} ${good.template[to]!}`;
      const known = longest.get(key);
      if (known === undefined) longest.set(key, { gap, seen: 1 });
      else longest.set(key, { gap: Math.max(known.gap, gap), seen: known.seen + 1 });
    });
  }
  const drifts: Drift[] = [];
  forEachStep(run, (from, to, gap) => {
    const known = longest.get(`${run.template[from]!} ${run.template[to]!}`);
    if (known === undefined || known.seen < minTransitions || gap < slowMilliseconds) return;
    const factor = gap / Math.max(known.gap, 1);
    if (factor < slowFactor) return;
    drifts.push({
      kind: 'slower',
      line: to,
      lines: [to],
      template: run.template[to]!,
      bits: Math.min(maxBits, Math.log2(factor) + Math.log2(1 + known.seen) + 2),
      observed: `${(gap / 1000).toFixed(1)} s`,
      expected: `at most ${(known.gap / 1000).toFixed(1)} s in ${known.seen} cases`,
    });
  });
  return drifts.filter((drift) => drift.bits >= minBits);
}

function forEachStep(
  run: ComparedRun,
  visit: (from: number, to: number, gap: number) => void,
): void {
  let from = -1;
  for (let line = 0; line < run.count; line += 1) {
    const time = run.time[line]!;
    if (Number.isNaN(time)) continue;
    if (from >= 0) {
      const gap = time - run.time[from]!;
      if (gap >= 0) visit(from, line, gap);
    }
    from = line;
  }
}

/** Messages that occur once in each run keep their order, or one of them has moved. */
function movedLines(run: ComparedRun, goodRuns: readonly ComparedRun[]): Drift[] {
  const [good] = goodRuns;
  if (good === undefined) return [];
  const there = singles(good);
  const here = singles(run);
  const order: { line: number; target: number; template: number }[] = [];
  for (const [template, line] of here) {
    const target = there.get(template);
    if (target !== undefined) order.push({ line, target, template });
  }
  order.sort((a, b) => a.line - b.line);
  if (order.length < minShared) return [];
  const ranks = new Map(
    [...order].sort((a, b) => a.target - b.target).map(({ target }, rank) => [target, rank]),
  );
  const moves = order.map(({ target }, index) => ranks.get(target)! - index);
  const usual = moves.map((moved) => Math.abs(moved)).sort((a, b) => a - b)[moves.length >> 1]!;
  // Where messages move around by themselves, order says nothing.
  if (usual > 1) return [];
  const drifts: Drift[] = [];
  order.forEach(({ line, template }, index) => {
    const moved = moves[index]!;
    const steps = Math.abs(moved);
    if (steps < minMoved) return;
    drifts.push({
      kind: moved > 0 ? 'earlier' : 'later',
      line,
      lines: [line],
      template,
      bits: Math.min(maxBits, minBits + Math.log2(steps / minMoved)),
      observed: `${moved > 0 ? 'before' : 'after'} ${steps} messages that usually stand on its other side`,
      expected: moved > 0 ? 'after them' : 'before them',
    });
  });
  // Where many have moved the runs interleave, and order says nothing.
  return drifts.length * 10 > order.length ? [] : drifts;
}

const minShared = 10;
const maxShared = 2000;
const minMoved = 3;

function singles(run: ComparedRun): Map<number, number> {
  const found = new Map<number, number>();
  for (const [template, lines] of countsOf(run)) {
    if (lines.length === 1 && found.size < maxShared) found.set(template, lines[0]!);
  }
  return found;
}

function times(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return rounded === 1 ? 'once' : `${rounded} times`;
}
