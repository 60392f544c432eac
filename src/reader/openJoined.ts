import { EngineError } from '../engine/base/engineError.ts';
import { ConcatenatedSource } from '../engine/page/concatenatedSource.ts';
import { estimateSkews } from '../engine/merge/estimateSkews.ts';
import type { ByteSource } from '../engine/source/byteSource.ts';
import { openSource } from '../engine/source/adapters/openSource.ts';
import type { Joining, Lane } from '../protocol/readerApi.ts';
import { MergedSource } from './mergedSource.ts';

/** What a view reads from. */
export interface Opened {
  readonly source: ByteSource;
  /** Empty for a single log. */
  readonly lanes: readonly Lane[];
  /** The lane of the line that begins at a byte; null in a single log. */
  readonly laneAt: (byte: number) => number | null;
}

export interface OpenOptions {
  readonly paths: readonly string[];
  readonly joining: Joining;
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
  if (paths.length === 1) {
    return { source: await openOne(first, options), lanes: [], laneAt: () => null };
  }
  const sources = await openAll(options);
  return options.joining === 'merged' ? merged(sources, options) : concatenated(sources);
}

async function concatenated(sources: readonly ByteSource[]): Promise<Opened> {
  const source = await ConcatenatedSource.of(sources);
  return {
    source,
    lanes: sources.map(({ path }) => ({ path, name: nameOf(path), skew: 0, timed: true })),
    laneAt: (byte) => source.partAt(byte),
  };
}

/** Written to a file of ours; the logs are closed then. */
async function merged(
  sources: readonly ByteSource[],
  { spoolDir, signal }: OpenOptions,
): Promise<Opened> {
  const named = sources.map((source) => ({ source, name: nameOf(source.path) }));
  const { skews, notes } = await estimateSkews(named, signal);
  const inputs = named.map((input, index) => ({ ...input, skew: skews[index] ?? 0 }));
  const source = await MergedSource.of(inputs, notes, spoolDir, signal);
  await Promise.all(sources.map((one) => one.close()));
  return {
    source,
    lanes: inputs.map(({ source: { path }, name, skew }, index) => ({
      path,
      name,
      skew,
      timed: source.lanes.timed[index] ?? false,
    })),
    laneAt: (byte) => source.lanes.runAtByte(byte)?.lane ?? null,
  };
}

function nameOf(path: string): string {
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
  return openSource(path, { spoolDir, rotated, signal });
}
