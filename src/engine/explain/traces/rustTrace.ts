import type { Frame, OpenThrown, OpenTrace, Taken, TraceLine } from './stackTrace.ts';
import { maxChain, maxFrames } from './stackTrace.ts';

/** A panic, or an error that names its causes, with the backtrace below it. */
export function parseRust(lines: readonly TraceLine[], start: number): Taken | null {
  return parsePanic(lines, start) ?? parseCauses(lines, start);
}

function parsePanic(lines: readonly TraceLine[], start: number): Taken | null {
  const head = lines[start];
  if (head === undefined) return null;
  const at = head.text.indexOf(' panicked at ');
  if (at < 0 || !head.text.slice(0, at).includes('thread ')) return null;
  // A collector that writes one line for a message writes its line ends as `\\n`.
  const [rest = '', ...escaped] = head.text.slice(at + 13).split(/\\{1,2}n/, 8);
  const old = /^'(.*)', ([^\s']{1,300}):([0-9]{1,9}):[0-9]{1,9}$/.exec(rest);
  const modern = /^([^\s']{1,300}):([0-9]{1,9}):[0-9]{1,9}:?$/.exec(rest);
  let i = start + 1;
  let message = old?.[1] ?? '';
  if (escaped.length > 0) message ||= escaped.join('\n');
  else if (modern !== null) {
    message = lines[i]?.text ?? '';
    i++;
  }
  const place: Frame = {
    file: old?.[2] ?? modern?.[1] ?? '',
    function: '',
    module: '',
    line: Number(old?.[3] ?? modern?.[2] ?? Number.NaN),
  };
  const { frames, next } = backtrace(lines, i);
  const named = frames.some((frame) => frame.line === place.line);
  const all = place.file !== '' && !named ? [place, ...frames] : frames;
  const thrown: OpenThrown = { kind: 'panic', message, frames: all };
  const lastLine = lines[next - 1]?.line ?? head.line;
  const trace: OpenTrace = { language: 'rust', firstLine: head.line, lastLine, thrown: [thrown] };
  return { trace, next };
}

/** `Error: outer`, `Caused by:`, then one cause a line from the outer to the root (anyhow, eyre). */
function parseCauses(lines: readonly TraceLine[], start: number): Taken | null {
  const head = lines[start];
  if (head?.text.startsWith('Error: ') !== true) return null;
  let i = start + 1;
  while (lines[i]?.text === '') i++;
  if (lines[i]?.text !== 'Caused by:') return null;
  const messages = [head.text.slice('Error: '.length)];
  for (i++; i < lines.length && messages.length < maxChain; i++) {
    const text = lines[i]?.text ?? '';
    if (text === '' || text.startsWith('Stack backtrace')) break;
    messages.push(text.replace(/^[0-9]{1,3}: /, ''));
  }
  let next = i;
  while (lines[next]?.text === '') next++;
  const printed = /^Stack backtrace:/i.test(lines[next]?.text ?? '');
  const { frames, next: end } = printed ? backtrace(lines, next) : { frames: [], next: i };
  const thrown = messages
    .map((message): OpenThrown => ({ kind: 'error', message, frames: [] }))
    .reverse();
  // The backtrace is taken where the root cause came up.
  const root = thrown[0];
  if (root !== undefined) root.frames = frames;
  const lastLine = lines[end - 1]?.line ?? head.line;
  const trace: OpenTrace = { language: 'rust', firstLine: head.line, lastLine, thrown };
  return { trace, next: end };
}

/** Frames of a printed backtrace without those of the standard library, and the line after it. */
function backtrace(
  lines: readonly TraceLine[],
  from: number,
): { readonly frames: Frame[]; readonly next: number } {
  const frames: Frame[] = [];
  let pending = '';
  let i = from;
  for (; i < lines.length; i++) {
    const text = lines[i]?.text ?? '';
    const numbered = /^[0-9]{1,4}: (?:0x[0-9a-f]{1,16} - )?(.{1,300})$/.exec(text);
    const source = /^at ([^\s]{1,300}?):([0-9]{1,9})(?::[0-9]{1,9})?$/.exec(text);
    if (numbered !== null) pending = numbered[1] ?? '';
    else if (source !== null && frames.length < maxFrames) {
      const cut = pending.lastIndexOf('::');
      const module = cut < 0 ? '' : pending.slice(0, cut);
      const name = cut < 0 ? pending : pending.slice(cut + 2);
      frames.push({ file: source[1] ?? '', function: name, module, line: Number(source[2]) });
    } else if (!text.startsWith('note: ') && !/^stack backtrace:$/i.test(text)) break;
  }
  const own = frames.filter(
    ({ file, module }) => !file.startsWith('/rustc/') && !/^(?:std|core|alloc)\b/.test(module),
  );
  return { frames: own, next: i };
}
