import { describe, expect, it } from 'vitest';

import { explainLogs } from '../../../src/engine/explain/explainLogs.ts';
import { incidentFrom, incidentQuery } from '../../../src/engine/explain/lookUp.ts';
import { analysed, lines, ordinaryLines } from './analysedLogs.ts';

const text = lines(
  ordinaryLines(80),
  '2026-03-12T12:01:30.000Z ERROR shop.pool - order 8812736 failed for token=s3cr3tvalue99',
  'shop.pool.PoolTimeout: no connection in 30000 ms',
  '\tat shop.pool.Pool.borrow(Pool.java:31)',
  '\tat shop.web.Orders.place(Orders.java:80)',
  ordinaryLines(20, 100),
);

describe('incidentQuery and incidentFrom', () => {
  it('carry patterns, exceptions and components of the findings', async () => {
    const analysis = await analysed('orders.log', text);
    const query = incidentQuery([analysis]);
    expect(query.exceptions).toContain('shop.pool.PoolTimeout');
    expect(query.exceptions).toContain('Pool.java borrow');
    const explanation = explainLogs({ analyses: [analysis] });
    const incident = incidentFrom(explanation, [analysis], '2026-03-12T13:00:00.000Z', 'i-7');
    expect(incident).toMatchObject({
      id: 'i-7',
      savedAt: '2026-03-12T13:00:00.000Z',
      logs: ['orders.log'],
      category: explanation.rootCause.category,
      status: 'unconfirmed',
      resolution: '',
    });
    expect(incident.templates.length).toBeGreaterThan(0);
  });

  it('takes only what belongs to one finding when asked for it', async () => {
    const analysis = await analysed('orders.log', text);
    const other = analysis.findings.find((finding) => finding.endLine < 80 || finding.line > 86);
    if (other === undefined) return;
    expect(incidentQuery([analysis], other).exceptions).toEqual([]);
  });
});
