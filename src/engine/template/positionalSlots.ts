import { isSlotId } from './patternRows.ts';
import { codeWord, identifierWord, markToken, plainWord, slotToken } from './tokenClasses.ts';
import type { PatternRows } from './patternRows.ts';

/** Distinct words at one position, all else equal, that make it a slot. */
const plainThreshold = 6;
/** The same for a position whose words look like names of things rather than language. */
const identifierThreshold = 2;
/** The same for words with a digit or in capitals. */
const codeThreshold = 4;
/** The same for words that differ in their digits only: `en0` and `en1`. */
const numberedThreshold = 2;
/** The same between quotes. */
const quotedThreshold = 2;
/** Enough where all of the words are known as values from other places. */
const knownThreshold = 2;
/** Enough when some rows already have a slot there. */
const besideSlotThreshold = 2;
/** The same after a noun that is commonly followed by a name. */
const bearerThreshold = 3;
const bearers =
  /^(?:user|username|login|account|group|role|host|hostname|server|node|peer|client|device|interface|domain|database|schema|table|index|queue|topic|bucket|volume|container|pod|job|task|process|thread|module|plugin|package|component)$/i;
/** The first word of a sentence says what happened: it varies for other reasons. */
const firstWordThreshold = 12;

/** Running sums of one group of rows that agree in everything but one position. */
interface Groups {
  readonly hash1: Int32Array;
  readonly hash2: Int32Array;
  readonly size: Uint32Array;
  readonly identifiers: Uint32Array;
  readonly codes: Uint32Array;
  readonly slots: Uint32Array;
  /** Words that were found to be values elsewhere. */
  readonly known: Uint32Array;
  /** Hash of the first word without its digits, and whether another one has a different one. */
  readonly letters: Int32Array;
  readonly differ: Uint8Array;
}

/**
 * Finds positions where rows that agree in all other tokens differ, and turns them into slots
 * where the words there look like values: many of them, or names rather than language.
 * One position per row and call, the one with the most words. Linear in the number of tokens.
 * @param names words found to be values so far, in any place; those found now are added.
 * @returns whether any row changed.
 */
export function wipePositions(patterns: PatternRows, names: Set<string>): boolean {
  const { rows } = patterns;
  const { bare, classes } = patterns.vocabulary;
  let places = 0;
  for (const row of rows) places += row.tokens.length;
  const groups = newGroups(places);
  const groupOfPlace = new Int32Array(places).fill(-1);
  let place = 0;
  const wordsOf = new Uint32Array(rows.length);
  rows.forEach((row, index) => {
    const { tokens } = row;
    let sum1 = tokens.length;
    let sum2 = tokens.length;
    let words = 0;
    for (let at = 0; at < tokens.length; at++) {
      sum1 = (sum1 + mix1(tokens[at]!, at)) | 0;
      sum2 = (sum2 + mix2(tokens[at]!, at)) | 0;
      if (classes[tokens[at]!]! >= plainWord) words++;
    }
    wordsOf[index] = words;
    for (let at = 0; at < tokens.length; at++, place++) {
      const id = tokens[at]!;
      const kind = classes[id]!;
      if (kind === markToken) continue;
      const wild = -1 - patterns.slotFor(id);
      const group = findGroup(
        groups,
        (sum1 - mix1(id, at) + mix1(wild, at)) | 0,
        (sum2 - mix2(id, at) + mix2(wild, at)) | 0,
      );
      groupOfPlace[place] = group;
      const letters = patterns.vocabulary.letters[id]!;
      if (groups.size[group] === 0) groups.letters[group] = letters;
      else if (groups.letters[group] !== letters) groups.differ[group] = 1;
      groups.size[group]!++;
      if (names.has(bare[id]!)) groups.known[group]!++;
      if (kind === slotToken) groups.slots[group]!++;
      if (kind >= codeWord) groups.codes[group]!++;
      if (kind === identifierWord) groups.identifiers[group]!++;
    }
  });
  place = 0;
  return patterns.rewrite((row, index) => {
    const { tokens } = row;
    let best = -1;
    let bestSize = 0;
    for (let at = 0; at < tokens.length; at++, place++) {
      const group = groupOfPlace[place]!;
      if (group < 0 || isSlotId(tokens[at]!)) continue;
      const size = groups.size[group]!;
      if (size <= bestSize || wordsOf[index]! - 1 < 2) continue;
      const before = at > 0 ? bare[tokens[at - 1]!]! : '';
      const after = at + 1 < tokens.length ? bare[tokens[at + 1]!]! : '';
      if (size < thresholdOf(groups, group, at, before, after)) continue;
      best = at;
      bestSize = size;
    }
    if (best < 0) return null;
    names.add(bare[tokens[best]!]!);
    const wiped = [...tokens];
    wiped[best] = patterns.slotFor(tokens[best]!);
    return wiped;
  });
}

function thresholdOf(
  groups: Groups,
  group: number,
  at: number,
  before: string,
  after: string,
): number {
  const size = groups.size[group]!;
  if (groups.slots[group]! > 0) return besideSlotThreshold;
  if (groups.known[group] === size) return knownThreshold;
  if (groups.identifiers[group]! >= size * 0.75) return identifierThreshold;
  if ((before === '"' || before === "'") && after === before) return quotedThreshold;
  if (groups.codes[group]! >= size * 0.75) {
    return groups.differ[group] === 0 ? numberedThreshold : codeThreshold;
  }
  if (bearers.test(before)) return bearerThreshold;
  return at === 0 ? firstWordThreshold : plainThreshold;
}

function newGroups(places: number): Groups {
  let capacity = 16;
  while (capacity < places * 2) capacity *= 2;
  return {
    hash1: new Int32Array(capacity),
    hash2: new Int32Array(capacity),
    size: new Uint32Array(capacity),
    identifiers: new Uint32Array(capacity),
    codes: new Uint32Array(capacity),
    slots: new Uint32Array(capacity),
    known: new Uint32Array(capacity),
    letters: new Int32Array(capacity),
    differ: new Uint8Array(capacity),
  };
}

/** Index of the group with these sums; an unused entry when there is none yet. */
function findGroup(groups: Groups, hash1: number, hash2: number): number {
  const mask = groups.size.length - 1;
  let at = (hash1 ^ (hash2 >>> 9)) & mask;
  while (groups.size[at] !== 0) {
    if (groups.hash1[at] === hash1 && groups.hash2[at] === hash2) return at;
    at = (at + 1) & mask;
  }
  groups.hash1[at] = hash1;
  groups.hash2[at] = hash2;
  return at;
}

function mix1(id: number, at: number): number {
  let mixed = Math.imul(id + 0x7f4a7c15, 0x9e3779b1) ^ Math.imul(at + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}

function mix2(id: number, at: number): number {
  let mixed = Math.imul(id + 0x165667b1, 0xc2b2ae35) ^ Math.imul(at + 7, 0x27d4eb2f);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return mixed ^ (mixed >>> 14);
}
