import { expect, it } from 'vitest';
import { progressWords } from '../../../src/engine/present/progressWords.ts';

it('says what is known, and no share before it is reached', () => {
  const known = { share: 0.999, bytesPerSecond: 40.6e6, secondsLeft: 61.2 };
  expect(progressWords(known)).toBe('99 % · 41 MB/s · 1 min 2 s left');
  expect(progressWords({ ...known, secondsLeft: null })).toBe('99 % · 41 MB/s');
  expect(progressWords({ share: 0, bytesPerSecond: null, secondsLeft: null })).toBe('0 %');
});
