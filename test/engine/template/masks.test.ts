import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutEscapes } from '../../../src/engine/template/escapeSequences.ts';
import { maskedTokens } from '../../../src/engine/template/maskedTokens.ts';
import { maxMessageBytes, MessageScanner } from '../../../src/engine/template/masks.ts';

const encoder = new TextEncoder();

function scan(message: string): { pattern: string; hash: string } {
  const bytes = encoder.encode(message);
  const scanner = new MessageScanner();
  if (!scanner.scan(bytes, 0, bytes.length)) throw new Error('holds an escape byte');
  return {
    pattern: maskedTokens(scanner, bytes, 'utf-8').join(''),
    hash: `${scanner.hash1},${scanner.hash2}`,
  };
}

describe('masks', () => {
  it.each([
    ['took 12 ms', 'took <*> ms'],
    ['took -0.5 ms', 'took <*> ms'],
    ['took 10ms', 'took <*>'],
    ['got 1,293 bytes', 'got <*> bytes'],
    ['at 0x00ffa3', 'at <*>'],
    ['commit 9f4ef63', 'commit <*>'],
    ['from 10.0.0.1:8080', 'from <*>'],
    ['from fe80::1 to ::1', 'from <*> to <*>'],
    ['from FF:F2:9F:15:7B:E0', 'from <*>'],
    ['id 0b72aca0-102e-4421-8ff3-2902d8353ff0', 'id <*>'],
    ['id abcdefab-cafe-4421-8ff3-2902d8353ff0', 'id <*>'],
    ['read /var/log/app.log: denied', 'read <*>: denied'],
    ['read C:\\Temp\\new.txt: denied', 'read <*>: denied'],
    ['read ./a/b.txt', 'read <*>'],
    ['open https://a.example:8443/x?y=1, twice', 'open https://<*>, twice'],
    ['mail to jane@a.example', 'mail to <*>'],
    ['on Sat Sep 17 07:49:04 PDT 2005 again', 'on <*> again'],
    ['on 2005-09-17T07:49:04Z again', 'on <*> again'],
    ['ready=true', 'ready=<*>'],
    ['value null given', 'value <*> given'],
    ['null pointer given', 'null pointer given'],
    ['node-17 left', 'node-<*> left'],
    ['job_17 left', '<*> left'],
    ['eth0 and ssh2 up', 'eth0 and ssh2 up'],
    ['"GET /a/b HTTP/1.1" 200', '"GET <*>" <*>'],
    ['java.io.IOException: broken', 'java.io.IOException: broken'],
    ['proxy.corp.example:3128 refused', '<*> refused'],
    ['read <*> of it', 'read <*> of it'],
  ])('%s', (message, pattern) => {
    expect(scan(message).pattern).toBe(pattern);
  });

  it('messages that differ in the digits of values only share hash and pattern', () => {
    const message = fc.string({
      unit: fc.constantFrom(...Array.from('aZ01 -_.:/@=[](){}"\'<*>#+,;\\é'), '90', ' 7'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(
        message,
        fc.array(fc.nat(9), { minLength: 40, maxLength: 40 }),
        (text, digits) => {
          const other = text.replaceAll(/(?<![a-zé\d])\d+(?![a-zé])/gi, (run, at: number) =>
            run.replaceAll(/\d/g, (digit) => String((Number(digit) + (digits[at] ?? 0)) % 10)),
          );
          const first = scan(text);
          const second = scan(other);
          expect(second).toEqual(first);
        },
      ),
      { seed: 3, numRuns: 2000 },
    );
  });

  it('messages with the same hash have the same pattern', () => {
    const message = fc.string({
      unit: fc.constantFrom(...Array.from('af0189 -_.:/@=[](){}"<*>#+,\\')),
      maxLength: 12,
    });
    const patternOf = new Map<string, string>();
    fc.assert(
      fc.property(message, (text) => {
        const { hash, pattern } = scan(text);
        expect(patternOf.get(hash) ?? pattern).toBe(pattern);
        patternOf.set(hash, pattern);
      }),
      { seed: 5, numRuns: 5000 },
    );
  });

  it('the pattern of a pattern is itself', () => {
    const token = fc.constantFrom('user', 'é', '12', '-7', 'a-1', '(3)', 'x=9f4e', '/a/b', 'end.');
    fc.assert(
      fc.property(fc.array(token, { maxLength: 8 }), (tokens) => {
        const { pattern } = scan(tokens.join(' '));
        expect(scan(pattern).pattern).toBe(pattern);
      }),
      { seed: 9, numRuns: 500 },
    );
  });

  it('looks at a bounded part of a long message and never cuts a character', () => {
    const scanner = new MessageScanner();
    for (const unit of ['x', 'é', '漢', 'ab ', '[', '7']) {
      const bytes = encoder.encode(unit.repeat(1 << 18));
      expect(scanner.scan(bytes, 0, bytes.length)).toBe(true);
      expect(scanner.ends[scanner.count - 1]).toBe(bytes.length);
      expect(scanner.starts[scanner.count - 1]).toBeLessThanOrEqual(maxMessageBytes);
      expect(maskedTokens(scanner, bytes, 'utf-8').join('')).not.toContain('\ufffd');
    }
  });

  it('treats NUL and other control bytes as white space', () => {
    expect(scan('disk\u0000\u0000full\u0007').pattern).toBe('disk full');
  });
});

describe('withoutEscapes', () => {
  const plain = (text: string): string => {
    const bytes = encoder.encode(text);
    return new TextDecoder().decode(withoutEscapes(bytes, 0, bytes.length));
  };

  it('removes colours, titles and charset switches', () => {
    expect(plain('\u001b[1;31mfail\u001b[0m \u001b]0;title\u0007end\u001b(B.')).toBe('fail end.');
    expect(plain('\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\')).toBe('link');
  });

  it('keeps the text behind a sequence that never ends', () => {
    expect(plain('\u001b]no end')).toBe('no end');
    expect(plain('\u001b[31')).toBe('31');
    expect(plain('a\u001b')).toBe('a');
  });
});
