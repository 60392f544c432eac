import type { RE2JS } from 're2js';
import type { ChunkBytes, Tally } from './byteScanner.ts';
import { chunkSize } from './byteScanner.ts';

/** An instruction of a program of re2js 2.10, and which there are (its class `Inst`). */
interface Instruction {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  readonly matchRune: (rune: number) => boolean;
}
const ops = {
  alternative: 1,
  alternativeMatch: 2,
  capture: 3,
  condition: 4,
  fail: 5,
  match: 6,
  none: 7,
  rune: 8,
  oneRune: 9,
  anyRune: 10,
  anyRuneOfLine: 11,
};

/** Conditions on a place between two characters, as bits. */
const lineBegins = 1 | 4;
const lineEnds = 2 | 8;
const wordEdge = 16;
const noWordEdge = 32;
const allConditions = -1;

/** What stands before a place. */
type Before = 'nothing' | 'word' | 'other';

interface State {
  /** Where to go on in the program, the preferred first. */
  readonly places: readonly number[];
  readonly before: Before;
  /** No match was found yet: one may begin here. */
  readonly searching: boolean;
}

/** Entries of a row of the table: one for each byte. */
const width = 256;
const newline = 0x0a;
const carriageReturn = 0x0d;

/** Of bytes that end a line or are not ASCII, and of those not seen yet. */
const unknown = -1;
/** No match can go on from here. */
const over = -2;
/** A match ends before the byte: the first entry of the next state is subtracted from this. */
const matching = -3;

/** Rows of 1 kB; when there are so many they are made anew. */
const mostStates = 2048;

/**
 * Counts the matches of an expression in ASCII text with a table of states that is made as it is needed
 * (a lazy deterministic automaton, as in RE2's dfa.cc, of the library's own program): a look-up for
 * each byte, where the library takes some twenty times as long. It knows where matches end, not where
 * they begin. Lines with other characters are counted by whoever is asked for them.
 */
export class AsciiAutomaton {
  readonly #program: readonly Instruction[];
  readonly #start: number;
  readonly #countLine: (chunk: ChunkBytes, from: number, to: number) => number;
  #states: State[] = [];
  #numbers = new Map<string, number>();
  /** For each state and byte: the first entry of the next state, or one of the signs above. */
  #table = new Int32Array(0);
  /** For each state: whether a match ends where the line does. */
  #endsInMatch: boolean[] = [];
  /** Where a search begins, behind what. */
  #starts: Readonly<Record<Before, number>> = { nothing: 0, word: 0, other: 0 };
  #matchEnd = -1;
  #lines = new Uint32Array(0);

  private constructor(
    program: readonly Instruction[],
    start: number,
    countLine: (chunk: ChunkBytes, from: number, to: number) => number,
  ) {
    this.#program = program;
    this.#start = start;
    this.#countLine = countLine;
    this.#clear();
  }

  /**
   * Null where the expression may match nothing at all, or looks behind.
   * @param countLine counts the matches of a line, with its line end
   */
  static of(
    compiled: RE2JS,
    countLine: (chunk: ChunkBytes, from: number, to: number) => number,
  ): AsciiAutomaton | null {
    const { inst, start } = compiled.re2().prog as {
      readonly inst: readonly Instruction[];
      readonly start: number;
    };
    if (inst.some(({ op }) => op > ops.anyRuneOfLine)) return null;
    const automaton = new AsciiAutomaton(inst, start, countLine);
    return automaton.#reach([start], allConditions).matched ? null : automaton;
  }

  /** Matches of the lines `[from, to)`, until the next tally. */
  tally(chunk: ChunkBytes, from: number, to: number): Tally {
    const { bytes } = chunk;
    if (this.#lines.length === 0) this.#lines = new Uint32Array(chunkSize / 2 + 1);
    let matches = 0;
    let lines = 0;
    for (let line = from; line < to;) {
      const before = matches;
      let next = -1;
      let at = line;
      let start = this.#starts.nothing;
      while (next < 0) {
        const stopped = this.#run(bytes, start, at, to);
        if (this.#matchEnd >= 0) {
          matches += 1;
          at = this.#matchEnd;
          start = isWordByte(bytes[at - 1]!) ? this.#starts.word : this.#starts.other;
        } else if (stopped < to && bytes[stopped]! >= 0x80) {
          const end = chunk.buffer.indexOf(newline, stopped);
          next = end < 0 || end >= to ? to : end + 1;
          matches = before + this.#countLine(chunk, line, next);
        } else {
          next = Math.min(to, bytes[stopped] === carriageReturn ? stopped + 2 : stopped + 1);
        }
      }
      if (matches > before) this.#lines[lines++] = line - from;
      line = next;
    }
    return { matches, lines: this.#lines.subarray(0, lines) };
  }

  /**
   * Goes on from a state until the match it finds cannot become longer, or to the end of the line, or
   * to a byte beyond ASCII: then there is no match yet.
   * @returns where it stopped; `#matchEnd` tells where the match ends, -1 for none
   */
  #run(bytes: Uint8Array, start: number, from: number, to: number): number {
    let table = this.#table;
    let state = start;
    let at = from;
    let last = -1;
    while (at < to) {
      let entry = table[state + bytes[at]!]!;
      if (entry < 0) {
        if (entry === unknown) {
          const byte = bytes[at]!;
          if (byte >= 0x80) {
            this.#matchEnd = -1;
            return at;
          }
          if (byte === newline || endsLine(bytes, at, to)) break;
          entry = this.#follow(state, byte);
          table = this.#table;
        }
        if (entry <= matching) {
          last = at;
          entry = matching - entry;
        }
        if (entry <= 0) {
          state = 0;
          break;
        }
      }
      state = entry;
      at += 1;
    }
    if (state !== 0 && this.#endsInMatch[state / width] === true) last = at;
    this.#matchEnd = last;
    return at;
  }

  #clear(): void {
    this.#states = [];
    this.#numbers.clear();
    this.#endsInMatch = [];
    this.#table = new Int32Array(16 * width).fill(unknown);
    this.#entryOf(nowhere);
    const search = (before: Before): number =>
      this.#entryOf({ places: [], before, searching: true });
    this.#starts = { nothing: search('nothing'), word: search('word'), other: search('other') };
  }

  /** First entry of a state; makes its row where it is new. */
  #entryOf(state: State): number {
    const key = `${state.before} ${state.searching} ${state.places.join(' ')}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known * width;
    if (this.#states.length === mostStates) this.#clear();
    const number = this.#states.length;
    if ((number + 1) * width > this.#table.length) {
      const larger = new Int32Array(this.#table.length * 2).fill(unknown);
      larger.set(this.#table);
      this.#table = larger;
    }
    this.#states.push(state);
    this.#numbers.set(key, number);
    const atEnd = conditions(state.before, 'nothing');
    this.#endsInMatch.push(this.#reach(this.#placesOf(state), atEnd).matched);
    return number * width;
  }

  /** The entry of a state and a byte, kept unless it depends on what follows. */
  #follow(entry: number, byte: number): number {
    const state = this.#states[entry / width]!;
    const next = isWordByte(byte) ? 'word' : 'other';
    const reached = this.#reach(this.#placesOf(state), conditions(state.before, next));
    const places = new Set<number>();
    for (const place of reached.runes) {
      const { op, out, matchRune } = this.#program[place]!;
      const any = op === ops.anyRune || op === ops.anyRuneOfLine;
      if (any || matchRune.call(this.#program[place], byte)) places.add(out);
    }
    const searching = state.searching && !reached.matched;
    const following = { places: [...places], before: next, searching } as const;
    const rows = this.#states.length;
    const to = this.#entryOf(places.size === 0 && !searching ? nowhere : following);
    const found = reached.matched ? matching - to : to === 0 ? over : to;
    // Where the rows were made anew, that of `entry` is gone.
    if (byte !== carriageReturn && this.#states.length >= rows) this.#table[entry + byte] = found;
    return found;
  }

  #placesOf({ places, searching }: State): readonly number[] {
    return searching ? [...places, this.#start] : places;
  }

  /**
   * The instructions that can be reached without a character, the preferred first, and whether a match
   * is among them: nothing behind it matters then.
   */
  #reach(
    from: readonly number[],
    holding: number,
  ): { readonly runes: readonly number[]; readonly matched: boolean } {
    const runes: number[] = [];
    const seen = new Set<number>();
    const waiting = from.toReversed();
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (seen.has(place)) continue;
      seen.add(place);
      const { op, out, arg } = this.#program[place]!;
      if (op === ops.match) return { runes, matched: true };
      if (op === ops.alternative || op === ops.alternativeMatch) waiting.push(arg, out);
      else if (op === ops.capture || op === ops.none) waiting.push(out);
      else if (op === ops.condition) {
        if ((arg & ~holding) === 0) waiting.push(out);
      } else if (op !== ops.fail) runes.push(place);
    }
    return { runes, matched: false };
  }
}

const nowhere: State = { places: [], before: 'other', searching: false };

/** Which conditions hold between two characters; `nothing` is the beginning or the end of a line. */
function conditions(before: Before, behind: Before): number {
  const begins = before === 'nothing' ? lineBegins : 0;
  const ends = behind === 'nothing' ? lineEnds : 0;
  const edge = (before === 'word') === (behind === 'word') ? noWordEdge : wordEdge;
  return begins | ends | edge;
}

/** Whether a `\r` belongs to a line end. */
function endsLine(bytes: Uint8Array, at: number, to: number): boolean {
  return bytes[at] === carriageReturn && at + 1 < to && bytes[at + 1] === newline;
}

function isWordByte(byte: number): boolean {
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x7a) || byte === 0x5f;
}
