import { EngineError } from '../engine/base/engineError.ts';
import type { FoldRange } from '../engine/present/foldRanges.ts';
import { foldRanges } from '../engine/present/foldRanges.ts';
import { lineTimes, recordAtTime, timeBounds } from '../engine/present/lineTimes.ts';
import type { OutlinePart } from '../engine/present/outline.ts';
import { outlineParts, outlineSlices } from '../engine/present/outline.ts';
import { unusualGap } from '../engine/present/unusualGap.ts';
import type { RecordTable } from '../engine/record/recordTable.ts';
import type { Handlers } from '../protocol/rpc.ts';
import type { LogTimes, WorkerRequests } from '../protocol/workerApi.ts';
import type { LineMap } from './editorLines.ts';
import { shownFindings } from './logMarks.ts';
import type { LogShelf } from './logShelf.ts';
import type { NormalTemplates } from './normalTemplates.ts';
import type { StreamedLogs } from './streamedLogs.ts';
import { streamedLineAt, streamedTimes } from './streamedTimes.ts';

type TimeRequests = Pick<WorkerRequests, 'outline' | 'folds' | 'times' | 'lineAtTime'>;

/** Lines whose times are told at once: many screens, little memory. */
const mostTimedLines = 10_000;

interface TimeOptions {
  readonly shelf: LogShelf;
  readonly streams: StreamedLogs;
  readonly normal: () => NormalTemplates;
}

/** Answers about the records of a log, their times and how it is divided, in editor lines. */
export function timeHandlers({ shelf, streams, normal }: TimeOptions): Handlers<TimeRequests> {
  const clocks = new WeakMap<RecordTable, { readonly clock: LogTimes | null }>();
  return {
    outline: ({ log }) => {
      const large = streams.result(log)?.streamed;
      if (large !== undefined) {
        return outlineSlices(large.slices, shownFindings(large, normal()));
      }
      const { analysis, lines } = shelf.result(log);
      return outlineParts(analysis.view, shownFindings(analysis, normal())).map(
        (part): OutlinePart => ({
          ...part,
          ...inEditor(part, lines),
          findings: part.findings.map((finding) => ({ ...finding, ...inEditor(finding, lines) })),
        }),
      );
    },
    folds: ({ log }) => {
      // Only the text editor folds, and it opens no log of that size.
      if (streams.result(log) !== null) return [];
      const { analysis, lines } = shelf.result(log);
      return foldRanges(analysis.view).map((fold): FoldRange => ({
        ...fold,
        ...inEditor(fold, lines),
      }));
    },
    times: ({ log, from, to }, signal) => {
      if (to - from >= mostTimedLines) {
        throw new EngineError(
          'invalid-argument',
          'These are too many lines at once.',
          `Ask for at most ${mostTimedLines} lines.`,
        );
      }
      const large = streams.result(log)?.streamed;
      if (large !== undefined) {
        return streamedTimes(large, from, to, (places) => streams.read(log, large, places, signal));
      }
      const { analysis, lines } = shelf.result(log);
      const { records } = analysis.view;
      const known = clocks.get(records) ?? { clock: logTimes(records) };
      clocks.set(records, known);
      return { ...timesInEditor(records, lines, from, to), clock: known.clock };
    },
    lineAtTime: ({ log, ms, side }, signal) => {
      const large = streams.result(log)?.streamed;
      if (large !== undefined) {
        return streamedLineAt(large, ms, side, (places) =>
          streams.read(log, large, places, signal),
        );
      }
      const { analysis, lines } = shelf.result(log);
      const found = recordAtTime(analysis.view.records, ms, side);
      return found === null ? null : { line: lines.toEditor(found.line + 1), ms: found.ms };
    },
  };
}

function inEditor(
  { line, endLine }: { readonly line: number; readonly endLine: number },
  lines: LineMap,
): { readonly line: number; readonly endLine: number } {
  return { line: lines.toEditor(line + 1), endLine: lines.toEditorEnd(endLine + 1) };
}

/** Editor lines of one engine line share its time; only the first of them begins a record. */
function timesInEditor(
  records: RecordTable,
  lines: LineMap,
  from: number,
  to: number,
): Omit<TimeRequests['times']['result'], 'clock'> {
  const count = Math.max(0, to - from + 1);
  const first = lines.toEngine(from) - 1;
  const engine = lineTimes(records, first, lines.toEngine(to) - 1);
  const times = new Float64Array(count).fill(NaN);
  const heads = new Uint8Array(count);
  for (let at = 0; at < count; at += 1) {
    const line = lines.toEngine(from + at) - 1;
    times[at] = engine.times[line - first] ?? NaN;
    heads[at] = lines.toEditor(line + 1) === from + at ? (engine.heads[line - first] ?? 0) : 0;
  }
  return { times, heads, before: engine.before };
}

function logTimes(records: RecordTable): LogTimes | null {
  const bounds = timeBounds(records);
  if (bounds === null) return null;
  const gap = unusualGap(records);
  return {
    ...bounds,
    clock: records.format.clock ?? null,
    gap: Number.isFinite(gap) ? gap : null,
  };
}
