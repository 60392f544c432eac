import { describe, expect, it } from 'vitest';

import { explainLogs } from '../../../src/engine/explain/explainLogs.ts';
import type { IncidentStatus, SimilarIncident } from '../../../src/engine/incident/incident.ts';
import { lines, ordinaryLines, readOnly } from './analysedLogs.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 2, 12, 12, 0, second)).toISOString();

function past(status: IncidentStatus, similarity = 0.9): SimilarIncident {
  return {
    incident: {
      id: 'i1',
      savedAt: '2026-01-01T00:00:00Z',
      title: 'the flange stuck',
      logs: [],
      templates: [],
      exceptions: [],
      components: [],
      category: 'resource.quota',
      rootCause: 'The tenant had used up its flanges.',
      resolution: 'Raise the limit.',
      status,
      grade: null,
      origin: '',
      merged: [],
    },
    similarity,
    why: 'same pattern',
  };
}

const strange = lines(
  ordinaryLines(60),
  `${at(61)} ERROR shop.Flange - flange seven sits askew`,
  `${at(62)} ERROR shop.Flange - flange nine sits askew`,
  `${at(63)} ERROR shop.Flange - gave up on flanges`,
);

describe('past incidents', () => {
  it('name a possible cause where the words of the log do not, and never the first one', async () => {
    const analyses = [await readOnly('shop.log', strange)];
    const told = explainLogs({ analyses, similar: [past('confirmed')] });
    expect(told.rootCause.category).not.toBe('resource.quota');
    expect(told.alternatives[0]).toMatchObject({ category: 'resource.quota' });
    expect(told.alternatives[0]?.statement).toContain('used up its flanges');
    expect(told.alternatives[0]?.evidence.length).toBeGreaterThan(0);
  });

  it('are left out when rejected, unlike, unconfirmed, or in fast mode', async () => {
    const analyses = [await readOnly('shop.log', strange)];
    for (const similar of [[past('rejected')], [past('confirmed', 0.5)], [past('unconfirmed')]]) {
      const told = explainLogs({ analyses, similar });
      expect(told.alternatives.map(({ category }) => category)).not.toContain('resource.quota');
    }
    expect(explainLogs({ analyses, similar: [past('rejected')] }).similarIncidents).toEqual([]);
    const fast = explainLogs({ analyses, similar: [past('confirmed')], mode: 'fast' });
    expect(fast.similarIncidents).toEqual([]);
    expect(JSON.stringify(fast)).not.toContain('flanges.');
  });
});

describe('places in code', () => {
  it('are taken from the lines of the cause where no trace shows any', async () => {
    const text = lines(
      ordinaryLines(60),
      `${at(61)} ERROR shop.Ledger - post /srv/shop/ledger.py:88 balance is off by 3`,
      `${at(62)} ERROR shop.Ledger - post /srv/shop/ledger.py:88 balance is off by 4`,
    );
    const { suspects, summary } = explainLogs({ analyses: [await readOnly('shop.log', text)] });
    expect(suspects[0]).toMatchObject({ file: '/srv/shop/ledger.py', function: 'post', line: 88 });
    expect(summary).not.toContain('stack trace');
  });
});
