import type { Detector } from '../detector.ts';
import { recordsOf, type EventTable } from '../events.ts';
import { strongest, type Description, type Evidence } from '../evidence.ts';
import type { LogView } from '../logView.ts';
import { number, percent, quoted } from '../words.ts';
import { leastOdd, strangerBits } from './categoryModel.ts';

/** The words that stand at one place of otherwise equal patterns. */
interface Place {
  /** Records per word. */
  readonly words: Map<string, number>;
  total: number;
}

/** A word of a pattern, and the place that it stands at. */
interface PlacedWord {
  readonly place: number;
  readonly word: string;
}

/** A place teaches when it was written so often. */
const fewestRecords = 30;
/** Patterns seen less often are no company for others. */
const usualRecords = 5;
/** A pattern may be a variant of another one when it came at most so often. */
const rareRecords = 3;
/** The usual words of a place make up this share of it. */
const leastCoverage = 0.98;
/** Where more patterns are rare, a rare one is no news. */
const mostRare = 2000;
const mostWords = 40;

function hashOf(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

/** Constant words: what neither slots nor signs separate; kept apart, so that they stand at odd places. */
const wordsOfPattern = /((?:(?!<\*>)[^\s=,;:"'()[\]{}|])+)/;

/** Every constant word of a pattern, with a key for what is around it. */
function placedWords(pattern: string): PlacedWord[] {
  const parts = pattern.split(wordsOfPattern);
  if (parts.length > mostWords * 2) return [];
  const after = new Float64Array(parts.length + 1);
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    after[index] = hashOf(parts[index]!, Math.imul(after[index + 1]!, 31) ^ 0x2f0b4c47);
  }
  const found: PlacedWord[] = [];
  let before = 0x811c9dc5;
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) {
      found.push({ place: before * 0x200000 + (after[index + 1]! >>> 11), word: part });
    }
    before = hashOf(part, Math.imul(before, 31));
  }
  // A pattern of one word has no place to stand at.
  return found.length > 1 ? found : [];
}

/**
 * Messages that equal common ones but for a word: `decoded as LegacyEnvelope` where all others were
 * decoded as one of three kinds. What a slot is to values, a place is to the words of patterns.
 */
export const wordVariants: Detector = {
  learn: (known) => {
    const places = new Map<number, Place>();
    for (const template of known.templates.templates) {
      if (template.count < usualRecords) continue;
      for (const { place, word } of placedWords(template.text)) {
        let entry = places.get(place);
        if (entry === undefined) {
          entry = { words: new Map(), total: 0 };
          places.set(place, entry);
        }
        entry.words.set(word, (entry.words.get(word) ?? 0) + template.count);
        entry.total += template.count;
      }
    }
    return { judge: (view, events, fromRecord) => judge(view, events, places, fromRecord) };
  },
};

/** A rare pattern at a place where other words are usual. */
interface Variant {
  readonly word: string;
  readonly place: Place;
  readonly key: number;
}

function judge(
  view: LogView,
  events: EventTable,
  places: ReadonlyMap<number, Place>,
  fromRecord: number,
): Evidence[] {
  const rare = view.templates.templates.filter(({ count }) => count <= rareRecords);
  if (rare.length > mostRare) return [];
  const variants = new Map<number, Variant>();
  const strangers = new Map<number, number>();
  for (const template of rare) {
    let best: Variant | null = null;
    for (const { place: key, word } of placedWords(template.text)) {
      const place = places.get(key);
      if (place === undefined || place.total < fewestRecords || place.words.has(word)) continue;
      strangers.set(key, (strangers.get(key) ?? 0) + template.count);
      if (best === null || place.total > best.place.total) {
        best = { word, place, key };
      }
    }
    if (best !== null) variants.set(template.id, best);
  }
  let strange = 0;
  let placed = 0;
  for (const count of strangers.values()) strange += count;
  for (const { total } of places.values()) if (total >= fewestRecords) placed += total;
  const found: Evidence[] = [];
  for (let event = 0; event < events.count; event += 1) {
    const variant = variants.get(events.template[event]!);
    if (variant === undefined || events.last[event]! < fromRecord) continue;
    const { place, key } = variant;
    const odd = strangers.get(key)!;
    if (odd > Math.max(rareRecords, place.total * (1 - leastCoverage))) continue;
    const others = { rare: strange - odd, total: placed - place.total };
    const bits = strangerBits(odd, place.total + odd, others);
    if (bits < leastOdd) continue;
    for (const record of recordsOf(events, event)) {
      if (record < fromRecord) continue;
      found.push({
        family: 'value',
        bits,
        record,
        shows: [record],
        key: `word:${key}`,
        strong: false,
        describe: () => describeVariant(variant, odd),
      });
    }
  }
  return strongest(found);
}

function describeVariant({ word, place }: Variant, odd: number): Description {
  const usual = [...place.words].sort((a, b) => b[1] - a[1]);
  const named = usual.slice(0, 3).map(([text]) => quoted(text, 24));
  const list = named.join(' or ');
  const covered = usual.slice(0, 3).reduce((sum, [, count]) => sum + count, 0);
  const share = percent(covered / (place.total + odd));
  return {
    text: `Says ${quoted(word, 40)} where ${share} of ${number(place.total + odd)} such messages say ${list}.`,
    observed: quoted(word, 40),
    expected: list,
  };
}
