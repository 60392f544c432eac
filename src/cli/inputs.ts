import { basename } from 'node:path';

import { EngineError } from '../engine/base/engineError.ts';
import { localDisk, usualPatience, within } from '../engine/source/adapters/disk.ts';
import type { ListedLog } from '../engine/source/adapters/listLogs.ts';
import { describeFailure, listLogs } from '../engine/source/adapters/listLogs.ts';
import { rotationOf } from '../engine/source/rotation.ts';
import { UsageError } from './usageError.ts';

/** Files of a folder beyond this many are left out with a word: nobody explains them at once. */
const maxFiles = 500;

/** Files to be read, and those of a folder that were left out, each with the reason. */
export interface Inputs {
  readonly files: readonly string[];
  /** The same as logs: what a folder holds of a rotated set is one, named by the file that is written now. */
  readonly logs: readonly ListedLog[];
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
}

/**
 * The log files that paths name: files as they are, folders with everything below them. Links to
 * folders are followed once each, so that a loop ends; files of a folder that hold no text are
 * left out.
 * @throws UsageError for a path that cannot be read, and for folders without any log
 */
export async function findInputs(paths: readonly string[]): Promise<Inputs> {
  const logs: ListedLog[] = [];
  const skipped: { path: string; why: string }[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    const stats = await within(path, usualPatience, () => localDisk.stat(path)).catch(
      (error: unknown) => {
        throw unreadable(path, error);
      },
    );
    if (!stats.isDirectory()) {
      logs.push({ path, parts: [path] });
      continue;
    }
    const found = await listLogs(path, { seen });
    logs.push(...found.logs.flatMap(asLogs));
    skipped.push(...found.skipped);
  }
  const files = logs.flatMap(({ parts }) => parts);
  if (files.length === 0) {
    const why = skipped.slice(0, 3).map((one) => ` ${one.path}: ${one.why}.`);
    throw new UsageError(
      `No log found in ${paths.join(', ')}.${why.join('')} Name a file, or a folder that holds text files.`,
    );
  }
  if (files.length > maxFiles) {
    skipped.push({
      path: `${files.length - maxFiles} files`,
      why: `more than ${maxFiles}; name the folders that matter`,
    });
  }
  const kept = files.slice(0, maxFiles);
  const known = new Set(kept);
  return {
    files: kept,
    logs: logs.filter(({ parts }) => parts.every((part) => known.has(part))),
    skipped,
  };
}

/** Without the file that is written now, numbers in names may as well number runs: each is a log then. */
function asLogs(log: ListedLog): readonly ListedLog[] {
  const name = basename(log.path);
  return rotationOf(name).family === name
    ? [log]
    : log.parts.map((path) => ({ path, parts: [path] }));
}

function unreadable(path: string, error: unknown): UsageError {
  const why = describeFailure(error);
  const advice = EngineError.is(error)
    ? error.advice
    : why.startsWith('no permission')
      ? 'Check its permissions.'
      : 'Check the path.';
  return new UsageError(`${path}: ${why}. ${advice}`, error);
}
