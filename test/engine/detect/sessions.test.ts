import { describe, expect, it } from 'vitest';
import { scoreSessions } from '../../../src/engine/detect/sessionScores.ts';
import { healthyService, viewOf, write } from './syntheticLog.ts';

describe('findSessions', () => {
  it('finds request ids without being told', async () => {
    const view = await viewOf(write(healthyService(200, 1)));
    expect(view.sessions).toMatchObject({ kind: 'identifier', identifier: 'req-<*>' });
    expect(view.sessions.ids).toHaveLength(200);
  });

  it('finds identifiers that follow a word', async () => {
    const lines = Array.from({ length: 400 }, (_, index) => {
      const job = 7000 + Math.floor(index / 8) * 2 + (index % 2);
      const step = ['queued', 'started on node', 'copied input', 'finished'][
        Math.floor((index % 8) / 2)
      ]!;
      return `job=${job} ${step}`;
    });
    const view = await viewOf(lines.join('\n'));
    expect(view.sessions).toMatchObject({ kind: 'identifier', identifier: 'job <*>' });
  });

  it('takes neither clocks nor addresses nor measurements for identifiers', async () => {
    const lines = Array.from(
      { length: 600 },
      (_, index) =>
        `2024-03-04 09:${String(Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')} ${index % 2 ? 'read' : 'wrote'} ${index * 37} bytes from 10.0.0.${index % 30}`,
    );
    const view = await viewOf(lines.join('\n'));
    expect(view.sessions.kind).toBe('window');
  });

  it('covers every record once with windows', async () => {
    const view = await viewOf(Array.from({ length: 250 }, () => 'tick').join('\n'));
    expect(view.sessions.identifier).toBe('100 records');
    expect(Array.from(view.sessions.members)).toEqual(
      Array.from({ length: 250 }, (_, index) => index),
    );
  });
});

describe('scoreSessions', () => {
  it('flags the broken session, scores all of them, and says why', async () => {
    const entries = healthyService(400, 2);
    const id = /req-\w+/.exec(entries[800]!.text)![0];
    const text = write(
      entries.filter((entry) => !entry.text.includes(id) || entry.text.includes('accepted')),
    );
    const scores = await scoreSessions(await viewOf(text));
    expect(scores).toHaveLength(400);
    expect(scores.filter((score) => score.flagged).map((score) => score.id)).toEqual([id]);
    const best = scores.toSorted((a, b) => b.score - a.score)[0]!;
    expect(best.id).toBe(id);
    expect(best.reasons[0]!.text).toContain(id);
    expect(best.lines).toHaveLength(1);
  });

  it('takes the evidence of the lines where there are only windows', async () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `worker did step ${index % 9}`);
    lines[640] = 'ERROR worker crashed: out of memory';
    const scores = await scoreSessions(await viewOf(lines.join('\n')));
    expect(scores.filter((score) => score.flagged).map((score) => score.id)).toEqual([
      'lines 601-700',
    ]);
  });
});
