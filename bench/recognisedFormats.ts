import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decodeLog } from '../src/engine/record/decodeLog.ts';
import { parseRecords } from '../src/engine/record/parseRecords.ts';
import type { Benchmark, BenchmarkResult } from '../src/eval/benchmark.ts';
import { readBytes } from '../src/eval/data/files.ts';
import { row } from '../src/eval/rows.ts';

/** Sets of logs that nobody wrote down the formats of. */
const folders = ['plain', 'logchunks', 'cidiff', 'cre', 'hadoop', 'openstack_fi'];

/** Of a set with thousands of logs the first ones stand for all. */
const mostLogs = 400;
const largest = 30e6;
const notLogs = /\.(?:csv|jsonl?|md|py|bin|ya?ml)$|groundtruth$/;

/** What the formats of logs without a truth are taken for; a person judges by the first lines. */
export const recognisedFormats: Benchmark = {
  name: 'formats',
  title: 'Formats of other logs, without a truth: lines in a log that is not plain',
  dataSet: 'all',
  run: async ({ folder, onProgress }): Promise<BenchmarkResult> => {
    const rows = [];
    const notes = [
      'Format: logs, their share of lines that fit it, and a first line of one of them.',
    ];
    for (const set of folders) {
      onProgress(set);
      const { lines, recognised, kinds } = await surveyed(join(folder, set));
      rows.push(
        row({ measure: `${set}: lines in a log of a known format`, all: recognised / lines }),
      );
      for (const [name, { logs, fit, example }] of kinds) {
        notes.push(`${set} ${name}: ${logs} logs, ${(fit / logs).toFixed(2)}: ${example}`);
      }
    }
    return { rows, notes };
  },
};

interface Kind {
  logs: number;
  /** Sum of the confidences. */
  fit: number;
  readonly example: string;
}

async function surveyed(folder: string): Promise<{
  readonly lines: number;
  readonly recognised: number;
  readonly kinds: readonly (readonly [string, Kind])[];
}> {
  const kinds = new Map<string, Kind>();
  let lines = 0;
  let recognised = 0;
  for (const path of logsBelow(folder).slice(0, mostLogs)) {
    const log = decodeLog(path, readBytes(path));
    const { format } = await parseRecords(log);
    lines += log.lineCount;
    if (format.name !== 'plain') recognised += log.lineCount;
    const kind = kinds.get(format.name) ?? { logs: 0, fit: 0, example: firstLine(log.bytes) };
    kind.logs += 1;
    kind.fit += format.confidence;
    kinds.set(format.name, kind);
  }
  return {
    lines,
    recognised,
    kinds: [...kinds].sort(([, one], [, other]) => other.logs - one.logs),
  };
}

function logsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return logsBelow(path);
      return entry.isFile() && !notLogs.test(entry.name) && statSync(path).size < largest
        ? [path]
        : [];
    });
}

function firstLine(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, 400));
  const line = text.split('\n').find((each) => each.trim() !== '') ?? '';
  // Escape sequences and other control characters are nothing to print.
  return line.replaceAll(/[\u0000-\u001f`|]/g, ' ').slice(0, 90);
}
