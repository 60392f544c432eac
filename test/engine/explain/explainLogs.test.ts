import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Explanation } from '../../../src/engine/explain/explanation.ts';
import { explainLogs } from '../../../src/engine/explain/explainLogs.ts';
import { analysed, lines, ordinaryLines, readOnly } from './analysedLogs.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 2, 12, 12, 0, second)).toISOString();

function citedIds(told: Explanation): string[] {
  return [
    ...told.rootCause.evidence,
    ...told.suspects.flatMap(({ evidence }) => evidence),
    ...told.alternatives.flatMap(({ evidence }) => evidence),
    ...told.timeline.flatMap(({ evidence }) => evidence),
  ];
}

const storeLog = lines(
  ordinaryLines(120),
  `${at(121)} ERROR store.Writer - write /var/data/orders.7: no space left on device`,
  `${at(122)} ERROR store.Writer - write /var/data/orders.8: no space left on device`,
  `${at(123)} FATAL store.Main - cannot flush, shutting down`,
  ordinaryLines(20, 130),
);
const webLog = lines(
  ordinaryLines(120),
  `${at(125)} ERROR web.Orders - store:5433 connection refused req=4f2a90c1d3e5b688`,
  `${at(126)} ERROR web.Orders - POST /orders status=503 req=4f2a90c1d3e5b688`,
  `${at(127)} ERROR web.Orders - POST /orders status=503 req=99aa90c1d3e5b699`,
  ordinaryLines(20, 130),
);

describe('explainLogs', () => {
  it('prefers the early cause to the later effects, across files', async () => {
    const analyses = [await readOnly('web.log', webLog), await readOnly('store.log', storeLog)];
    const told = explainLogs({ analyses });
    expect(told.rootCause.category).toBe('resource.disk');
    expect(told.rootCause.component).toBe('store.Writer');
    expect(told.evidence[0]).toMatchObject({ id: 'E1', path: 'store.log', line: 121 });
    expect(['root_cause_found', 'probable']).toContain(told.verdict);
    expect(told.timeline.map(({ time }) => time)).toEqual(
      told.timeline.map(({ time }) => time).sort(),
    );
    await expect(JSON.stringify(told, null, 2)).toMatchFileSnapshot('golden/diskFull.golden.txt');
  });

  it('does not depend on the order in which logs are given', async () => {
    const web = await analysed('web.log', webLog);
    const store = await analysed('store.log', storeLog);
    const one = explainLogs({ analyses: [web, store] });
    const other = explainLogs({ analyses: [store, web] });
    expect(other.rootCause.statement).toBe(one.rootCause.statement);
    expect(other.verdict).toBe(one.verdict);
  });

  it('points at the innermost own frame of the root exception', async () => {
    const text = lines(
      ordinaryLines(60),
      `${at(61)} ERROR shop.web - order failed`,
      'Traceback (most recent call last):',
      '  File "/srv/shop/web.py", line 30, in post',
      '    return place(order)',
      '  File "/srv/shop/orders.py", line 12, in place',
      '    return json.loads(text)',
      '  File "/usr/lib/python3.12/json/decoder.py", line 355, in raw_decode',
      '    raise JSONDecodeError("Expecting value", s, err.value) from None',
      'json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
      ordinaryLines(10, 70),
    );
    const told = explainLogs({ analyses: [await analysed('shop.log', text)] });
    expect(told.suspects[0]).toMatchObject({
      file: '/srv/shop/orders.py',
      function: 'place',
      line: 12,
    });
    expect(told.rootCause.category).toBe('data.corrupt');
    expect(told.summary).toContain('orders.py:12');
  });

  it('takes an excerpt of a few lines for a question about them', async () => {
    const line = `${new Date(0).toISOString()} INFO mail.Queue - connection refused by 10.0.0.9:25, will retry`;
    const alone = explainLogs({ analyses: [await readOnly('a.log', lines(line))] });
    expect(alone.verdict).toBe('inconclusive');
    expect(alone.rootCause.category).toBe('dependency.unavailable');
    const among = await readOnly('b.log', lines(ordinaryLines(80), line, ordinaryLines(80, 90)));
    expect(explainLogs({ analyses: [among] }).verdict).toBe('no_incident');
  });

  it('says that nothing is wrong with a healthy log', async () => {
    const told = explainLogs({ analyses: [await analysed('fine.log', lines(ordinaryLines(300)))] });
    expect(told).toMatchObject({
      verdict: 'no_incident',
      rootCause: { category: 'none', evidence: [] },
      recommendations: [],
    });
    expect(told.summary).toContain('300 lines were read');
  });

  it('does not conclude from one weak sign', async () => {
    const text = lines(
      ordinaryLines(150),
      `${at(151)} ERROR web.Orders - frobnication of the widget went sideways`,
      ordinaryLines(150, 160),
    );
    const told = explainLogs({ analyses: [await analysed('weak.log', text)] });
    expect(told.verdict).toBe('inconclusive');
    expect(told.confidence.level).toBe('low');
    expect(told.recommendations.every(({ kind }) => kind === 'verify')).toBe(true);
  });

  it('leaves out what the good run has as well', async () => {
    const habit = `${at(10)} ERROR web.Mail - cannot connect to mail:25, connection refused`;
    const good = await analysed('good.log', lines(ordinaryLines(100), habit));
    const bad = await analysed(
      'bad.log',
      lines(habit, ordinaryLines(100), `${at(101)} ERROR store.Writer - disk full on /var/data`),
    );
    const told = explainLogs({ analyses: [bad], baseline: [good] });
    expect(told.rootCause.category).toBe('resource.disk');
    expect(explainLogs({ analyses: [good], baseline: [good] }).verdict).toBe('no_incident');
  });

  it('answers a question from the log, and says when the log is silent', async () => {
    const analyses = [await analysed('web.log', webLog)];
    const told = explainLogs({ analyses, question: 'Why did POST /orders fail with 503?' });
    expect(told.summary).toContain('status=503');
    const silent = explainLogs({ analyses, question: 'zebra?' });
    expect(silent.summary).toContain('says nothing');
  });

  it('answers by a line that stands out rather than by an ordinary one', async () => {
    const text = lines(
      ordinaryLines(60),
      `${at(61)} INFO jobs.Prune - pool of thumbnails pruned in a dry pass`,
      `${at(62)} ERROR shop.Billing - connection pool exhausted, 4 waiting`,
      ordinaryLines(60, 70),
    );
    const analyses = [await analysed('shop.log', text)];
    const told = explainLogs({ analyses, question: 'Why did the pool run dry?' });
    expect(told.summary).toMatch(/^On “[^”]*” the log says at shop\.log:62/);
  });

  it('believes a lost node at information level, and many attempts to connect rather than one', async () => {
    const attempt = (second: number, tried: number): string =>
      `${at(second)} INFO ipc.Client - Retrying connect to server: worker-3:5051. Already tried ${tried} time(s)`;
    const lost = `${at(190)} INFO jobs.Attempt - attempt 3 killed because it ran on unusable node worker-3`;
    const few = lines(ordinaryLines(150), attempt(151, 0), ordinaryLines(60, 160));
    const many = lines(
      ordinaryLines(150),
      Array.from({ length: 15 }, (_, index) => attempt(160 + index, index)),
      lost,
      ordinaryLines(60, 200),
    );
    const quiet = explainLogs({ analyses: [await readOnly('few.log', few)] });
    expect(quiet.verdict).toBe('no_incident');
    const told = explainLogs({ analyses: [await readOnly('many.log', many)] });
    expect(told.rootCause.category).toBe('node.down');
    expect(told.timeline.map(({ event }) => event).join(' ')).toContain('attempts to connect');
  });

  it('does not take a limit that is set for one that was reached', async () => {
    const text = lines(
      ordinaryLines(60),
      `${at(61)} INFO jobs.Launcher - Upper limit on the thread pool size is 500`,
      `${at(62)} INFO jobs.Plan - not merging job 7 because: too many parts`,
      ordinaryLines(60, 70),
    );
    const told = explainLogs({ analyses: [await readOnly('jobs.log', text)] });
    expect(told.verdict).toBe('no_incident');
  });

  it('tells one line once in the timeline, and cites it once', async () => {
    const text = lines(
      ordinaryLines(60),
      Array.from(
        { length: 6 },
        (_, index) =>
          `${at(61 + index)} ERROR web.Gate - GET /cart/${index} status=504 upstream=store`,
      ),
      ordinaryLines(60, 80),
    );
    const told = explainLogs({ analyses: [await analysed('web.log', text)] });
    const cited = told.timeline.flatMap(({ evidence }) => evidence);
    expect(new Set(cited).size).toBe(cited.length);
    expect(new Set(told.rootCause.evidence).size).toBe(told.rootCause.evidence.length);
  });

  it('names files of suspects by their paths, without address forms', async () => {
    const text = lines(
      ordinaryLines(60),
      `${at(61)} ERROR shop.web - order failed`,
      "TypeError: Cannot read properties of undefined (reading 'total')",
      '    at sumUp (out/lib/node/file:///srv/shop/orders.mjs:31:12)',
      '    at place (file:///srv/shop/place.mjs:8:3)',
      ordinaryLines(10, 70),
    );
    const told = explainLogs({ analyses: [await analysed('shop.log', text)] });
    expect(told.suspects.map(({ file }) => file)).toEqual([
      '/srv/shop/orders.mjs',
      '/srv/shop/place.mjs',
    ]);
  });

  it('starts from the line that the reader asks about', async () => {
    const text = lines(
      ordinaryLines(30),
      `${at(31)} ERROR web.Login - permission denied for user 7`,
      ordinaryLines(400, 40),
      `${at(441)} ERROR store.Writer - disk full on /var/data`,
      ordinaryLines(20, 450),
    );
    const analyses = [await analysed('two.log', text)];
    const told = explainLogs({ analyses, focus: { path: 'two.log', line: 31 } });
    expect(told.rootCause.category).toBe('auth.denied');
    const later = explainLogs({ analyses, focus: { path: 'two.log', line: 432 } });
    expect(later.rootCause.category).toBe('resource.disk');
  });

  it('names what it could not know', async () => {
    const told = explainLogs({
      analyses: [
        await analysed(
          'plain.log',
          lines('ERROR cannot connect to billing:8080: connection refused'),
        ),
      ],
    });
    expect(told.missing.join(' ')).toMatch(/no times/);
    expect(told.missing.join(' ')).toMatch(/billing:8080/);
  });

  it('keeps a past incident beside the report, and its fix first', async () => {
    const analyses = [await analysed('store.log', storeLog)];
    const told = explainLogs({
      analyses,
      similar: [
        {
          similarity: 0.9,
          why: '3 shared patterns',
          incident: {
            id: 'i-1',
            savedAt: '2026-01-02T00:00:00.000Z',
            title: 'orders disk full',
            logs: ['store.log'],
            templates: [],
            exceptions: [],
            components: [],
            category: 'resource.disk',
            rootCause: 'orders disk full',
            resolution: 'moved old orders away',
            status: 'confirmed',
            grade: null,
            origin: '',
            merged: [],
          },
        },
      ],
    });
    expect(told.similarIncidents[0]).toMatchObject({
      id: 'i-1',
      resolution: 'moved old orders away',
    });
    expect(told.recommendations[0]?.action).toContain('moved old orders away');
  });

  it('is total: any lines give a report whose citations exist', async () => {
    const piece = fc.constantFrom(
      `${at(1)} ERROR a.B - no space left on device`,
      `${at(2)} WARN a.B - retry 1 of 3`,
      'java.io.IOException: broken pipe',
      '\tat a.b.C.d(E.java:1)',
      'Traceback (most recent call last):',
      '  File "/a.py", line 3, in f',
      'ValueError: x',
      'panic: runtime error',
      '\u0000\u001b[31mred\u202e',
      '',
    );
    const line = fc.oneof(piece, fc.string({ maxLength: 80 }));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 50 }), async (texts) => {
        const told = explainLogs({ analyses: [await analysed('any.log', texts.join('\n'))] });
        const ids = new Set(told.evidence.map(({ id }) => id));
        expect(ids.size).toBeLessThanOrEqual(60);
        for (const id of citedIds(told)) expect(ids).toContain(id);
        if (told.verdict !== 'no_incident')
          expect(told.rootCause.evidence.length).toBeGreaterThan(0);
        expect(told.summary).not.toBe('');
      }),
      { numRuns: 60, seed: 14 },
    );
  });

  it('has room for at most 60 items', async () => {
    const many = Array.from(
      { length: 200 },
      (_, index) =>
        `${at(index)} ERROR part${'abcdefghij'[index % 10] ?? ''}${'klmnopqrst'[index % 7] ?? ''}.Job - ${'alpha beta gamma delta epsilon zeta eta theta'.split(' ')[index % 8] ?? ''} step ${String.fromCharCode(97 + (index % 26)).repeat(4)} failed: cannot connect`,
    );
    const told = explainLogs({ analyses: [await analysed('many.log', lines(many))] });
    expect(told.evidence.length).toBeLessThanOrEqual(60);
  });
});
