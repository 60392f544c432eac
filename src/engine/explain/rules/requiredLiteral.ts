/**
 * The longest text without which an RE2 pattern cannot match, in lower case; empty where the pattern
 * has none (alternatives at its top, only classes). Groups are passed over, so the answer is sound
 * but not always the longest.
 */
export function requiredLiteral(pattern: string): string {
  let best = '';
  let run = '';
  const close = (): void => {
    if (run.length > best.length) best = run;
    run = '';
  };
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] ?? '';
    if (char === '|') return '';
    if (char === '\\') {
      const next = pattern[++i] ?? '';
      if (/[a-z0-9]/i.test(next)) {
        // `\Q…\E` would need a parser of its own; `\pL` and `\x41` take characters with them.
        if (next === 'Q') return '';
        close();
        i += escapeTail(pattern, i);
      } else run += next;
    } else if (char === '(') {
      close();
      i = endOfGroup(pattern, i);
    } else if (char === '[') {
      close();
      i = endOfClass(pattern, i);
    } else if (char === '*' || char === '?' || char === '{') {
      run = run.slice(0, -1);
      close();
      if (char === '{') i = Math.max(i, pattern.indexOf('}', i));
    } else if (char === '+' || char === '.' || char === '^' || char === '$') close();
    else run += char;
  }
  close();
  return best.toLowerCase();
}

/** Characters that belong to an escape after its letter: `\pL`, `\p{Greek}`, `\x41`, `\x{10ffff}`. */
function escapeTail(pattern: string, at: number): number {
  const letter = pattern[at] ?? '';
  if (letter !== 'p' && letter !== 'P' && letter !== 'x') return 0;
  if (pattern[at + 1] === '{') return Math.max(0, pattern.indexOf('}', at) - at);
  return letter === 'x' ? 2 : 1;
}

function endOfGroup(pattern: string, start: number): number {
  let depth = 0;
  for (let i = start; i < pattern.length; i++) {
    const char = pattern[i];
    if (char === '\\') i++;
    else if (char === '[') i = endOfClass(pattern, i);
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return i;
  }
  return pattern.length;
}

function endOfClass(pattern: string, start: number): number {
  let i = start + 1;
  if (pattern[i] === '^') i++;
  // A bracket directly after the opening one is a member.
  if (pattern[i] === ']') i++;
  for (; i < pattern.length; i++) {
    const char = pattern[i];
    if (char === '\\') i++;
    else if (char === '[' && pattern[i + 1] === ':') i = pattern.indexOf(':]', i) + 1;
    else if (char === ']') return i;
  }
  return pattern.length;
}
