import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { readView } from '../../engine/analysis/readView.ts';
import type { AnalysedLog } from '../../engine/explain/analysedLog.ts';
import { decodeLog } from '../../engine/record/decodeLog.ts';
import { readBytes } from './files.ts';

/** A log without findings: what the explanation reaches from records and patterns alone. */
export async function quickAnalysis(file: string, path: string): Promise<AnalysedLog> {
  return {
    view: await readView(decodeLog(path, readBytes(file)), {}),
    findings: [],
    embedder: { id: 'none', state: 'off', detail: '' },
  };
}

/** All logs below a folder, with paths relative to it. */
export function logFilesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.log(\.gz)?$/.test(name))
    .sort();
}

/** All logs below a folder, analysed; the paths carry the folder's own structure. */
export async function analyseFolder(folder: string): Promise<readonly AnalysedLog[]> {
  const analyses: AnalysedLog[] = [];
  for (const name of logFilesBelow(folder)) {
    // The injector's own trace of calls names the fault.
    if (name.startsWith('trace_')) continue;
    analyses.push(await quickAnalysis(join(folder, name), name.replace(/\.gz$/, '')));
  }
  return analyses;
}
