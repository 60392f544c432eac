import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rawColumn, shownColumn, shownText } from '../../../webview/viewer/ansi.ts';

describe('a line as a terminal shows it', () => {
  it('has the colours of the theme, of the palette and of its own', () => {
    const { text, runs } = shownText(
      'a\x1b[31mred\x1b[0m \x1b[1;94mbright\x1b[m\x1b[38;5;208mcube\x1b[48;2;1;2;300mtrue\x1b[0m.',
    );
    expect(text).toBe('ared brightcubetrue.');
    expect(runs.map(({ from, to, style }) => [text.slice(from, to), style.colour])).toEqual([
      ['red', 'var(--vscode-terminal-ansiRed)'],
      ['bright', 'var(--vscode-terminal-ansiBrightBlue)'],
      ['cube', 'rgb(255, 135, 0)'],
      ['true', 'rgb(255, 135, 0)'],
    ]);
    expect(runs[1]?.style.bold).toBe(true);
    expect(runs[3]?.style.background).toBe('rgb(1, 2, 255)');
  });

  it('drops other sequences, with titles and links', () => {
    expect(shownText('\x1b]0;title\x07a\x1b[2K\x1b(Bb\x1b]8;;http://x\x1b\\c\x1b7d').text).toBe(
      'abcd',
    );
  });

  it('shows an escape that begins nothing, and keeps the text behind it', () => {
    expect(shownText('a\x1b]never ends').text).toBe('a␛]never ends');
    expect(shownText('a\x1b[31').text).toBe('a␛[31');
  });

  it('shows what was written last over the same line', () => {
    expect(shownText('10 %\r50 %\rdone').text).toBe('done');
    expect(shownText('done\r').text).toBe('done');
    expect(shownText('10 %\r\x1b[32mdone\x1b[0m').runs).toHaveLength(1);
  });

  it('lets no character hide or turn the text beside it', () => {
    expect(shownText('a\u0000b\u202ec\td').text).toBe('a␀b\ufffdc\td');
  });

  it('finds a column of the stored line in the shown one and back', () => {
    const raw = '\x1b[31mred\x1b[0m blue';
    const shown = shownText(raw);
    expect(shownColumn(shown, raw.indexOf('blue'))).toBe(4);
    expect(rawColumn(shown, 4)).toBe(raw.indexOf('blue'));
    expect(shownColumn(shown, 0)).toBe(0);
    expect(rawColumn(shown, shown.text.length)).toBe(raw.length);
    expect(shownColumn(shown, raw.length)).toBe(shown.text.length);
  });

  it('comes back to the same column from every shown one, whatever the line holds', () => {
    const piece = fc.constantFrom('a', 'é', '\x1b', '[', '3', '1m', '\r', ']', '\x07', '0;', '\\');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const shown = shownText(pieces.join(''));
        for (let column = 0; column <= shown.text.length; column += 1) {
          expect(shownColumn(shown, rawColumn(shown, column))).toBe(column);
        }
      }),
    );
  });
});
