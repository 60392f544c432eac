import { describe, expect, it } from 'vitest';
import type { LogState } from '../../../src/host/logState.ts';
import { viewerState } from '../../../src/host/viewer/viewerState.ts';
import type { ViewParts } from '../../../src/host/viewer/viewerState.ts';
import type { OpenedView } from '../../../src/protocol/viewerApi.ts';
import type { LineMark } from '../../../src/protocol/workerApi.ts';
import { logMarks } from '../logMarks.ts';

const mark = (line: number, severity: LineMark['severity']): LineMark => ({
  rank: line,
  line,
  endLine: line + 1,
  severity,
  title: 'Disk full',
  note: 'never seen before',
  template: 'disk full',
  count: 2,
  repeats: [line + 10],
});

const parts: ViewParts = {
  name: 'orders.log',
  opened: null,
  members: ['/logs/orders.log'],
  shown: [0],
  failure: null,
  state: null,
  notes: [],
  options: {
    wrap: false,
    deltas: false,
    follow: false,
    notes: true,
    minimumSeverity: 'medium',
    fontFamily: 'monospace',
    fontSize: 14,
    tabSize: 4,
  },
  hidden: [],
  seenBytes: null,
};

const done = (stale = false, notes: readonly string[] = ['Sampled.']): LogState => ({
  kind: 'done',
  shown: {
    marks: { ...logMarks(), marks: [mark(0, 'high'), mark(4, 'low')], notes },
    stale,
  },
});

describe('viewerState', () => {
  it('counts lines of marks from 1, as the reading thread does, and leaves out what is below the floor', () => {
    const { marks } = viewerState({ ...parts, state: done() });
    expect(marks).toMatchObject([{ line: 1, endLine: 2, repeats: [11] }]);
    const low = { ...parts.options, minimumSeverity: 'low' } as const;
    expect(viewerState({ ...parts, state: done(), options: low }).marks).toHaveLength(2);
  });

  it('shows no marks of a text that was replaced', () => {
    expect(viewerState({ ...parts, state: done(true) }).marks).toEqual([]);
  });

  it('says once what is missing of the log, apart from what the analysis gave up', () => {
    const opened: OpenedView = {
      bytes: 9,
      encoding: 'utf-8',
      parts: [],
      lanes: [],
      growth: '',
      format: 'plain',
      confidence: 1,
      timed: false,
      zone: 0,
      notes: ['Ends early.'],
      milliseconds: 1,
    };
    const both = done(false, ['Ends early.', 'Sampled.']);
    const state = viewerState({ ...parts, opened, state: both, notes: ['A copy.'] });
    expect(state.opened?.notes).toEqual(['A copy.', 'Ends early.']);
    expect(state.notes).toEqual(['Sampled.']);
  });

  it('tells off, working with speed, cancelled and failed apart', () => {
    const analysis = (state: LogState | null) => viewerState({ ...parts, state }).analysis;
    expect(analysis(null)).toEqual({ kind: 'off' });
    expect(
      analysis({
        kind: 'working',
        progress: { stage: 'reading', share: 0.5, bytesPerSecond: 7, secondsLeft: 3 },
        shown: null,
      }),
    ).toEqual({
      kind: 'working',
      stage: 'reading',
      share: 0.5,
      bytesPerSecond: 7,
      secondsLeft: 3,
    });
    expect(analysis({ kind: 'cancelled', shown: null })).toEqual({ kind: 'cancelled' });
    const failure = { reason: 'unreadable', message: 'No.', advice: 'Try.' } as const;
    expect(analysis({ kind: 'failed', failure, shown: null })).toEqual({ kind: 'failed', failure });
  });
});
