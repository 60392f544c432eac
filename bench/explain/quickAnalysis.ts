import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import type { AnalysedLog } from '../../src/engine/explain/analysedLog.ts';
import { decodeLog } from '../../src/engine/record/decodeLog.ts';
import { parseRecords } from '../../src/engine/record/parseRecords.ts';
import { mineTemplates } from '../../src/engine/template/mineTemplates.ts';

/** A log without findings: what the explanation reaches from records and patterns alone. */
export async function quickAnalysis(file: string, path: string): Promise<AnalysedLog> {
  const raw = readFileSync(file);
  const bytes = file.endsWith('.gz') ? gunzipSync(raw) : raw;
  const log = decodeLog(path, new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const records = await parseRecords(log);
  const templates = await mineTemplates(log, records);
  const sessions = {
    kind: 'window',
    identifier: 'all',
    ids: [],
    offsets: new Uint32Array(1),
    members: new Uint32Array(0),
  } as const;
  return {
    view: { log, records, templates, sessions, vectors: null },
    findings: [],
    embedder: { id: 'none', state: 'off', detail: '' },
  };
}

/** All `.log.gz` files below a folder, with paths relative to it. */
export function logFilesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.log.gz'))
    .sort();
}

/** All logs below a folder, analysed; the paths carry the folder's own structure. */
export async function analyseFolder(folder: string): Promise<readonly AnalysedLog[]> {
  const analyses: AnalysedLog[] = [];
  for (const name of logFilesBelow(folder)) {
    if (name.startsWith('trace_')) continue;
    analyses.push(await quickAnalysis(join(folder, name), name.replace(/\.gz$/, '')));
  }
  return analyses;
}
