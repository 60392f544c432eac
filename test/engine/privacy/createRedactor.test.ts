import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/engine/privacy/createRedactor.ts';
import { privacyLevels } from '../../../src/engine/privacy/privacyLevel.ts';
import { lookAlikes, plantPersons, showsPerson } from '../../../src/eval/secrets/personalData.ts';
import { leaks, plantInTools, plantSecrets } from '../../../src/eval/secrets/plantSecrets.ts';

const level = fc.constantFrom(...privacyLevels);
/** Pieces that the finders look for, joined at random. */
const piece = fc.constantFrom(
  'password=',
  'token: ',
  '"secret":"',
  '", ',
  'Bearer ',
  'https://',
  'user:',
  '@',
  '\n',
  '\r\n',
  ' ',
  '-----BEGIN PRIVATE KEY-----',
  '-----END PRIVATE KEY-----',
  '<IP_1>',
  '<TOKEN_2>',
  '10.1.2.3',
  'a@b.example',
  '\u001b[31m',
  '\u200b',
  'AKIAQ7WZK3M2TB5XHLNE',
  '/home/bob/',
  '4111111111111111',
  'hunter2',
  '=',
  ':',
  '{',
  '}',
  '[',
  '%3D',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  '\\"',
);
const line = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ maxLength: 200, unit: 'binary' }),
);

describe('a redactor', () => {
  it('leaves nothing of planted secrets at any level', () => {
    const planted = [...plantSecrets(7), ...plantInTools(7)];
    expect(planted.length).toBeGreaterThan(2000);
    const left = planted.filter((secret) =>
      leaks(createRedactor('secrets').redact(secret.text), secret),
    );
    expect(left.map(({ kind, carrier }) => `${kind} in ${carrier}`)).toEqual([]);
  });

  it('is measured by a leak that is one', () => {
    const planted = plantSecrets(3);
    expect(planted.filter((secret) => !leaks(secret.text, secret))).toEqual([]);
  });

  it('masks personal data at its level only', () => {
    for (const { text, value } of plantPersons(5, 2)) {
      expect(showsPerson(createRedactor('personal').redact(text), value), text).toBe(false);
      expect(showsPerson(createRedactor('secrets').redact(text), value), text).toBe(true);
    }
  });

  it('leaves versions, times, digests, trace ids and places in code alone', () => {
    for (const text of lookAlikes(2)) expect(createRedactor('personal').redact(text)).toBe(text);
  });

  it('gives the same value the same placeholder, and counts values', () => {
    const redactor = createRedactor('personal');
    expect(redactor.redact('10.9.8.7 asked 10.9.8.6, then 10.9.8.7')).toBe(
      '<IP_1> asked <IP_2>, then <IP_1>',
    );
    expect(redactor.redact('10.9.8.6 is gone')).toBe('<IP_2> is gone');
    expect(redactor.counts.get('IP')).toBe(2);
  });

  it('knows a secret again without its name', () => {
    const redactor = createRedactor('secrets');
    redactor.redact('password=kormalusi7');
    expect(redactor.redact('retry with kormalusi7 now')).toBe('retry with <PASSWORD_1> now');
  });

  it('does not take what a log wrote for its own placeholders', () => {
    const text = 'seen <IP_1> at 10.9.8.7';
    const redactor = createRedactor('personal');
    expect(redactor.redact(text)).toBe('seen <IP_1> at <IP_2>');
    expect(redactor.unmask(redactor.redact(text))).toBe(text);
    const early = createRedactor('personal', ['later: <IP_1>']);
    expect(early.redact('10.9.8.7')).toBe('<IP_2>');
  });

  it('leaves only common words, numbers and names of code where no raw text may leave', () => {
    const redactor = createRedactor('templates');
    expect(redactor.redact('login of zorvak failed in OrderService after 35 ms')).toBe(
      'login of <WORD_1> failed in OrderService after 35 ms',
    );
    const pattern = { template: 'shipment <*> of Brelka delayed', count: 40 };
    expect(redactor.redactMessage('shipment Quonx of Brelka delayed', pattern)).toBe(
      'shipment <WORD_2> of Brelka delayed',
    );
    expect(
      redactor.redactMessage('shipment Quonx of Brelka delayed', { ...pattern, count: 1 }),
    ).toBe('shipment <WORD_2> of <WORD_3> delayed');
  });

  it('gives back what it took, and changes nothing more the second time', () => {
    fc.assert(
      fc.property(level, line, (at, text) => {
        const redactor = createRedactor(at);
        const once = redactor.redact(text);
        expect(redactor.unmask(once)).toBe(text);
        expect(redactor.redact(once)).toBe(once);
        expect(createRedactor(at).redact(once)).toBe(once);
      }),
      { numRuns: 400, seed: 20_261_121 },
    );
  });
});
