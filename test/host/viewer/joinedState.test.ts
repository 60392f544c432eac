import { describe, expect, it } from 'vitest';

import type { LogState } from '../../../src/host/logState.ts';
import { joinedState } from '../../../src/host/viewer/joinedState.ts';
import type { LineMark, LogMarks } from '../../../src/protocol/workerApi.ts';
import { lineMark, logMarks } from '../logMarks.ts';

const mark = (rank: number, line: number, severity: LineMark['severity']): LineMark =>
  lineMark({ rank, line, severity });

const done = (marks: Partial<LogMarks> = {}): LogState => ({
  kind: 'done',
  shown: { marks: { ...logMarks(), ...marks }, stale: false },
});
const failure = { reason: 'not-found', message: 'It is gone.', advice: 'Open it again.' } as const;
const failed: LogState = { kind: 'failed', failure, shown: null };

describe('what is known of several logs together', () => {
  it('ranks their findings anew, the strongest of any log first', () => {
    const state = joinedState([
      { name: 'a.log', state: done(), marks: [mark(1, 7, 'high'), mark(2, 3, 'low')] },
      { name: 'b.log', state: done(), marks: [mark(1, 5, 'medium'), mark(2, 1, 'high')] },
    ]);
    expect(state?.shown?.marks.marks.map(({ rank, line }) => [rank, line])).toEqual([
      [1, 7],
      [2, 1],
      [3, 5],
      [4, 3],
    ]);
  });

  it('is done when all are, and counts what they hold', () => {
    const state = joinedState([
      { name: 'a.log', state: done({ lines: 3, format: 'log4j' }), marks: [] },
      { name: 'b.log', state: done({ lines: 4, format: 'syslog-3164' }), marks: [] },
    ]);
    expect(state?.kind).toBe('done');
    expect(state?.shown?.marks).toMatchObject({ lines: 7, format: 'log4j, syslog-3164' });
  });

  it('works as long as one does, by the share of all', () => {
    const progress = {
      stage: 'reading',
      share: 0.5,
      bytesPerSecond: null,
      secondsLeft: 1,
    } as const;
    const working: LogState = { kind: 'working', progress, shown: null };
    const waiting: LogState = { kind: 'waiting', shown: null };
    const of = (...states: readonly LogState[]): LogState | null =>
      joinedState(states.map((state) => ({ name: 'a.log', state, marks: [] })));
    expect(of(done(), working, waiting, waiting)).toMatchObject({
      kind: 'working',
      progress: { share: 0.375 },
    });
    expect(of(done(), waiting)?.kind).toBe('waiting');
  });

  it('shows what it has where one log cannot be read, and names that one', () => {
    const state = joinedState([
      { name: 'a.log', state: done({ notes: ['Sampled.', '/logs/a.log is damaged.'] }), marks: [] },
      { name: 'b.log', state: failed, marks: [] },
    ]);
    expect(state?.kind).toBe('done');
    expect(state?.shown?.marks.notes).toEqual([
      'a.log: Sampled.',
      '/logs/a.log is damaged.',
      'b.log: It is gone.',
    ]);
    expect(joinedState([{ name: 'b.log', state: failed, marks: [] }])).toEqual(failed);
    expect(joinedState([{ name: 'a.log', state: null, marks: [] }])).toBeNull();
  });
});
