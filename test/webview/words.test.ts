import { describe, expect, it } from 'vitest';
import { announcement } from '../../webview/announce.ts';
import { textPieces } from '../../webview/codeText.ts';
import { basisWords, webHost } from '../../webview/format.ts';
import { suggestedQuestions } from '../../webview/suggestions.ts';
import { nearestMark, timelineEvents } from '../../webview/timelineEvents.ts';
import { visible, visibleIn } from '../../webview/visible.ts';
import { someExplanation } from '../engine/present/someExplanation.ts';
import { reportState, subject } from './somePanel.ts';

describe('commands in a sentence', () => {
  it('stand between backticks', () => {
    expect(textPieces('Run `df -h` and `df -i`.')).toEqual([
      { kind: 'words', text: 'Run ' },
      { kind: 'code', text: 'df -h' },
      { kind: 'words', text: ' and ' },
      { kind: 'code', text: 'df -i' },
      { kind: 'words', text: '.' },
    ]);
    expect(textPieces('one ` only')).toEqual([{ kind: 'words', text: 'one ` only' }]);
  });

  it('are never those of a quoted log line', () => {
    const text = 'Undo this change: “`rm -rf /` ” and `more`”.';
    expect(textPieces(text)).toEqual([{ kind: 'words', text }]);
  });
});

describe('addresses', () => {
  it('are followed on the web only, with the host that is really called', () => {
    expect(webHost('https://www.postgresql.org/docs')).toBe('www.postgresql.org');
    for (const address of [
      'http://www.postgresql.org',
      'javascript:alert(1)',
      'command:workbench.action.quit',
      'https://www.postgresql.org@evil.example/',
      'file:///etc/passwd',
      '//evil.example',
      '',
    ]) {
      expect(webHost(address), address).toBeNull();
    }
  });
});

describe('hidden characters', () => {
  it('are shown', () => {
    expect(visible('\u001b[2J a\u202egpj.exe\u200b\r\n\tb')).toBe(
      '␛[2J a‹202E›gpj.exe‹200B›␍\n\tb',
    );
  });

  it('stay in what the host recognises by its characters, and nowhere else', () => {
    const state = { path: 'a\u202e.log', notes: ['b\u202e', 3, null], inner: { text: 'c\u202e' } };
    expect(visibleIn(state)).toEqual({
      path: 'a\u202e.log',
      notes: ['b‹202E›', 3, null],
      inner: { text: 'c‹202E›' },
    });
  });
});

describe('what a sentence rests on', () => {
  it('is said in words', () => {
    expect(basisWords({ kind: 'rule', detail: 'pool-exhausted' })).toBe(
      'A rule matched: pool-exhausted',
    );
    expect(basisWords({ kind: 'statistic', detail: '' })).toBe('Counted');
  });
});

describe('suggested questions', () => {
  it('name what stands in the report', () => {
    expect(suggestedQuestions(someExplanation, subject)).toEqual([
      'What happened before 12:03:07?',
      'What else did orders-db report?',
      'What led to api.log:40?',
    ]);
  });

  it('are none where nothing is named', () => {
    const quiet = {
      ...someExplanation,
      rootCause: { ...someExplanation.rootCause, component: '', evidence: [] },
      timeline: [],
      evidence: [],
    };
    expect(suggestedQuestions(quiet, subject)).toEqual([]);
  });
});

describe('moments of the report on the picture', () => {
  const picture = {
    axis: 'time',
    start: Date.parse('2026-03-12T12:00:00Z'),
    width: 60_000,
    records: [1, 1, 1, 1],
    warnings: [0, 0, 0, 0],
    errors: [0, 0, 0, 0],
    marks: [],
  } as const;

  it('carry the names of their excerpts; the first one of the cause is the onset', () => {
    const before = { time: '2026-03-12T12:01:00.000Z', event: 'deployed', evidence: ['E2'] };
    const explanation = { ...someExplanation, timeline: [...someExplanation.timeline, before] };
    expect(timelineEvents(explanation, picture)).toEqual([
      { at: Date.parse(before.time), label: 'E2', isOnset: false },
      { at: Date.parse('2026-03-12T12:03:07.902Z'), label: 'E1', isOnset: true },
    ]);
  });

  it('bring the nearest finding into sight', () => {
    expect(nearestMark([{ at: 1 }, { at: 50 }, { at: 70 }], 58)).toBe(1);
    expect(nearestMark([{ at: 1 }, { at: 50 }], null)).toBe(0);
  });

  it('are none outside of it, and none where the log states no times', () => {
    expect(timelineEvents(someExplanation, { ...picture, records: [1] })).toEqual([]);
    expect(timelineEvents(someExplanation, { ...picture, axis: 'line' })).toEqual([]);
  });
});

describe('what a screen reader says', () => {
  const writing = (text: string): string =>
    announcement(reportState({ model: { state: 'writing', provider: 'Ollama', text } }));

  it('does not change with every piece of a text that is being written', () => {
    expect(writing('The')).toBe(writing('The pool ran dry'));
    expect(writing('')).toContain('Ollama is writing');
  });

  it('tells the verdict, and what became of a question', () => {
    expect(announcement(reportState({}))).toBe('Report: Probable cause.');
    const followUp = { id: 1, question: 'why?', state: 'answered', explanation: someExplanation };
    expect(announcement(reportState({ followUps: [followUp as never] }))).toContain(
      'Answered: The connection pool',
    );
  });
});
