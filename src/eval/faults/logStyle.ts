import type { Random } from '../../engine/base/random.ts';

/** A level as a style writes it; `none` where a kind of log states none. */
export type EntryLevel = 'debug' | 'info' | 'warning' | 'error' | 'none';

/**
 * Makes one value: of a request id, a duration, a state.
 *
 * @param ordinal number of the session, or of the entry outside of sessions: for ids that count up
 */
export type Draw = (random: Random, ordinal: number) => string;

/** One statement of a program: what it writes each time it passes there. */
export interface Statement {
  readonly level: EntryLevel;
  /** Logger, daemon, thread or path, as the style understands it. */
  readonly source: string;
  /** `{name}` stands for a value. */
  readonly text: string;
}

export interface Step {
  readonly say: Statement;
  /** Usual milliseconds since the step before. */
  readonly after: number;
  /** Probability that the step happens; 1 where not said. */
  readonly chance?: number;
  /** How often it happens in a row; once where not said. */
  readonly times?: readonly [number, number];
}

/** One way in which a session can run. */
export interface Flow {
  readonly weight: number;
  readonly steps: readonly Step[];
}

/** What is logged outside of sessions. */
export interface Background {
  readonly say: Statement;
  /** Milliseconds between two of them. */
  readonly every: number;
  /** `beat`: regular within 2 %; `chance`: at any moment, exponentially distributed. */
  readonly rhythm: 'beat' | 'chance';
}

/** One entry of a log before it is written. */
export interface Entry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly level: EntryLevel;
  readonly source: string;
  /** `{name}` stands for a value. */
  readonly text: string;
  /** What is the same for all entries of one statement. */
  readonly event: string;
  readonly values: Readonly<Record<string, string>>;
  /** Null outside of sessions. */
  readonly session: number | null;
}

/** A kind of program with its own way to write. */
export interface LogStyle {
  readonly name: string;
  /** Milliseconds since 1970 of the first line. */
  readonly start: number;
  /** Mean milliseconds between two sessions. */
  readonly arrival: number;
  /** How strongly the rate follows the time of the day, 0..1. */
  readonly diurnal: number;
  /** Whether sessions overlap; otherwise one follows the other. */
  readonly overlap: boolean;
  readonly values: Readonly<Record<string, Draw>>;
  /** Values that stay the same throughout a session. */
  readonly perSession: readonly string[];
  /** Values that measure something. */
  readonly measures: readonly string[];
  /** Values that come from a short list, with others that it never holds. */
  readonly categories: Readonly<Record<string, readonly string[]>>;
  readonly flows: readonly Flow[];
  readonly background: readonly Background[];
  /** Whether lines carry times; without them pauses do not show. */
  readonly clock: boolean;
  readonly write: (entry: Entry, message: string) => string;
}

/** A clean log with what a fault needs to know of it. */
export interface FaultBase {
  readonly name: string;
  readonly entries: readonly Entry[];
  readonly measures: readonly string[];
  readonly categories: Readonly<Record<string, readonly string[]>>;
  readonly clock: boolean;
  readonly write: (entry: Entry, message: string) => string;
}

/** The text of an entry with its values in place. */
export function messageOf(entry: Entry): string {
  return entry.text.replaceAll(/\{(\w+)\}/g, (name, key: string) => entry.values[key] ?? name);
}

/** The lines of an entry: a message of several lines has one header. */
export function linesOf(base: FaultBase, entry: Entry): string[] {
  return base.write(entry, messageOf(entry)).split('\n');
}
