import { atFrame, parseAtFamily } from './traces/atTrace.ts';
import { cppFrame, parseCpp } from './traces/cppTrace.ts';
import { goFile, parseGo } from './traces/goTrace.ts';
import { parsePython, pythonFrame } from './traces/pythonTrace.ts';
import { parseRust } from './traces/rustTrace.ts';
import type { StackTrace, TraceLine } from './traces/stackTrace.ts';

/** Whether a text is, by its shape, a line inside a stack trace. Cheap: no search over the line. */
export function isFrameLine(text: string): boolean {
  return (
    atFrame(text) !== null ||
    pythonFrame(text) !== null ||
    text.startsWith('Caused by: ') ||
    goFile(text) !== null ||
    cppFrame(text) !== null
  );
}

/** Whether a text opens a trace by its words. */
export function startsTrace(text: string): boolean {
  return (
    text.includes('Traceback (most recent call last)') ||
    text.startsWith('panic: ') ||
    text.includes(' panicked at ') ||
    text.startsWith('Unhandled exception') ||
    text.startsWith('terminate called') ||
    text.startsWith('goroutine ')
  );
}

/**
 * Finds stack traces in consecutive lines of one record or one thread. Total and linear in the
 * lines: what is no trace is skipped.
 */
export function parseStackTraces(input: readonly TraceLine[]): readonly StackTrace[] {
  const lines = input.flatMap(splitEscaped);
  const traces: StackTrace[] = [];
  let i = 0;
  while (i < lines.length) {
    const taken =
      parsePython(lines, i) ??
      parseGo(lines, i) ??
      parseRust(lines, i) ??
      parseCpp(lines, i) ??
      parseAtFamily(lines, i);
    if (taken === null) {
      i++;
      continue;
    }
    const open = taken.trace;
    const chain = open.thrown
      .filter((thrown) => thrown.kind !== '' || thrown.frames.length > 0)
      .map(({ kind, message, frames }) => ({ kind, message, frames }));
    if (chain.length > 0) {
      const { language, firstLine, lastLine } = open;
      traces.push({ language, firstLine, lastLine, chain });
    }
    i = Math.max(i + 1, taken.next);
  }
  return traces;
}

/** A trace carried inside one line with written-out `\n` (remote errors, JSON) becomes lines again. */
function splitEscaped(line: TraceLine): readonly TraceLine[] {
  const { text } = line;
  if (!text.includes('\\n')) return [line];
  if (!text.includes('File \\"') && !text.includes('File "') && !text.includes('\\n    at ')) {
    return [line];
  }
  return text
    .replaceAll('\\"', '"')
    .split('\\n')
    .slice(0, 400)
    .map((part) => {
      const clean = part.replace(/^["'], u?["']/, '');
      const trimmed = clean.trimStart();
      return { line: line.line, indent: clean.length - trimmed.length, text: trimmed };
    });
}
