import { isUtf8 } from 'node:buffer';
import { RE2JS } from 're2js';
import { EngineError } from '../base/engineError.ts';
import { contentEnd } from '../record/lineIndex.ts';
import type { SourceEncoding } from '../source/byteSource.ts';
import { decodeText, isSingleByte } from '../source/textEncoding.ts';
import { AsciiAutomaton } from './asciiAutomaton.ts';
import type { ChunkBytes, Tally } from './byteScanner.ts';
import { Needle } from './needle.ts';
import { requiredLiteral } from './requiredLiteral.ts';
import { isWholeWord, wordEdges } from './wordEdges.ts';

/** What is looked for. */
export interface LogQuery {
  readonly text: string;
  readonly regex: boolean;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
}

/** A match in UTF-16 units of the text of its piece. */
export interface ColumnMatch {
  readonly from: number;
  readonly to: number;
}

/** A line with its line end in a chunk, or a piece of a line that is longer than a chunk. */
export interface LinePiece {
  readonly chunk: ChunkBytes;
  readonly from: number;
  readonly to: number;
  /** Matches that begin here or behind are found in the next piece of the line. */
  readonly startsBefore: number;
}

/** Lines one below the other in a chunk, or a piece of a line that is longer than a chunk. */
export type Lines = LinePiece;

/** Finds matches inside of lines. */
export interface LineMatcher {
  /** How far a match may reach over the end of a piece of a line too long to be looked at at once. */
  readonly overlap: number;
  /** A place in `chunk[from, to)` before whose line no line has a match; `to` where none has. */
  skipTo(chunk: ChunkBytes, from: number, to: number): number;
  /** How many matches a piece has, none over another. */
  count(piece: LinePiece): number;
  /** The same matches, ascending. */
  matches(piece: LinePiece): ColumnMatch[];
  /** Counts the matches of many lines at once; null where they have to be looked at one by one. */
  readonly tally: ((lines: Lines) => Tally) | null;
}

/** An expression has no longest match; longer ones are cut where a line is longer than a chunk. */
const overlapOfExpressions = 64 * 1024;

/** @throws EngineError `invalid-argument` for a wrong expression, with what is wrong */
export function lineMatcher(query: LogQuery, encoding: SourceEncoding): LineMatcher {
  return query.regex ? expressionMatcher(query, encoding) : textMatcher(query, encoding);
}

function textMatcher(query: LogQuery, encoding: SourceEncoding): LineMatcher {
  const needle = Needle.of(query.text, encoding, query.matchCase);
  if (needle === null) return nothing;
  // The `\r` of a line end is no text: such a needle needs to know where its line ends.
  const bytes = query.text.includes('\r') ? null : needle.bytes;
  const edges = query.wholeWord ? wordEdges(query.text, encoding) : null;
  function* spans({ chunk, from, to, startsBefore }: LinePiece): Generator<[number, number]> {
    const limit = contentEnd(chunk.bytes, from, to);
    let at = from;
    for (;;) {
      const start = needle!.find(chunk, at, limit);
      if (start < 0 || start >= startsBefore) return;
      const end = needle!.endAt(chunk.bytes, start, limit);
      const whole = !query.wholeWord || isWholeWord(chunk.bytes, start, end, from, limit, encoding);
      if (whole) yield [start, end];
      at = whole ? end : start + 1;
    }
  }
  return {
    overlap: needle.length,
    skipTo: (chunk, from, to) => skipToNeedle(needle, chunk, from, to),
    count: (piece) => {
      return countOf(spans(piece));
    },
    matches: (piece) => {
      const found: ColumnMatch[] = [];
      let byte = piece.from;
      let column = 0;
      const columnAt = (at: number): number => {
        column += decodeText(piece.chunk.bytes.subarray(byte, at), encoding).length;
        byte = at;
        return column;
      };
      for (const [start, end] of spans(piece)) {
        const from = columnAt(start);
        found.push({ from, to: columnAt(end) });
      }
      return found;
    },
    tally:
      bytes === null
        ? null
        : ({ chunk, from, to, startsBefore }) => chunk.tally(bytes, edges, from, to, startsBefore),
  };
}

const noMatches: Tally = { matches: 0, lines: new Uint32Array(0) };

const nothing: LineMatcher = {
  overlap: 0,
  skipTo: (_, __, to) => to,
  count: () => 0,
  matches: () => [],
  tally: () => noMatches,
};

function expressionMatcher(query: LogQuery, encoding: SourceEncoding): LineMatcher {
  const compiled = compile(query);
  const literal = requiredLiteral(query.text, query.matchCase);
  const needle = literal === null ? null : Needle.of(literal, encoding, query.matchCase);
  function* spans({ chunk, from, to, startsBefore }: LinePiece): Generator<[number, number]> {
    const content = chunk.bytes.subarray(from, contentEnd(chunk.bytes, from, to));
    // Whether there is a match at all is told sooner than where; in valid UTF-8 only.
    if (!isSingleByte(encoding) && isUtf8(content) && !compiled.test(content)) return;
    const matcher = compiled.matcher(decodeText(content, encoding));
    const limit =
      startsBefore < to
        ? decodeText(chunk.bytes.subarray(from, startsBefore), encoding).length
        : Infinity;
    while (matcher.find() && matcher.start() < limit) {
      // An empty match marks nothing.
      if (matcher.end() > matcher.start()) yield [matcher.start(), matcher.end()];
    }
  }
  const skipTo: LineMatcher['skipTo'] = (chunk, from, to) =>
    needle === null ? from : skipToNeedle(needle, chunk, from, to);
  const automaton = AsciiAutomaton.of(compiled, (chunk, from, to) =>
    countOf(spans({ chunk, from, to, startsBefore: to })),
  );
  return {
    overlap: overlapOfExpressions,
    skipTo,
    count: (piece) => countOf(spans(piece)),
    matches: (piece) => Array.from(spans(piece), ([from, to]) => ({ from, to })),
    tally:
      automaton === null
        ? null
        : (lines) => {
            if (skipTo(lines.chunk, lines.from, lines.to) >= lines.to) return noMatches;
            if (lines.startsBefore === lines.to) {
              return automaton.tally(lines.chunk, lines.from, lines.to);
            }
            // It cannot tell which matches of a piece of a line are those of the next one.
            const matches = countOf(spans(lines));
            return matches === 0 ? noMatches : { matches, lines: Uint32Array.of(0) };
          },
  };
}

function countOf(items: Iterator<unknown>): number {
  let count = 0;
  while (items.next().done !== true) count += 1;
  return count;
}

function skipToNeedle(needle: Needle, chunk: ChunkBytes, from: number, to: number): number {
  const found = needle.find(chunk, from, to);
  return found < 0 ? to : found;
}

function compile({ text, matchCase, wholeWord }: LogQuery): RE2JS {
  const expression = wholeWord ? `\\b(?:${text})\\b` : text;
  try {
    return RE2JS.compile(expression, matchCase ? 0 : RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError(
      'invalid-argument',
      `This is no regular expression: ${reason}.`,
      'Correct it, or search for it as text. Expressions are those of RE2: they have no look-around and no back-references.',
      error,
    );
  }
}
