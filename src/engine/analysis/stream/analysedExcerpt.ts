import type { Finding } from '../../detect/finding.ts';
import type { LogView } from '../../detect/logView.ts';
import type { AnalysedLog } from '../../explain/analysedLog.ts';
import { recordAtLine } from '../../explain/readLines.ts';
import { laterBy, openBasis, periodsBetween } from '../../record/clockPeriods.ts';
import { lastTogether, lineInText } from '../../record/excerpt.ts';
import type { LogText } from '../../record/logText.ts';
import type { RecordTable } from '../../record/recordTable.ts';
import { readPatterns } from '../readView.ts';
import { readExcerpt } from './readExcerpt.ts';
import type { SegmentSizes } from './readSegments.ts';
import type { SegmentPlace } from './segmentFold.ts';
import type { StreamedAnalysis } from './streamedLog.ts';
import type { ByteSource } from '../../source/byteSource.ts';

/** A streamed log that can be read again. */
interface Streamed {
  readonly source: ByteSource;
  readonly sizes: SegmentSizes;
}

type Known = Pick<StreamedAnalysis, 'patterns' | 'findings' | 'slices' | 'bytes' | 'size'>;

/**
 * Records and patterns of some segments of a log, read again as one text.
 * @param places ascending, as `chooseSegments` gives them
 * @throws EngineError `aborted`, and as `ByteSource.read`
 */
export async function readSegmentsAgain(
  { source, sizes }: Streamed,
  { lines, bytes }: Pick<StreamedAnalysis, 'lines' | 'bytes'>,
  places: readonly SegmentPlace[],
  signal?: AbortSignal,
): Promise<LogView> {
  const log = await readExcerpt({ source, sizes, lines, bytes }, places, signal);
  return inTimeOfLog(await readPatterns(log, signal === undefined ? {} : { signal }), places);
}

/**
 * An excerpt at the times of its log, where these state no date or no year: days may lie between its
 * pieces.
 */
function inTimeOfLog(view: LogView, places: readonly SegmentPlace[]): LogView {
  const { log, records } = view;
  const basis = openBasis(records.format.clock);
  if (basis === null) return view;
  const time = records.time.slice();
  const pieces = log.excerpt?.pieces ?? [];
  for (const [at, { first }] of pieces.entries()) {
    const end = pieces[at + 1]?.first ?? log.lineCount;
    const known = places.find((place) => {
      const line = lineInText(log, place.lines + 1);
      return line !== null && line > first && line <= end && !Number.isNaN(place.time);
    });
    if (known === undefined) continue;
    const from = recordFrom(records, first);
    const to = recordFrom(records, end);
    const begin = recordFrom(records, (lineInText(log, known.lines + 1) ?? 1) - 1);
    const own = time.subarray(begin, to).find((each) => !Number.isNaN(each)) ?? NaN;
    const periods = periodsBetween(basis, own, known.time);
    time.set(
      time.subarray(from, to).map((each) => laterBy(basis, periods, each)),
      from,
    );
  }
  return { ...view, records: { ...records, time } };
}

/** The first record that begins at a line (0-based) or behind it. */
function recordFrom({ firstLine, count }: RecordTable, line: number): number {
  if (line === 0) return 0;
  return Math.min(count, recordAtLine({ firstLine, count }, line - 1) + 1);
}

/**
 * Segments of a log, ready to be explained: what was found in them and what the counts of the whole log
 * say is taken from its analysis.
 * @param view of these segments, as `readSegmentsAgain` gives it
 */
export function analysedExcerpt(
  view: LogView,
  { patterns, findings, slices, bytes, size }: Known,
): AnalysedLog {
  return {
    view,
    findings: excerptFindings(view.log, findings),
    embedder: { id: 'none', state: 'off', detail: 'The log is too large to compare by meaning.' },
    whole: {
      slices,
      unread: Math.max(0, size - bytes),
      findings,
      patternOf: (template) => patterns.get(template),
    },
  };
}

/**
 * Findings of a log at the lines that they have in an excerpt of it. One whose first line is left out
 * stands at its first occurrence that is not; one that does not come in the excerpt is none of it.
 */
export function excerptFindings(log: LogText, findings: readonly Finding[]): readonly Finding[] {
  const within = (lines: readonly number[]): number[] =>
    lines.map((line) => lineInText(log, line)).filter((line) => line !== null);
  return findings.flatMap((finding): Finding[] => {
    const own = lineInText(log, finding.line);
    const [line, ...repeats] =
      own === null ? within(finding.repeats) : [own, ...within(finding.repeats)];
    if (line === undefined) return [];
    const length = own === null ? 0 : finding.endLine - finding.line;
    return [
      {
        ...finding,
        line,
        endLine: Math.min(line + length, lastTogether(log, line)),
        title: own === null ? finding.template : finding.title,
        repeats,
        reasons: finding.reasons.map((reason) => ({ ...reason, lines: within(reason.lines) })),
        related: finding.related.flatMap((place) => {
          const at = lineInText(log, place.line);
          return at === null ? [] : [{ ...place, line: at }];
        }),
        ...(finding.lines === undefined ? {} : { lines: within(finding.lines) }),
      },
    ];
  });
}
