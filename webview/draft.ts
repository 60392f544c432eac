/** Shorter values are names, ids and numbers, not sentences. */
const leastProse = 12;

/**
 * The sentences of an answer that is still being written. Models answer in JSON; its values that
 * read as sentences are shown without the syntax around them, the last one as far as it got. A text
 * that is no JSON is shown as it is. Linear in the text.
 */
export function draftProse(text: string): string {
  const start = text.indexOf('{');
  // A fence and a word or two before the object, or the object itself.
  if (start < 0 || start > 40 || !/^\{\s*(?:"|$)/.test(text.slice(start, start + 40))) {
    return text.trim();
  }
  const sentences: string[] = [];
  let at = start;
  for (;;) {
    const open = text.indexOf('"', at);
    if (open < 0) break;
    const { value, end, closed } = readString(text, open + 1);
    at = end;
    if (closed && /^\s*:/.test(text.slice(end, end + 20))) continue;
    if (value.includes(' ') && value.length >= leastProse) sentences.push(value);
  }
  return sentences.join('\n\n');
}

/** A JSON string from the character after its opening quote; it may end where the text does. */
function readString(
  text: string,
  from: number,
): { readonly value: string; readonly end: number; readonly closed: boolean } {
  let value = '';
  let at = from;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '"') return { value, end: at + 1, closed: true };
    if (char !== '\\') {
      value += char;
      at += 1;
      continue;
    }
    const kind = text.charAt(at + 1);
    if (kind === 'u') {
      const code = Number.parseInt(text.slice(at + 2, at + 6), 16);
      if (!Number.isNaN(code)) value += String.fromCharCode(code);
      at += 6;
    } else {
      value += { n: '\n', t: '\t', r: '', b: '', f: '' }[kind] ?? kind;
      at += 2;
    }
  }
  return { value, end: text.length, closed: false };
}
