import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreSessions } from '../../../src/engine/detect/sessionScores.ts';
import { seededRandom } from '../../../src/engine/base/random.ts';
import { SessionGrouping } from '../../../src/engine/detect/sessions.ts';
import type { RecordTable } from '../../../src/engine/record/recordTable.ts';
import { healthyService, viewOf, write, type Entry } from './syntheticLog.ts';

/** Requests served by a pool of threads: four records each, told apart by the thread alone. */
function threadPool(requests: number, threads: number): string {
  const entries: Entry[] = [];
  const free = Array.from({ length: threads }, () => 0);
  for (let index = 0; index < requests; index += 1) {
    const thread = (index * 5) % threads;
    const at = Math.max(index * 20, free[thread]! + 5);
    const steps = ['accepted a request', `read ${index % 90} rows`, 'rendered', 'answered'];
    for (const [step, text] of steps.entries()) {
      entries.push({ at: at + step * 30, text: `[pool-${thread}] INFO ${text}` });
    }
    free[thread] = at + 90;
  }
  return write(entries);
}

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

  it('takes a place that many share for no session', async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => {
      const server = `node-${(index * 7) % 30}`;
      return index % 2
        ? `heartbeat from ${server}`
        : `stored block on ${server} in ${index % 9} ms`;
    });
    const view = await viewOf(lines.join('\n'));
    expect(view.sessions.kind).toBe('window');
  });

  it('takes no identifier that ties nothing together', async () => {
    const lines = Array.from(
      { length: 600 },
      (_, index) => `order-${index * 31} ${index % 3 ? 'accepted' : 'rejected'}`,
    );
    const view = await viewOf(lines.join('\n'));
    expect(view.sessions.kind).toBe('window');
  });

  it('prefers the identifier that covers most of several kinds', async () => {
    const lines = Array.from({ length: 300 }, (_, index) => {
      const steps = [`request ${5000 + index} accepted`, `request ${5000 + index} parsed`];
      if (index % 3 === 0) {
        steps.push(`request ${5000 + index} locks job-${index}`, `job-${index} is unlocked`);
      }
      return [...steps, `request ${5000 + index} answered`];
    });
    const { sessions } = await viewOf(lines.flat().join('\n'));
    expect(sessions.identifier).toBe('request <*>');
    expect(sessions.coverage).toBeCloseTo(1000 / 1100, 5);
  });

  it('finds process ids in the header', async () => {
    const lines = Array.from({ length: 200 }, (_, index) => {
      const head = `Mar ${1 + Math.floor(index / 50)} 10:${String(index % 60).padStart(2, '0')}:00 web1 sshd[${2000 + index * 3}]:`;
      return [
        `${head} connection opened`,
        `${head} session for user u${index % 7}`,
        `${head} closed`,
      ];
    });
    const { sessions } = await viewOf(lines.flat().join('\n'));
    expect(sessions.identifier).toBe('sshd <*>');
    expect(sessions.ids).toHaveLength(200);
  });

  it.each([
    [
      'a field behind the message',
      (id: string, text: string) => `level=info msg="${text}" req=${id}`,
    ],
    [
      'JSON',
      (id: string, text: string) => JSON.stringify({ level: 'info', msg: text, request: id }),
    ],
    ['brackets in the header', (id: string, text: string) => `INFO  [${id}] ${text} in 4 ms`],
    ['the start of the message', (id: string, text: string) => `INFO ${id}: ${text} in 4 ms`],
  ])('finds identifiers of letters and digits in %s', async (_, line) => {
    const random = seededRandom(5);
    const letters = '23456789abcdefghjkmnpqrstuvwxyz';
    const lines = Array.from({ length: 250 }, (_row, index) => {
      const id = Array.from({ length: 12 }, () => letters[Math.floor(random() * 31)]!).join('');
      return ['accepted', 'loaded the profile', 'sent a mail', 'finished'].map(
        (text, step) =>
          `2024-05-01T10:${String(Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}.${step}00Z ${line(id, text)}`,
      );
    });
    const { sessions } = await viewOf(lines.flat().join('\n'));
    expect(sessions.kind).toBe('identifier');
    expect(sessions.coverage).toBeGreaterThan(0.9);
    expect(sessions.ids.length).toBeGreaterThan(230);
    expect(sessions.ids.length).toBeLessThanOrEqual(250);
  });

  it('finds a name with a number as one identifier', async () => {
    const lines = Array.from({ length: 200 }, (_, index) => {
      const worker = `web${index % 3}:${4000 + index}`;
      return [`(${worker}) begins`, `(${worker}) works`, `(${worker}) ends`];
    });
    const { sessions } = await viewOf(lines.flat().join('\n'));
    expect(sessions.ids).toHaveLength(200);
    expect(sessions.ids).toContain('web1:4001');
  });

  it('cuts the work of a pool of threads into what each did at a time', async () => {
    const text = threadPool(300, 8);
    const { sessions } = await viewOf(text);
    expect(sessions.identifier).toBe('pool-<*>');
    expect(sessions.ids).toHaveLength(300);
    expect(new Set(sessions.ids).size).toBe(300);
    for (let session = 0; session < 300; session += 1) {
      expect(sessions.offsets[session + 1]! - sessions.offsets[session]!).toBe(4);
    }
  });

  it('goes on grouping where a log grows as if it had been read as a whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(fc.integer({ min: 700, max: 1200 }), { minLength: 1, maxLength: 4 }),
        async (pooled, cuts) => {
          const text = pooled ? threadPool(300, 8) : write(healthyService(260, 3));
          const { log, records, templates, sessions } = await viewOf(text);
          const grown = new SessionGrouping(log, records, templates);
          const upTo = (count: number): RecordTable => ({ ...records, count });
          const partial = new SessionGrouping(log, upTo(700), templates);
          for (const cut of cuts) {
            // The last record is read again: it may have been incomplete.
            const known = partial.table.members.reduce((most, record) => Math.max(most, record), 0);
            partial.extend(log, upTo(Math.max(cut, known + 1)), templates, known);
          }
          partial.extend(log, records, templates, 300);
          expect(partial.table).toEqual(sessions);
          expect(grown.extend(log, records, templates, 500)).toEqual(sessions);
        },
      ),
      { numRuns: 20 },
    );
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
