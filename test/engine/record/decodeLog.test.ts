import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  appendLog,
  bytesText,
  decodeLog,
  lineEndOffset,
  lineText,
  rawLength,
} from '../../../src/engine/record/decodeLog.ts';
import { textLog } from './parseText.ts';

function linesOf(bytes: Uint8Array): string[] {
  const log = decodeLog('x', bytes);
  return Array.from({ length: log.lineCount }, (_, line) => lineText(log, line));
}

function utf16(text: string, bigEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(text, 'utf16le'));
  return bigEndian ? new Uint8Array(Buffer.from(bytes).swap16()) : bytes;
}

describe('lines of a log', () => {
  it.each([
    ['an empty file', '', []],
    ['no final newline', 'a\nb', ['a', 'b']],
    ['a final newline', 'a\nb\n', ['a', 'b']],
    ['one empty line', '\n', ['']],
    ['CRLF', 'a\r\nb\r\n', ['a', 'b']],
    ['only carriage returns', 'a\rb\r', ['a\rb\r']],
    ['two carriage returns before the newline', 'a\r\r\n', ['a\r']],
  ])('are split at \\n only: %s', (_, text, lines) => {
    expect(linesOf(new TextEncoder().encode(text))).toEqual(lines);
  });

  it('end where a plain scan says, whatever the bytes and their alignment', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(7), (raw, shift) => {
        const newlines = raw.map((byte) => (byte % 3 === 0 ? 10 : 97 + (byte % 26)));
        const shifted = new Uint8Array(newlines.length + shift);
        shifted.set(newlines, shift);
        const log = decodeLog('x', shifted.subarray(shift));
        const starts = [0];
        newlines.forEach((byte, at) => {
          if (byte === 10) starts.push(at + 1);
        });
        if (starts[starts.length - 1] !== newlines.length) starts.push(newlines.length);
        expect([...log.lineStarts]).toEqual(starts);
        expect(log.lineCount).toBe(starts.length - 1);
      }),
    );
  });

  it('holds ten million empty lines', () => {
    const log = decodeLog('x', new Uint8Array(10_000_000).fill(10));
    expect(log.lineCount).toBe(10_000_000);
    expect(log.lineStarts[9_999_999]).toBe(9_999_999);
  });

  it('holds one line of 100 MB and shows its beginning', () => {
    const log = decodeLog('x', new Uint8Array(100_000_000).fill(97));
    expect(log.lineCount).toBe(1);
    expect(lineText(log, 0, 5)).toBe('aaaaa');
    expect(lineEndOffset(log, 0)).toBe(100_000_000);
  });

  it('cuts a line between characters', () => {
    const log = textLog('aé€😀z\n');
    expect(lineText(log, 0, 2)).toBe('a');
    expect(lineText(log, 0, 3)).toBe('aé');
    expect(lineText(log, 0, 9)).toBe('aé€');
    expect(lineText(log, 0, 10)).toBe('aé€😀');
  });
});

describe('the encoding of a log', () => {
  it('becomes Latin-1 where a log of ASCII goes on with a letter of that', () => {
    const ascii = textLog('plain\n');
    const cut = new TextEncoder().encode('ü').subarray(0, 1);
    expect(appendLog(textLog('plain\n'), cut).encoding).toBe('utf-8');
    expect(appendLog(textLog('ü\n'), Buffer.from('für\n', 'latin1')).encoding).toBe('utf-8');
    const log = appendLog(ascii, Buffer.from('für\n', 'latin1'));
    expect([log.encoding, lineText(log, 0), lineText(log, 1)]).toEqual(['latin1', 'plain', 'für']);
  });

  it('leaves out a UTF-8 byte order mark', () => {
    const log = textLog('\ufeffERROR ü\n');
    expect([log.encoding, lineText(log, 0)]).toEqual(['utf-8', 'ERROR ü']);
    expect(rawLength(log)).toBe(log.bytes.length + 3);
  });

  it.each([
    ['utf-16le', true, false],
    ['utf-16be', true, true],
    ['utf-16le', false, false],
    ['utf-16be', false, true],
  ])('transcodes %s (byte order mark: %s)', (encoding, mark, bigEndian) => {
    const log = decodeLog(
      'x',
      utf16(`${mark ? '\ufeff' : ''}first ö\r\nsecond 😀 line\n`, bigEndian),
    );
    expect(log.encoding).toBe(encoding);
    expect(log.lineCount).toBe(2);
    expect([lineText(log, 0), lineText(log, 1)]).toEqual(['first ö', 'second 😀 line']);
  });

  it('reads invalid UTF-8 byte by byte, so that nothing is lost', () => {
    const log = decodeLog('x', Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x0a, 0x80, 0x0a));
    expect(log.encoding).toBe('latin1');
    expect([lineText(log, 0), lineText(log, 1)]).toEqual(['café', '\u0080']);
    expect(bytesText(log, 3, 4)).toBe('é');
  });

  it('keeps UTF-8 where the log was cut inside a character or holds one foreign byte', () => {
    const text = new TextEncoder().encode('größe '.repeat(30));
    expect(decodeLog('x', text.subarray(0, 9)).encoding).toBe('utf-8');
    expect(decodeLog('x', Uint8Array.of(...text, 0xff)).encoding).toBe('utf-8');
  });

  it('knows binary, and does not take a hole of zeros for it', () => {
    const elf = Uint8Array.from({ length: 4000 }, (_, at) => (at * 7) % 11);
    expect(decodeLog('x', elf).encoding).toBe('binary');
    const torn = new TextEncoder().encode(`${'a good line of text\n'.repeat(400)}\0\0\0\0\nmore\n`);
    expect(decodeLog('x', torn).encoding).toBe('utf-8');
    const text = new TextEncoder().encode('INFO all is well\n'.repeat(500));
    const cutByRotation = Buffer.concat([new Uint8Array(200_000), text]);
    expect(decodeLog('x', cutByRotation).encoding).toBe('utf-8');
    expect(decodeLog('x', new Uint8Array(200_000)).encoding).toBe('binary');
  });
});

describe('appending', () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 12 });

  it('in pieces gives the log that was there at once', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const ascii = parts.map((part) =>
          part.map((byte) => (byte % 5 === 0 ? 10 : 32 + (byte % 90))),
        );
        let log = decodeLog('x', ascii[0]!);
        for (const part of ascii.slice(1)) log = appendLog(log, part);
        const whole = decodeLog('x', Uint8Array.from(ascii.flatMap((part) => [...part])));
        expect([...log.bytes]).toEqual([...whole.bytes]);
        expect([...log.lineStarts]).toEqual([...whole.lineStarts]);
        expect([log.lineCount, rawLength(log)]).toEqual([whole.lineCount, rawLength(whole)]);
      }),
    );
  });

  it('goes on in UTF-16, also inside a code unit and a surrogate pair', () => {
    const bytes = utf16('\ufeffone 😀 two\nthree\n', true);
    let log = decodeLog('x', bytes.subarray(0, 2));
    for (let at = 2; at < bytes.length; at += 3) log = appendLog(log, bytes.subarray(at, at + 3));
    expect([log.lineCount, lineText(log, 0), lineText(log, 1)]).toEqual([2, 'one 😀 two', 'three']);
  });

  it('many small pieces do not cost quadratic copies', () => {
    const line = new TextEncoder().encode('a line without an end yet ');
    let log = textLog('first\n');
    for (let piece = 0; piece < 100_000; piece += 1) log = appendLog(log, line);
    expect(log.bytes.length).toBe(6 + 100_000 * line.length);
    expect(log.lineCount).toBe(2);
  });
});
