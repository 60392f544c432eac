import { cellKind } from '../headerCell.ts';
import type { HeaderLayout } from '../headerLayout.ts';
import { columnRule, headerTail } from '../headerLayout.ts';
import type { ReaderFormat } from '../readerFormat.ts';

/**
 * A named way of writing logs. The name is for the reader: records are read by the inferred header,
 * so a log whose format has no entry is read as well as one that has.
 */
export interface FormatEntry {
  readonly name: string;
  /** Who writes it, in a few words. */
  readonly writer: string;
  /** Whether an inferred header is of this format; the first entry that fits names it. */
  readonly fits: (shape: HeaderShape) => boolean;
  /** What is known of the header beyond what a vote of the lines can tell; absent where they tell all. */
  readonly known?: (inferred: HeaderLayout) => HeaderLayout;
  /** Its heads are read by a pattern, where they are none of the headers that lines can tell by a vote. */
  readonly pattern?: HeadPattern;
  /** What stands once above the records: the names of columns. */
  readonly opening?: string;
}

/** A pattern for heads, as readers describe theirs. */
export interface HeadPattern extends Partial<Pick<ReaderFormat, 'timeFormat' | 'unit' | 'levels'>> {
  readonly pattern: string;
  /** Tells by the beginning of a line whether it is worth to hold the pattern against the log. */
  readonly begins: RegExp;
  /** The heads are marks in a console, few among lines of every kind. */
  readonly marks?: true;
  /** Whatever stands between two heads belongs to the first one. */
  readonly ownsLines?: true;
}

/** A header in the words of the table. */
export interface HeaderShape {
  /** The kinds of the columns in order: `time number level`. */
  readonly columns: string;
  readonly header: HeaderLayout;
  /** The beginning of a line that has it. */
  readonly line: string;
  /** The beginnings of several lines that have it. */
  readonly lines: readonly string[];
}

/** True when nine of ten lines fit. */
export function mostly({ lines }: HeaderShape, test: RegExp): boolean {
  return 10 * lines.filter((line) => test.test(line)).length >= 9 * lines.length;
}

/** True when at least every fifth line fits: names that only some lines bear. */
export function often({ lines }: HeaderShape, test: RegExp): boolean {
  return 5 * lines.filter((line) => test.test(line)).length >= lines.length;
}

/** A header of these columns, each demanded unless it is a word; `behind` says what else is known. */
export function cutHeader(
  inferred: HeaderLayout,
  kinds: readonly number[],
  behind: Partial<HeaderLayout> = {},
): HeaderLayout {
  return {
    ...inferred,
    kinds,
    rules: kinds.map((kind) => (kind === cellKind.word ? columnRule.any : columnRule.must)),
    sourceColumn: -1,
    levelColumn: kinds.findIndex((kind) => kind === cellKind.level || kind === cellKind.letter),
    tail: headerTail.none,
    tailSkip: 0,
    ...behind,
  };
}

/** The time, a host, and a program with a colon, as syslog writes them. */
export function hostAndLabel(inferred: HeaderLayout): HeaderLayout {
  return cutHeader(inferred, [cellKind.time], {
    anchor: 0,
    tail: headerTail.label,
    tailSkip: 1,
  });
}

/** Whether heads are read by the pattern of the format of this name. */
export function readBy(name: string): (shape: HeaderShape) => boolean {
  return ({ header }) => header.written?.name === name;
}
