import { stat } from 'node:fs/promises';

import { describeFailure, listLogs } from '../engine/source/adapters/listLogs.ts';
import { UsageError } from './usageError.ts';

/** Files of a folder beyond this many are left out with a word: nobody explains them at once. */
const maxFiles = 500;

/** Files to be read, and those of a folder that were left out, each with the reason. */
export interface Inputs {
  readonly files: readonly string[];
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
}

/**
 * The log files that paths name: files as they are, folders with everything below them. Links to
 * folders are followed once each, so that a loop ends; files of a folder that hold no text are
 * left out.
 * @throws UsageError for a path that cannot be read, and for folders without any log
 */
export async function findInputs(paths: readonly string[]): Promise<Inputs> {
  const files: string[] = [];
  const skipped: { path: string; why: string }[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    const stats = await stat(path).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    if (!stats.isDirectory()) {
      files.push(path);
      continue;
    }
    const found = await listLogs(path, seen);
    files.push(...found.logs.flatMap(({ parts }) => parts));
    skipped.push(...found.skipped);
  }
  if (files.length === 0) {
    throw new UsageError(
      `No log found in ${paths.join(', ')}. Name a file, or a folder that holds text files.`,
    );
  }
  if (files.length > maxFiles) {
    skipped.push({
      path: `${files.length - maxFiles} files`,
      why: `more than ${maxFiles}; name the folders that matter`,
    });
  }
  return { files: files.slice(0, maxFiles), skipped };
}

function unreadable(path: string, error: unknown): UsageError {
  const why = describeFailure(error);
  const advice = why === 'not found' ? 'Check the path.' : 'Check its permissions.';
  return new UsageError(`${path}: ${why}. ${advice}`, error);
}
