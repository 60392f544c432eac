import type { Frame, OpenThrown, OpenTrace, Taken, TraceLine } from './stackTrace.ts';
import { maxFrames } from './stackTrace.ts';

/** `/src/shop/cart.go:27 +0x1d`; null for other text. */
export function goFile(text: string): Frame | null {
  const match = /^([^\s:]{1,400}\.(?:go|s)):([0-9]{1,9})(?: \+0x[0-9a-f]{1,16})?$/.exec(text);
  if (match === null) return null;
  return { file: match[1] ?? '', function: '', module: '', line: Number(match[2]) };
}

function goFunction(text: string): { module: string; function: string } | null {
  const body = text.replace(/^created by /, '').replace(/ in goroutine [0-9]{1,9}$/, '');
  const match =
    /^([A-Za-z0-9_./\-~%]{1,300}\.(?:\(\*?[A-Za-z0-9_[\].]{1,120}\)\.)?[A-Za-z0-9_.[\]]{1,120})(?:\(|$)/.exec(
      body,
    );
  if (match === null) return null;
  const name = match[1] ?? '';
  const slash = name.lastIndexOf('/');
  const dot = name.indexOf('.', slash + 1);
  if (dot < 0) return null;
  return { module: name.slice(0, dot), function: name.slice(dot + 1) };
}

/** A panic or fatal error with the goroutine it came in, or an error that carries its stack. */
export function parseGo(lines: readonly TraceLine[], start: number): Taken | null {
  const head = lines[start];
  if (head === undefined) return null;
  const at = head.text.indexOf('panic: ');
  const fatal = head.text.startsWith('fatal error: ');
  const goroutine = /^goroutine [0-9]{1,12} \[/.test(head.text);
  if (at !== 0 && !fatal && !goroutine && !(at > 0 && followsGoroutine(lines, start))) {
    return parseCarriedStack(lines, start);
  }
  if (!goroutine && !followsGoroutine(lines, start)) return null;
  const thrown: OpenThrown = { kind: 'panic', message: '', frames: [] };
  if (!goroutine) thrown.message = head.text.slice(fatal ? 13 : at + 7);
  let i = start;
  let lastLine = head.line;
  let goroutines = 0;
  let pending: { module: string; function: string } | null = null;
  for (; i < lines.length; i++) {
    const current = lines[i];
    if (current === undefined) break;
    const { text, line } = current;
    if (/^goroutine [0-9]{1,12} \[/.test(text)) {
      if (++goroutines > 1) break;
    } else if (goFile(text) !== null) {
      const frame = goFile(text);
      if (frame !== null && pending !== null && thrown.frames.length < maxFrames) {
        thrown.frames.push({ ...frame, ...pending });
      }
      pending = null;
    } else if (text.startsWith('panic(')) {
      // What stands above the call of panic is the runtime's own work, or code that recovers.
      thrown.frames.length = 0;
      pending = null;
    } else if (goroutines > 0 && text !== '') {
      const name = goFunction(text);
      if (name === null) break;
      pending = name;
    } else if (goroutines === 0 && i > start + 6) {
      break;
    }
    lastLine = line;
  }
  thrown.frames = thrown.frames.filter((frame) => !frame.module.startsWith('runtime'));
  const trace: OpenTrace = { language: 'go', firstLine: head.line, lastLine, thrown: [thrown] };
  return { trace, next: i };
}

function followsGoroutine(lines: readonly TraceLine[], start: number): boolean {
  for (let i = start + 1; i < Math.min(lines.length, start + 7); i++) {
    if (/^goroutine [0-9]{1,12} \[/.test(lines[i]?.text ?? '')) return true;
  }
  return false;
}

/** Pairs of function and place that must follow one another before they are taken for a stack. */
const leastPairs = 2;

/** An error printed with its stack: its text, then functions, each with its place on the next line. */
function parseCarriedStack(lines: readonly TraceLine[], start: number): Taken | null {
  const frames: Frame[] = [];
  let i = start;
  for (; i + 1 < lines.length; i += 2) {
    const name = goFunction(lines[i]?.text ?? '');
    const place = goFile(lines[i + 1]?.text ?? '');
    if (name === null || place === null) break;
    if (frames.length < maxFrames) frames.push({ ...place, ...name });
  }
  if (frames.length < leastPairs) return null;
  const head = lines[start - 1];
  const own = frames.filter(({ module }) => module !== 'runtime');
  const trace: OpenTrace = {
    language: 'go',
    firstLine: head?.line ?? lines[start]?.line ?? 0,
    lastLine: lines[i - 1]?.line ?? 0,
    thrown: [{ kind: 'error', message: head?.text ?? '', frames: own }],
  };
  return { trace, next: i };
}
