import { join } from 'node:path';
import { decodeLog } from '../../engine/record/decodeLog.ts';
import type { LogText } from '../../engine/record/logText.ts';
import { existing, foldersIn, readBytes, readLog, readText } from './files.ts';

/** A breakage: the failing run, a passing one, and the failing run's lines (1-based, split at `\n`). */
export interface BrokenRun {
  readonly name: string;
  readonly half: 'dev' | 'test';
  readonly fail: LogText;
  readonly pass: LogText;
  readonly errorLines: ReadonlySet<number>;
  /** Context lines: neither right nor wrong. */
  readonly contextLines: ReadonlySet<number>;
}

/**
 * Every breakage, a folder each. Every second one (by name) is `dev`.
 * @throws Error when a file cannot be read
 */
export function brokenRuns(folder: string): BrokenRun[] {
  return foldersIn(folder)
    .filter((name) => existing(join(folder, name, 'groundtruth')) !== null)
    .map((name, index) => {
      const bytes = readBytes(join(folder, name, 'fail.log'));
      const truth = readText(join(folder, name, 'groundtruth'));
      const lineOf = labelLines(bytes);
      return {
        name,
        half: index % 2 === 0 ? 'dev' : 'test',
        fail: decodeLog(`${name}/fail.log`, bytes),
        pass: readLog(join(folder, name, 'pass.log')),
        errorLines: labelled(truth, 'E', lineOf),
        contextLines: labelled(truth, 'C', lineOf),
      };
    });
}

/** The labels count `\r\n`, `\r` and `\n` each as one break: line by `\n` for each of their lines. */
function labelLines(bytes: Uint8Array): number[] {
  const lineOf = [0, 1];
  let line = 1;
  for (let i = 0; i < bytes.length; i += 1) {
    if (bytes[i] === 10) line += 1;
    if (bytes[i] === 10 || (bytes[i] === 13 && bytes[i + 1] !== 10)) lineOf.push(line);
  }
  return lineOf;
}

function labelled(truth: string, kind: string, lineOf: readonly number[]): Set<number> {
  const lines = new Set<number>();
  for (const found of truth.matchAll(/^([EC]) (\d+)(?:-(\d+))?/gm)) {
    if (found[1] !== kind) continue;
    for (let at = Number(found[2]); at <= Number(found[3] ?? found[2]); at += 1) {
      const line = lineOf[at];
      if (line !== undefined) lines.add(line);
    }
  }
  return lines;
}
