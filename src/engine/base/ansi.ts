const escape = 0x1b;
const bell = 0x07;
/** Titles and links are short; an unclosed one must not make a long line quadratic. */
const longestString = 2048;

/**
 * Offset behind the terminal escape sequence (ECMA-48: CSI, OSC and other strings, two-byte ones)
 * at `at`. One that is not closed swallows only its introducer, so a stray byte never hides text.
 */
export function escapeEnd(bytes: Uint8Array, at: number, end: number): number {
  return sequenceEnd((index) => bytes[index]!, at, end);
}

/** The same in a text. */
export function escapeEndIn(text: string, at: number): number {
  return sequenceEnd((index) => text.charCodeAt(index), at, text.length);
}

/** The text without terminal escape sequences, in linear time. */
export function stripAnsi(text: string): string {
  let at = text.indexOf('\u001b');
  if (at === -1) return text;
  const kept: string[] = [];
  let from = 0;
  while (at !== -1) {
    kept.push(text.slice(from, at));
    from = escapeEndIn(text, at);
    at = text.indexOf('\u001b', from);
  }
  kept.push(text.slice(from));
  return kept.join('');
}

/** What a terminal leaves of a line: the last segment between carriage returns that is not blank, without escape sequences. */
export function visibleText(line: string): string {
  let end = line.length;
  while (end > 0) {
    const start = line.lastIndexOf('\r', end - 1) + 1;
    const segment = stripAnsi(line.slice(start, end));
    if (segment.trim() !== '') return segment;
    end = start - 1;
  }
  return '';
}

function sequenceEnd(codeAt: (index: number) => number, at: number, end: number): number {
  const introducer = at + 1 < end ? codeAt(at + 1) : 0;
  if (introducer === 0x5b) return controlEnd(codeAt, at + 2, end);
  if (introducer === 0x5d || introducer === 0x50 || introducer === 0x5e || introducer === 0x5f) {
    return stringEnd(codeAt, at + 2, end);
  }
  // Charset selections such as ESC ( B have one intermediate byte before the final one.
  if (introducer >= 0x20 && introducer <= 0x2f) return Math.min(at + 3, end);
  return introducer >= 0x30 && introducer <= 0x7e ? at + 2 : at + 1;
}

/** CSI: parameters, intermediates, one final byte. */
function controlEnd(codeAt: (index: number) => number, start: number, end: number): number {
  const limit = Math.min(end, start + 64);
  let at = start;
  while (at < limit && codeAt(at) >= 0x20 && codeAt(at) <= 0x3f) at += 1;
  return at < limit && codeAt(at) >= 0x40 && codeAt(at) <= 0x7e ? at + 1 : start;
}

/** OSC, DCS, PM and APC end with BEL or ESC \. */
function stringEnd(codeAt: (index: number) => number, start: number, end: number): number {
  const limit = Math.min(end, start + longestString);
  for (let at = start; at < limit; at += 1) {
    const code = codeAt(at);
    if (code === bell) return at + 1;
    if (code === escape) return at + 1 < limit && codeAt(at + 1) === 0x5c ? at + 2 : start;
  }
  return start;
}
