import { describe, expect, it } from 'vitest';

import { decisiveLine } from '../../../src/engine/explain/decisiveLine.ts';

describe('decisiveLine', () => {
  it('passes over section marks and empty lines', () => {
    const lines = [
      'travis_fold:start:build',
      '',
      '##[group]Build',
      'link failed: no such library z',
    ];
    expect(decisiveLine(lines, '')).toBe('link failed: no such library z');
  });

  it('prefers the error with a place to a heading', () => {
    const lines = ['stack traceback:', '  in function plan', 'orders.lua:14: error: total is nil'];
    expect(decisiveLine(lines, '')).toBe('orders.lua:14: error: total is nil');
  });

  it('reads a heading with the line below it where nothing else tells', () => {
    const lines = ['Error in module shop:', '', '   wanted three parts', 'see the manual'];
    expect(decisiveLine(lines, '')).toBe('Error in module shop: wanted three parts');
  });

  it('follows the words that name the failure, and the first of equal lines', () => {
    const lines = ['some step failed', 'disk full on /out', 'disk full on /tmp'];
    expect(decisiveLine(lines, 'disk full')).toBe('disk full on /out');
    expect(decisiveLine(['a.c:1: error: x', 'b.c:2: error: y'], '')).toBe('a.c:1: error: x');
  });

  it('prefers the reason to the announcement that a step failed', () => {
    const lines = [
      'Failed to execute step compile: compilation failure',
      'src/Orders.java:[14,2] incompatible types',
      'command failed with exit code 1',
    ];
    expect(decisiveLine(lines, 'incompatible types')).toContain('Orders.java');
    expect(decisiveLine(['step exited with 1', 'error: total is nil'], '')).toBe(
      'error: total is nil',
    );
  });

  it('has nothing to say of nothing', () => {
    expect(decisiveLine(['', '   ', '-----'], '')).toBe('');
  });
});
