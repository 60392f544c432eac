import {
  describeSilence,
  fewestOccurrences,
  fewestOthers,
  keptLongest,
  rhythmOf,
  silenceBits,
  type Rhythm,
} from '../../detect/detectors/silences.ts';
import { leastBits } from '../../detect/evidence.ts';
import { evidenceWeights } from '../../detect/evidenceWeights.ts';
import type { Finding } from '../../detect/finding.ts';
import { scoreOf, severityOf, worth } from '../../detect/fuse.ts';
import { quantile, sorted } from '../../detect/numeric/statistics.ts';
import { fitted, quoted } from '../../detect/words.ts';
import type { PatternTally, SegmentAxis } from './segment.ts';

/** Patterns whose rhythm is followed. */
const mostFollowed = 4096;
/** Silences of one pattern that are told. */
const mostCrossings = 2;
/** Segments whose medians are kept. */
const mostMedians = 64;
/** Deviation of the distances, as a share of their mean, up to which a pattern keeps a beat. */
const steady = 0.15;

/** A pattern that stayed away where segments meet. */
interface Crossing {
  readonly silence: number;
  /** 1-based lines of its last record before and its first one after; null where none came. */
  readonly line: number;
  readonly next: number | null;
}

/** How a pattern came so far; distances are between neighbours, on the axis of the log. */
interface Pace {
  readonly lastAt: number;
  readonly lastLine: number;
  readonly lastRecord: number;
  readonly distances: number;
  readonly sum: number;
  readonly squares: number;
  /** Medians of segments, the first ones. */
  readonly every: readonly number[];
  /** Descending. */
  readonly longest: readonly number[];
  /** Descending by silence. */
  readonly crossings: readonly Crossing[];
}

/**
 * Patterns that came again and again, so that it shows when they stay away for longer than a segment:
 * none of the segments knows what is missing in it.
 */
export class PatternRhythms {
  readonly #paces: Map<string, Pace>;
  #kind: SegmentAxis['kind'];
  /** Position of the end, on the axis that counts on from segment to segment. */
  #at: number;
  #records: number;

  constructor(before: PatternRhythms | null = null) {
    this.#paces = new Map(before === null ? [] : before.#paces);
    this.#kind = before === null ? 'time' : before.#kind;
    this.#at = before === null ? 0 : before.#at;
    this.#records = before === null ? 0 : before.#records;
  }

  /**
   * Adds those of a segment that follows all before.
   * @param records how many records it has
   * @param lines how many lines stand before it
   */
  add(
    patterns: readonly PatternTally[],
    axis: SegmentAxis,
    { records, lines }: { readonly records: number; readonly lines: number },
  ): void {
    // What was measured on another axis cannot be compared.
    if (axis.kind !== this.#kind) this.#paces.clear();
    this.#kind = axis.kind;
    for (const tally of patterns) {
      const { text, pace: own } = tally;
      const known = this.#paces.get(text);
      const isFollowed = tally.count >= fewestOccurrences && this.#paces.size < mostFollowed;
      if (own === null) this.#paces.delete(text);
      else if (known !== undefined) this.#paces.set(text, this.#grown(known, tally, own, lines));
      else if (isFollowed) {
        this.#paces.set(text, {
          ...this.#end(tally, own, lines),
          distances: tally.count - 1,
          sum: own.lastAt - own.firstAt,
          squares: own.squares,
          every: own.every === null ? [] : [own.every],
          longest: own.longest,
          crossings: [],
        });
      }
    }
    this.#at += axis.length;
    this.#records += records;
  }

  #end(
    tally: PatternTally,
    { lastAt }: NonNullable<PatternTally['pace']>,
    lines: number,
  ): Pick<Pace, 'lastAt' | 'lastLine' | 'lastRecord'> {
    return {
      lastAt: this.#at + lastAt,
      lastLine: lines + tally.lastLine + 1,
      lastRecord: this.#records + tally.last,
    };
  }

  #grown(
    known: Pace,
    tally: PatternTally,
    own: NonNullable<PatternTally['pace']>,
    lines: number,
  ): Pace {
    const silence = this.#at + own.firstAt - known.lastAt;
    const others = this.#records + tally.first - known.lastRecord - 1;
    const crossing = { silence, line: known.lastLine, next: lines + tally.firstLine + 1 };
    return {
      ...this.#end(tally, own, lines),
      distances: known.distances + tally.count,
      sum: known.sum + own.lastAt - own.firstAt + silence,
      squares: known.squares + own.squares + silence ** 2,
      every:
        own.every === null || known.every.length === mostMedians
          ? known.every
          : [...known.every, own.every],
      longest: [...known.longest, ...own.longest, silence]
        .sort((a, b) => b - a)
        .slice(0, keptLongest),
      crossings:
        others < fewestOthers
          ? known.crossings
          : [...known.crossings, crossing]
              .sort((a, b) => b.silence - a.silence || a.line - b.line)
              .slice(0, mostCrossings),
    };
  }

  /** Patterns that stayed away although the log went on, with the score that one log gives them. */
  silences(path: string): Finding[] {
    const found = [...this.#paces].flatMap(([template, pace]) => {
      const rhythm = rhythmOfPace(pace);
      if (rhythm === null) return [];
      const ended = this.#records - pace.lastRecord - 1 < fewestOthers ? [] : [this.#ending(pace)];
      return [...pace.crossings, ...ended].flatMap((crossing) => {
        const bits = silenceBits(rhythm, crossing.silence, crossing.next !== null);
        return bits < leastBits ? [] : [{ template, rhythm, crossing, bits }];
      });
    });
    const crowd = Math.log2(Math.max(1, found.length / Math.max(1, this.#records / 10_000)));
    return found.flatMap(({ template, rhythm, crossing, bits: claimed }): Finding[] => {
      const claim = { kind: 'silence', bits: claimed, strong: false, crowd };
      const bits = Math.round(worth(evidenceWeights, claim) * 100) / 100;
      const score = scoreOf(evidenceWeights, bits, this.#records);
      const { silence, line, next } = crossing;
      const words = describeSilence(
        quoted(template, 45),
        rhythm,
        silence,
        this.#kind,
        next === null,
      );
      const lines = next === null ? [line] : [line, next];
      if (bits === 0) return [];
      return [
        {
          rank: 0,
          path,
          line,
          endLine: line,
          severity: severityOf(score),
          score,
          bits,
          count: 1,
          template,
          title: `Gap: ${template}`,
          reasons: [{ family: 'gap', bits, ...fitted(words), lines }],
          related: next === null ? [] : [{ path, line: next }],
          repeats: [],
        },
      ];
    });
  }

  #ending({ lastAt, lastLine }: Pace): Crossing {
    return { silence: this.#at - lastAt, line: lastLine, next: null };
  }
}

/** The longest distances are what is judged: as many as one in a hundred do not say what is usual. */
function rhythmOfPace({ distances, sum, squares, longest, every: medians }: Pace): Rhythm | null {
  if (distances + 1 < fewestOccurrences) return null;
  const apart = longest.slice(0, Math.floor(distances / 100));
  const count = distances - apart.length;
  const mean = apart.reduce((rest, distance) => rest - distance, sum) / count;
  const square = apart.reduce((rest, distance) => rest - distance ** 2, squares) / count;
  const variance = Math.max(0, square - mean ** 2);
  const every = quantile(sorted(medians), 0.5);
  const deviation = Math.sqrt(variance);
  const beat = deviation <= steady * mean ? mean + 2 * deviation : null;
  return rhythmOf({ every, mean, variance, beat, longest, count: distances });
}
