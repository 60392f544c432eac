/** How many places in an answer are tried as the start of its object. */
const maxStarts = 20;

/**
 * The JSON object in an answer, tolerant of what models put around it: thinking in tags, prose, code
 * fences, a trailing comma. The largest object that can be read is taken, since a model that thinks
 * aloud writes small examples first.
 * @returns undefined where there is none
 */
export function extractJson(answer: string): unknown {
  const text = withoutThinking(answer);
  let best: { readonly value: unknown; readonly length: number } | null = null;
  let from = 0;
  for (let tries = 0; tries < maxStarts; tries++) {
    const start = text.indexOf('{', from);
    if (start < 0) break;
    const end = endOfObject(text, start);
    if (end < 0) {
      from = start + 1;
      continue;
    }
    const value = parseTolerant(text.slice(start, end));
    if (value !== undefined && end - start > (best?.length ?? 0)) {
      best = { value, length: end - start };
    }
    from = value === undefined ? start + 1 : end;
  }
  return best?.value;
}

/** Reasoning models write their thoughts between tags; one that was begun and not ended is cut. */
export function withoutThinking(text: string): string {
  let rest = text;
  for (const [open, close] of [
    ['<think>', '</think>'],
    ['<thinking>', '</thinking>'],
    ['<reasoning>', '</reasoning>'],
  ] as const) {
    let kept = '';
    for (;;) {
      const start = rest.indexOf(open);
      // Some servers swallow the opening tag.
      const end = rest.indexOf(close, Math.max(0, start));
      if (start < 0 && end < 0) break;
      kept += start < 0 ? '' : rest.slice(0, start);
      rest = end < 0 ? '' : rest.slice(end + close.length);
    }
    rest = kept + rest;
  }
  return rest;
}

/** Index after the brace that closes the one at `start`, outside of strings; -1 where none does. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at + 1;
  }
  return -1;
}

function parseTolerant(text: string): unknown {
  return parse(text) ?? parse(repaired(text));
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Without trailing commas and with line breaks inside strings escaped, both outside JSON's grammar. */
function repaired(text: string): string {
  let result = '';
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (inString) {
      if (char === '\\') result += char + (text[++at] ?? '');
      else if (char === '\n') result += '\\n';
      else if (char === '\r') result += '\\r';
      else if (char === '\t') result += '\\t';
      else result += char;
      if (char === '"') inString = false;
    } else if (char === '"') {
      inString = true;
      result += char;
    } else if (char !== ',' || !/^\s*[}\]]/.test(text.slice(at + 1, at + 200))) {
      result += char;
    }
  }
  return result;
}
