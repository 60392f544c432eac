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

const maxFrames = 100;
const maxChain = 12;

interface OpenThrown {
  kind: string;
  message: string;
  frames: Frame[];
}

interface OpenTrace {
  language: TraceLanguage;
  firstLine: number;
  lastLine: number;
  thrown: OpenThrown[];
}

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

interface Taken {
  readonly trace: OpenTrace;
  readonly next: number;
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

/** `kind: message`, or a bare kind, as exceptions are printed; null for other text. */
function thrownHead(text: string): { kind: string; message: string } | null {
  const match =
    /^(?:Uncaught |Unhandled |Error: Uncaught )?([A-Za-z_$][A-Za-z0-9_$.]{1,160})(?: \([^()]{1,40}\))?(?:: (.*))?$/.exec(
      text,
    );
  const kind = match?.[1];
  if (kind === undefined) return null;
  const qualified =
    kind.includes('.') ||
    /(?:Error|Exception|Exit|Warning|Interrupt|Fault|Timeout|Err)$/.test(kind);
  return qualified && !kind.endsWith('.') ? { kind, message: (match?.[2] ?? '').trim() } : null;
}

/** The exception that a line of prose names: `Request failed: java.io.IOException: closed`. */
function thrownInside(text: string): { kind: string; message: string } | null {
  const pattern =
    /(?<![A-Za-z0-9_$.])([A-Za-z_$][A-Za-z0-9_$.]{0,160}(?:Error|Exception|Throwable|Fault|Timeout))(?::|$|(?=[\s(\]]))/;
  const match = pattern.exec(text);
  if (match === null) return null;
  return { kind: match[1] ?? '', message: text.slice(match.index + match[0].length).trim() };
}

// ---------------------------------------------------------------- Python

function pythonFrame(text: string): Frame | null {
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

function parsePython(lines: readonly TraceLine[], start: number): Taken | null {
  const head = lines[start];
  if (head === undefined) return null;
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

/** Python prints the class name, whatever it is: `NoSuchThing: text`. */
function bareName(text: string): { kind: string; message: string } | null {
  const match = /^([A-Za-z_][A-Za-z0-9_.]{2,160})(?:: (.*))?$/.exec(text);
  return match?.[1] === undefined ? null : { kind: match[1], message: (match[2] ?? '').trim() };
}

// ---------------------------------------------------------------- Java, Node, .NET

interface AtFrame {
  readonly language: 'java' | 'node' | 'dotnet' | null;
  readonly frame: Frame;
}

/** `at …` in the manner of Java, Node or .NET. */
function atFrame(text: string): AtFrame | null {
  if (!text.startsWith('at ')) return null;
  const body = text
    .slice(3)
    .replace(/^async /, '')
    .replace(/^new /, '')
    .replace(/ \{$/, '')
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
    .replace(/<[^<>]{0,200}>$/, '')
    .trim();
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

function causeHead(text: string): { kind: string; message: string } | null {
  for (const start of ['Caused by: ', 'caused by: ', '---> ', '[cause]: ']) {
    if (text.startsWith(start)) {
      const rest = text.slice(start.length);
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
    text.startsWith('Suppressed: ') ||
    text.startsWith('--- End of ') ||
    text.startsWith('Locked ownable') ||
    text.startsWith('- locked <') ||
    text === '}' ||
    text === '{'
  );
}

function parseAtFamily(lines: readonly TraceLine[], start: number): Taken | null {
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
  // Inner exceptions of .NET are announced first and their frames come first.
  let target = open.thrown.length - 1;
  let i = start;
  let gap = 0;
  for (; i < lines.length; i++) {
    const current = lines[i];
    if (current === undefined) break;
    const { text, line } = current;
    const frame = atFrame(text);
    const thrown = causeHead(text);
    if (frame !== null) {
      if (frame.language === 'node' && open.language === 'java') open.language = 'node';
      if (frame.language === 'dotnet' && frame.frame.file !== '') open.language = 'dotnet';
      const holder = open.thrown[target];
      if (holder !== undefined && holder.frames.length < maxFrames) holder.frames.push(frame.frame);
    } else if (thrown !== null && open.thrown.length < maxChain) {
      open.thrown.push({ ...thrown, frames: [] });
      target = open.thrown.length - 1;
    } else if (text.startsWith('--- End of inner exception')) {
      target = Math.max(0, target - 1);
      open.language = 'dotnet';
    } else if (isFiller(text)) {
      if (++gap > 6) break;
      continue;
    } else {
      break;
    }
    gap = 0;
    open.lastLine = line;
  }
  open.thrown.reverse();
  return { trace: open, next: i };
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

// ---------------------------------------------------------------- Go

function goFile(text: string): Frame | null {
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

function parseGo(lines: readonly TraceLine[], start: number): Taken | null {
  const head = lines[start];
  if (head === undefined) return null;
  const at = head.text.indexOf('panic: ');
  const fatal = head.text.startsWith('fatal error: ');
  const goroutine = /^goroutine [0-9]{1,12} \[/.test(head.text);
  if (at !== 0 && !fatal && !goroutine && !(at > 0 && followsGoroutine(lines, start))) return null;
  if (!goroutine && !followsGoroutine(lines, start)) return null;
  const thrown: OpenThrown = { kind: 'panic', message: '', frames: [] };
  if (!goroutine) thrown.message = head.text.slice(fatal ? 13 : at + 7);
  let i = start;
  let lastLine = head.line;
  let goroutines = 0;
  let pending: { module: string; function: string } | null = null;
  let panicked = false;
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
    } else if (goroutines > 0 && text !== '') {
      const name = goFunction(text);
      if (name === null) break;
      if (text.startsWith('panic(')) {
        // What stands above the call of panic is the runtime's own work.
        thrown.frames.length = 0;
        panicked = true;
      }
      pending = panicked && name.function === 'panic' ? null : name;
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

// ---------------------------------------------------------------- Rust

function parseRust(lines: readonly TraceLine[], start: number): Taken | null {
  const head = lines[start];
  if (head === undefined) return null;
  const at = head.text.indexOf(' panicked at ');
  if (at < 0 || !head.text.slice(0, at).includes('thread ')) return null;
  const rest = head.text.slice(at + 13);
  const old = /^'(.*)', ([^\s']{1,300}):([0-9]{1,9}):[0-9]{1,9}$/.exec(rest);
  const modern = /^([^\s']{1,300}):([0-9]{1,9}):[0-9]{1,9}:?$/.exec(rest);
  let i = start + 1;
  let message = old?.[1] ?? '';
  if (modern !== null) {
    message = lines[i]?.text ?? '';
    i++;
  }
  const place: Frame = {
    file: old?.[2] ?? modern?.[1] ?? '',
    function: '',
    module: '',
    line: Number(old?.[3] ?? modern?.[2] ?? Number.NaN),
  };
  const frames: Frame[] = [];
  let lastLine = lines[i - 1]?.line ?? head.line;
  let pending = '';
  for (; i < lines.length; i++) {
    const current = lines[i];
    if (current === undefined) break;
    const { text, line } = current;
    const numbered = /^[0-9]{1,4}: (?:0x[0-9a-f]{1,16} - )?(.{1,300})$/.exec(text);
    const source = /^at ([^\s]{1,300}?):([0-9]{1,9})(?::[0-9]{1,9})?$/.exec(text);
    if (numbered !== null) pending = numbered[1] ?? '';
    else if (source !== null && frames.length < maxFrames) {
      const cut = pending.lastIndexOf('::');
      const module = cut < 0 ? '' : pending.slice(0, cut);
      const name = cut < 0 ? pending : pending.slice(cut + 2);
      frames.push({ file: source[1] ?? '', function: name, module, line: Number(source[2]) });
    } else if (!text.startsWith('note: ') && text !== 'stack backtrace:') break;
    lastLine = line;
  }
  const own = frames.filter(
    ({ file, module }) => !file.startsWith('/rustc/') && !/^(?:std|core|alloc)\b/.test(module),
  );
  const named = own.some((frame) => frame.line === place.line);
  const all = place.file !== '' && !named ? [place, ...own] : own;
  const thrown: OpenThrown = { kind: 'panic', message, frames: all };
  const trace: OpenTrace = { language: 'rust', firstLine: head.line, lastLine, thrown: [thrown] };
  return { trace, next: i };
}

// ---------------------------------------------------------------- C and C++

function cppFrame(text: string): Frame | null {
  const match = /^#[0-9]{1,4} +(?:0x[0-9a-fA-F]{1,16} +)?(?:in +)?(.{1,400})$/.exec(text);
  if (match === null) return null;
  const body = match[1] ?? '';
  const place =
    /(?:^| at | )([^\s():]{1,300}\.(?:c|cc|cpp|cxx|h|hpp|hh|m|mm|rs|s|S)):([0-9]{1,9})(?::[0-9]{1,9})?$/.exec(
      body,
    );
  const name = (place === null ? body : body.slice(0, place.index))
    .replace(/\(.*$/, '')
    .replace(/ from .*$/, '')
    .trim();
  if (place === null && !/^[A-Za-z_~][A-Za-z0-9_:~<>, *&]*$/.test(name)) return null;
  const cut = name.lastIndexOf('::');
  return {
    file: place?.[1] ?? '',
    function: cut < 0 ? name : name.slice(cut + 2),
    module: cut < 0 ? '' : name.slice(0, cut),
    line: place === null ? null : Number(place[2]),
  };
}

function parseCpp(lines: readonly TraceLine[], start: number): Taken | null {
  const head = lines[start];
  if (head === undefined) return null;
  const thrown: OpenThrown = { kind: '', message: '', frames: [] };
  const terminate = /terminate called after throwing an instance of '([^']{1,200})'/.exec(
    head.text,
  );
  const sanitizer = /(?:ERROR|WARNING): ([A-Za-z]{4,24}Sanitizer): ?([a-zA-Z0-9-]{0,80})/.exec(
    head.text,
  );
  if (terminate !== null) thrown.kind = terminate[1] ?? '';
  else if (sanitizer !== null) {
    thrown.kind = sanitizer[1] ?? '';
    thrown.message = sanitizer[2] ?? '';
  } else if (!head.text.startsWith('#0 ') || cppFrame(head.text) === null) return null;
  let i = thrown.kind === '' ? start : start + 1;
  let lastLine = head.line;
  let other = 0;
  for (; i < lines.length; i++) {
    const current = lines[i];
    if (current === undefined) break;
    const { text, line } = current;
    const frame = cppFrame(text);
    const what = text.startsWith('what(): ') ? text.slice(8).trim() : null;
    if (what !== null) thrown.message = what;
    else if (frame !== null) {
      if (text.startsWith('#0 ') && thrown.frames.length > 0) break;
      if (thrown.frames.length < maxFrames) thrown.frames.push(frame);
    } else if (thrown.frames.length > 0 || ++other > 4) break;
    else continue;
    lastLine = line;
  }
  if (thrown.kind === '' && thrown.frames.length < 2) return null;
  return {
    trace: { language: 'cpp', firstLine: head.line, lastLine, thrown: [thrown] },
    next: i,
  };
}
