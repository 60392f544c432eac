import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../../src/engine/detect/compare/compareRuns.ts';
import type { Finding } from '../../../../src/engine/detect/finding.ts';
import { logOf } from '../build/samples.ts';
import { buildRun, faults, serviceRun } from './runGenerator.ts';
import type { Fault } from './runGenerator.ts';

/** How the title of a finding begins that tells a fault of this kind. */
const told: Readonly<Record<Fault, RegExp>> = {
  'new error': /error|rejected/i,
  'new message': /^New/,
  'missing event': /^Missing/,
  reordered: /^(?:Earlier|Later)/,
  slower: /^Slower/,
  'more often': /^More often/,
  'less often': /^Less often/,
};

const kinds = [
  ['a service', serviceRun],
  ['a build', buildRun],
] as const;

describe.each(kinds)('%s compared with good runs', (_, run) => {
  const compared = (seed: number, good: readonly number[], fault: Fault | null): Finding[] =>
    compareRuns(
      logOf(run(seed, fault)),
      good.map((each) => logOf(run(each))),
    );

  it.each(faults)('tells %s first, as what it is', (fault) => {
    for (const seed of [1, 2, 3]) {
      const [first] = compared(seed, [seed + 40, seed + 50], fault);
      expect(first?.title).toMatch(told[fault]);
      // A message that is new and routine is a hint.
      if (fault !== 'new message') expect(first?.severity).not.toBe('low');
    }
  });

  it('finds nothing in another good run, with other values and another interleaving', () => {
    for (const seed of [1, 2, 3, 4, 5]) expect(compared(seed, [seed + 40], null)).toEqual([]);
  });

  it('takes what varies among several good runs for no news', () => {
    for (const fault of faults) {
      const faulty = logOf(run(2, fault));
      const good = [logOf(run(41)), logOf(run(42, fault)), logOf(run(43))];
      const marked = compareRuns(faulty, good).filter(({ severity }) => severity !== 'low');
      expect(marked).toEqual([]);
    }
  });
});

it('points to the place of what is missing, and covers no line', () => {
  const text = buildRun(1, 'missing event');
  const [first] = compareRuns(logOf(text), [logOf(buildRun(2))]);
  expect(first?.lines).toEqual([]);
  expect(text.split('\n')[(first?.line ?? 0) - 1]).toContain('linking rudder');
});
