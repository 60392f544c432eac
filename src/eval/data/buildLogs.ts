import { join } from 'node:path';
import type { LogText } from '../../engine/record/logText.ts';
import { readJsonLines, readLog } from './files.ts';

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

/**
 * Every labelled log below a folder with `labels.jsonl`. Every second project (by name) is `dev`.
 * @throws Error when a file cannot be read
 */
export function labelledLogs(folder: string): LabelledLog[] {
  const labels = readJsonLines<Label>(join(folder, 'labels.jsonl'));
  const projects = [...new Set(labels.map((label) => label.project))].sort();
  return labels.map((label) => ({
    project: label.project,
    half: projects.indexOf(label.project) % 2 === 0 ? 'dev' : 'test',
    log: readLog(join(folder, label.log)),
    firstLine: label.line_start,
    lastLine: label.line_end,
  }));
}
