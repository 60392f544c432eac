import { placeOfLine } from './placeOfLine.ts';
import type { Folded, SegmentPlace } from './segmentFold.ts';

/** A finding of at least this share of the bits of the strongest may be where the trouble began. */
const strongShare = 0.45;

/**
 * The segments that say most of what broke, ascending: those that are asked about, that of the
 * strongest finding, that of the earliest one that is nearly as strong (what broke first is rarely the
 * loudest), what stands before each of these, then those of further findings by their rank. Where
 * nothing was found it is where errors are told most, and the end of the log.
 *
 * @param most bytes that may be read; one segment is chosen in any case
 * @param asked their indexes, most wanted first, as `askedSegments` gives them
 */
export function chooseSegments(
  known: Pick<Folded, 'places' | 'findings' | 'slices'>,
  most: number,
  asked: readonly number[] = [],
): readonly SegmentPlace[] {
  const { places } = known;
  const wanted = [...asked];
  const [top] = known.findings;
  if (top === undefined) wanted.push(mostErrors(known), places.length - 1);
  else {
    const strong = known.findings.filter(({ bits }) => bits >= top.bits * strongShare);
    const held = strong.map(({ line }) => placeOfLine(places, line));
    const earliest = held.reduce((least, place) => Math.min(least, place), Infinity);
    wanted.push(
      ...held.slice(0, 1),
      ...withBefore(earliest),
      ...held.slice(0, 1).flatMap(withBefore),
    );
    wanted.push(...held);
  }
  const chosen = new Set<number>();
  let bytes = 0;
  for (const index of wanted) {
    const place = places[index];
    if (place === undefined || chosen.has(index)) continue;
    if (chosen.size > 0 && bytes + place.bytes > most) continue;
    chosen.add(index);
    bytes += place.bytes;
  }
  return places.filter((_, index) => chosen.has(index));
}

function withBefore(place: number): readonly number[] {
  return [place, place - 1];
}

/** The segment with the most errors, the first of equal ones. */
function mostErrors({ places, slices }: Pick<Folded, 'places' | 'slices'>): number {
  const errors = new Float64Array(places.length);
  for (const slice of slices) {
    const place = placeOfLine(places, slice.line + 1);
    errors[place] = (errors[place] ?? 0) + slice.errors;
  }
  return errors.indexOf(errors.reduce((most, count) => Math.max(most, count), 0));
}
