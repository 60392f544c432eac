import type { BigIntStats, Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EngineError } from '../../base/engineError.ts';
import { detectEncoding } from '../detectEncoding.ts';
import { packingOf } from '../packing.ts';
import { rotatedSet, rotationOf } from '../rotation.ts';
import type { Disk } from './disk.ts';
import { localDisk, usualPatience, within } from './disk.ts';
import { failureCode } from './fileFailure.ts';

const sampleBytes = 4096;
/** Files of all folders together that are looked at; a reader chooses among fewer. */
const mostFiles = 10_000;
const mostDepth = 32;
/** Stands in names for bytes that are no UTF-8: by such a name no file is found. */
const replacement = '\uFFFD';

/** A log of a folder: one file, or the parts of a rotated set, oldest first. */
export interface ListedLog {
  /** The part that is written now, or the newest one. */
  readonly path: string;
  readonly parts: readonly string[];
}

export interface ListedLogs {
  readonly logs: readonly ListedLog[];
  /** What was left out, each with the reason. */
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
}

export interface ListOptions {
  /** Real paths that were taken before, as of another folder; those found are added. */
  readonly seen?: Set<string>;
  /** Milliseconds that the disk may take for an answer; ten seconds when absent. */
  readonly patience?: number;
  readonly disk?: Disk;
}

interface Walk {
  readonly disk: Disk;
  readonly patience: number;
  readonly files: string[];
  readonly skipped: { path: string; why: string }[];
  /** Real paths: links to folders and files are followed once each, so that a loop ends. */
  readonly seen: Set<string>;
  looked: number;
  full: boolean;
  /** A file did not answer in time: nothing more is asked, as the others would not either. */
  hangs: boolean;
}

/**
 * The logs below a folder, by name: files that begin as text or as an archive that can be read.
 * Hidden files and `node_modules` are passed over.
 */
export async function listLogs(
  folder: string,
  { seen = new Set(), patience = usualPatience, disk = localDisk }: ListOptions = {},
): Promise<ListedLogs> {
  const found = { files: [], skipped: [], looked: 0, full: false, hangs: false };
  const walk: Walk = { ...found, disk, patience, seen };
  await visit(folder, 0, walk);
  if (walk.hangs) {
    walk.skipped.push({ path: folder, why: 'not looked at to its end, as its disk hangs' });
  }
  if (walk.full) {
    walk.skipped.push({
      path: folder,
      why: `holds more than ${mostFiles} files; name its folders`,
    });
  }
  return { logs: grouped(walk.files), skipped: walk.skipped };
}

async function visit(folder: string, depth: number, walk: Walk): Promise<void> {
  let entries: Dirent[];
  try {
    const real = await within(folder, walk.patience, () => realpath(folder));
    if (walk.seen.has(real)) return;
    walk.seen.add(real);
    entries = await within(folder, walk.patience, () => readdir(folder, { withFileTypes: true }));
  } catch (error) {
    skip(folder, error, walk);
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (walk.hangs) return;
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (walk.looked >= mostFiles) {
      walk.full = true;
      return;
    }
    const path = join(folder, entry.name);
    const kind = entry.isSymbolicLink() ? await targetOf(path, walk) : entry;
    if (kind === null) continue;
    if (kind.isFile()) await take(path, walk);
    else if (kind.isDirectory() && depth < mostDepth) await visit(path, depth + 1, walk);
    else if (kind.isDirectory()) {
      walk.skipped.push({ path, why: `more than ${mostDepth} folders deep` });
    }
  }
}

/** What a link leads to; null where it leads to nothing that could be read. */
async function targetOf(path: string, walk: Walk): Promise<BigIntStats | null> {
  try {
    return await within(path, walk.patience, () => walk.disk.stat(path));
  } catch (error) {
    const nowhere = failureCode(error) === 'ENOENT';
    skip(path, error, walk, nowhere ? 'a link that leads nowhere' : undefined);
    return null;
  }
}

/** Leaves out what cannot be read; a file that hangs ends the walk. */
function skip(path: string, error: unknown, walk: Walk, why = describeFailure(error)): void {
  walk.skipped.push({ path, why });
  if (EngineError.is(error, 'timed-out')) walk.hangs = true;
}

async function take(path: string, walk: Walk): Promise<void> {
  walk.looked += 1;
  try {
    const real = await within(path, walk.patience, () => realpath(path));
    if (walk.seen.has(real)) return;
    walk.seen.add(real);
    const why = await within(path, walk.patience, () => whyNoLog(path, walk.disk));
    if (why === null) walk.files.push(path);
    else walk.skipped.push({ path, why });
  } catch (error) {
    const garbled = failureCode(error) === 'ENOENT' && path.includes(replacement);
    skip(path, error, walk, garbled ? 'a name that is no UTF-8; rename it' : undefined);
  }
}

/** Null for a file that begins as text or as an archive that can be read. */
async function whyNoLog(path: string, disk: Disk): Promise<string | null> {
  const file = await disk.open(path);
  try {
    const bytes = new Uint8Array(sampleBytes);
    const { bytesRead } = await file.read(bytes, 0, sampleBytes, 0);
    const head = bytes.subarray(0, bytesRead);
    if (bytesRead === 0) return 'empty';
    if (packingOf(head) !== 'none') return null;
    // NUL bytes alone tell nothing: exports of the journal have them, and logs after a power cut.
    return detectEncoding(head).encoding === 'binary' ? 'not a text file' : null;
  } finally {
    await file.close();
  }
}

/** Parts of a rotated set are one log, which stands where its first part stood. */
function grouped(files: readonly string[]): ListedLog[] {
  const sets = new Map<string, string[]>();
  for (const path of files) {
    const key = join(dirname(path), rotationOf(basename(path)).family);
    const set = sets.get(key);
    if (set === undefined) sets.set(key, [path]);
    else set.push(path);
  }
  return [...sets.values()].map((set) => {
    const first = set[0] ?? '';
    const { names } = rotatedSet(
      basename(first),
      set.map((path) => basename(path)),
    );
    const parts = names.map((name) => join(dirname(first), name));
    return { path: parts.at(-1) ?? first, parts };
  });
}

/** What the system says, in words. */
export function describeFailure(error: unknown): string {
  if (EngineError.is(error, 'timed-out')) return 'its disk does not answer';
  const code = failureCode(error);
  if (code === 'ENOENT') return 'not found';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  if (code === 'ELOOP') return 'a loop of links';
  return code === '' ? 'cannot be read' : code;
}
