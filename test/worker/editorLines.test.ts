import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLog } from '../../src/engine/record/decodeLog.ts';
import { EditorLines } from '../../src/worker/editorLines.ts';

const pieces = fc.array(fc.constantFrom('a', 'bc', '\r', '\n', '\r\n'), { maxLength: 40 });

describe('EditorLines', () => {
  it('agrees with how an editor breaks lines', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        const lines = new EditorLines(decodeLog('a.log', Buffer.from(text)));
        // Each engine line starts where its offset falls among the lines of the editor.
        let offset = 0;
        text.split('\n').forEach((line, index, all) => {
          if (index === all.length - 1 && line === '') return;
          const editorLine = text.slice(0, offset).split(/\r\n|\r|\n/).length - 1;
          expect(lines.toEditor(index + 1)).toBe(editorLine);
          const end = text.slice(0, offset + line.replace(/\r$/, '').length);
          expect(lines.toEngine(end.split(/\r\n|\r|\n/).length - 1)).toBe(index + 1);
          offset += line.length + 1;
        });
      }),
      { seed: 6, numRuns: 500 },
    );
  });

  it('counts the same when a log grows, wherever it was cut', () => {
    fc.assert(
      fc.property(pieces, fc.nat(60), (parts, cut) => {
        const bytes = Buffer.from(parts.join(''));
        const whole = decodeLog('a.log', bytes);
        const part = new EditorLines(decodeLog('a.log', bytes.subarray(0, cut)));
        const grown = new EditorLines(whole, part);
        const lines = new EditorLines(whole);
        for (let line = 1; line <= whole.lineCount; line += 1) {
          expect(grown.toEditor(line)).toBe(lines.toEditor(line));
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('ends a line at its last editor line', () => {
    const lines = new EditorLines(decodeLog('a.log', Buffer.from('10 %\r50 %\rdone\nnext\n')));
    expect([lines.toEditor(1), lines.toEditorEnd(1)]).toEqual([0, 2]);
    expect(lines.toEditor(2)).toBe(3);
    expect([0, 1, 2, 3].map((line) => lines.toEngine(line))).toEqual([1, 1, 1, 2]);
  });

  it('keeps lines beyond the end within the log', () => {
    const lines = new EditorLines(decodeLog('a.log', Buffer.from('one\ntwo\n')));
    expect(lines.toEditor(99)).toBe(1);
    expect(lines.toEditor(0)).toBe(0);
    expect(new EditorLines(decodeLog('a.log', new Uint8Array(0))).toEditor(1)).toBe(0);
  });
});
