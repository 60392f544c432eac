import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../src/engine/base/random.ts';

const stampLength = '2026-01-05T00:00:00.000Z'.length;
const linesOfBlock = 140_000;

const services = 'orders billing search accounts mail stock shipping media audit'.split(' ');
const verbs = 'loaded stored sent queued checked indexed merged released'.split(' ');
const things = 'order invoice customer message product session basket'.split(' ');

/**
 * Writes a log of a service of at least so many bytes: one block of lines again and again, with times
 * that go on. A rare text, `disk quota exceeded`, stands in each block once.
 * @returns its path
 */
export function readingLog(folder: string, name: string, bytes: number, seed: number): string {
  const path = join(folder, name);
  const { text, stamps } = block(seed);
  const file = openSync(path, 'w');
  let now = Date.UTC(2026, 0, 5);
  let stamp = '';
  for (let written = 0; written < bytes; written += text.length) {
    for (const [line, at] of stamps.entries()) {
      const step = line % 3;
      if (step > 0 || stamp === '') stamp = new Date((now += step)).toISOString();
      text.write(stamp, at, 'latin1');
    }
    for (let done = 0; done < text.length;) done += writeSync(file, text, done);
  }
  closeSync(file);
  return path;
}

/** One block of lines, and where their times stand. */
function block(seed: number): { readonly text: Buffer; readonly stamps: Uint32Array } {
  const random = seededRandom(seed);
  const below = (bound: number): number => Math.floor(random() * bound);
  const pick = (list: readonly string[]): string => list[below(list.length)]!;
  const stamps = new Uint32Array(linesOfBlock);
  const lines: string[] = [];
  let at = 0;
  for (let line = 0; line < linesOfBlock; line += 1) {
    stamps[line] = at;
    const service = pick(services);
    const level = line % 500 === 17 ? 'ERROR' : line % 50 === 3 ? 'WARN ' : 'INFO ';
    const what =
      line === linesOfBlock / 2
        ? 'write failed: disk quota exceeded'
        : `${pick(verbs)} ${pick(things)} ${below(90_000)} in ${below(900)} ms`;
    const id = below(2 ** 48)
      .toString(16)
      .padStart(12, '0');
    const text = `${'0'.repeat(stampLength)} ${level} [${service}-${below(8)}] ${service}.Worker - ${what} req=${id}\n`;
    lines.push(text);
    at += text.length;
  }
  return { text: Buffer.from(lines.join(''), 'latin1'), stamps };
}
