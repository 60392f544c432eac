import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { seededRandom } from '../../src/engine/base/random.ts';
import { pause } from './latency.ts';
import { probeLine } from './probe.ts';
import { linesPerSecond } from './storm.ts';

/** Writes single lines at times that no clock of a reader can be in step with. */
export async function writeProbes(path: string, count: number, traffic: number): Promise<void> {
  const random = seededRandom(5);
  let size = statSync(path).size;
  let ordinary = 0;
  const started = performance.now();
  for (let number = 0; number < count; number += 1) {
    const next = performance.now() + 60 + random() * 120;
    while (performance.now() < next) {
      const due = Math.floor(((performance.now() - started) / 1000) * traffic);
      const lines = ordinaryLines(ordinary, due);
      if (due > ordinary) appendFileSync(path, lines);
      size += lines.length;
      ordinary = due;
      await pause(Math.min(beat, next - performance.now()));
    }
    const line = probeLine(number, size);
    appendFileSync(path, line);
    size += line.length;
  }
}

/** Lines of the part that is there before anybody looks. */
const linesBefore = 1_000;
/** Milliseconds between two writes. */
const beat = 20;

/** The rotated part that makes the log a set. */
export function beginStorm(path: string): void {
  writeFileSync(`${path}.1`, part(0, linesBefore, 0).text);
  writeFileSync(path, '');
}

/**
 * Writes lines at a rate for so many seconds. At a third of them the log is renamed and begun anew, at
 * two thirds it is copied and cut.
 */
export async function writeStorm(path: string, seconds: number, summary: string): Promise<void> {
  const hash = createHash('sha256');
  let number = linesBefore;
  let file = openSync(path, 'a');
  let size = 0;
  let fileStart = number;
  let whole = statSync(`${path}.1`).size;
  hash.update(readFileSync(`${path}.1`));
  const total = linesBefore + seconds * linesPerSecond;
  const rotations = [
    { at: linesBefore + (total - linesBefore) / 3, copies: false },
    { at: linesBefore + ((total - linesBefore) * 2) / 3, copies: true },
  ];
  const started = performance.now();
  while (number < total) {
    const due = Math.floor(((performance.now() - started) / 1000) * linesPerSecond) + linesBefore;
    const next = rotations[0];
    const to = Math.min(total, due, next?.at ?? total);
    if (to > number) {
      const { text, bytes } = part(number, to, size);
      writeSync(file, text);
      hash.update(text);
      size += bytes;
      whole += bytes;
      number = to;
    }
    if (next?.at === number) {
      rotations.shift();
      for (const old of [2, 1]) {
        if (existsSync(`${path}.${old}`)) renameSync(`${path}.${old}`, `${path}.${old + 1}`);
      }
      if (next.copies) {
        copyFileSync(path, `${path}.1`);
        truncateSync(path, 0);
      } else {
        closeSync(file);
        renameSync(path, `${path}.1`);
        file = openSync(path, 'a');
      }
      size = 0;
      fileStart = number;
    }
    await pause(beat);
  }
  closeSync(file);
  const told = {
    lines: total,
    sum: hash.digest('hex'),
    bytes: whole,
    newestBytes: size,
    newest: number - fileStart,
  };
  writeFileSync(summary, JSON.stringify(told));
}

const services = 'orders billing search accounts mail stock shipping media'.split(' ');
const things = 'order invoice customer message product session basket'.split(' ');

function ordinaryLines(from: number, to: number): string {
  const stamp = new Date(Date.UTC(2026, 0, 5) + from / 50).toISOString();
  const lines: string[] = [];
  for (let number = from; number < to; number += 1) {
    const service = services[number % services.length]!;
    const thing = things[number % things.length]!;
    lines.push(
      `${stamp} INFO  [${service}-${number % 9}] ${service}.Worker - loaded ${thing} rows=${number % 997} in ${number % 89} ms n=${number}\n`,
    );
  }
  return lines.join('');
}

/** Lines of ordinary traffic; the last one is a probe. */
function part(
  from: number,
  to: number,
  size: number,
): { readonly text: string; readonly bytes: number } {
  const lines = ordinaryLines(from, to - 1);
  const last = probeLine(to - 1, size + lines.length);
  return { text: lines + last, bytes: lines.length + last.length };
}
