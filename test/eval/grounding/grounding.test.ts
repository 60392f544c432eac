import { describe, expect, it } from 'vitest';

import { seededRandom } from '../../../src/engine/base/random.ts';
import type { GroundingCase } from '../../../src/eval/grounding/groundingCases.ts';
import {
  claims,
  groundingCase,
  honestAnswer,
  report,
} from '../../../src/eval/grounding/groundingCases.ts';
import { liars } from '../../../src/eval/grounding/plantedLies.ts';
import { ordinaryLines } from '../../engine/explain/analysedLogs.ts';

async function incident(): Promise<GroundingCase> {
  const trouble = [
    '2026-03-12T12:03:30.000Z ERROR store.Disk - write to /var/lib/orders/wal failed: No space left on device',
    '2026-03-12T12:03:31.250Z ERROR web.Orders - request 8841 failed after 4812 ms: refused by 10.2.3.4:5432',
    '2026-03-12T12:03:35.000Z FATAL web.Orders - gives up after 37 tries of java.io.IOException',
  ];
  const lines = [...ordinaryLines(200), ...trouble, ...ordinaryLines(20, 220)];
  const made = await groundingCase({ logs: [{ path: 'orders.log', lines }], gold: [] }, 'secrets');
  if (made === null) throw new Error('The log has no incident.');
  return made;
}

describe('the benchmark of grounding', () => {
  it('leaves honest answers alone and finds every kind of lie in them', async () => {
    const made = await incident();
    const planted = new Set<string>();
    for (let seed = 1; seed <= 6; seed++) {
      const honest = honestAnswer(made, seededRandom(seed));
      const told = await report(made, honest);
      expect(told.removed).toEqual([]);
      expect(told.source).toBe('llm:scripted/answers');
      for (const [kind, liar] of Object.entries(liars)) {
        const lie = liar(honest, made.prompt, seededRandom(seed));
        if (lie === null) continue;
        planted.add(kind);
        const caught = await report(made, lie.answer);
        expect(
          caught.source === 'offline' ? caught.notices : caught.removed,
          `${kind}: ${lie.marker ?? ''}`,
        ).not.toEqual([]);
        if (lie.marker !== null) expect(claims(caught, lie.marker), kind).toBe(false);
      }
    }
    expect([...planted].sort()).toEqual(Object.keys(liars).sort());
  });

  it('counts a lie that is believed as not found', async () => {
    const made = await incident();
    const honest = honestAnswer(made, seededRandom(1));
    expect(claims(await report(made, honest), 'walrus')).toBe(false);
    const told = await report(made, { ...honest, summary: 'A walrus sat on the cable.' });
    expect(claims(told, 'walrus')).toBe(true);
  });
});
