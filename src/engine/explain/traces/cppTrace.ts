import type { Frame, OpenThrown, Taken, TraceLine } from './stackTrace.ts';
import { maxFrames } from './stackTrace.ts';

/**
 * `#3 0x4f in shop::post() at ledger.cpp:31` of debuggers and sanitizers, `@ 0x4f shop::post()` and
 * `shop(post+0x1f) [0x4f]` of programs that print their own stack; null for other text.
 */
export function cppFrame(text: string): Frame | null {
  const match =
    /^#[0-9]{1,4} +(?:0x[0-9a-fA-F]{1,16} +)?(?:in +)?(.{1,400})$/.exec(text) ??
    /^@ +0x[0-9a-fA-F]{1,16} +(.{1,400})$/.exec(text);
  if (match === null) return symbolFrame(text);
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
  return {
    ...named(name),
    file: place?.[1] ?? '',
    line: place === null ? null : Number(place[2]),
  };
}

/** `./shop(_ZN4shop4postEv+0x1f) [0x55d0aa10]`, as `backtrace_symbols` prints it. */
function symbolFrame(text: string): Frame | null {
  const match =
    /^(?:\.{0,2}\/)[^\s()]{1,300}\(([A-Za-z_][\w:~]{0,200})?\+0x[0-9a-f]{1,16}\) ?\[0x[0-9a-f]{1,16}\]$/.exec(
      text,
    );
  return match?.[1] === undefined ? null : { ...named(match[1]), file: '', line: null };
}

function named(name: string): { readonly module: string; readonly function: string } {
  const cut = name.lastIndexOf('::');
  return cut < 0
    ? { module: '', function: name }
    : { module: name.slice(0, cut), function: name.slice(cut + 2) };
}

/** What a line above the frames says of the end of the program; null where it says nothing. */
function endHead(text: string): { readonly kind: string; readonly message: string } | null {
  const terminate = /terminate called after throwing an instance of '([^']{1,200})'/.exec(text);
  if (terminate !== null) return { kind: terminate[1] ?? '', message: '' };
  const sanitizer = /(?:ERROR|WARNING): ([A-Za-z]{4,24}Sanitizer): ?([a-zA-Z0-9-]{0,80})/.exec(
    text,
  );
  if (sanitizer !== null) return { kind: sanitizer[1] ?? '', message: sanitizer[2] ?? '' };
  const signal =
    /(?:received signal|terminated with signal|^\*\*\*) (SIG[A-Z]{2,8})(?:, ([A-Za-z ]{1,60}))?/.exec(
      text,
    );
  return signal === null ? null : { kind: signal[1] ?? '', message: (signal[2] ?? '').trim() };
}

/** The stack of a native program: printed by a debugger, a sanitizer, or the program as it dies. */
export function parseCpp(lines: readonly TraceLine[], start: number): Taken | null {
  const head = lines[start];
  if (head === undefined) return null;
  const end = endHead(head.text);
  if (end === null && (!/^(?:#0 |@ |\.{0,2}\/)/.test(head.text) || cppFrame(head.text) === null)) {
    return null;
  }
  const thrown: OpenThrown = { kind: end?.kind ?? '', message: end?.message ?? '', frames: [] };
  let i = end === null ? start : start + 1;
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
    } else if (!text.startsWith('@ ') && (thrown.frames.length > 0 || ++other > 4)) break;
    else continue;
    lastLine = line;
  }
  if (thrown.kind === '' && thrown.frames.length < 2) return null;
  return {
    trace: { language: 'cpp', firstLine: head.line, lastLine, thrown: [thrown] },
    next: i,
  };
}
