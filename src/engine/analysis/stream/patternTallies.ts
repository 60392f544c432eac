import { rarityBits } from '../../detect/detectors/rarity.ts';
import type { PatternTally } from './segment.ts';

/** Patterns that are counted over a whole log. */
const mostPatterns = 65_536;

/** How often a pattern came in a log, and where. */
export interface PatternTotal {
  readonly count: number;
  /** Records before its first one and its last one. */
  readonly first: number;
  readonly last: number;
  /** 1-based line of its first record. */
  readonly firstLine: number;
  /** 1-based line of its last record. */
  readonly lastLine: number;
  /** Milliseconds since the epoch; NaN where the record states no time. */
  readonly firstTime: number;
  readonly lastTime: number;
}

/** What the counts of all patterns say about each. */
export interface PatternRarity {
  /** How unusual it is to meet a pattern, in bits; 0 where it was not counted. */
  bitsOf(text: string): number;
  /** How often the kind of the middle message comes. */
  readonly typical: number;
}

/** How often patterns came over a log that is never in memory as a whole. */
export class PatternTallies {
  readonly #totals: Map<string, PatternTotal>;
  #records: number;
  #truncated: boolean;

  constructor(before: PatternTallies | null = null) {
    this.#totals = new Map(before === null ? [] : before.#totals);
    this.#records = before === null ? 0 : before.#records;
    this.#truncated = before !== null && before.#truncated;
  }

  /** Whether patterns were left out, as there were too many. */
  get truncated(): boolean {
    return this.#truncated;
  }

  get size(): number {
    return this.#totals.size;
  }

  /** The patterns, in the order of the log. */
  texts(): Iterable<string> {
    return this.#totals.keys();
  }

  get(text: string): PatternTotal | null {
    return this.#totals.get(text) ?? null;
  }

  /**
   * Adds those of a segment that follows all before.
   * @param records how many records it has
   * @param lines how many lines stand before it
   */
  add(patterns: readonly PatternTally[], records: number, lines: number): void {
    const before = this.#records;
    for (const tally of patterns) {
      const { text, count, first, last, firstTime, lastTime } = tally;
      const lastLine = lines + tally.lastLine + 1;
      const known = this.#totals.get(text);
      if (known !== undefined) {
        const newest = Number.isNaN(lastTime) ? known.lastTime : lastTime;
        const added = { count: known.count + count, last: before + last };
        this.#totals.set(text, { ...known, ...added, lastLine, lastTime: newest });
      } else if (this.#totals.size < mostPatterns) {
        const firstLine = lines + tally.firstLine + 1;
        const place = { first: before + first, last: before + last, firstLine, lastLine };
        this.#totals.set(text, { count, ...place, firstTime, lastTime });
      } else this.#truncated = true;
    }
    this.#records += records;
  }

  /** Costs as much as there are patterns. */
  rarity(): PatternRarity {
    const totals = [...this.#totals.values()];
    const bits = rarityBits({
      count: totals.length,
      records: Uint32Array.from(totals, ({ count }) => count),
      first: Uint32Array.from(totals, ({ first }) => first),
      last: Uint32Array.from(totals, ({ last }) => last),
      ofRecord: { length: this.#records },
    });
    const indexes = new Map([...this.#totals.keys()].map((text, index) => [text, index]));
    return {
      bitsOf: (text) => bits[indexes.get(text) ?? -1] ?? 0,
      typical: typicalOf(totals, this.#records),
    };
  }
}

function typicalOf(totals: readonly PatternTotal[], records: number): number {
  const descending = totals.map(({ count }) => count).sort((a, b) => b - a);
  let mass = 0;
  for (const count of descending) {
    mass += count;
    if (mass * 2 >= records) return count;
  }
  return 1;
}
