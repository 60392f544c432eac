/** Languages whose traces are understood. */
export type TraceLanguage = 'java' | 'python' | 'node' | 'go' | 'dotnet' | 'rust' | 'cpp';

/** A place in code that a trace names. */
export interface Frame {
  /** As printed: an absolute path, a bare file name, or empty where the trace states none. */
  readonly file: string;
  /** Without package and arguments. */
  readonly function: string;
  /** Package, namespace or class before the function; empty where there is none. */
  readonly module: string;
  readonly line: number | null;
}

/** One exception of a chain. */
export interface Thrown {
  readonly kind: string;
  readonly message: string;
  /** Innermost first, at most `maxFrames`. */
  readonly frames: readonly Frame[];
}

/** A trace as it stands in a log. Lines are the ones given to the parser, inclusive. */
export interface StackTrace {
  readonly language: TraceLanguage;
  readonly firstLine: number;
  readonly lastLine: number;
  /** Root cause first: the last `Caused by` in Java, the first exception of a Python chain. */
  readonly chain: readonly Thrown[];
}

/** One line given to the parser. `indent` counts the blanks before the text. */
export interface TraceLine {
  readonly line: number;
  readonly indent: number;
  readonly text: string;
}

/** Frames that are kept of one exception: the innermost ones. */
export const maxFrames = 100;
/** Exceptions that are kept of one chain. */
export const maxChain = 12;

/** An exception while it is read. */
export interface OpenThrown {
  kind: string;
  message: string;
  frames: Frame[];
}

/** A trace while it is read. */
export interface OpenTrace {
  language: TraceLanguage;
  firstLine: number;
  lastLine: number;
  /** Root cause first. */
  thrown: OpenThrown[];
}

/** A trace that was read, and the first line after it. */
export interface Taken {
  readonly trace: OpenTrace;
  readonly next: number;
}
