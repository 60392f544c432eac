import { EngineError } from '../engine/base/engineError.ts';
import { estimateSkews } from '../engine/merge/estimateSkews.ts';
import { LaneShapes } from '../engine/merge/laneShapes.ts';
import { surveyLog } from '../engine/merge/surveyLog.ts';
import { ConcatenatedSource } from '../engine/page/concatenatedSource.ts';
import type { LogPages } from '../engine/page/logPages.ts';
import type { InferShape } from '../engine/page/logShape.ts';
import { openSource } from '../engine/source/adapters/openSource.ts';
import type { ByteSource, SourceChange } from '../engine/source/byteSource.ts';
import type { Joining, Lane, LaneChange } from '../protocol/readerApi.ts';
import type { LanePlaces } from './lanePlaces.ts';
import { concatenatedPlaces, mergedPlaces } from './lanePlaces.ts';
import { MergedSource } from './mergedSource.ts';

/** What a view reads from. */
export interface Opened {
  readonly source: ByteSource;
  /** Null for a single log. */
  readonly joined: JoinedLogs | null;
}

/** Several logs that are read as one. */
export interface JoinedLogs {
  readonly lanes: readonly Lane[];
  readonly growth: string;
  /** The log of the line that begins at a byte; null where it is not known. */
  readonly laneAt: (byte: number) => number | null;
  readonly infer: InferShape;
  readonly places: (pages: LogPages) => LanePlaces;
  /** What the last look that changed anything found. */
  readonly changes: (change: SourceChange) => readonly LaneChange[];
  /** Ends what goes on, so that the source can be closed. */
  readonly stop: () => void;
}

export interface OpenOptions {
  readonly paths: readonly string[];
  /** Null for one log by itself. */
  readonly joining: Joining | null;
  /** Take the other parts of a rotated set as well. */
  readonly rotated: boolean;
  /** Folder for what has to be unpacked or merged. */
  readonly spoolDir: string;
  readonly signal: AbortSignal;
}

/**
 * Opens one log, or several as one.
 * @throws EngineError as `openSource`; `invalid-argument` where no path is given
 */
export async function openJoined(options: OpenOptions): Promise<Opened> {
  const { paths } = options;
  const [first] = paths;
  if (first === undefined) {
    throw new EngineError('invalid-argument', 'No log was named.', 'Choose at least one log.');
  }
  if (options.joining === null) {
    return { source: await openOne(first, options), joined: null };
  }
  const sources = await openAll(options);
  try {
    return await (options.joining === 'merged' ? merged(sources, options) : concatenated(sources));
  } catch (error) {
    await Promise.all(sources.map((source) => source.close()));
    throw error;
  }
}

async function concatenated(sources: readonly ByteSource[]): Promise<Opened> {
  const source = await ConcatenatedSource.of(sources);
  const laneAt = (byte: number): number => source.partAt(byte);
  const last = sources.length - 1;
  return {
    source,
    joined: {
      growth:
        'New lines are shown of the last log; open the logs again to see those of the others.',
      lanes: sources.map(({ path }) => ({ path, name: nameOf(path), skew: 0, timed: true })),
      laneAt,
      infer: async ({ encoding }) => {
        const surveys = await Promise.all(sources.map((one) => surveyLog(one)));
        const readings = surveys.map(({ inferred }) => ({ inferred, shift: 0, periods: null }));
        return new LaneShapes({ encoding, readings, laneAt });
      },
      places: (pages) => concatenatedPlaces(source, pages),
      changes: ({ kind }) =>
        kind === 'grew'
          ? [{ lane: last, appended: true }]
          : kind === 'replaced'
            ? sources.map((_, lane) => ({ lane, appended: false }))
            : [],
      stop: () => undefined,
    },
  };
}

/** Written to a file of ours, which follows the logs. */
async function merged(
  sources: readonly ByteSource[],
  { spoolDir, signal }: OpenOptions,
): Promise<Opened> {
  const named = sources.map((source) => ({ source, name: nameOf(source.path) }));
  const { skews, notes } = await estimateSkews(named, signal);
  const inputs = named.map((input, index) => ({ ...input, skew: skews[index] ?? 0 }));
  const source = await MergedSource.of(inputs, notes, spoolDir, signal);
  const laneAt = (byte: number): number | null => source.lanes.runAtByte(byte)?.lane ?? null;
  return {
    source,
    joined: {
      growth:
        'New lines of all logs come at the end, in the order of time among those that come together.',
      lanes: inputs.map(({ source: { path }, name, skew }, index) => ({
        path,
        name,
        skew,
        timed: source.lanes.timed[index] ?? false,
      })),
      laneAt,
      infer: () =>
        Promise.resolve(
          new LaneShapes({
            encoding: source.encoding,
            laneAt,
            // Logs that were empty have readings later.
            get readings() {
              return source.readings;
            },
          }),
        ),
      places: () => mergedPlaces(source),
      changes: ({ kind }) => (kind === 'grew' || kind === 'replaced' ? source.changes : []),
      stop: () => {
        source.stop();
      },
    },
  };
}

export function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** All or none: those that could be opened are closed where one cannot. */
async function openAll(options: OpenOptions): Promise<ByteSource[]> {
  const sources: ByteSource[] = [];
  try {
    for (const path of options.paths) sources.push(await openOne(path, options));
    return sources;
  } catch (error) {
    await Promise.all(sources.map((source) => source.close()));
    throw error;
  }
}

function openOne(path: string, { spoolDir, rotated, signal }: OpenOptions): Promise<ByteSource> {
  return openSource(path, { spoolDir, shared: true, rotated, signal });
}
