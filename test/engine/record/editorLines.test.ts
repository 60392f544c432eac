import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editorLineNumbers } from '../../../src/engine/record/editorLines.ts';
import { textLog } from './parseText.ts';

describe('editorLineNumbers', () => {
  it('is null where both count alike', () => {
    expect(editorLineNumbers(textLog(''))).toBeNull();
    expect(editorLineNumbers(textLog('a\nb\r\nc'))).toBeNull();
  });

  it('counts a lone carriage return as a break of the editor', () => {
    expect([...editorLineNumbers(textLog('10%\r50%\r100%\ndone\r\nend'))!]).toEqual([0, 3, 4]);
    expect([...editorLineNumbers(textLog('a\r\r\nb\r'))!]).toEqual([0, 2]);
  });

  it('agrees with splitting as the editor does', () => {
    const text = fc.array(fc.constantFrom('a', '\r', '\n', '\r\n'), { maxLength: 40 });
    fc.assert(
      fc.property(text, (parts) => {
        const log = textLog(parts.join(''));
        const numbers = editorLineNumbers(log);
        for (let line = 0; line < log.lineCount; line += 1) {
          const before = new TextDecoder().decode(log.bytes.subarray(0, log.lineStarts[line]));
          const expected = before.split(/\r\n|\r|\n/).length - 1;
          expect(numbers === null ? line : numbers[line]).toBe(expected);
        }
      }),
    );
  });
});
