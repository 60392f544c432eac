import type { LineFormat } from './formats.ts';
import type { Statement, Step } from './story.ts';
import { readStatements, readStory } from './story.ts';

/** A program that writes a log: its format, what it says of its own accord, and what troubles it daily. */
export interface Service {
  /** Name of its file. */
  readonly file: string;
  readonly format: LineFormat;
  /** Said all the time; the first of them regularly. Empty where it runs one job (`job`). */
  readonly routine: readonly Statement[];
  /** Warnings that mean nothing. */
  readonly warnings: readonly Statement[];
  /** Troubles that pass: a failure that was retried, a client that went away, a trace of something handled. */
  readonly passing: readonly (readonly Step[])[];
  /** A program that does one thing after the other and ends, such as a build; null for the others. */
  readonly job: Job | null;
}

/** What is said in order before an incident, and how it ends where there is none. */
export interface Job {
  readonly steps: readonly Statement[];
  readonly ending: readonly Statement[];
}

/** A service that runs all the time. Statements and stories are texts as `readStory` reads them. */
export function service(
  file: string,
  format: LineFormat,
  parts: {
    readonly routine: string;
    readonly warnings: string;
    readonly passing: readonly string[];
  },
): Service {
  return {
    file,
    format,
    routine: readStatements(parts.routine),
    warnings: readStatements(parts.warnings),
    passing: parts.passing.map(readStory),
    job: null,
  };
}

/** A job: steps in order, an ending where nothing goes wrong, and troubles that pass on the way. */
export function jobService(
  file: string,
  format: LineFormat,
  parts: { readonly steps: string; readonly ending: string; readonly passing: readonly string[] },
): Service {
  return {
    file,
    format,
    routine: [],
    warnings: [],
    passing: parts.passing.map(readStory),
    job: { steps: readStatements(parts.steps), ending: readStatements(parts.ending) },
  };
}
