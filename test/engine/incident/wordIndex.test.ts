import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WordIndex } from '../../../src/engine/incident/wordIndex.ts';

function indexOf(...texts: readonly string[]): WordIndex {
  const index = new WordIndex();
  for (const text of texts) index.add(text);
  return index;
}

const texts = fc.array(
  fc
    .array(fc.constantFrom('pool', 'disk', 'full', 'poolTimeout', 'lease', 'node'), {
      maxLength: 6,
    })
    .map((words) => words.join(' ')),
  { minLength: 1, maxLength: 12 },
);

describe('WordIndex', () => {
  it('prefers the text that holds the rare word', () => {
    const index = indexOf(
      'connection pool timeout',
      'disk full on connection',
      'connection closed',
    );
    const [pool, disk] = index.scores('connection pool');
    expect(pool).toBeGreaterThan(disk!);
  });

  it('scores a text without a shared word 0', () => {
    expect([...indexOf('alpha beta').scores('gamma')]).toEqual([0]);
    expect([...indexOf().scores('gamma')]).toEqual([]);
  });

  it('scores what is left after removals as if the rest had never been there', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat(11), { maxLength: 8 }), (all, gone) => {
        const index = indexOf(...all);
        for (const document of gone) index.remove(document);
        const left = all.map((_, place) => place).filter((place) => !gone.includes(place));
        const fresh = indexOf(...left.map((place) => all[place]!)).scores('pool disk');
        const scores = index.scores('pool disk');
        for (const document of gone) expect(scores[document] ?? 0).toBe(0);
        left.forEach((place, at) => {
          expect(scores[place]).toBeCloseTo(fresh[at]!, 9);
        });
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('finds by the starts of words, the text with more of them first', () => {
    const index = indexOf('disk full', 'connection pool timeout', 'pool closed');
    expect(index.find('conn pool').map(({ document }) => document)).toEqual([1, 2]);
    expect(index.find('conn pool')[0]).toMatchObject({ share: 1, found: ['conn', 'pool'] });
    expect(index.find('nothing')).toEqual([]);
    expect(index.find('')).toEqual([]);
  });
});
