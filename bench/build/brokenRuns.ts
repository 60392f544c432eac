import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeLog } from '../../src/engine/record/decodeLog.ts';
import type { LogText } from '../../src/engine/record/logText.ts';
import { dataFolder } from './dataFolder.ts';

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

/** Every breakage, or null when the data is not there. Every second one (by name) is `dev`. */
export function brokenRuns(): BrokenRun[] | null {
  const folder = join(dataFolder(), 'cidiff');
  if (!existsSync(folder)) return null;
  return readdirSync(folder)
    .sort()
    .map((name, index) => {
      const bytes = gunzipSync(readFileSync(join(folder, name, 'fail.log.gz')));
      const truth = readFileSync(join(folder, name, 'groundtruth'), 'utf8');
      const lineOf = labelLines(bytes);
      return {
        name,
        half: index % 2 === 0 ? 'dev' : 'test',
        fail: decodeLog(`${name}/fail.log`, bytes),
        pass: decodeLog(
          `${name}/pass.log`,
          gunzipSync(readFileSync(join(folder, name, 'pass.log.gz'))),
        ),
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
