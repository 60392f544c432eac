import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeLog } from '../../src/engine/record/decodeLog.ts';
import type { LogText } from '../../src/engine/record/logText.ts';

/** Where the evaluation data lies, or null: then a benchmark says so and stops. */
export function dataFolder(): string | null {
  const folder = process.env['FAULTLINE_DATA'] ?? join(process.cwd(), '..', 'shared', 'data');
  return existsSync(folder) ? folder : null;
}

export function readBytes(path: string): Uint8Array {
  const raw = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(raw) : raw;
}

export function readLog(path: string): LogText {
  return decodeLog(path, readBytes(path));
}

export function readText(path: string): string {
  return Buffer.from(readBytes(path)).toString('utf8');
}
