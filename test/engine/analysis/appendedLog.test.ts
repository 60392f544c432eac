import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../../src/engine/analysis/analysis.ts';
import { analyseLog } from '../../../src/engine/analysis/analyseLog.ts';
import { LogSession } from '../../../src/engine/analysis/logSession.ts';
import type { AnalysisDeps } from '../../../src/engine/analysis/options.ts';
import type { Finding } from '../../../src/engine/detect/finding.ts';
import { hashingEmbedder } from '../../../src/engine/embed/hashingEmbedder.ts';
import { decodeLog } from '../../../src/engine/record/decodeLog.ts';
import { healthyService, write, type Entry } from '../detect/syntheticLog.ts';

const deps: AnalysisDeps = {
  embedder: null,
  embedderStatus: { id: 'none', state: 'off', detail: '' },
  now: () => 0,
};

async function last(stages: AsyncGenerator<Analysis>): Promise<Analysis> {
  let newest: Analysis | null = null;
  for await (const analysis of stages) newest = analysis;
  return newest!;
}

/** Ordinary traffic of some 12,000 records, with faults in its last twentieth. */
function faulty(): Uint8Array {
  const entries = healthyService(2800, 12);
  const end = entries.at(-1)!.at;
  const faults: Entry[] = [
    { at: end * 0.955, text: 'ERROR [db] Pool: connection refused by orders-db, giving up' },
    {
      at: end * 0.965,
      text: 'FATAL [api] Gateway: out of memory\n  at Gateway.read (gateway.js:7)',
    },
    { at: end * 0.975, text: 'WARN  [disk] Volume: array degraded, one member missing' },
    { at: end * 0.985, text: 'INFO  [db] Pool: query for req-0beef1 took 91822 ms rows=3' },
  ];
  return new TextEncoder().encode(write([...entries, ...faults]));
}

const bytes = faulty();
const isMarked = ({ severity }: Finding): boolean => severity !== 'low';

describe('a log whose end was appended', () => {
  it('shows every high finding of the whole, wherever it was cut', async () => {
    const whole = await analyseLog(decodeLog('a.log', bytes), deps);
    const high = whole.findings.filter(({ severity }) => severity === 'high');
    expect(high.length).toBeGreaterThanOrEqual(3);
    const cuts = fc.integer({ min: Math.ceil(bytes.length * 0.92), max: bytes.length - 1 });
    await fc.assert(
      fc.asyncProperty(cuts, async (cut) => {
        const session = new LogSession(decodeLog('a.log', bytes.slice(0, cut)), deps);
        await last(session.analyse());
        const { findings, view } = await last(session.append(bytes.slice(cut)));
        expect(view.records.count).toBe(whole.view.records.count);
        const marked = findings.filter(isMarked);
        for (const { line } of high) {
          expect(marked.some((finding) => line >= finding.line && line <= finding.endLine)).toBe(
            true,
          );
        }
      }),
      { numRuns: 4, seed: 3 },
    );
  });

  it('keeps a trace that is written piece by piece one record', async () => {
    const text = new TextEncoder();
    const session = new LogSession(decodeLog('a.log', bytes.slice(0, 40_000)), deps);
    const before = await last(session.analyse());
    const pieces = [
      '\n2024-03-04 23:00:00.000 ERROR [api] Gateway: request fai',
      'led\njava.lang.IllegalStateException: no\n\tat a.B.c(B.ja',
      'va:1)\n',
      '\tat a.B.d(B.java:2)\nCaused by: java.io.IOException: no\n',
      '\tat a.B.e(B.java:3)\n',
    ];
    let newest = before;
    for (const piece of pieces) newest = await last(session.append(text.encode(piece)));
    const { records, log } = newest.view;
    expect(records.count).toBe(before.view.records.count + 1);
    const found = newest.findings.find(({ endLine }) => endLine === log.lineCount);
    expect(found).toMatchObject({ line: log.lineCount - 5 });
    expect(found?.title).toContain('request failed');
  });

  it('needs no new vectors where no new kind of message came', async () => {
    let asked = 0;
    const embedder = {
      ...hashingEmbedder,
      embed: (texts: readonly string[]) => {
        asked += texts.length;
        return hashingEmbedder.embed(texts);
      },
    };
    const status = { id: 'hashing', state: 'ready', detail: '' } as const;
    const cut = bytes.lastIndexOf(10, Math.floor(bytes.length * 0.93)) + 1;
    const next = bytes.indexOf(10, cut + 2000) + 1;
    const session = new LogSession(decodeLog('a.log', bytes.slice(0, cut)), {
      ...deps,
      embedder,
      embedderStatus: status,
    });
    expect((await last(session.analyse())).stage).toBe('vectors');
    const before = asked;
    const stages: string[] = [];
    for await (const { stage } of session.append(bytes.slice(cut, next))) stages.push(stage);
    expect(stages).toEqual(['vectors']);
    expect(asked).toBe(before);
    for await (const { stage } of session.append(bytes.slice(next))) stages.push(stage);
    expect(stages).toEqual(['vectors', 'statistics', 'vectors']);
    expect(asked).toBeGreaterThan(before);
    expect(asked).toBeLessThan(before * 1.5);
  });
});
