import type { Dirent, Stats } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { detectEncoding } from '../detectEncoding.ts';
import { packingOf } from '../packing.ts';
import { rotatedSet, rotationOf } from '../rotation.ts';
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

interface Walk {
  readonly files: string[];
  readonly skipped: { path: string; why: string }[];
  /** Real paths: links to folders and files are followed once each, so that a loop ends. */
  readonly seen: Set<string>;
  looked: number;
  full: boolean;
}

/**
 * The logs below a folder, by name: files that begin as text or as an archive that can be read.
 * Hidden files and `node_modules` are passed over.
 * @param seen real paths that were taken before, as of another folder; those found are added
 */
export async function listLogs(folder: string, seen = new Set<string>()): Promise<ListedLogs> {
  const walk: Walk = { files: [], skipped: [], seen, looked: 0, full: false };
  await visit(folder, 0, walk);
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
    const real = await realpath(folder);
    if (walk.seen.has(real)) return;
    walk.seen.add(real);
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    walk.skipped.push({ path: folder, why: describeFailure(error) });
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (walk.looked >= mostFiles) {
      walk.full = true;
      return;
    }
    const path = join(folder, entry.name);
    const kind = entry.isSymbolicLink() ? await targetOf(path) : entry;
    if (typeof kind === 'string') walk.skipped.push({ path, why: kind });
    else if (kind.isFile()) await take(path, walk);
    else if (kind.isDirectory() && depth < mostDepth) await visit(path, depth + 1, walk);
    else if (kind.isDirectory()) {
      walk.skipped.push({ path, why: `more than ${mostDepth} folders deep` });
    }
  }
}

/** What a link leads to; in words where it leads to nothing that could be read. */
async function targetOf(path: string): Promise<Stats | string> {
  try {
    return await stat(path);
  } catch (error) {
    return failureCode(error) === 'ENOENT' ? 'a link that leads nowhere' : describeFailure(error);
  }
}

async function take(path: string, walk: Walk): Promise<void> {
  walk.looked += 1;
  try {
    const real = await realpath(path);
    if (walk.seen.has(real)) return;
    walk.seen.add(real);
    const why = await whyNoLog(path);
    if (why === null) walk.files.push(path);
    else walk.skipped.push({ path, why });
  } catch (error) {
    const garbled = failureCode(error) === 'ENOENT' && path.includes(replacement);
    const why = garbled ? 'a name that is no UTF-8; rename it' : describeFailure(error);
    walk.skipped.push({ path, why });
  }
}

/** Null for a file that begins as text or as an archive that can be read. */
async function whyNoLog(path: string): Promise<string | null> {
  const file = await open(path, 'r');
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
  const code = failureCode(error);
  if (code === 'ENOENT') return 'not found';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  if (code === 'ELOOP') return 'a loop of links';
  return code === '' ? 'cannot be read' : code;
}
