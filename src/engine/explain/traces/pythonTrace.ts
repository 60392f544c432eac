import type { Frame, OpenThrown, OpenTrace, Taken, TraceLine } from './stackTrace.ts';
import { maxChain, maxFrames } from './stackTrace.ts';
import { bareName, thrownHead } from './thrownHead.ts';

const groupHead = 'Exception Group Traceback (most recent call last)';

/** `File "/app/store.py", line 41, in load`; null for other text. */
export function pythonFrame(text: string): Frame | null {
  if (!text.startsWith('File "')) return null;
  const close = text.indexOf('"', 6);
  if (close < 0) return null;
  const rest = /^", line ([0-9]{1,9})(?:, in (.{1,200}))?/.exec(text.slice(close, close + 240));
  if (rest === null) return null;
  return {
    file: text.slice(6, close),
    function: (rest[2] ?? '').trim(),
    module: '',
    line: Number(rest[1]),
  };
}

const pythonLinks = [
  'During handling of the above exception',
  'The above exception was the direct cause',
] as const;

/** A traceback with those it is chained to, or an exception group with what it holds. */
export function parsePython(lines: readonly TraceLine[], start: number): Taken | null {
  const head = lines[start];
  if (head === undefined) return null;
  if (head.text.includes(groupHead)) return parseGroup(lines, start);
  const opens = head.text.includes('Traceback (most recent call last)');
  if (!opens && pythonFrame(head.text) === null) return null;
  const trace: OpenTrace = {
    language: 'python',
    firstLine: head.line,
    lastLine: head.line,
    thrown: [],
  };
  let i = opens ? start + 1 : start;
  while (i < lines.length && trace.thrown.length < maxChain) {
    const block = pythonBlock(lines, i);
    trace.thrown.push(block.thrown);
    trace.lastLine = lines[Math.max(start, block.next - 1)]?.line ?? trace.lastLine;
    i = block.next;
    const link = nextTraceback(lines, i);
    if (link === null) break;
    // A trace printed inside a message is what happened on the other side: nearer to the root.
    if (link.embedded) {
      const inner = pythonBlock(lines, link.at);
      trace.thrown.unshift(inner.thrown);
      trace.lastLine = lines[inner.next - 1]?.line ?? trace.lastLine;
      i = inner.next;
      break;
    }
    i = link.at;
  }
  return { trace, next: i };
}

/** Where a chained traceback goes on: after one of Python's linking sentences, or inside the message. */
function nextTraceback(
  lines: readonly TraceLine[],
  from: number,
): { readonly at: number; readonly embedded: boolean } | null {
  let linked = false;
  for (let i = from; i < Math.min(lines.length, from + 6); i++) {
    const text = lines[i]?.text ?? '';
    if (pythonLinks.some((words) => text.includes(words))) linked = true;
    else if (text.includes('Traceback (most recent call last)')) {
      const embedded = !linked && lines[i]?.line === lines[from - 1]?.line;
      return linked || embedded ? { at: i + 1, embedded } : null;
    }
  }
  return null;
}

function pythonBlock(
  lines: readonly TraceLine[],
  from: number,
): { readonly thrown: OpenThrown; readonly next: number } {
  const frames: Frame[] = [];
  const base = lines[from]?.indent ?? 0;
  let i = from;
  let afterFrame = false;
  while (i < lines.length) {
    const current = lines[i];
    if (current === undefined) break;
    const { text, indent } = current;
    const frame = pythonFrame(text);
    if (frame !== null) {
      frames.push(frame);
      if (frames.length > maxFrames) frames.shift();
      afterFrame = true;
    } else {
      const source = indent > base || (afterFrame && indent >= base && thrownHead(text) === null);
      const marker = /^[\^~ ]+$/.test(text) || text.startsWith('[Previous line repeated');
      if (text !== '' && !marker && !source) break;
      if (!marker) afterFrame = false;
    }
    i++;
  }
  const end = lines[i];
  const thrown: OpenThrown = { kind: '', message: '', frames: frames.reverse() };
  if (end !== undefined) {
    const head = thrownHead(end.text) ?? bareName(end.text);
    if (head !== null) {
      thrown.kind = head.kind;
      thrown.message = head.message;
      i++;
    }
  }
  return { thrown, next: i };
}

/**
 * An exception group (PEP 654, 2021): tracebacks in a frame of bars, each indented below the group
 * that holds it. What a group holds is nearer to the root than the group.
 */
function parseGroup(lines: readonly TraceLine[], start: number): Taken | null {
  const bare = [];
  let end = start;
  for (; end < lines.length && end < start + 600; end++) {
    const line = lines[end];
    if (line === undefined) break;
    if (end > start && !/^[|+]/.test(line.text)) break;
    bare.push(withoutBars(line));
  }
  const groups: OpenThrown[] = [];
  const held: OpenThrown[] = [];
  for (let i = 0; i < bare.length && groups.length + held.length < maxChain; i++) {
    if (bare[i]?.text.includes('Traceback (most recent call last)') !== true) continue;
    const { thrown, next } = pythonBlock(bare, i + 1);
    (thrown.kind.endsWith('Group') ? groups : held).push(thrown);
    i = Math.max(i, next - 1);
  }
  const first = lines[start]?.line ?? 0;
  const trace: OpenTrace = {
    language: 'python',
    firstLine: first,
    lastLine: lines[end - 1]?.line ?? first,
    thrown: [...held, ...groups.reverse()],
  };
  return { trace, next: end };
}

/** Takes the bars of an exception group off a line: `| |   File "a.py"` → `File "a.py"`. */
function withoutBars({ line, text }: TraceLine): TraceLine {
  const inside = text.replace(/^[|+ -]{0,200}(?:[0-9]{1,4} -{2,200})?/, (bars) =>
    ' '.repeat(Math.max(0, bars.length - bars.lastIndexOf('|') - 2)),
  );
  const bare = inside.trimStart();
  return { line, indent: inside.length - bare.length, text: bare };
}
