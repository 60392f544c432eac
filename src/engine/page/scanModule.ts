import {
  add,
  and,
  atLeast,
  bitAnd,
  bitmask,
  block,
  branch,
  branchIf,
  call,
  constant,
  different,
  done,
  end,
  equal,
  equalBytes,
  get,
  i32,
  isZero,
  lane,
  leadingZeros,
  lessThan,
  lessThanSigned,
  letters,
  load,
  loadByte,
  locals,
  loop,
  noZeroByte,
  or,
  section,
  select,
  set,
  splat,
  store,
  subtract,
  subtractBytes,
  sumPairsOfBytes,
  sumPairsOfShorts,
  tee,
  trailingZeros,
  unsigned,
  v128,
  vector,
  when,
  zeros,
} from './wasmCode.ts';

/*
 * A WebAssembly module of three loops over bytes, sixteen at a time. JavaScript sees a byte at a time
 * (0.6 GB/s) or four in an integer (3 GB/s), and `Buffer.indexOf` costs a call for each line end;
 * these loops run at the speed of memory. Written as instructions here, since a compiler and a binary
 * file in the package would be more to keep.
 */

const newline = 0x0a;

/** A lane of eight bits counts to 255, so the lanes are added up at the latest after as many steps. */
const laneSteps = 255;

/** `count(at, end, byte)`: how often a byte occurs; `end - at` is a multiple of 16. */
const count = [
  // Locals: 3 sum, 4 where the lanes are added up, 5 lanes, 6 the byte sixteen times.
  ...locals([2, i32], [2, v128]),
  ...[...get(2), ...splat, ...set(6)],
  ...[...block, ...loop],
  ...[...get(0), ...get(1), ...atLeast, ...branchIf(1)],
  ...[...get(0), ...constant(laneSteps * 16), ...add, ...tee(4)],
  ...[...get(1), ...get(4), ...get(1), ...lessThan, ...select, ...set(4)],
  ...[...zeros, ...set(5)],
  ...loop,
  // Equal bytes are -1.
  ...[...get(5), ...get(0), ...load, ...get(6), ...equalBytes, ...subtractBytes, ...set(5)],
  ...[...get(0), ...constant(16), ...add, ...tee(0), ...get(4), ...lessThan, ...branchIf(0)],
  ...end,
  ...[...get(5), ...sumPairsOfBytes, ...sumPairsOfShorts, ...set(5)],
  ...[...get(3), ...get(5), ...lane(0), ...add, ...get(5), ...lane(1), ...add],
  ...[...get(5), ...lane(2), ...add, ...get(5), ...lane(3), ...add, ...set(3)],
  ...[...branch(0), ...end, ...end],
  ...get(3),
  ...end,
];

/** Leaves sixteen bytes that tell where `first` or `second` (locals) stands in those of the stack, kept in `kept`. */
const eitherByte = (kept: number, first: number, second: number): number[] => [
  ...[...tee(kept), ...get(first), ...equalBytes],
  ...[...get(kept), ...get(second), ...equalBytes, ...or],
];

/**
 * `find(at, end, a, b, c, d, distance)`: the first place where `a` or `b` stands, and `c` or `d`
 * `distance` bytes behind it; -1 for none. It may lie up to 15 bytes behind `end`.
 */
const find = [
  // Locals: 7 which of sixteen, 8 to 11 a to d sixteen times, 12 sixteen bytes.
  ...locals([1, i32], [5, v128]),
  ...[2, 3, 4, 5].flatMap((byte) => [...get(byte), ...splat, ...set(byte + 6)]),
  ...[...block, ...loop],
  ...[...get(0), ...get(1), ...atLeast, ...branchIf(1)],
  ...[...get(0), ...load, ...eitherByte(12, 8, 9)],
  ...[...get(0), ...get(6), ...add, ...load, ...eitherByte(12, 10, 11)],
  ...[...and, ...bitmask, ...tee(7)],
  ...[...when, ...get(0), ...get(7), ...trailingZeros, ...add, ...done, ...end],
  ...[...get(0), ...constant(16), ...add, ...set(0)],
  ...[...branch(0), ...end, ...end],
  ...constant(-1),
  ...end,
];

/** So far the tables of a needle lie apart. */
export const mostNeedle = 1024;
/** Sixteen bytes behind it are told to be no matter. */
export const mostChecked = mostNeedle - 16;

/** Parameters and variables of `tally`. */
const p = {
  at: 0,
  end: 1,
  a: 2,
  b: 3,
  c: 4,
  d: 5,
  distance: 6,
  pairAt: 7,
  length: 8,
  checked: 9,
  tables: 10,
  words: 11,
  out: 12,
  startsBefore: 13,
  left: 14,
  right: 15,
};
const v = {
  base: 16,
  start: 17,
  free: 18,
  matches: 19,
  lineStart: 20,
  lastLine: 21,
  scratch: 22,
  pairs: 23,
  lineEnds: 24,
  checking: 25,
  next: 26,
  back: 27,
  looked: 28,
  endsHere: 29,
  sixteen: 30,
  newlines: 31,
};
const sixteenOfA = 32;

/** Leaves a mask of the line ends in the sixteen bytes whose address is on the stack. */
const lineEndsOf = [...load, ...get(v.newlines), ...equalBytes, ...bitmask];

/** Refuses a match where the byte whose address is on the stack makes its word go on. */
const refuseInWord = [
  ...[...loadByte, ...get(p.words), ...add, ...loadByte, ...tee(v.scratch)],
  ...[...constant(1), ...equal, ...branchIf(1)],
  ...[...get(v.scratch), ...constant(2), ...equal, ...when],
  ...[...get(v.start), ...get(v.start), ...get(p.length), ...add, ...call(0)],
  ...[...isZero, ...branchIf(2), ...end],
];

/**
 * `tally(at, end, a, b, c, d, distance, pairAt, length, checked, tables, words, out, startsBefore, left,
 * right)`: how many matches begin in `[at, startsBefore)` and end before `end`, none over another. The
 * pair stands `pairAt` bytes inside of the needle; of its bytes `checked`, rounded up to sixteens, are
 * compared with two tables of the forms a byte may have, and a third one of what is no matter any more.
 * With `left` (`right`) 1 the byte before (behind) a match is looked up in the table of words: 1 refuses
 * it, and for 2 the imported function decides. From the second word at `out` on, offsets tell where lines
 * with matches begin; the first word tells where these end.
 */
const tally = [
  ...locals([14, i32], [6, v128]),
  ...[p.a, p.b, p.c, p.d].flatMap((byte, index) => [
    ...[...get(byte), ...splat, ...set(sixteenOfA + index)],
  ]),
  ...[...constant(newline), ...splat, ...set(v.newlines)],
  ...[...get(p.at), ...tee(v.base), ...tee(v.free), ...tee(v.looked), ...set(v.lineStart)],
  ...[...constant(-1), ...set(v.lastLine)],
  ...[...get(p.out), ...constant(4), ...add, ...set(v.next)],
  ...[...block, ...loop],
  ...[...get(p.at), ...get(p.end), ...atLeast, ...branchIf(1)],
  ...[...get(p.at), ...load, ...eitherByte(v.sixteen, sixteenOfA, sixteenOfA + 1)],
  ...[...get(p.at), ...get(p.distance), ...add, ...load],
  ...eitherByte(v.sixteen, sixteenOfA + 2, sixteenOfA + 3),
  ...[...and, ...bitmask, ...tee(v.pairs)],
  ...[...when, ...get(p.at), ...lineEndsOf, ...set(v.endsHere), ...end],
  ...[...block, ...loop],
  ...[...get(v.pairs), ...isZero, ...branchIf(1)],
  ...block,
  ...[...get(p.at), ...get(v.pairs), ...trailingZeros, ...add, ...get(p.pairAt), ...subtract],
  ...[...tee(v.start), ...get(v.free), ...lessThanSigned, ...branchIf(0)],
  ...[...get(p.end), ...get(v.start), ...get(p.length), ...add, ...lessThanSigned, ...branchIf(0)],
  ...[...get(v.start), ...get(p.startsBefore), ...lessThanSigned, ...isZero, ...branchIf(0)],
  ...[...constant(0), ...set(v.checking)],
  ...[...block, ...loop],
  ...[...get(v.checking), ...get(p.checked), ...atLeast, ...branchIf(1)],
  ...[...get(v.start), ...get(v.checking), ...add, ...load, ...tee(v.sixteen)],
  ...[...get(p.tables), ...get(v.checking), ...add, ...tee(v.scratch), ...load, ...equalBytes],
  ...[...get(v.sixteen), ...get(v.scratch), ...constant(mostNeedle), ...add, ...load],
  ...[...equalBytes, ...or],
  ...[...get(v.scratch), ...constant(2 * mostNeedle), ...add, ...load, ...or],
  ...[...noZeroByte, ...isZero, ...branchIf(2)],
  ...[...get(v.checking), ...constant(16), ...add, ...set(v.checking), ...branch(0)],
  ...[...end, ...end],
  ...[...get(p.left), ...get(v.start), ...get(v.base), ...different, ...bitAnd, ...when],
  ...[...get(v.start), ...constant(1), ...subtract, ...refuseInWord, ...end],
  ...[...get(v.start), ...get(p.length), ...add, ...get(p.end), ...different],
  ...[...get(p.right), ...bitAnd, ...when],
  ...[...get(v.start), ...get(p.length), ...add, ...refuseInWord, ...end],
  ...[...get(v.matches), ...constant(1), ...add, ...set(v.matches)],
  ...[...get(v.start), ...get(p.length), ...add, ...set(v.free)],
  // The last line end before the match: in these sixteen bytes, or in those since the match before it.
  ...[...get(v.endsHere), ...constant(0), ...get(v.pairs), ...subtract],
  ...[...get(v.pairs), ...bitAnd, ...constant(1), ...subtract, ...bitAnd, ...set(v.lineEnds)],
  ...[...get(p.at), ...set(v.back)],
  ...[...block, ...loop],
  ...[...get(v.lineEnds), ...when],
  ...[...get(v.back), ...constant(32), ...add, ...get(v.lineEnds), ...leadingZeros],
  ...[...subtract, ...set(v.lineStart), ...branch(2), ...end],
  ...[...get(v.back), ...constant(16), ...subtract, ...tee(v.back), ...get(v.looked)],
  ...[...lessThanSigned, ...branchIf(1)],
  ...[...get(v.back), ...lineEndsOf, ...set(v.lineEnds), ...branch(0)],
  ...[...end, ...end],
  ...[...get(p.at), ...set(v.looked)],
  ...[...get(v.lineStart), ...get(v.lastLine), ...different, ...when],
  ...[...get(v.next), ...get(v.lineStart), ...tee(v.lastLine), ...get(v.base), ...subtract],
  ...[...store, ...get(v.next), ...constant(4), ...add, ...set(v.next), ...end],
  ...end,
  ...[...get(v.pairs), ...get(v.pairs), ...constant(1), ...subtract, ...bitAnd, ...set(v.pairs)],
  ...[...branch(0), ...end, ...end],
  ...[...get(p.at), ...constant(16), ...add, ...set(p.at)],
  ...[...branch(0), ...end, ...end],
  ...[...get(p.out), ...get(v.next), ...store],
  ...get(v.matches),
  ...end,
];

const parametersOf = { count: 3, find: 7, tally: Object.keys(p).length };

/** The module, with `pages` pages of 64 KiB as its memory. It imports `words.whole(start, end)`. */
export function scanModule(pages: number): Uint8Array<ArrayBuffer> {
  const type = (number: number): number[] => [0x60, ...repeated(i32, number), 1, i32];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [
      4,
      ...type(2),
      ...type(parametersOf.count),
      ...type(parametersOf.find),
      ...type(parametersOf.tally),
    ]),
    ...section(2, [1, ...vector(letters('words')), ...vector(letters('whole')), 0x00, 0]),
    ...section(3, [3, 1, 2, 3]),
    ...section(5, [1, 0x01, ...unsigned(pages), ...unsigned(pages)]),
    ...section(7, [
      4,
      ...[...vector(letters('memory')), 0x02, 0],
      ...[...vector(letters('count')), 0x00, 1],
      ...[...vector(letters('find')), 0x00, 2],
      ...[...vector(letters('tally')), 0x00, 3],
    ]),
    ...section(10, [3, ...vector(count), ...vector(find), ...vector(tally)]),
  ]);
}

function repeated(value: number, times: number): number[] {
  return [...unsigned(times), ...new Array<number>(times).fill(value)];
}
