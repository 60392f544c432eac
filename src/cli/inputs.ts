import type { Dirent } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { packingOf } from '../engine/source/packing.ts';
import { UsageError } from './usageError.ts';

/** Files of a folder beyond this many are left out with a word: nobody explains them at once. */
const maxFiles = 500;
const sampleBytes = 4096;

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
    if (stats.isDirectory()) await walk(path, { files, skipped, seen });
    else files.push(path);
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

interface Walk {
  readonly files: string[];
  readonly skipped: { path: string; why: string }[];
  readonly seen: Set<string>;
}

async function walk(folder: string, found: Walk): Promise<void> {
  const real = await realpath(folder);
  if (found.seen.has(real)) return;
  found.seen.add(real);
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    found.skipped.push({ path: folder, why: describeFailure(error) });
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    const kind = entry.isSymbolicLink() ? await stat(path).catch(() => null) : entry;
    if (kind === null) found.skipped.push({ path, why: 'a link that leads nowhere' });
    else if (kind.isDirectory()) await walk(path, found);
    else if (kind.isFile()) await take(path, found);
  }
}

async function take(path: string, found: Walk): Promise<void> {
  try {
    const real = await realpath(path);
    if (found.seen.has(real)) return;
    found.seen.add(real);
    const why = await whyNoLog(path);
    if (why === null) found.files.push(path);
    else found.skipped.push({ path, why });
  } catch (error) {
    found.skipped.push({ path, why: describeFailure(error) });
  }
}

/** Null for a file that begins as text (no NUL byte apart from UTF-16) or as an archive that can be read. */
async function whyNoLog(path: string): Promise<string | null> {
  const file = await open(path, 'r');
  try {
    const bytes = new Uint8Array(sampleBytes);
    const { bytesRead } = await file.read(bytes, 0, sampleBytes, 0);
    const head = bytes.subarray(0, bytesRead);
    if (bytesRead === 0) return 'empty';
    if (packingOf(head) !== 'none') return null;
    const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
    return wide || !head.includes(0) ? null : 'not a text file';
  } finally {
    await file.close();
  }
}

/** What the system says, in words. */
function describeFailure(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'not found';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  if (code === 'ELOOP') return 'a loop of links';
  return code ?? 'cannot be read';
}

function unreadable(path: string, error: unknown): UsageError {
  const why = describeFailure(error);
  const advice = why === 'not found' ? 'Check the path.' : 'Check its permissions.';
  return new UsageError(`${path}: ${why}. ${advice}`, error);
}
