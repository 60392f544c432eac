import type { Frame, OpenThrown, OpenTrace, Taken, TraceLine } from './stackTrace.ts';
import { maxChain, maxFrames } from './stackTrace.ts';
import type { Head } from './thrownHead.ts';
import { bareName, thrownHead, thrownInside } from './thrownHead.ts';

interface AtFrame {
  readonly language: 'java' | 'node' | 'dotnet' | null;
  readonly frame: Frame;
}

/** `at …` in the manner of Java, Node or .NET. */
export function atFrame(text: string): AtFrame | null {
  if (!text.startsWith('at ')) return null;
  const body = text
    .slice(3)
    .replace(/^async /, '')
    .replace(/^new /, '')
    // Node opens the error's fields behind its last frame, and lists errors with commas.
    .replace(/(?: \{|,|<---)$/, '')
    // `~[orders-2.1.jar!/:2.1]`: where Java's logging found the class.
    .replace(/ ~?\[[^\][]{0,200}\]$/, '')
    .trimEnd();
  const net = body.lastIndexOf(') in ');
  if (net > 0) {
    const place = splitPlace(body.slice(net + 5).replace(/:line ([0-9]{1,9})$/, ':$1'));
    return {
      language: 'dotnet',
      frame: { ...qualified(body.slice(0, body.indexOf('('))), ...place },
    };
  }
  if (body.endsWith(')')) {
    const open = body.lastIndexOf('(');
    if (open < 0) return null;
    const inside = body.slice(open + 1, -1);
    const name = body.slice(0, open).trim();
    if (/[/\\]|^node:|^<anonymous>$|^file:/.test(inside) && /[0-9]$|<anonymous>$/.test(inside)) {
      return { language: 'node', frame: { ...qualified(name), ...splitPlace(inside) } };
    }
    const java = /^([A-Za-z0-9_$-]{1,120}\.(?:java|kt|scala|groovy|clj))(?::([0-9]{1,9}))?$/.exec(
      inside,
    );
    if (java !== null) {
      const line = java[2] === undefined ? null : Number(java[2]);
      return { language: 'java', frame: { ...qualified(name), file: java[1] ?? '', line } };
    }
    if (inside === 'Native Method' || inside === 'Unknown Source' || inside.startsWith('Unknown')) {
      return { language: 'java', frame: { ...qualified(name), file: '', line: null } };
    }
    if (/^[A-Za-z0-9_.<>`[\]$+]{3,300}$/.test(name) && name.includes('.')) {
      return { language: 'dotnet', frame: { ...qualified(name), file: '', line: null } };
    }
    return null;
  }
  if (/:[0-9]{1,9}(?::[0-9]{1,9})?$/.test(body) && /[/\\.]/.test(body) && !body.includes(' ')) {
    return { language: 'node', frame: { function: '', module: '', ...splitPlace(body) } };
  }
  return null;
}

function qualified(name: string): { module: string; function: string } {
  const clean = name
    .replace(/ \[as [^\]]{0,80}\]$/, '')
    // The address of a lambda is part of no name.
    .replace(/\/0x[0-9a-f]{1,16}(?=\.|$)/, '')
    .replace(/(?<=[A-Za-z0-9_`])<[^<>]{0,200}>$/, '')
    .trim();
  const written =
    /^(.{0,300}?)\.?<([A-Za-z0-9_]{1,120})>[a-z]__[A-Za-z0-9_|]{0,80}(?:\.MoveNext)?$/.exec(clean);
  // What the C# compiler makes of `PlaceAsync` is `<PlaceAsync>d__4.MoveNext`.
  if (written !== null) return { module: written[1] ?? '', function: written[2] ?? '' };
  const slash = clean.lastIndexOf('/');
  const dot = clean.lastIndexOf('.');
  if (dot <= slash) return { module: '', function: clean };
  return { module: clean.slice(0, dot).replace(/^.*\//, ''), function: clean.slice(dot + 1) };
}

/** `path:line:column` or `path:line`; a drive letter's colon belongs to the path. */
function splitPlace(place: string): { file: string; line: number | null } {
  const match = /^(.*?):([0-9]{1,9})(?::[0-9]{1,9})?$/.exec(place.replace(/^file:\/\//, ''));
  if (match === null) return { file: place, line: null };
  return { file: match[1] ?? '', line: Number(match[2]) };
}

function causeHead(text: string): Head | null {
  for (const start of ['Caused by: ', 'caused by: ', '---> ', '[cause]: ']) {
    if (text.startsWith(start)) {
      const rest = text
        .slice(start.length)
        .replace(/^\(Inner Exception #[0-9]{1,4}\) /, '')
        .replace(/ \{$/, '');
      return thrownHead(rest) ?? bareName(rest) ?? { kind: '', message: rest };
    }
  }
  return null;
}

/** Lines that stand between the frames of a trace without ending it. */
function isFiller(text: string): boolean {
  return (
    text === '' ||
    text === '^' ||
    text.startsWith('at ') ||
    text.startsWith('... ') ||
    text.startsWith('--- End of ') ||
    text.startsWith('Locked ownable') ||
    text.startsWith('- locked <') ||
    /^[\]}{],?$/.test(text)
  );
}

/** Frames in the manner of Java, Node and .NET with the exceptions they belong to. */
export function parseAtFamily(lines: readonly TraceLine[], start: number): Taken | null {
  const first = lines[start];
  if (first === undefined) return null;
  const begins = atFrame(first.text);
  const cause = causeHead(first.text);
  if (begins === null && (cause === null || atFrame(lines[start + 1]?.text ?? '') === null)) {
    return null;
  }
  const heads = headsBefore(lines, start);
  const open: OpenTrace = {
    language: 'java',
    firstLine: heads.line ?? first.line,
    lastLine: first.line,
    thrown: heads.thrown.length > 0 ? heads.thrown : [{ kind: '', message: '', frames: [] }],
  };
  const reader = new AtReader(open);
  let i = start;
  let gap = 0;
  for (; i < lines.length; i++) {
    const current = lines[i];
    if (current === undefined) break;
    const taken = reader.take(current);
    if (taken === 'end') break;
    if (taken === 'filler') {
      if (++gap > 6) break;
      continue;
    }
    gap = 0;
    open.lastLine = current.line;
  }
  open.thrown.reverse();
  return { trace: open, next: i };
}

/** Puts frames to the exception that they belong to. `open.thrown` is outermost first meanwhile. */
class AtReader {
  readonly #open: OpenTrace;
  /** The exception that frames are added to; -1 where they were read before. */
  #target: number;
  /** Behind `Suppressed:` what is indented further is told in passing. */
  #suppressed = -1;
  /** Where the exceptions stand that an AggregateError lists; -1 outside such a list. */
  #listed = -1;

  constructor(open: OpenTrace) {
    this.#open = open;
    // Inner exceptions of .NET are announced first and their frames come first.
    this.#target = open.thrown.length - 1;
  }

  take({ text, indent }: TraceLine): 'taken' | 'filler' | 'end' {
    const { thrown } = this.#open;
    if (this.#suppressed >= 0 && indent > this.#suppressed) return 'taken';
    this.#suppressed = -1;
    const frame = atFrame(text);
    if (frame !== null) {
      this.#add(frame);
      return 'taken';
    }
    if (text.startsWith('Suppressed: ')) {
      this.#suppressed = indent;
      return 'taken';
    }
    if (text.startsWith('[errors]: [')) {
      this.#listed = this.#target + 1;
      return 'taken';
    }
    const cause = causeHead(text);
    if (cause !== null) return this.#inner(cause);
    if (text.startsWith('Wrapped by: ') && thrown.length < maxChain) {
      const outer = text.slice('Wrapped by: '.length);
      thrown.unshift({ ...(thrownHead(outer) ?? { kind: '', message: outer }), frames: [] });
      this.#target = 0;
      return 'taken';
    }
    const listed = this.#listed < 0 ? null : thrownHead(text);
    if (listed !== null && thrown.length < maxChain) {
      // The first of the list shall be the root: what is added here comes out before it.
      thrown.splice(this.#listed, 0, { ...listed, frames: [] });
      this.#target = this.#listed;
      return 'taken';
    }
    if (text.startsWith('--- End of inner exception')) {
      this.#target = Math.max(0, this.#target - 1);
      this.#open.language = 'dotnet';
      return 'taken';
    }
    return isFiller(text) ? 'filler' : 'end';
  }

  #add({ language, frame }: AtFrame): void {
    if (language === 'node' && this.#open.language === 'java') this.#open.language = 'node';
    if (language === 'dotnet' && frame.file !== '') this.#open.language = 'dotnet';
    const holder = this.#open.thrown[this.#target];
    if (holder !== undefined && holder.frames.length < maxFrames) holder.frames.push(frame);
  }

  #inner(cause: Head): 'taken' | 'end' {
    const { thrown } = this.#open;
    const known = thrown.some(
      ({ kind, message }) => kind === cause.kind && message === cause.message,
    );
    // .NET repeats the inner exceptions of an aggregate behind it.
    if (known && this.#open.language === 'dotnet') {
      this.#target = -1;
      return 'taken';
    }
    if (thrown.length >= maxChain) return 'end';
    thrown.push({ ...cause, frames: [] });
    this.#target = thrown.length - 1;
    return 'taken';
  }
}

/** The exception heads above a first frame: the nearest line that names one, at most 3 lines up. */
function headsBefore(
  lines: readonly TraceLine[],
  start: number,
): { readonly thrown: OpenThrown[]; readonly line: number | null } {
  for (let back = 1; back <= 4; back++) {
    const line = lines[start - back];
    if (line === undefined || atFrame(line.text) !== null) break;
    const inner: OpenThrown[] = [];
    // `A: x ---> B: y` is how .NET prints a chain on one line.
    for (const part of line.text.split(' ---> ').slice(0, maxChain)) {
      const head = thrownHead(part) ?? causeHead(part) ?? thrownInside(part);
      if (head !== null) inner.push({ ...head, frames: [] });
    }
    if (inner.length === 0) continue;
    if (line.text.startsWith('---> ') && start - back > 0) {
      const outer = headsBefore(lines, start - back);
      return { thrown: [...outer.thrown, ...inner], line: outer.line ?? line.line };
    }
    return { thrown: inner, line: line.line };
  }
  return { thrown: [], line: null };
}
