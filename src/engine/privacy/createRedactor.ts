import { addressSecrets } from './addresses.ts';
import { assignments } from './assignments.ts';
import { commandSecrets } from './commandSecrets.ts';
import { isCommonWord } from './commonWords.ts';
import { headers } from './headers.ts';
import { hostNames } from './hostNames.ts';
import { isSecret, placeholder, placeholdersIn, type Kind } from './kinds.ts';
import { names } from './names.ts';
import { pemBlocks } from './pemBlocks.ts';
import { personal } from './personal.ts';
import { constantWords, rawText } from './patternText.ts';
import type { PrivacyLevel } from './privacyLevel.ts';
import { randomText } from './randomText.ts';
import type { PatternOfMessage, Redactor } from './redactor.ts';
import { secretShapes } from './secretShapes.ts';
import { shownText } from './shownText.ts';
import { joined, without, type Finder, type Span } from './span.ts';
import { spokenSecrets } from './spokenSecrets.ts';
import { wrappedSecrets } from './wrappedSecrets.ts';

const plainSecrets: readonly Finder[] = [
  pemBlocks,
  headers,
  addressSecrets,
  secretShapes,
  assignments,
  spokenSecrets,
  commandSecrets,
  randomText,
];
const secretFinders: readonly Finder[] = [...plainSecrets, wrappedSecrets(plainSecrets)];
const personalFinders: readonly Finder[] = [personal, names, hostNames];

/** Secrets that are looked for again: shorter ones stand in other words, more take too long. */
const shortestKnown = 6;
const mostKnown = 1000;

/** Messages that share words by chance are few; from so many on the words are the program's. */
const oftenEnough = 3;

/**
 * Placeholders can bring two parts together that mean something side by side; text settles within
 * two looks, and the rest of these is a bound, not an expectation.
 */
const mostLooks = 5;

/**
 * A redactor with an empty map.
 *
 * @param upcoming texts that will be redacted: numbers that stand in them, in what looks like a
 * placeholder, are not given out, so that unmasking is exact. What looks like a placeholder in a
 * later text, and was given out by then, is taken for one.
 */
export function createRedactor(level: PrivacyLevel, upcoming: Iterable<string> = []): Redactor {
  return new MapRedactor(level, upcoming);
}

class MapRedactor implements Redactor {
  readonly level: PrivacyLevel;
  readonly counts = new Map<Kind, number>();
  readonly #stages: readonly (readonly Finder[])[];
  readonly #last: readonly (readonly Finder[])[];
  readonly #placeholders = new Map<string, string>();
  readonly #secrets = new Map<string, Kind>();
  readonly #values = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #lastNumber = new Map<Kind, number>();

  constructor(level: PrivacyLevel, upcoming: Iterable<string>) {
    this.level = level;
    // Personal data is looked for in what is left: the password in an address is no e-mail.
    this.#stages = level === 'secrets' ? [secretFinders] : [secretFinders, personalFinders];
    this.#last = level === 'templates' ? [[rawText()]] : [];
    for (const text of upcoming) this.#reserve(text);
  }

  redact = (text: string): string => this.#settled(text, this.#last);

  redactMessage = (message: string, { template, count }: PatternOfMessage): string =>
    this.level === 'templates' && count >= oftenEnough
      ? this.#settled(message, [[rawText(constantWords(template))]])
      : this.redact(message);

  unmask = (text: string): string =>
    text.replace(placeholder, (found) => this.#values.get(found) ?? found);

  /** Looks until nothing more is found. */
  #settled(text: string, last: readonly (readonly Finder[])[]): string {
    this.#reserve(text);
    const stages = [...this.#stages, ...last];
    let result = text;
    for (let look = 0; look < mostLooks; look += 1) {
      const known = this.#once(result, [this.#knownSecrets]);
      const next = stages.reduce((masked, finders) => this.#once(masked, finders), known);
      if (next === result) break;
      result = next;
    }
    return result;
  }

  #once(raw: string, finders: readonly Finder[]): string {
    const { text, offsets } = shownText(raw);
    const found = joined(finders.flatMap((finder) => finder(text)));
    const spans = without(found, placeholdersIn(text));
    const parts: string[] = [];
    let done = 0;
    for (const { start, end, kind } of spans) {
      const from = offsets?.[start] ?? start;
      const to = offsets === null ? end : (offsets[end - 1] ?? end) + 1;
      parts.push(raw.slice(done, from), this.#placeholderOf(raw.slice(from, to), kind));
      done = to;
    }
    parts.push(raw.slice(done));
    return parts.join('');
  }

  /** A secret that was found once is one wherever it stands, without its name as well. */
  #knownSecrets: Finder = (text) => {
    const spans: Span[] = [];
    for (const [value, kind] of this.#secrets) {
      for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length)) {
        const around = text.charAt(at - 1) + text.charAt(at + value.length);
        if (!/[A-Za-z0-9]/.test(around)) spans.push({ start: at, end: at + value.length, kind });
      }
    }
    return spans;
  };

  #placeholderOf(value: string, kind: Kind): string {
    const known = this.#placeholders.get(value);
    if (known !== undefined) return known;
    let number = this.#lastNumber.get(kind) ?? 0;
    do number += 1;
    while (this.#taken.has(`<${kind}_${number}>`));
    this.#lastNumber.set(kind, number);
    const name = `<${kind}_${number}>`;
    this.#placeholders.set(value, name);
    this.#values.set(name, value);
    if (isSecret(kind) && value.length >= shortestKnown && !isCommonWord(value)) {
      if (this.#secrets.size < mostKnown) this.#secrets.set(value, kind);
    }
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    return name;
  }

  /** What looks like a placeholder in a log stands for itself. */
  #reserve(text: string): void {
    for (const [found] of text.matchAll(placeholder)) {
      if (!this.#values.has(found)) this.#taken.add(found);
    }
  }
}
