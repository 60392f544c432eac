import {
  callersFault,
  conditions,
  emptyValues,
  measured,
  negations,
  phraseBits,
  relief,
  remedies,
  retry,
  tallied,
  wordBits,
} from './failureWords.ts';

export interface FailureWords {
  /** 0..4. */
  readonly bits: number;
  /** As they stand in the text, strongest first, at most three. */
  readonly words: readonly string[];
  /** The message says that what failed is tried again. */
  readonly retried: boolean;
}

/** Longest part of a text that is read: bounded work for templates of any length. */
const readCharacters = 600;
const mostBits = 4;
/** Less than one plain word of failure where the fault is the caller’s, as 404 is less than 500. */
const mostCallersBits = 2;
/** Part that is left of a failure that is said to be dealt with: it happened nevertheless. */
const relieved = 0.5;

interface Word {
  readonly text: string;
  readonly lower: string;
  /** What stands before it, after the last word: `<*> errors`. */
  readonly lead: string;
  /** What stands between it and the next word: `errors: 0`, `failed=0`, `timeout=<*>`. */
  readonly gap: string;
}

/** Letters and digits between other characters; `couldn't` becomes `couldnt`. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let start = -1;
  let end = 0;
  const source = text.slice(0, readCharacters).replaceAll("n't", 'nt');
  const close = (to: number): void => {
    const last = words.at(-1);
    if (last !== undefined) words[words.length - 1] = { ...last, gap: source.slice(end, to) };
  };
  for (let at = 0; at <= source.length; at += 1) {
    const code = at < source.length ? source.charCodeAt(at) : 0x20;
    const inside =
      (code >= 48 && code <= 57) ||
      (code >= 65 && code <= 90) ||
      (code >= 97 && code <= 122) ||
      code > 127;
    if (inside) {
      if (start >= 0) continue;
      start = at;
      close(at);
    } else if (start >= 0) {
      const word = source.slice(start, at);
      words.push({
        text: word,
        lower: word.toLowerCase(),
        lead: source.slice(end, start),
        gap: '',
      });
      end = at;
      start = -1;
    }
  }
  close(source.length);
  return words;
}

/** `SocketTimeoutException`, `TypeError`: a class name that ends in what it is. */
function namesFailure(word: Word): boolean {
  const { text } = word;
  if (text.length < 6 || text === text.toLowerCase()) return false;
  return /(?:Exception|Error|Failure|Fault)$/.test(text) && !/^(?:Error|Failure|Fault)$/.test(text);
}

/** The longest known phrase that begins at a word, its words parted by single blanks. */
function phraseAt(words: readonly Word[], index: number): { text: string; bits: number } | null {
  let text = words[index]!.text;
  let found: { text: string; bits: number } | null = null;
  for (let next = index + 1; next < Math.min(words.length, index + 3); next += 1) {
    if (words[next - 1]!.gap !== ' ') break;
    text += ` ${words[next]!.text}`;
    const bits = phraseBits.get(text.toLowerCase());
    if (bits !== undefined) found = { text, bits };
  }
  return found;
}

/** Whether the word is a setting or a count: `timeout=<*>`, `errors: <*>`, `<*> errors`, `failed=<*>`. */
function isMeasured(word: Word): boolean {
  if (tallied.has(word.lower)) return /^=(?:<\*>|\d)/.test(word.gap);
  if (!measured.has(word.lower)) return false;
  if (/^\s?[=:(]?\s?<\*>/.test(word.gap) || /^\s?[=:]\s?\d/.test(word.gap)) return true;
  return word.lower.endsWith('s') && word.lead.endsWith('<*> ');
}

/**
 * Which words of a message speak of failure. A word is silent when it is negated ("no errors",
 * "0 failed", "error=null"), names a thing instead of an event ("error handler", "errors: <*>",
 * "timeout=<*>") or is a condition ("on failure"). All count half in a message that says that the
 * failure was dealt with ("can be ignored", "corrected", "falling back").
 */
export function failureVocabulary(text: string): FailureWords {
  const words = wordsOf(text);
  const found = new Map<string, number>();
  for (const [index, word] of words.entries()) {
    const before = index > 0 ? words[index - 1]! : null;
    const after = index + 1 < words.length ? words[index + 1]! : null;
    const phrase = phraseAt(words, index);
    if (phrase !== null) found.set(phrase.text, Math.max(found.get(phrase.text) ?? 0, phrase.bits));
    const bits = namesFailure(word) ? 2.5 : wordBits.get(word.lower);
    if (bits === undefined) continue;
    const twoBefore = index > 1 ? words[index - 2]! : null;
    const negated =
      (before !== null && (negations.has(before.lower) || conditions.has(before.lower))) ||
      (twoBefore !== null &&
        negations.has(twoBefore.lower) &&
        before !== null &&
        before.lower.length < 12);
    const excused =
      after !== null &&
      (remedies.has(after.lower) ||
        (emptyValues.has(after.lower) && /^"?\s?[=:]\s?"?$|^ $/.test(word.gap)));
    if (negated || excused || isMeasured(word)) continue;
    found.set(word.text, Math.max(found.get(word.text) ?? 0, bits));
  }
  const strongest = [...found].sort((a, b) => b[1] - a[1]);
  let sum = 0;
  for (const [index, [, bits]] of strongest.entries()) sum += index === 0 ? bits : bits * 0.3;
  const read = text.slice(0, readCharacters);
  if (relief.test(read)) sum *= relieved;
  const most = callersFault.test(read) ? mostCallersBits : mostBits;
  return {
    bits: Math.min(most, sum),
    words: strongest.slice(0, 3).map(([word]) => word),
    retried: retry.test(read),
  };
}
