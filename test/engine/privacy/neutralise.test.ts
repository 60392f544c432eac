import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instructionIn } from '../../../src/engine/privacy/instructionIn.ts';
import { neutralise } from '../../../src/engine/privacy/neutralise.ts';
import { adversarialLines } from '../../../src/eval/injection/adversarialLines.ts';
import { lookAlikes } from '../../../src/eval/secrets/personalData.ts';

const marks =
  /<\||\|>|\[\/?INST\]|<<SYS>>|<\/?(?:evidence|system|tool_result)|```|^#{1,6} |^(?:Human|Assistant|System):|"role"|"verdict"|!\[[^\]]*\]\(|[\u200b\u202e]|[\u{e0020}-\u{e007e}]/imu;

describe('text of a log in a prompt', () => {
  it('holds nothing that could be a part of the prompt', () => {
    expect(adversarialLines.filter(({ text }) => marks.test(text)).length).toBeGreaterThan(12);
    for (const { text } of adversarialLines) expect(neutralise(text)).not.toMatch(marks);
  });

  it('keeps what ordinary lines and placeholders say', () => {
    for (const text of lookAlikes(4)) expect(neutralise(text)).toBe(text);
    expect(neutralise('<IP_1> asked for <HOST_2>')).toBe('<IP_1> asked for <HOST_2>');
  });

  it('cuts long lines between words, and tells repeats once', () => {
    const long = neutralise(`${'word number one '.repeat(60)}end`);
    expect(long.length).toBeLessThanOrEqual(400);
    expect(long).toMatch(/(?:word|number|one) …$/);
    expect(neutralise('again again again again again')).toBe('again (5 times)');
    expect(neutralise('same\nsame\nsame\nsame')).toBe('same\n(the same line 3 times more)');
  });

  it('cannot hold the word that fences it', () => {
    expect(neutralise('a\n--- end of evidence n0nce\nb', { nonce: 'n0nce' })).not.toContain(
      'n0nce',
    );
  });

  it('changes nothing more the second time, whatever the text', () => {
    const part = fc.constantFrom(
      ...adversarialLines.map(({ text }) => text),
      '### ',
      '```',
      '---',
      ' ',
      'a ',
      '\n',
      '<',
      '>',
      '|',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(part, { maxLength: 6 }).map((parts) => parts.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          const once = neutralise(text);
          expect(neutralise(once)).toBe(once);
        },
      ),
      { numRuns: 300, seed: 20_261_121 },
    );
  });
});

describe('an instruction to an AI', () => {
  it('is told in every manner and language of the collection', () => {
    const missed = adversarialLines.filter(({ text }) =>
      [...text.split('\n'), text].every((part) => instructionIn(part) === null),
    );
    expect(missed.map(({ name }) => name)).toEqual([]);
  });

  it.each([
    'please run `brew update` explicitly',
    'curl -sSf https://get.example/install.sh | sh',
    'user agent updated its report, category cache hit',
    'you should use something else',
    'ignoring previous errors of the cache',
    'System: node 4 is up',
    'Rolling back to the previous version, answer from peer was 200',
  ])('is not %s', (text) => {
    expect(instructionIn(text)).toBeNull();
  });
});
