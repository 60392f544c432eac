import { describe, expect, it } from 'vitest';
import { shownText } from '../../../webview/viewer/ansi.ts';
import {
  columnAt,
  isEmpty,
  ordered,
  selectedIn,
  spotIn,
  storedBytes,
  wordAround,
  wordStep,
} from '../../../webview/viewer/selection.ts';
import { row } from './someRows.ts';

function spot(index: number, column: number): ReturnType<typeof spotIn> {
  const at = row(index);
  return spotIn(at, shownText(at.text), column, 'utf-8');
}

describe('places in a line', () => {
  it('count bytes as the log stores them', () => {
    expect(storedBytes('aé日😀b', 99, 'utf-8')).toBe(1 + 2 + 3 + 4 + 1);
    expect(storedBytes('aéb', 2, 'latin1')).toBe(2);
  });

  it('count escape sequences that are not shown', () => {
    const text = '\x1b[31mé\x1b[0mx';
    const coloured = row(2, { text, bytes: 13 });
    expect(spotIn(coloured, shownText(text), 1, 'utf-8').at).toBe(20 + 5 + 2 + 4);
    expect(spotIn(coloured, shownText(text), 0, 'utf-8').at).toBe(20);
  });

  it('are known again when another part of a long line is shown', () => {
    const first = row(0, { text: 'aéb😀cd', bytes: 40, cut: true });
    const { at } = spotIn(first, shownText(first.text), 5, 'utf-8');
    expect(at).toBe(8);
    const later = row(0, { text: '😀cd …', bytes: 40, skipped: 4, cut: true });
    expect(columnAt(later, shownText(later.text), at, 'utf-8')).toBe(2);
    expect(spotIn(later, shownText(later.text), 2, 'utf-8').at).toBe(at);
    expect(columnAt(later, shownText(later.text), 0, 'utf-8')).toBe(0);
  });

  it('do not leave the line', () => {
    expect(spot(1, 99)).toMatchObject({ byte: 10, column: 6, at: 16 });
    expect(spot(1, -3)).toMatchObject({ column: 0, at: 10 });
  });
});

describe('a selection', () => {
  it('is the same from either end', () => {
    const up = { anchor: spot(5, 2), head: spot(3, 4) };
    expect(ordered(up)).toEqual({ from: spot(3, 4), to: spot(5, 2) });
    expect(isEmpty({ anchor: spot(5, 2), head: spot(5, 2) })).toBe(true);
  });

  it('takes the rest of its first line, all of those between and the start of its last', () => {
    const selection = { anchor: spot(5, 2), head: spot(3, 4) };
    expect(selectedIn(selection, row(2), 6)).toBeNull();
    expect(selectedIn(selection, row(3), 6)).toEqual({ from: 4, to: 6, through: true });
    expect(selectedIn(selection, row(4), 6)).toEqual({ from: 0, to: 6, through: true });
    expect(selectedIn(selection, row(5), 6)).toEqual({ from: 0, to: 2, through: false });
    expect(selectedIn(selection, row(6), 6)).toBeNull();
  });
});

describe('words', () => {
  it('are what a double click selects', () => {
    expect(wordAround('GET /api_v2/größe', 7)).toEqual({ from: 5, to: 11 });
    expect(wordAround('GET /api_v2/größe', 4)).toEqual({ from: 4, to: 5 });
    expect(wordAround('größe', 5)).toEqual({ from: 0, to: 5 });
    expect(wordAround('', 0)).toEqual({ from: 0, to: 0 });
  });

  it('are steps of the cursor', () => {
    expect(wordStep('one, two', 0, 1)).toBe(3);
    expect(wordStep('one, two', 3, 1)).toBe(8);
    expect(wordStep('one, two', 8, -1)).toBe(5);
    expect(wordStep('one, two', 5, -1)).toBe(0);
  });
});
