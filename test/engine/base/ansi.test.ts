import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripAnsi, visibleText } from '../../../src/engine/base/ansi.ts';

describe('stripAnsi', () => {
  it.each([
    ['\u001b[1;31merror\u001b[0m: x', 'error: x'],
    ['\u001b]8;;https://example.org\u0007link\u001b]8;;\u0007', 'link'],
    ['\u001b]0;title\u001b\\text', 'text'],
    ['\u001b(Bplain', 'plain'],
    ['stray \u001b', 'stray '],
    ['cut \u001b[12;', 'cut 12;'],
  ])('%j reads %j', (text, shown) => {
    expect(stripAnsi(text)).toBe(shown);
  });

  it('leaves text without escapes alone and never grows it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const shown = stripAnsi(text);
        expect(shown.length).toBeLessThanOrEqual(text.length);
        if (!text.includes('\u001b')) expect(shown).toBe(text);
      }),
    );
  });

  it('takes linear time on unclosed sequences', () => {
    expect(stripAnsi('\u001b]'.repeat(300_000))).toBe('');
    expect(stripAnsi(`${'\u001b['.repeat(300_000)}xy`).endsWith('y')).toBe(true);
  });
});

describe('visibleText', () => {
  it.each([
    ['10%\r50%\rdone', 'done'],
    ['done\r   \r', 'done'],
    ['\u001b[2K\rbuilding\u001b[0m', 'building'],
    ['shown\r\u001b[K\r', 'shown'],
    ['', ''],
    [' \r ', ''],
  ])('of %j is %j', (line, shown) => {
    expect(visibleText(line)).toBe(shown);
  });
});
