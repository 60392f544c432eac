import { EngineError } from '../engine/base/engineError.ts';
import { estimateSkews } from '../engine/merge/estimateSkews.ts';
import { followIdentifier } from '../engine/merge/followIdentifier.ts';
import { openSource } from '../engine/source/adapters/openSource.ts';
import type { ByteSource } from '../engine/source/byteSource.ts';
import type { FoundIdentifier, ReaderRequests } from '../protocol/readerApi.ts';
import { nameOf } from './openJoined.ts';

/** Logs that are open at once: each holds a file, and archives their text on the disk. */
const mostOpen = 16;

/**
 * Looks for an identifier in logs of any size and kind. Their clocks are compared as far as they are
 * open together.
 * @throws EngineError `aborted`
 */
export async function identifierLines(
  { paths, id, most }: ReaderRequests['followIdentifier']['params'],
  spoolDir: string,
  signal: AbortSignal,
): Promise<FoundIdentifier> {
  const found: FoundIdentifier[] = [];
  for (let from = 0; from < paths.length; from += mostOpen) {
    found.push(await linesOf(paths.slice(from, from + mostOpen), id, most, spoolDir, signal));
  }
  const timeOf = ({ time }: FoundIdentifier['lines'][number]): number => time ?? Number.MAX_VALUE;
  return {
    lines: found.flatMap(({ lines }) => lines).sort((a, b) => timeOf(a) - timeOf(b)),
    cut: found.flatMap(({ cut }) => cut),
    notes: found.flatMap(({ notes }) => notes),
    unreadable: found.flatMap(({ unreadable }) => unreadable),
  };
}

async function linesOf(
  paths: readonly string[],
  id: string,
  most: number,
  spoolDir: string,
  signal: AbortSignal,
): Promise<FoundIdentifier> {
  const sources: ByteSource[] = [];
  const unreadable: string[] = [];
  try {
    for (const path of paths) {
      try {
        sources.push(await openSource(path, { spoolDir, shared: true, signal }));
      } catch (error) {
        if (EngineError.is(error, 'aborted')) throw error;
        unreadable.push(path);
      }
    }
    const named = sources.map((source) => ({ source, name: nameOf(source.path) }));
    const { skews, notes } = await estimateSkews(named, signal);
    const inputs = named.map((input, index) => ({ ...input, skew: skews[index] ?? 0 }));
    const { lines, cut } = await followIdentifier(inputs, id, most, { signal });
    const pathOf = (log: number): string => sources[log]?.path ?? '';
    return {
      lines: lines.map(({ log, ...line }) => ({ ...line, path: pathOf(log) })),
      cut: cut.map(pathOf),
      notes,
      unreadable,
    };
  } finally {
    await Promise.all(sources.map((source) => source.close()));
  }
}
