/** Words that state a failure, by how surely they do, in bits. */
const wordBits = new Map<string, number>();
function list(bits: number, words: string): void {
  for (const word of words.split(' ')) wordBits.set(word, bits);
}
list(
  3,
  'panic panicked fatal segfault sigsegv sigabrt crash crashed crashing oom corrupt corrupted corruption emergency traceback deadlock coredump',
);
list(
  2.5,
  'error errors exception exceptions failed failure failures fail fails failing aborted abort aborting critical severe unreachable unavailable severed',
);
list(
  2,
  'unable cannot couldnt refused denied timeout timeouts timedout rejected unauthorized forbidden broken violation killed overflow exhausted unrecoverable assertion assert lost fault faulty dead unhandled uncaught',
);
list(
  1.5,
  'invalid illegal missing unexpected terminated unresponsive disconnected expired malformed mismatch inconsistent degraded stuck hang hung stale conflict dropped drop bad wrong incorrect insufficient unknown unsupported throttled throttling',
);
list(
  0.8,
  'warning warn retry retrying retries slow delayed interrupted interrupt disabled rollback evicted skipped ignoring deprecated leak',
);

/** Two words that only together state a failure. */
const pairBits = new Map<string, number>([
  ['timed out', 2.5],
  ['not found', 1.8],
  ['no such', 2],
  ['out of', 1],
  ['reset by', 2],
  ['broken pipe', 2.5],
  ['core dumped', 3],
  ['does not', 0.8],
  ['did not', 1],
  ['could not', 2],
  ['can not', 2],
  ['not responding', 2.5],
  ['not available', 2],
  ['not allowed', 2],
  ['gave up', 2],
  ['giving up', 2.5],
  ['shutting down', 0.8],
  ['no route', 2.5],
  ['no space', 2.5],
  ['no longer', 0.5],
  ['too many', 1.5],
  ['too large', 1.2],
  ['stopping execution', 1.5],
]);

const negations = new Set(['no', 'not', 'without', 'zero', '0', 'never', 'non', 'none']);
/** Right before a failure word these make it a condition, not an event. */
const conditions = new Set(['if', 'on', 'any', 'free', 'for']);
const remedies = new Set([
  'corrected',
  'recovered',
  'resolved',
  'cleared',
  'fixed',
  'succeeded',
  'handled',
  'handler',
  'handling',
  'reporting',
  'page',
  'log',
  'logs',
  'logger',
  'count',
  'rate',
  'code',
  'codes',
  'limit',
  'threshold',
  'level',
]);

export interface FailureWords {
  /** 0..4. */
  readonly bits: number;
  /** As they stand in the text, strongest first, at most three. */
  readonly words: readonly string[];
}

/** Longest part of a text that is read: bounded work for templates of any length. */
const readCharacters = 600;
const mostBits = 4;

interface Word {
  readonly text: string;
  readonly lower: string;
  /** The character right after it, to see `errors: 0` and `failed=0`. */
  readonly next: string;
}

/** Letters and digits between other characters; `couldn't` becomes `couldnt`. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let start = -1;
  const source = text.slice(0, readCharacters).replaceAll("n't", 'nt');
  for (let at = 0; at <= source.length; at += 1) {
    const code = at < source.length ? source.charCodeAt(at) : 0x20;
    const inside =
      (code >= 48 && code <= 57) ||
      (code >= 65 && code <= 90) ||
      (code >= 97 && code <= 122) ||
      code > 127;
    if (inside) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      const word = source.slice(start, at);
      words.push({ text: word, lower: word.toLowerCase(), next: source.charAt(at) });
      start = -1;
    }
  }
  return words;
}

/** `SocketTimeoutException`, `TypeError`: a class name that ends in what it is. */
function namesFailure(word: Word): boolean {
  const { text } = word;
  if (text.length < 6 || text === text.toLowerCase()) return false;
  return /(?:Exception|Error|Failure|Fault)$/.test(text) && !/^(?:Error|Failure|Fault)$/.test(text);
}

/**
 * Which words of a message speak of failure. A word is silent when it is negated ("no errors",
 * "0 failed", "errors: 0") or names a thing instead of an event ("error handler", "error corrected").
 */
export function failureVocabulary(text: string): FailureWords {
  const words = wordsOf(text);
  const found = new Map<string, number>();
  for (const [index, word] of words.entries()) {
    const before = index > 0 ? words[index - 1]! : null;
    const after = index + 1 < words.length ? words[index + 1]! : null;
    const pair = after === null ? undefined : pairBits.get(`${word.lower} ${after.lower}`);
    if (pair !== undefined && after !== null) {
      const phrase = `${word.text} ${after.text}`;
      found.set(phrase, Math.max(found.get(phrase) ?? 0, pair));
    }
    const bits = namesFailure(word) ? 2.5 : wordBits.get(word.lower);
    if (bits === undefined) continue;
    const twoBefore = index > 1 ? words[index - 2]! : null;
    const negated =
      (before !== null && (negations.has(before.lower) || conditions.has(before.lower))) ||
      (twoBefore !== null &&
        negations.has(twoBefore.lower) &&
        before !== null &&
        before.lower.length < 12);
    const excused = after !== null && (remedies.has(after.lower) || after.lower === '0');
    if (negated || excused) continue;
    found.set(word.text, Math.max(found.get(word.text) ?? 0, bits));
  }
  const strongest = [...found].sort((a, b) => b[1] - a[1]);
  let sum = 0;
  for (const [index, [, bits]] of strongest.entries()) sum += index === 0 ? bits : bits * 0.3;
  return { bits: Math.min(mostBits, sum), words: strongest.slice(0, 3).map(([word]) => word) };
}
