import { textsAbout } from '../../explain/question.ts';
import { namedLines, namedMoment } from '../../explain/questionPlaces.ts';
import { boundsOfSlices } from '../../record/logSlice.ts';
import type { LogText } from '../../record/logText.ts';
import { placeOfLine } from './placeOfLine.ts';
import type { Folded } from './segmentFold.ts';
import { segmentsAtTime } from './segmentsAtTime.ts';

/** Patterns whose first place is read for the words of a question. */
const mostWorded = 2;

interface AskedLog extends Pick<Folded, 'places' | 'slices'>, Pick<LogText, 'path' | 'parts'> {
  readonly patterns: {
    texts(): Iterable<string>;
    get(text: string): { readonly firstLine: number } | null;
  };
}

/**
 * Indexes of the segments that a reader asks about, most wanted first: that of a line and of lines that
 * the question names, each with the one before it, that of a moment that it names, and those where
 * patterns that hold its words come first.
 * @param line 1-based
 */
export function askedSegments(
  known: AskedLog,
  line: number | null,
  question: string,
): readonly number[] {
  const { places, slices, patterns } = known;
  const lines = [...(line === null ? [] : [line]), ...namedLines(question, known)];
  const asked = lines.flatMap((each) => {
    const place = placeOfLine(places, each);
    return place === 0 ? [0] : [place, place - 1];
  });
  const bounds = boundsOfSlices(slices);
  const moment = bounds === null ? null : namedMoment(question, [bounds]);
  if (moment !== null) asked.push(...segmentsAtTime(slices, places, moment).slice(0, 1));
  for (const text of textsAbout(question, patterns.texts(), mostWorded)) {
    asked.push(placeOfLine(places, patterns.get(text)?.firstLine ?? 1));
  }
  return asked;
}
