import { describe, expect, it } from 'vitest';
import type { AnalysedLog } from '../../../src/engine/explain/analysedLog.ts';
import { explainLogs } from '../../../src/engine/explain/explainLogs.ts';
import { namedPlaces } from '../../../src/engine/explain/questionPlaces.ts';
import { analysed, lines, ordinaryLines, readOnly } from './analysedLogs.ts';

const deploy = lines(
  ordinaryLines(60),
  '2026-03-12T12:01:00.500Z INFO deploy.Config - pool size lowered to 5',
  ordinaryLines(120, 61),
  '2026-03-12T12:03:10.000Z ERROR store.Writer - disk full',
  ordinaryLines(30, 200),
);

/** 1-based lines of the places that a question names. */
async function placesOf(question: string, standing: readonly number[] = []): Promise<number[]> {
  const analysis: AnalysedLog = await analysed('/logs/shop.log', deploy);
  const places = standing.map((record) => ({ log: 0, record, count: 1, weight: 0.9 }));
  return namedPlaces(question, [analysis], places, 4).map(
    ({ record }) => (analysis.view.records.firstLine[record] ?? 0) + 1,
  );
}

describe('a question that names a moment', () => {
  it('is answered by what stands out or is rare before, after and at it', async () => {
    expect((await placesOf('What happened before 12:03:10?'))[0]).toBe(61);
    expect((await placesOf('and since 12:02?'))[0]).toBe(182);
    expect((await placesOf('what is wrong at 12:03:10?'))[0]).toBe(182);
    expect((await placesOf('what happened before 12:01?', [30]))[0]).toBe(31);
  });

  it('is answered by nothing where nothing is near, or the log states no time', async () => {
    expect(await placesOf('what happened before 04:00?')).toEqual([]);
    expect(await placesOf('which ratio is 16:9?')).toEqual([]);
    const plain = await analysed('plain.log', lines('alpha went', 'beta went'));
    expect(namedPlaces('before 12:00?', [plain], [], 4)).toEqual([]);
  });

  it('means the next day where the log began later on the first', async () => {
    const night = lines(
      '2026-03-12T23:59:00.000Z INFO a - started',
      '2026-03-13T00:10:00.000Z ERROR b - disk full',
      '2026-03-13T00:20:00.000Z INFO c - stopped',
    );
    const analysis = await analysed('night.log', night);
    const [best] = namedPlaces('what happened at 00:10?', [analysis], [], 4);
    expect(best?.record).toBe(1);
  });
});

describe('a question that names a line', () => {
  it('is answered by that line, or by what came before it', async () => {
    expect(await placesOf('what is at shop.log:182?')).toEqual([182]);
    expect((await placesOf('what led to shop.log:182?'))[0]).toBe(61);
    expect(await placesOf('what is at shop.log:99999?')).toEqual([]);
    expect(await placesOf('what is at other.log:3?')).toEqual([]);
  });
});

describe('an explanation', () => {
  it('begins with the answer and cites it', async () => {
    const told = explainLogs({
      analyses: [await readOnly('/logs/shop.log', deploy)],
      question: 'What happened before 12:03:10?',
    });
    expect(told.summary).toContain('shop.log:61');
    const cited = told.sentences[0]?.evidence ?? [];
    expect(told.evidence.find(({ id }) => cited.includes(id))?.line).toBe(61);
  });
});
