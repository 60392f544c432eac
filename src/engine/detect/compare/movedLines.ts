import { longestIncreasing } from './alignRuns.ts';
import type { ComparedRun } from './comparedRun.ts';
import { countsOf, maxBits, minBits } from './drift.ts';
import type { Drift } from './drift.ts';

/** Messages that occur once in both runs, below which an order cannot be told. */
const minShared = 10;
const maxShared = 2000;
/** Messages that one must have passed to have moved. */
const minMoved = 3;
/** Where more than this share have moved the runs interleave, and order says nothing. */
const mostMoved = 0.15;

/** What has moved against every good run: an order that the good runs do not share is no rule. */
export function movedLines(run: ComparedRun, goodRuns: readonly ComparedRun[]): Drift[] {
  const [first = [], ...others] = goodRuns.map((good) => movedAgainst(run, good));
  return first.filter(({ line, kind }) =>
    others.every((moved) => moved.some((each) => each.line === line && each.kind === kind)),
  );
}

/**
 * Messages that occur once in each run and stand outside the longest order that both share (patience
 * sorting): the fewest that must have moved.
 */
function movedAgainst(run: ComparedRun, good: ComparedRun): Drift[] {
  const there = singles(good);
  const shared: { line: number; target: number; template: number }[] = [];
  for (const [template, line] of singles(run)) {
    const target = there.get(template);
    if (target !== undefined) shared.push({ line, target, template });
  }
  if (shared.length < minShared) return [];
  shared.sort((a, b) => a.line - b.line);
  const ordered = longestIncreasing(shared.map(({ target }) => target));
  if (shared.length - ordered.length > shared.length * mostMoved) return [];
  const kept = new Set(ordered);
  const drifts: Drift[] = [];
  shared.forEach(({ line, target, template }, index) => {
    if (kept.has(index)) return;
    // Those it has passed: on the other side of it here than there.
    let later = 0;
    let earlier = 0;
    for (const other of ordered) {
      const { target: place } = shared[other]!;
      if (other > index && place < target) earlier += 1;
      if (other < index && place > target) later += 1;
    }
    const steps = Math.max(earlier, later);
    if (steps < minMoved) return;
    const kind = earlier > later ? 'earlier' : 'later';
    drifts.push({
      kind,
      line,
      lines: [line],
      template,
      bits: Math.min(maxBits, minBits + Math.log2(steps / minMoved)),
      observed: `${kind === 'earlier' ? 'before' : 'after'} ${steps} messages that usually stand on its other side`,
      expected: kind === 'earlier' ? 'after them' : 'before them',
    });
  });
  return drifts;
}

function singles(run: ComparedRun): Map<number, number> {
  const found = new Map<number, number>();
  for (const [template, lines] of countsOf(run)) {
    if (lines.length === 1 && found.size < maxShared) found.set(template, lines[0]!);
  }
  return found;
}
