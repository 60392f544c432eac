import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeLog } from '../../engine/record/decodeLog.ts';
import type { LogText } from '../../engine/record/logText.ts';

/** Where the evaluation data lies, outside the repository; null when this machine has none. */
export function dataFolder(): string | null {
  const folder = process.env['FAULTLINE_DATA'] ?? join(process.cwd(), '..', 'shared', 'data');
  return existsSync(folder) ? folder : null;
}

/** The file, or the file with `.gz` behind its name; null when there is neither. */
export function existing(path: string): string | null {
  if (existsSync(path)) return path;
  return existsSync(`${path}.gz`) ? `${path}.gz` : null;
}

/** The bytes of a file, or of the same file packed. @throws Error when it cannot be read */
export function readBytes(path: string): Uint8Array {
  const found = existing(path) ?? path;
  const raw = readFileSync(found);
  const bytes = found.endsWith('.gz') ? gunzipSync(raw) : raw;
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** @throws Error when it cannot be read */
export function readLog(path: string): LogText {
  return decodeLog(path.replace(/\.gz$/, ''), readBytes(path));
}

/** @throws Error when it cannot be read */
export function readText(path: string): string {
  return Buffer.from(readBytes(path)).toString('utf8');
}

/** One JSON object a line; blank lines are passed over. @throws Error when it cannot be read */
export function readJsonLines<T>(path: string): T[] {
  return readText(path)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}

/** Names of the folders in a folder, sorted. */
export function foldersIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .sort();
}

/** Names of the logs in a folder, packed or not, sorted. */
export function logsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.log(\.gz)?$/.test(name))
    .sort();
}
