import { describe, expect, it } from 'vitest';
import type { LogEvent, LogState } from '../../src/host/logState.ts';
import { isSettled, nextState, untouched } from '../../src/host/logState.ts';
import { logMarks } from './logMarks.ts';

const first = logMarks({ final: false });
const last = logMarks({ final: true });
const run = (events: readonly LogEvent[], from: LogState = untouched): LogState =>
  events.reduce(nextState, from);

describe('nextState', () => {
  it('goes from waiting over first marks to a result', () => {
    const working = run([{ kind: 'started' }, { kind: 'marked', marks: first }]);
    expect(working).toEqual({
      kind: 'working',
      progress: null,
      shown: { marks: first, stale: false },
    });
    expect(isSettled(working)).toBe(false);
    const done = nextState(working, { kind: 'finished', marks: last });
    expect(done).toEqual({ kind: 'done', shown: { marks: last, stale: false } });
    expect(isSettled(done)).toBe(true);
  });

  it('keeps old marks over an edit but calls them stale until new ones arrive', () => {
    const edited = run([
      { kind: 'started' },
      { kind: 'finished', marks: last },
      { kind: 'changed', appended: false },
    ]);
    expect(edited.shown?.stale).toBe(true);
    const appendedSince = nextState(edited, { kind: 'changed', appended: true });
    expect(appendedSince.shown?.stale).toBe(true);
    expect(nextState(appendedSince, { kind: 'started' }).shown?.stale).toBe(true);
  });

  it('trusts marks while lines are only added at the end', () => {
    const grown = run([
      { kind: 'started' },
      { kind: 'finished', marks: last },
      { kind: 'changed', appended: true },
    ]);
    expect(grown).toEqual({ kind: 'waiting', shown: { marks: last, stale: false } });
  });

  it('goes on working when lines are added meanwhile, and starts over when lines change', () => {
    const working = run([{ kind: 'started' }]);
    expect(nextState(working, { kind: 'changed', appended: true })).toBe(working);
    expect(nextState(working, { kind: 'changed', appended: false }).kind).toBe('waiting');
  });

  it('ignores the words of a run that was given up', () => {
    const cancelled = run([{ kind: 'started' }, { kind: 'cancelled' }]);
    for (const event of [
      { kind: 'marked', marks: first },
      { kind: 'finished', marks: last },
      { kind: 'failed', failure: { reason: 'internal', message: '', advice: '' } },
      {
        kind: 'progressed',
        progress: { stage: 'parsing', share: 0.5, bytesPerSecond: null, secondsLeft: null },
      },
    ] satisfies LogEvent[]) {
      expect(nextState(cancelled, event)).toBe(cancelled);
    }
  });

  it('does not take a result away because of a late cancel', () => {
    const done = run([{ kind: 'started' }, { kind: 'finished', marks: last }]);
    expect(nextState(done, { kind: 'cancelled' })).toBe(done);
  });

  it('shows no marks of a log that could not be read', () => {
    const failure = { reason: 'no-permission', message: 'No.', advice: 'Ask.' } as const;
    const failed = run([
      { kind: 'started' },
      { kind: 'marked', marks: first },
      { kind: 'failed', failure },
    ]);
    expect(failed).toEqual({ kind: 'failed', failure, shown: null });
  });
});
