import { describe, expect, it } from 'vitest';

import { peerFloors } from '../../src/eval/peerFloors.ts';
import type { Measured } from '../../src/eval/report.ts';
import { markdownSection, targetsSection } from '../../src/eval/report.ts';
import { figureOf, row } from '../../src/eval/rows.ts';

function measured(...rows: Measured['rows']): Measured {
  return {
    dataSet: 'bricks',
    benchmark: 'x',
    title: 'Bricks',
    rows,
    notes: ['found by <*> | pipe'],
    seconds: 1,
  };
}

describe('a section of the report', () => {
  it('shows figures with their spread, floors, target and whether it is met', () => {
    const text = markdownSection(
      measured(
        row({
          measure: 'AP',
          floors: [{ name: 'rarity', value: 0.25 }],
          development: 1,
          other: figureOf([0.8, 0.9]),
          all: 0.875,
          must: 0.8,
          stretch: 0.9,
        }),
      ),
    );
    const cells = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    expect(cells.find(([, measure]) => measure === 'AP')?.slice(1, -1)).toEqual([
      'AP',
      'rarity .250',
      '1.000',
      '.850 (.800-.900)',
      '.875',
      '.800 / .900',
      'must',
    ]);
  });

  it('cannot be broken by names that Markdown reads', () => {
    expect(markdownSection(measured())).toContain('- found by \\<*\\> \\| pipe');
  });

  it('puts many floors into a table of their own and the best one beside the figure', () => {
    const floors = [0.1, 0.4, 0.3, 0.2].map((value, at) => ({ name: `peer ${at}`, value }));
    const text = markdownSection(measured(row({ measure: 'F1', floors, all: 0.5 })));
    expect(text).toContain('best of 4: peer 1 .400');
    expect(text).toMatch(/\| \*\*Faultline\*\* +\| \.500 +\|/);
    expect(text).toMatch(/\| peer 3 +\| \.200 +\|/);
  });

  it('calls the smallest floor the best where less is better', () => {
    const floors = [4, 1, 3, 2].map((value, at) => ({ name: `peer ${at}`, value }));
    const less = row({ measure: 'time', unit: 's', better: 'less', floors, all: 0.5 });
    expect(markdownSection(measured(less))).toContain('best of 4: peer 1 1.00');
  });
});

describe('the list of targets', () => {
  it('begins with what is missed and leaves out what has no target', () => {
    const results = measured(
      row({ measure: 'met', all: 1, must: 0.5 }),
      row({ measure: 'free', all: 1 }),
      row({ measure: 'missed', all: 0, must: 0.5 }),
    );
    const measures = targetsSection([results])
      .split('\n')
      .map((line) => line.split('|')[2]?.trim());
    expect(measures.filter((name) => name === 'met' || name === 'missed')).toEqual([
      'missed',
      'met',
    ]);
    expect(measures).not.toContain('free');
  });
});

describe('peers', () => {
  it('count with the mean of their seeds, by the same metrics', () => {
    const labels = [1, 0, 0];
    const peer = (seed: number, scores: number[], flags: boolean[]) => ({
      name: 'forest',
      seed,
      scores,
      flags,
    });
    const { ap, automatic } = peerFloors(
      [peer(1, [3, 2, 1], [true, false, false]), peer(2, [1, 2, 0], [true, true, false])],
      labels,
    );
    expect(ap).toEqual([{ name: 'forest', value: 0.75 }]);
    expect(automatic[0]?.value).toBeCloseTo((1 + 2 / 3) / 2);
  });
});
