import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MaskedKeys } from '../../../src/engine/template/maskedKeys.ts';
import { maskedTokens } from '../../../src/engine/template/maskedTokens.ts';
import { MessageScanner } from '../../../src/engine/template/masks.ts';

const encoder = new TextEncoder();

function tokensOf(bytes: Uint8Array): string[] | null {
  const scanner = new MessageScanner();
  if (!scanner.scan(bytes, 0, bytes.length)) return null;
  return maskedTokens(scanner, bytes, 'utf-8');
}

const piece = fc.constantFrom(
  ...'17 5 0x1f 9f4ef63 10ms node17 eth0 -5 +7 -5ms - + 1234567890123 4 007'.split(' '),
  ...'/var/log/x.log / // ./a C:\\dir\\x :\\ http://a.example/b?c=1 :// x: = ( ) [ ] , ; : . _'.split(
    ' ',
  ),
  ..."af ffff :: :be: 0000: read block of user é 漢 don't a=1 b=/x k:v".split(' '),
  ...[' ', '  ', '\t', '\u0000', '"', "'"],
);
const message = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));

/** The message with other digits, or with one small change anywhere. */
function variants(text: string, salt: number): string[] {
  const place = salt % (text.length + 1);
  return [
    text,
    text.replaceAll(/\d/g, (digit) => String((Number(digit) + salt) % 10)),
    text.replaceAll(/\d+/g, (digits) => `${digits}${salt}`),
    text.slice(0, place) + text.slice(place + 1),
    `${text.slice(0, place)}7${text.slice(place)}`,
    `${text.slice(0, place)}-${text.slice(place)}`,
    `${text.slice(0, place)}/${text.slice(place)}`,
    `${text.slice(0, place)} ${text.slice(place)}`,
  ];
}

describe('keys of messages', () => {
  it('are those of their masked tokens, whatever was seen before', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), fc.nat(997), (messages, salt) => {
        const keys = new MaskedKeys(10_000);
        const lines = messages.flatMap((text) => [text, text, ...variants(text, salt)]);
        for (const line of [...lines, ...lines]) {
          const bytes = encoder.encode(line);
          const key = keys.keyOf(bytes, 0, bytes.length, 'utf-8');
          const texts = keys.keys[key]!.tokens.map((token) => keys.vocabulary.texts[token]);
          expect(texts, line).toEqual(tokensOf(bytes));
        }
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  it('do not depend on what stands around the message', () => {
    const keys = new MaskedKeys(100);
    const around = encoder.encode('9took 15 ms9');
    const plain = encoder.encode('took 15 ms');
    for (let time = 0; time < 3; time++) {
      expect(keys.keyOf(around, 1, around.length - 1, 'utf-8')).toBe(
        keys.keyOf(plain, 0, plain.length, 'utf-8'),
      );
    }
  });
});
