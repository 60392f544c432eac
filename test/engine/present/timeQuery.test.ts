import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimeContext } from '../../../src/engine/present/timeQuery.ts';
import { parseTimeQuery } from '../../../src/engine/present/timeQuery.ts';

/** A log from 13 May 20:00 to 15 May 06:00, the cursor at noon of the 14th. */
const context: TimeContext = {
  first: Date.parse('2026-05-13T20:00:00Z'),
  last: Date.parse('2026-05-15T06:00:00Z'),
  at: Date.parse('2026-05-14T12:00:00Z'),
  zone: 0,
};

function time(text: string, change: Partial<TimeContext> = {}): string | null {
  const target = parseTimeQuery(text, { ...context, ...change });
  return target?.kind === 'time' ? new Date(target.ms).toISOString() : null;
}

describe('parseTimeQuery', () => {
  it.each([
    ['2026-05-14T12:03:07.5Z', '2026-05-14T12:03:07.500Z'],
    ['2026-05-14 12:03', '2026-05-14T12:03:00.000Z'],
    ['2026/5/14', '2026-05-14T00:00:00.000Z'],
    ['2026-05-14T12:03:07+02:00', '2026-05-14T10:03:07.000Z'],
    ['2026-05-14T12:03:07-0330', '2026-05-14T15:33:07.000Z'],
    ['2026-05-14T12:03:07,250', '2026-05-14T12:03:07.250Z'],
    ['12:03:07', '2026-05-14T12:03:07.000Z'],
    ['12:03 pm', '2026-05-14T12:03:00.000Z'],
    ['12:03 AM', '2026-05-14T00:03:00.000Z'],
    ['14 May 12:03', '2026-05-14T12:03:00.000Z'],
    ['May 14 12:03:07', '2026-05-14T12:03:07.000Z'],
    ['14 May 2025, 12:03', '2025-05-14T12:03:00.000Z'],
    ['September 3, 2026 01:02', '2026-09-03T01:02:00.000Z'],
    ['1778760187', '2026-05-14T12:03:07.000Z'],
    ['1778760187250', '2026-05-14T12:03:07.250Z'],
  ])('reads %s', (text, expected) => {
    expect(time(text)).toBe(expected);
  });

  it('goes from the cursor, or from the start where the cursor has no time', () => {
    expect(time('+5m')).toBe('2026-05-14T12:05:00.000Z');
    expect(time('-1h 30min')).toBe('2026-05-14T10:30:00.000Z');
    expect(time('+250ms')).toBe('2026-05-14T12:00:00.250Z');
    expect(time('+1d', { at: null })).toBe('2026-05-14T20:00:00.000Z');
  });

  it('means the zone of the log where a time has none', () => {
    expect(time('12:03', { zone: 120 })).toBe('2026-05-14T10:03:00.000Z');
    expect(time('2026-05-14 12:03', { zone: -420 })).toBe('2026-05-14T19:03:00.000Z');
    expect(time('14 May 12:03', { zone: 330 })).toBe('2026-05-14T06:33:00.000Z');
    expect(time('12:03Z', { zone: 120 })).toBe('2026-05-14T12:03:00.000Z');
    expect(time('12:03 -07:00', { zone: 120 })).toBe('2026-05-14T19:03:00.000Z');
  });

  it('takes the day in the zone of the log', () => {
    // 23:30 in New York is 03:30 of the next day in UTC.
    const at = Date.parse('2026-05-14T03:00:00Z');
    expect(time('23:30', { at, first: at, last: at + 3_600_000, zone: -240 })).toBe(
      '2026-05-14T03:30:00.000Z',
    );
    const newYear = Date.parse('2026-01-01T03:00:00Z');
    const range = { at: newYear, first: newYear, last: newYear + 3_600_000, zone: -240 };
    expect(time('31 Dec 23:30', range)).toBe('2026-01-01T03:30:00.000Z');
  });

  it('takes the day that lies in the log', () => {
    // 22:00 is in the log on the 13th and the 14th; the cursor stands nearer to the 14th.
    expect(time('22:00')).toBe('2026-05-14T22:00:00.000Z');
    expect(time('22:00', { at: context.first })).toBe('2026-05-13T22:00:00.000Z');
    expect(time('05:00', { at: context.last })).toBe('2026-05-15T05:00:00.000Z');
  });

  it('takes the year that lies in the log', () => {
    const first = Date.parse('2025-12-30T00:00:00Z');
    const last = Date.parse('2026-01-02T00:00:00Z');
    expect(time('31 Dec 12:00', { first, last, at: last })).toBe('2025-12-31T12:00:00.000Z');
    expect(time('1 Jan 12:00', { first, last, at: first })).toBe('2026-01-01T12:00:00.000Z');
    expect(time('29 Feb 12:00', { first: 0, last: Date.parse('1972-06-01'), at: null })).toBe(
      '1972-02-29T12:00:00.000Z',
    );
  });

  it('reads a share of the log', () => {
    expect(parseTimeQuery('50%', context)).toEqual({ kind: 'share', share: 0.5 });
    expect(parseTimeQuery('12.5 %', context)).toEqual({ kind: 'share', share: 0.125 });
  });

  it.each([
    '',
    'soon',
    '25:00',
    '12:61',
    '31 Feb 2026',
    '14 Mai 12:03 x',
    '101%',
    '+5 weeks',
    '13 pm',
  ])('says that "%s" is no time', (text) => {
    expect(parseTimeQuery(text, context)).toBeNull();
  });

  it('gives a finite place or none for any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (text) => {
        const target = parseTimeQuery(text, context);
        const value = target?.kind === 'time' ? target.ms : (target?.share ?? 0);
        expect(Number.isFinite(value)).toBe(true);
      }),
    );
  });
});
