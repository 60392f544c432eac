import type { Prompt, SentItem } from '../prompt.ts';
import { namesIn, otherWordsFor, withoutCommonNames } from './names.ts';
import type { Quantity } from './quantities.ts';
import { isHedged, isRoundingOf, quantitiesIn, spokenCounts } from './quantities.ts';

const clockTime = /(?<![\d.:\w])\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?!\d)/g;
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
/** `14 May 2024`, `May 14`. */
const spokenDate =
  /\b(?:(\d{1,2})(?:st|nd|rd|th)? (?:of )?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} (\d{1,2})(?:st|nd|rd|th)?)(?:,? (\d{4}))?\b/gi;
const isoStamp = /\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?/g;

/**
 * What a prompt says, for asking whether a claim says more. Lines that instruct their reader are no
 * source: whoever wrote them would vouch for himself.
 */
export class KnownFacts {
  readonly #items: readonly SentItem[];
  readonly #byId: ReadonlyMap<string, SentItem>;
  /** Everything in lower case, with blanks collapsed. */
  readonly #text: string;
  readonly #quantities: readonly Quantity[];
  /** Numbers of three digits and more that are parts of names. */
  readonly #embedded: ReadonlySet<string>;
  readonly #incidents: ReadonlyMap<string, string>;
  readonly #ratios: readonly number[];

  constructor({ items, frame, incidents }: Pick<Prompt, 'items' | 'frame' | 'incidents'>) {
    this.#items = items.filter(({ instructs }) => !instructs);
    this.#byId = new Map(items.map((item) => [item.id, item]));
    const bodies = this.#items.flatMap(({ sent }) => sent);
    const heads = this.#items.map(({ place, time, level }) =>
      [place, Number.isNaN(time) ? '' : new Date(time).toISOString(), level].join(' '),
    );
    this.#text = folded([...heads, ...bodies, frame].join('\n'));
    const numbers = withoutTimes([...bodies, frame].join('\n'));
    this.#quantities = quantitiesIn(numbers);
    this.#embedded = new Set(numbers.match(/\d{3,18}/g) ?? []);
    this.#ratios = ratiosIn(numbers);
    this.#incidents = new Map([...incidents].map(([name, { sent }]) => [name, sent]));
  }

  /** Whether evidence of this id was sent. */
  has(id: string): boolean {
    return this.#byId.has(id);
  }

  item(id: string): SentItem | undefined {
    return this.#byId.get(id);
  }

  /** The items that may support a claim. */
  usable(): readonly SentItem[] {
    return this.#items;
  }

  hasIncident(name: string): boolean {
    return this.#incidents.has(name);
  }

  /**
   * What a claim states that stands nowhere: numbers, times, machines, paths, error codes, ids. What
   * can be derived is known: roundings, other units, the time between cited lines, how often a word
   * of the claim occurs. A claim that names a past incident may say what that one says.
   * @param cited ids that the claim rests on
   */
  unknownIn(claim: string, cited: readonly string[]): readonly string[] {
    const prose = claim.replaceAll('`', ' ');
    const past = [...prose.matchAll(/\bP\d{1,3}\b/g)]
      .map(([name]) => this.#incidents.get(name) ?? '')
      .join('\n');
    const unknown = namesIn(prose)
      .filter(({ text, kind }) => {
        if (kind === 'id') return !this.hasId(text);
        if (kind === 'time') return !this.#knowsTime(text);
        return !this.#knowsName(text, past);
      })
      .map(({ text }) => text);
    const undated = prose.replace(spokenDate, (date, ...parts: (string | undefined)[]) => {
      if (this.#knowsDate(parts)) return ' ';
      unknown.push(date);
      return ' ';
    });
    const bare = withoutCommonNames(withoutNames(withoutTimes(undated)));
    const extra = past === '' ? [] : quantitiesIn(past);
    for (const said of quantitiesIn(bare)) {
      if (!this.#knowsNumber(said, bare, { claim: prose, cited, extra }))
        unknown.push(said.written);
    }
    const counts = spokenCounts(bare).filter(({ value, word }) => {
      const said: Quantity = {
        written: word,
        value,
        dimension: 'none',
        scale: 1,
        significant: 1,
        at: 0,
      };
      return (
        !this.#knowsCount(value, prose, cited) &&
        !this.#isKnownQuantity(said, false, extra) &&
        value > this.#linesOf(cited)
      );
    });
    return [...new Set([...unknown, ...counts.map(({ word }) => word)])];
  }

  /**
   * Whether something that looks like an id is one of evidence or of an incident, or no id at all: logs
   * of linters and compilers have codes such as E501.
   */
  hasId(id: string): boolean {
    return this.has(id) || this.hasIncident(id) || occurs(this.#text, id.toLowerCase());
  }

  /** Lines of the cited items: what a count in words may count. */
  #linesOf(cited: readonly string[]): number {
    return cited.reduce((sum, id) => sum + (this.#byId.get(id)?.sent.length ?? 0), 0);
  }

  #knowsDate([day, month, monthFirst, dayAfter, year]: readonly (string | undefined)[]): boolean {
    const wanted = {
      day: Number(day ?? dayAfter),
      month: months.indexOf((month ?? monthFirst ?? '').toLowerCase()),
      year,
    };
    const name = `${months[wanted.month] ?? ''} ${wanted.day}`;
    return (
      this.#text.replace(/ 0(?=\d\b)/g, ' ').includes(name) ||
      this.#items.some(({ time }) => {
        const date = new Date(time);
        return (
          date.getUTCDate() === wanted.day &&
          date.getUTCMonth() === wanted.month &&
          (wanted.year === undefined || date.getUTCFullYear() === Number(wanted.year))
        );
      })
    );
  }

  #knowsName(name: string, past: string): boolean {
    // A version is the same with and without its v.
    const lower = folded(name).replace(/^v(?=\d+\.\d)/, '');
    if (/^\d+\.\d/.test(lower) && occurs(this.#text, `v${lower}`)) return true;
    if (occurs(this.#text, lower) || (past !== '' && occurs(folded(past), lower))) return true;
    const place = /^(.+):(\d{1,9})(?:-\d{1,9})?$/.exec(lower);
    if (place !== null) {
      const line = Number(place[2]);
      const named = place[1] ?? '';
      const inside = this.#items.some(
        (item) => item.line <= line && line <= item.endLine && occurs(folded(item.place), named),
      );
      if (inside) return true;
    }
    return otherWordsFor(lower).some((words) => this.#text.includes(words));
  }

  /** A time is known when it is the beginning of one in the log: 12:03 of 12:03:07.250. */
  #knowsTime(time: string): boolean {
    const bare = time.replace(/Z$/, '').replace(',', '.').replace(' ', 't').toLowerCase();
    const known = this.#text.replaceAll(',', '.');
    const padded = /^\d:/.test(bare) ? `0${bare}` : bare;
    return [bare, padded, bare.replace('t', ' ')].some((text) => {
      let at = known.indexOf(text);
      while (at >= 0) {
        if (!/[\d:.]/.test(known[at - 1] ?? ' ')) return true;
        at = known.indexOf(text, at + 1);
      }
      return false;
    });
  }

  #knowsNumber(
    said: Quantity,
    prose: string,
    {
      claim,
      cited,
      extra,
    }: {
      readonly claim: string;
      readonly cited: readonly string[];
      readonly extra: readonly Quantity[];
    },
  ): boolean {
    const hedged = isHedged(prose, said.at);
    if (this.#isKnownQuantity(said, hedged, extra)) return true;
    if (said.dimension === 'percent') {
      // "100 %" is how people say full, and no measurement.
      return said.value === 100 || this.#ratios.some((ratio) => rounds(ratio * 100, said.value));
    }
    if (said.dimension === 'time') return this.#isTimeBetween(said, cited);
    if (said.dimension !== 'none') return false;
    if (this.#embedded.has(said.written.replaceAll(',', ''))) return true;
    if (/\blines?\s{0,2}(?:\d+\s{0,2}(?:-|–|to|and)\s{0,2})?$/i.test(prose.slice(0, said.at))) {
      return this.#items.some(({ line, endLine }) => line <= said.value && said.value <= endLine);
    }
    return this.#knowsCount(said.value, claim, cited);
  }

  #isKnownQuantity(said: Quantity, hedged: boolean, extra: readonly Quantity[]): boolean {
    return (
      this.#quantities.some((exact) => isRoundingOf(said, exact, hedged)) ||
      extra.some((exact) => isRoundingOf(said, exact, hedged))
    );
  }

  /** Time between two cited lines, rounded as it is said. */
  #isTimeBetween(said: Quantity, cited: readonly string[]): boolean {
    const times = cited
      .map((id) => this.#byId.get(id)?.time ?? Number.NaN)
      .filter((time) => !Number.isNaN(time));
    return times.some((from) =>
      times.some((to) => {
        if (to <= from) return false;
        const value = to - from;
        const exact: Quantity = {
          written: '',
          value,
          dimension: 'time',
          scale: 1,
          significant: 9,
          at: 0,
        };
        return isRoundingOf(said, exact, true);
      }),
    );
  }

  /** How many things are cited, and in how many lines a word of the claim stands. */
  #knowsCount(count: number, claim: string, cited: readonly string[]): boolean {
    if (count > 500 || !Number.isInteger(count)) return false;
    const items = cited.map((id) => this.#byId.get(id)).filter((item) => item !== undefined);
    if (count > 0 && (count === items.length || count === this.#linesOf(cited))) return true;
    if (items.some(({ line, endLine }) => count === endLine - line + 1)) return true;
    if (count > 0 && count === new Set(items.map(({ path }) => path)).size) return true;
    if (count === new Set(this.#items.map(({ path }) => path)).size) return true;
    const words = new Set(claim.toLowerCase().match(/\p{L}{4,30}/gu) ?? []);
    const lines = this.#items.flatMap(({ sent }) => sent.map((line) => line.toLowerCase()));
    for (const word of [...words].slice(0, 60)) {
      const stem = word.replace(/(?:ies|es|s|ed|ing)$/, '');
      if (stem.length < 4) continue;
      const most = lines.filter((line) => line.includes(stem)).length;
      if (most === count && count > 0) return true;
    }
    return false;
  }
}

/** Lower case, blanks collapsed, typographic quotes and dashes as ASCII. */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .replace(/[“”„]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[‐-―−]/g, '-')
    .replace(/\s+/g, ' ');
}

/** Whether a name stands in a text as a whole: not as the middle of a longer word. */
function occurs(text: string, name: string): boolean {
  if (name === '') return false;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + name.length] ?? ' ';
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}

function withoutTimes(text: string): string {
  return text.replace(isoStamp, ' ').replace(clockTime, ' ');
}

/** Names have been looked at as names: the digits in them are no numbers. */
function withoutNames(prose: string): string {
  return namesIn(prose).reduce((text, name) => text.replaceAll(name.text, ' '), prose);
}

/** Shares that a text states as `19/20` or `19 of 20`. */
function ratiosIn(text: string): readonly number[] {
  return [...text.matchAll(/(?<!\d)(\d{1,12})\s?(?:\/|of|out of)\s?(\d{1,12})(?!\d)/g)]
    .map((match) => Number(match[1]) / Number(match[2]))
    .filter((ratio) => ratio > 0 && ratio <= 1);
}

function rounds(exact: number, said: number): boolean {
  return Math.round(exact) === said || Math.round(exact * 10) / 10 === said;
}
