import { describe, expect, it } from 'vitest';
import type { FollowEvent, FollowState } from '../../../src/host/text/followState.ts';
import { following, grownFrom, nextFollow } from '../../../src/host/text/followState.ts';
import { changeWords, followWords } from '../../../src/host/text/followWords.ts';

const after = (...events: readonly FollowEvent[]): FollowState =>
  events.reduce(nextFollow, following);

/** A screen of 20 lines that ends with the log. */
const atEnd = (lines: number): FollowEvent => ({
  kind: 'scrolled',
  top: lines - 20,
  bottom: lines - 1,
  lines,
});
const at = (top: number, lines: number): FollowEvent => ({
  kind: 'scrolled',
  top,
  bottom: top + 19,
  lines,
});
const grew = (from: number): FollowEvent => ({ kind: 'grew', from });

describe('following a log', () => {
  it('goes on while the log grows, also before the editor has scrolled along', () => {
    expect(after(atEnd(100), grew(99), at(80, 1100), atEnd(1100))).toMatchObject({
      on: true,
      news: null,
    });
  });

  it('pauses when the reader scrolls up, marks what comes then, and goes on at the end', () => {
    const paused = [atEnd(100), at(60, 100), grew(99), grew(120)] as const;
    expect(after(...paused)).toMatchObject({ on: false, news: 99 });
    expect(after(...paused, at(70, 130))).toMatchObject({ on: false, news: 99 });
    expect(after(...paused, atEnd(130))).toMatchObject({ on: true, news: null });
  });

  it('does not pause where the end stays in sight', () => {
    // A reader scrolls back from below the end, or the log was cut.
    expect(after(atEnd(100), { kind: 'scrolled', top: 70, bottom: 99, lines: 100 }).on).toBe(true);
    expect(after(atEnd(100), { kind: 'scrolled', top: 0, bottom: 4, lines: 5 }).on).toBe(true);
  });

  it('pauses at a click above the end and goes on when the cursor is there again', () => {
    const paused = [atEnd(100), { kind: 'cursor', line: 85, lines: 100 }] as const;
    expect(after(...paused).on).toBe(false);
    // The last lines are still visible: that they grow is not the reader coming back.
    expect(after(...paused, grew(99), at(80, 101)).on).toBe(false);
    expect(after(...paused, { kind: 'cursor', line: 98, lines: 100 }).on).toBe(true);
  });

  it('marks what came while the reader looked elsewhere, from the first line on', () => {
    const away = [atEnd(100), { kind: 'left' }, grew(99), grew(105)] as const;
    expect(after(...away)).toMatchObject({ on: true, news: 99 });
    expect(after(...away, { kind: 'left' }, grew(110)).news).toBe(110);
    expect(after(...away, { kind: 'resumed' }).news).toBeNull();
  });

  it('keeps the mark of a reader who left while looking at earlier lines', () => {
    expect(after(atEnd(100), at(60, 100), grew(99), { kind: 'left' }, grew(105)).news).toBe(99);
  });

  it('forgets what was new in a text that is gone', () => {
    expect(after(atEnd(100), at(60, 100), grew(99), { kind: 'restarted' }).news).toBeNull();
  });
});

describe('where a document has grown', () => {
  const change = { line: 9, startsLine: true, rangeOffset: 100, rangeLength: 0, textLength: 50 };

  it('is the line behind the last line end', () => {
    expect(grownFrom(change, 150)).toBe(9);
  });

  it('is the next line where the last one had no end', () => {
    expect(grownFrom({ ...change, startsLine: false }, 150)).toBe(10);
  });

  it('is the last line where that goes on', () => {
    expect(grownFrom({ ...change, rangeLength: 30 }, 150)).toBe(9);
  });

  it('is nowhere after another change', () => {
    expect(grownFrom(change, 151)).toBeNull();
    expect(grownFrom({ ...change, rangeLength: 50 }, 150)).toBeNull();
  });
});

describe('what is said of following', () => {
  it('counts new lines while it is paused, with the line where they begin', () => {
    const paused: FollowState = { ...following, on: false, news: 1203 };
    expect(followWords(paused, 1215, '', 'en')).toMatchObject({
      text: '$(debug-pause) Paused · 12 new lines',
      label:
        'Faultline: Paused, 12 new lines. New since you looked: 12 new lines, from line 1,204 on.',
    });
    expect(followWords(following, 1215, '', 'en').text).toBe('$(arrow-down) Following');
  });

  it('tells what happened to the file', () => {
    const words = changeWords({ kind: 'truncated', to: 1200 }, 'en');
    expect(followWords(following, 10, words, 'en').label).toBe(
      'Faultline: Following, the file was cut to 1,200 bytes.',
    );
    expect(changeWords({ kind: 'replaced', to: 5 }, 'en')).toContain('another file');
    expect(changeWords({ kind: 'gone' }, 'en')).toContain('removed');
    expect(changeWords({ kind: 'grew', from: 1, to: 2 }, 'en')).toBe('');
  });
});
