import { skipBlanks, startsWith } from './byteWords.ts';

/** What the record that a line may continue has shown so far. */
const traceState = {
  none: 0,
  /** Stack frames were seen. */
  frames: 1,
  /** A Python traceback is open: its last line is not indented. */
  python: 2,
  /** A Go goroutine dump is open: its function lines are not indented. */
  go: 3,
  /** A Rust panic's message follows on the next line. */
  rust: 4,
} as const;

const space = 0x20;
/** What tells a continuation stands in the first bytes of a line. */
const reach = 256;

/**
 * Tells lines that continue a record from lines that begin one, for stack traces of Java, Python,
 * Node, Go, .NET, Rust, C++, Ruby and PHP. One instance follows one record at a time.
 */
export class TraceFollower {
  #state: number = traceState.none;
  #headed = false;

  /** A record begins with the message `bytes[start, end)`; `headed` when a header is before it. */
  begin(bytes: Uint8Array, start: number, end: number, headed: boolean): void {
    const limit = Math.min(end, start + reach);
    this.#headed = headed;
    this.#state = traceState.none;
    if (startsWith(bytes, start, limit, 'Traceback (most recent call last)')) {
      this.#state = traceState.python;
    } else if (isRustPanic(bytes, start, limit)) {
      this.#state = traceState.rust;
    } else if (
      startsWith(bytes, start, limit, 'panic: ') ||
      startsWith(bytes, start, limit, 'fatal error: ') ||
      startsWith(bytes, start, limit, 'goroutine ')
    ) {
      this.#state = traceState.go;
    }
  }

  /** True when the line, which is not blank and not a head, is part of the trace above it. */
  joins(bytes: Uint8Array, start: number, end: number): boolean {
    const limit = Math.min(end, start + reach);
    const text = skipBlanks(bytes, start, limit);
    const indented = text > start;
    const state = this.#state;
    if (startsWith(bytes, text, limit, 'Traceback (most recent call last)')) {
      // A traceback behind a log line belongs to it; behind another one it is cause or consequence.
      const chained = this.#headed || state === traceState.python || indented;
      if (chained) this.#state = traceState.python;
      return chained;
    }
    if (startsWith(bytes, text, limit, 'goroutine ')) {
      this.#state = traceState.go;
      return true;
    }
    if (isFrame(bytes, text, limit, indented) || isTraceWord(bytes, text, limit)) {
      if (state !== traceState.python && state !== traceState.go) this.#state = traceState.frames;
      return true;
    }
    if (state === traceState.rust) {
      this.#state = traceState.frames;
      return true;
    }
    if (this.#headed && isException(bytes, text, limit)) {
      if (state === traceState.none) this.#state = traceState.frames;
      return true;
    }
    if (state === traceState.none) return false;
    return indented || this.#endsTrace(bytes, text, limit);
  }

  /** Lines at the margin that belong to an open trace. */
  #endsTrace(bytes: Uint8Array, at: number, end: number): boolean {
    if (isCloser(bytes[at]!)) return true;
    if (this.#state === traceState.python) {
      // `package.Error: message` closes it; another traceback may follow.
      return exceptionNameEnd(bytes, at, end) > at;
    }
    if (this.#state === traceState.go) {
      if (startsWith(bytes, at, end, '[signal ')) return true;
      return isNameStart(bytes[at]!) && (bytes[end - 1] === 0x29 || hasLineNumber(bytes, at, end));
    }
    return false;
  }
}

/** Words that only ever continue: also lines of logs without headers join because of them. */
const traceWords = [
  'Caused by:',
  'caused by:',
  'Suppressed:',
  'During handling of the above exception',
  'The above exception was the direct cause',
  'stack backtrace:',
  'note: run with `RUST_BACKTRACE',
  'note: Some details are omitted',
  '--- End of inner exception',
  '--- End of stack trace',
  '---> ',
  'created by ',
  'Stack trace:',
  'what():',
  '...skipping',
].map((word) => Uint8Array.from(word, (letter) => letter.charCodeAt(0)));

function isTraceWord(bytes: Uint8Array, at: number, end: number): boolean {
  const first = bytes[at];
  for (const word of traceWords) {
    if (word[0] === first && matches(bytes, at, end, word)) return true;
  }
  return false;
}

/** `at x`, `... 12 more`, `File "x", line 1`, `#0 0x…`, `0: x`, `from x.rb:1`, `/x/y.go:12 +0x1d`. */
function isFrame(bytes: Uint8Array, at: number, end: number, indented: boolean): boolean {
  const byte = bytes[at]!;
  const next = at + 1 < end ? bytes[at + 1]! : 0;
  if (byte === 0x23) return isNumbered(bytes, at + 1, end, space);
  if (!indented) return false;
  switch (byte) {
    case 0x61: // at
      return next === 0x74 && bytes[at + 2] === space;
    case 0x2e: // ... 12 more
      return startsWith(bytes, at, end, '... ');
    case 0x46: // File "
      return startsWith(bytes, at, end, 'File "');
    case 0x66: // from
      return startsWith(bytes, at, end, 'from ');
    case 0x2f: // /path/file.go:12
      return hasLineNumber(bytes, at, end);
    default:
      return isNumbered(bytes, at, end, 0x3a);
  }
}

/** Digits and then `behind`: `#0 `, ` 12:`. */
function isNumbered(bytes: Uint8Array, at: number, end: number, behind: number): boolean {
  let next = at;
  while (next < end && next - at < 5 && bytes[next]! >= 0x30 && bytes[next]! <= 0x39) next += 1;
  return next > at && next < end && bytes[next] === behind && bytes[next + 1] !== 0x30 + 10;
}

function hasLineNumber(bytes: Uint8Array, at: number, end: number): boolean {
  for (let next = at; next + 1 < end; next += 1) {
    if (bytes[next] === 0x3a && bytes[next + 1]! >= 0x30 && bytes[next + 1]! <= 0x39) return true;
  }
  return false;
}

/** Offset behind a dotted name that ends in a colon or the line, `at` when there is none. */
function exceptionNameEnd(bytes: Uint8Array, at: number, end: number): number {
  if (!isNameStart(bytes[at]!)) return at;
  let next = at;
  while (next < end && (isNameStart(bytes[next]!) || isNamePart(bytes[next]!))) next += 1;
  return next === end || bytes[next] === 0x3a ? next : at;
}

/** `java.lang.IllegalStateException: …`, `ValueError: …`: a name that ends like an exception's. */
function isException(bytes: Uint8Array, at: number, end: number): boolean {
  const nameEnd = exceptionNameEnd(bytes, at, end);
  return endsWith(bytes, at, nameEnd, 'Exception') || endsWith(bytes, at, nameEnd, 'Error');
}

function endsWith(bytes: Uint8Array, start: number, end: number, word: string): boolean {
  return end - start >= word.length && startsWith(bytes, end - word.length, end, word);
}

function isNameStart(byte: number): boolean {
  return ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) || byte === 0x5f;
}

function isNamePart(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2e;
}

function isCloser(byte: number): boolean {
  return byte === 0x7d || byte === 0x5d || byte === 0x29;
}

/** `thread 'main' panicked at src/main.rs:1:1:` */
function isRustPanic(bytes: Uint8Array, at: number, end: number): boolean {
  if (!startsWith(bytes, at, end, "thread '")) return false;
  for (let next = at; next + 12 < end; next += 1) {
    if (startsWith(bytes, next, end, "' panicked at")) return bytes[end - 1] === 0x3a;
  }
  return false;
}

function matches(bytes: Uint8Array, at: number, end: number, word: Uint8Array): boolean {
  if (at + word.length > end) return false;
  for (let index = 0; index < word.length; index += 1) {
    if (bytes[at + index] !== word[index]) return false;
  }
  return true;
}
