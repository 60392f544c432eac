import { describe, expect, it } from 'vitest';

import { explainLogs } from '../../../src/engine/explain/explainLogs.ts';
import { readChange } from '../../../src/engine/explain/knowledge/changeWords.ts';
import { analysed, lines, ordinaryLines } from './analysedLogs.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 2, 12, 12, 0, second)).toISOString();

describe('readChange', () => {
  it.each([
    ['shop.pool.max-size: 40 -> 4', 'setting'],
    ['[config] pool-size changed: 40 -> 4 by deploy 2026.11.20-3', 'setting'],
    ['limits: worker.memory changed from 2048 to 512 by admin', 'setting'],
    ['raised queue.limit from 10 to 900', 'setting'],
    ['billing 3.1.0 -> 3.2.0 requested by kim', 'release'],
    ['deployed billing build 771 to production', 'release'],
    ['starting billing-2 with 3.2.0', 'restart'],
    ['worker restarted by operator', 'restart'],
    ['configuration reloaded from /etc/shop.conf', 'configuration'],
    ['applying migration 0042_add_index', 'migration'],
    ['scaled down billing to 1 instance', 'scale'],
    ['failed over to replica db-2', 'failover'],
    ['certificate for shop.example replaced', 'certificate'],
    ['feature gift-notes enabled for 100 %', 'flag'],
    ['rolled back billing to build 770', 'rollback'],
  ])('sees a change: %s', (text, kind) => {
    expect(readChange(text)?.kind).toBe(kind);
  });

  it('keeps both values of a setting', () => {
    expect(readChange('config  shop.pool.max-size: 40 -> 4')?.setting).toEqual({
      key: 'shop.pool.max-size',
      from: '40',
      to: '4',
    });
  });

  it.each([
    'job_0001 Task Transitioned from NEW to RUNNING',
    'task.state: RUNNING -> KILLED',
    'flow 10.0.0.7 -> 10.0.0.9 accepted',
    'GET /deploy/deployed HTTP/1.1 200',
    'nothing deployed today',
    'would have restarted the worker',
    'not restarting worker',
    'restart required',
    'transaction rolled back after conflict',
    'released lock orders-7',
    'configuration unchanged',
    'no settings changed',
    '4 services, 4 as declared, drift none, took 251 ms',
    'dry run: deployed billing 3.2.0',
    'cache.hits: 50 -> 50',
    'moved 12 files from a to b',
    '',
  ])('sees none: %s', (text) => {
    expect(readChange(text)).toBeNull();
  });

  it('stays linear on a hostile line', () => {
    expect(readChange(`${'config '.repeat(5000)}${'->'.repeat(5000)}`)).toBeNull();
    expect(readChange('a.'.repeat(9000))).toBeNull();
  });
});

const failing = (from: number, count: number): string[] =>
  Array.from(
    { length: count },
    (_, index) =>
      `${at(from + index * 10)} ERROR shop.Billing - connection pool exhausted, ${index % 4} waiting for account ${7000 + index}`,
  );
const quietFrom = (from: number, count: number): string[] => ordinaryLines(count, from);
const shopLog = (trouble: readonly string[], after = 0): string =>
  lines(ordinaryLines(300), trouble, quietFrom(900, after));
const deployLog = (...events: readonly string[]): string =>
  lines(
    Array.from({ length: 30 }, (_, index) => `${at(index * 5)} INFO watch - all as declared`),
    events,
  );

describe('what changed before', () => {
  const lowered = `${at(240)} INFO config - shop.pool.max-size: 40 -> 4`;

  it('tells the related change before the onset, as precedence', async () => {
    const told = explainLogs({
      analyses: [
        await analysed('shop.log', shopLog(failing(310, 12))),
        await analysed(
          'deploy.log',
          deployLog(`${at(200)} INFO config - mail.colour: red -> blue`, lowered),
        ),
      ],
    });
    expect(told.rootCause.category).toBe('resource.handles');
    expect(told.summary).toContain('before, deploy.log:32 says: “shop.pool.max-size: 40 -> 4”');
    expect(told.summary).toContain('no proof');
    expect(told.timeline[0]?.event).toContain('Changed before');
    const cited = told.evidence.find(({ path, line }) => path === 'deploy.log' && line === 32);
    expect(cited?.text).toContain('40 -> 4');
    expect(told.sentences.find(({ basis }) => basis.kind === 'change')?.evidence).toEqual([
      cited?.id,
    ]);
    expect(
      told.recommendations.find(({ kind, action }) => kind === 'mitigate' && action.includes('40')),
    ).toMatchObject({ basis: expect.stringContaining(cited?.id ?? 'none') as string });
  });

  it('says that errors fell once it was undone', async () => {
    const told = explainLogs({
      analyses: [
        await analysed('shop.log', shopLog(failing(310, 30), 300)),
        await analysed(
          'deploy.log',
          deployLog(lowered, `${at(620)} INFO config - shop.pool.max-size: 4 -> 40`),
        ),
      ],
    });
    expect(told.summary).toMatch(/undone at 12:10:20, errors fell from [0-9.]+ to 0 a minute/);
    expect(told.timeline.some(({ event }) => event.startsWith('Undone'))).toBe(true);
    expect(told.timeline.map(({ time }) => time)).toEqual(
      told.timeline.map(({ time }) => time).sort(),
    );
    expect(told.confidence.why).toContain('undone');
  });

  it('claims no recovery while errors go on', async () => {
    const told = explainLogs({
      analyses: [
        await analysed('shop.log', shopLog(failing(310, 90))),
        await analysed(
          'deploy.log',
          deployLog(lowered, `${at(620)} INFO config - shop.pool.max-size: 4 -> 40`),
        ),
      ],
    });
    expect(told.summary).not.toContain('fell');
    expect(told.confidence.why).not.toContain('undone');
  });

  it('leaves out what came later, long before, or every few minutes', async () => {
    const shop = await analysed('shop.log', lines(ordinaryLines(300, 5000), failing(5310, 12)));
    const changed = (second: number): string =>
      `${at(second)} INFO config - shop.pool.max-size: 40 -> 4`;
    for (const events of [
      [changed(5400)],
      [changed(100)],
      Array.from(
        { length: 12 },
        (_, index) =>
          `${at(5000 + index * 20)} INFO config - shop.pool.max-size: ${index} -> ${index + 1}`,
      ),
    ]) {
      const deploy = await analysed('deploy.log', lines(events));
      const told = explainLogs({ analyses: [shop, deploy] });
      expect(told.summary).not.toContain('deploy.log');
      expect(told.timeline.some(({ event }) => event.startsWith('Changed'))).toBe(false);
    }
  });

  it('does not put an unrelated change into the summary', async () => {
    const told = explainLogs({
      analyses: [
        await analysed('shop.log', shopLog(failing(310, 12))),
        await analysed(
          'deploy.log',
          deployLog(`${at(240)} INFO config - mail.colour: red -> blue`),
        ),
      ],
    });
    expect(told.summary).not.toContain('mail.colour');
    expect(told.recommendations.some(({ action }) => action.includes('mail.colour'))).toBe(false);
  });

  it('says nothing of changes where nothing is wrong', async () => {
    const told = explainLogs({
      analyses: [
        await analysed('shop.log', lines(ordinaryLines(300))),
        await analysed('deploy.log', deployLog(lowered)),
      ],
    });
    expect(told).toMatchObject({ verdict: 'no_incident', timeline: [], recommendations: [] });
  });
});
