import type { ReaderFormat } from './readerFormat.ts';

/** Where the message begins behind the last column of a header. */
export const headerTail = {
  /** Right there. */
  none: 0,
  /** Behind a lone `-`, `|` or `:`; what is before it names the source. */
  separator: 1,
  /** Behind a word and a tab or several spaces. */
  gap: 2,
  /** Behind a word that ends in a colon. */
  label: 3,
  /** Behind a word that closes a bracket: `reflector.go:158]`. */
  close: 4,
} as const;

/** How the text behind a header is to be understood. */
export const bodyKind = { text: 0, json: 1, logfmt: 2 } as const;

/** What the columns of a header demand of a line. */
export const columnRule = {
  /** Any cell stands here. */
  any: 0,
  /** A cell of this kind; another one ends the header. */
  must: 1,
} as const;

/** A way to begin records, inferred from sampled lines. Plain data: two layouts are equal when their JSON is. */
export interface HeaderLayout {
  /** Expected `cellKind` per column. */
  readonly kinds: readonly number[];
  /** One of `columnRule` per column. */
  readonly rules: readonly number[];
  /** The column whose cell makes a line a head: a time, else a level. -1: every line with this body. */
  readonly anchor: number;
  /** `timeLayout` of the anchor, 0 when it is a level. */
  readonly timeLayout: number;
  /** `dateOrder` of all-numeric dates. */
  readonly order: number;
  /** -1 when the header states no level. */
  readonly levelColumn: number;
  /** -1 when no column names the source; the tail may. */
  readonly sourceColumn: number;
  readonly tail: number;
  /** Cells between the last column and the tail's label: the host of syslog. */
  readonly tailSkip: number;
  readonly body: number;
  /** Behind the header stands a quoted request and an HTTP status. */
  readonly access: boolean;
  /** The mark behind the time is a level, as Redis writes it. */
  readonly markLevels: boolean;
  readonly zoneStated: boolean;
  readonly basis: number;
  /** Records are rows of a table whose columns are named once, above them. */
  readonly table?: TableColumns;
  /** Heads are read by a pattern that the reader wrote. */
  readonly written?: ReaderFormat;
  /** Whatever stands between two heads belongs to the first one. */
  readonly ownsLines?: true;
  /** Records are fields, a line each, as journalctl -o export writes them. */
  readonly fieldLines?: true;
}

/** Places of a table's columns, counted from 0; -1 for those that it does not have. */
export interface TableColumns {
  /** The byte between two cells. */
  readonly delimiter: number;
  /** Where date and time of day stand in two columns. */
  readonly date: number;
  readonly time: number;
  readonly level: number;
  readonly source: number;
  readonly message: number;
}

/** The layout of a line without a header: what a header has that is known without a vote. */
export const noHeader: HeaderLayout = {
  kinds: [],
  rules: [],
  anchor: -1,
  timeLayout: 0,
  order: 0,
  levelColumn: -1,
  sourceColumn: -1,
  tail: headerTail.none,
  tailSkip: 0,
  body: bodyKind.text,
  access: false,
  markLevels: false,
  zoneStated: true,
  basis: 0,
};

/** Everything inferred about how a log writes its records. */
export interface LogLayout {
  readonly headers: readonly HeaderLayout[];
  /** Unindented lines without a header belong to the record before them. */
  readonly orphansJoin: boolean;
  /** Indented lines belong to the record before them, whatever they say. */
  readonly indentedJoin: boolean;
  /** Share of the sampled lines that fit, 0..1. */
  readonly confidence: number;
  readonly name: string;
  /** One of `prefixKind`: what stands in front of each line. */
  readonly prefix: number;
}

/** A header is looked for in so many bytes at the start of a line. */
export const headerReach = 512;
