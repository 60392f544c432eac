/** Characters of a line that take part in comparing. */
const comparedLength = 500;

const url = /\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s'"<>()]{1,400}/gi;
const path = /(?:\b[A-Za-z]:)?(?:[\\/][\w.@%+~$-]{1,120}){2,}[\\/]?/g;
const identifier =
  /\b(?=[\w-]{0,40}\d)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b0x[0-9a-f]{1,16}\b|@[0-9a-f]{5,16}\b/gi;
const mixed = /\b(?=[A-Za-z_]{0,40}\d)[A-Za-z0-9_]{6,64}\b/g;
const quantity =
  /\d+(?:[.,:]\d+)*(?:\s?(?:ns|µs|us|ms|s|sec|secs|seconds?|m|mins?|minutes?|h|hours?|[kKMGT]i?B|bytes?|B)(?:\/s)?\b)?/g;
const outcomeCount = /error|fail|exit|status|code/i;
const zero = /^0+(?:[.,:]0+)*$/;

/**
 * The text of a line with what varies between two runs of the same job taken out: addresses,
 * paths (their last part stays), identifiers, numbers with their units. Beside words of failure
 * zero stays apart from other numbers: `0 errors` is not `3 errors`.
 */
export function maskLine(text: string): string {
  const line = text.length > comparedLength ? text.slice(0, comparedLength) : text;
  if (!/[\d/\\]/.test(line)) return line.trim();
  const counted = outcomeCount.test(line);
  let masked = line;
  if (masked.includes('://')) masked = masked.replace(url, '<url>');
  if (masked.includes('/') || masked.includes('\\')) masked = masked.replace(path, lastPart);
  if (/\d/.test(masked)) {
    masked = masked
      .replace(identifier, '<id>')
      .replace(mixed, maskMixed)
      .replace(quantity, (value) => (counted && zero.test(value) ? '0' : '<n>'));
  }
  return masked.trim();
}

function lastPart(found: string): string {
  const parts = found.split(/[\\/]/);
  const last = parts.at(-1) === '' ? (parts.at(-2) ?? '') : (parts.at(-1) ?? '');
  return `<path>/${last}`;
}

/** A word of letters and digits is a name when it holds one digit group, an identifier when more. */
function maskMixed(word: string): string {
  let groups = 0;
  let letters = 0;
  let digits = 0;
  let inDigits = false;
  for (let i = 0; i < word.length; i += 1) {
    const code = word.charCodeAt(i);
    const digit = code >= 48 && code <= 57;
    if (digit) digits += 1;
    else letters += 1;
    if (digit && !inDigits) groups += 1;
    inDigits = digit;
  }
  return letters > 0 && digits >= 2 && groups >= 2 ? '<id>' : word;
}
