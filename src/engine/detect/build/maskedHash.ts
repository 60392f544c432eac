/** Characters that take part: two lines that agree this far are the same for counting. */
const hashedLength = 200;

/**
 * Hash of a text with every run of digits (and of hexadecimal digits after a digit) taken as one,
 * so that counters, times and addresses do not make lines differ; zero stays apart, since `0 errors`
 * is not `3 errors`. FNV-1a (Fowler, Noll, Vo, 1991).
 */
export function maskedHash(text: string): number {
  const length = Math.min(text.length, hashedLength);
  let hash = 0x811c9dc5;
  let inNumber = false;
  let isZero = true;
  for (let i = 0; i < length; i += 1) {
    const code = text.charCodeAt(i);
    const digit = code >= 48 && code <= 57;
    const hex = (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
    if (digit || (inNumber && hex)) {
      if (!inNumber) {
        hash = Math.imul(hash ^ 48, 0x01000193);
        isZero = true;
      }
      if (isZero && code !== 48) {
        hash = Math.imul(hash ^ 49, 0x01000193);
        isZero = false;
      }
      inNumber = true;
      continue;
    }
    inNumber = false;
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  return hash >>> 0;
}
