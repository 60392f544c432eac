import { describe, expect, it } from 'vitest';

import { estimateSkews } from '../../../src/engine/merge/estimateSkews.ts';
import { followIdentifier } from '../../../src/engine/merge/followIdentifier.ts';
import { at, inputsOf } from './logs.ts';

const id = (number: number): string => `req-${String(number).padStart(8, '7')}`;

function calls(count: number, ahead: number, pause: number, words: string): string {
  let text = '';
  for (let number = 0; number < count; number += 1) {
    text += `${at(number * 1000 + ahead, `${words} ${id(number)} begins`)}\n`;
    text += `${at(number * 1000 + pause + ahead, `${words} ${id(number)} ends`)}\n`;
  }
  return text;
}

describe('estimateSkews', () => {
  it('tells a clock that is ahead, by the ids that both logs state', async () => {
    const inputs = inputsOf(calls(20, 0, 100, 'call'), calls(20, 61_000, 100, 'serve'));
    const { skews, notes } = await estimateSkews(inputs);
    expect(skews).toEqual([0, -61_000]);
    expect(notes).toEqual([
      'b.log: its clock seems 61 s ahead of that of a.log (from 20 shared ids).',
    ]);
  });

  it('leaves clocks alone where the ids do not agree, are few, or lie inside each other', async () => {
    const none = async (...texts: readonly string[]): Promise<void> => {
      expect(await estimateSkews(inputsOf(...texts))).toEqual({ skews: [0, 0], notes: [] });
    };
    await none(calls(3, 0, 100, 'call'), calls(3, 61_000, 100, 'serve'));
    await none(calls(20, 0, 9000, 'call'), calls(20, 4000, 100, 'serve'));
    const scattered = Array.from(
      { length: 20 },
      (_, n) => `${at(n * n * 7919, `serve ${id(n)}`)}\n`,
    );
    await none(calls(20, 0, 100, 'call'), scattered.join(''));
    await none(calls(20, 0, 100, 'call'), 'no times here\n');
  });
});

describe('followIdentifier', () => {
  it('gives the lines of all logs in the order of time, with their places', async () => {
    const one = `${at(0, 'took req-9')}\n${at(5, 'req-99 is another')}\n${at(20, 'done req-9 and req-9')}\n`;
    const two = `# head\n${at(10, 'other')}\n\tstack for req-9\n`;
    const found = await followIdentifier(inputsOf(one, two, 'req-9 without time\n'), 'req-9', 100);
    expect(found.cut).toEqual([]);
    expect(found.lines.map(({ log, line, text }) => [log, line, text.slice(-16)])).toEqual([
      [0, 1, 'rt - took req-9'.padStart(16, 'a')],
      [1, 3, '\tstack for req-9'],
      [0, 3, 'e req-9 and req-9'.slice(-16)],
      [2, 1, 'q-9 without time'],
    ]);
    const { column, text } = found.lines[0]!;
    expect(text.slice(column, column + 5)).toBe('req-9');
  });

  it('stops at the most lines of each log, and says of which', async () => {
    const text = (lines: number): string =>
      Array.from({ length: lines }, (_, n) => `${at(n, 'req-9')}\n`).join('');
    const found = await followIdentifier(inputsOf(text(9), text(3)), 'req-9', 4);
    expect(found.lines.map(({ log }) => log).sort()).toEqual([0, 0, 0, 0, 1, 1, 1]);
    expect(found.cut).toEqual([0]);
  });
});
