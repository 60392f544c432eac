import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeLog } from '../../src/engine/record/decodeLog.ts';
import { dataFolder } from './dataFolder.ts';
import type { LogText } from '../../src/engine/record/logText.ts';

/** One labelled build log. Lines are 1-based and inclusive. */
export interface LabelledLog {
  readonly project: string;
  readonly half: 'dev' | 'test';
  readonly log: LogText;
  readonly firstLine: number;
  readonly lastLine: number;
}

interface Label {
  readonly project: string;
  readonly log: string;
  readonly line_start: number;
  readonly line_end: number;
}

/** Every labelled log, or null when the data is not there. Every second project (by name) is `dev`. */
export function labelledLogs(): LabelledLog[] | null {
  const folder = join(dataFolder(), 'logchunks');
  if (!existsSync(join(folder, 'labels.jsonl'))) return null;
  const labels = readFileSync(join(folder, 'labels.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Label);
  const projects = [...new Set(labels.map((label) => label.project))].sort();
  return labels.map((label) => ({
    project: label.project,
    half: projects.indexOf(label.project) % 2 === 0 ? 'dev' : 'test',
    log: decodeLog(label.log, gunzipSync(readFileSync(join(folder, `${label.log}.gz`)))),
    firstLine: label.line_start,
    lastLine: label.line_end,
  }));
}
