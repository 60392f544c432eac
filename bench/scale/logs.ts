import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { seededRandom } from '../../src/engine/base/random.ts';

/** Made once, in the folder of caches. */
const folder = join(process.cwd(), '.cache', 'bench', 'scale');

function madeOnce(name: string, make: () => string): string {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${path}.part`, make());
  renameSync(`${path}.part`, path);
  return path;
}

/** The HDFS sample over and over, with block ids of its own and a month later each time. */
export function hdfsLog(source: string, lines: number): string {
  return madeOnce(`hdfs-${lines}.log`, () => {
    const original = gunzipSync(readFileSync(source)).toString('latin1').trimEnd().split('\n');
    const made: string[] = [];
    for (let copy = 0; made.length < lines; copy += 1) {
      for (const line of original) {
        if (made.length === lines) break;
        const month = String(copy + 1).padStart(2, '0');
        const body = line.slice(4).replaceAll(/blk_-?\d+/g, `$&${copy}`);
        made.push(`${line.slice(0, 2)}${month}${body}`);
      }
    }
    return `${made.join('\n')}\n`;
  });
}

const services = 'orders billing search accounts mail stock shipping media audit'.split(' ');
const verbs = 'loaded stored sent queued checked indexed merged released'.split(' ');
const things = 'order invoice customer message product session basket'.split(' ');
const endings = ['in <n> ms', 'from 10.<b>.<b>.<b>:<n>', 'rows=<n> cached=<n>', 'at /var/data/<h>'];

/**
 * Ordinary traffic of a service with some 300 patterns, requests that interleave, rare warnings, and
 * at two thirds of it a store that fails for a while, with traces.
 */
export function serviceLog(lines: number): string {
  return madeOnce(`service-${lines}.log`, () => {
    const random = seededRandom(7);
    const below = (bound: number): number => Math.floor(random() * bound);
    const pick = (list: readonly string[]): string => list[below(list.length)]!;
    const hex = (digits: number): string =>
      Array.from({ length: digits }, () => below(16).toString(16)).join('');
    const filled = (text: string): string =>
      text
        .replaceAll('<n>', () => String(below(9000)))
        .replaceAll('<b>', () => String(below(250)))
        .replaceAll('<h>', () => hex(8));
    const made: string[] = [];
    let now = Date.UTC(2026, 0, 5);
    const open: { id: string; left: number; service: string }[] = [];
    while (made.length < lines) {
      now += below(60);
      if (open.length < 40) open.push({ id: hex(12), left: 5, service: pick(services) });
      const at = below(open.length);
      const { id, left, service } = open[at]!;
      open[at]!.left = left - 1;
      if (left === 1) open.splice(at, 1);
      const stamp = new Date(now).toISOString();
      const head = (level: string, name: string): string =>
        `${stamp} ${level.padEnd(5)} [${service}-${below(8)}] ${service}.${name} -`;
      if (left === 5) made.push(`${head('INFO', 'Gateway')} accepted request ${id}`);
      else if (left === 1) {
        made.push(
          `${head('INFO', 'Gateway')} answered request ${id} with status 200 in ${20 + below(400)} ms`,
        );
      } else {
        const kind = `${verbs[(at + left) % verbs.length]!} ${pick(things)}`;
        const ending = endings[(kind.length + left) % endings.length]!;
        made.push(`${head('INFO', 'Worker')} ${kind} ${filled(ending)} req=${id}`);
      }
      if (random() < 0.0002) made.push(`${head('WARN', 'Pool')} waited ${below(90)} ms for a slot`);
      const failing = made.length > lines * 0.66 && made.length < lines * 0.6605;
      if (failing && random() < 0.1) {
        made.push(
          `${head('ERROR', 'Store')} write failed: no space left on device, segment ${below(99)}`,
          'java.io.IOException: No space left on device',
          `    at ${service}.Store.write(Store.java:${100 + below(9)})`,
        );
      }
    }
    return `${made.slice(0, lines).join('\n')}\n`;
  });
}

/** Logs that break what was built for ordinary ones. */
export function hostileLog(kind: HostileKind, lines: number): string {
  return madeOnce(`${kind.replaceAll(' ', '-')}-${lines}.log`, () => {
    const random = seededRandom(11);
    const word = (): string => {
      let text = '';
      for (let letter = 0; letter < 9; letter += 1) {
        text += String.fromCharCode(97 + Math.floor(random() * 26));
      }
      return text;
    };
    const made: string[] = [];
    for (let line = 0; line < lines; line += 1) {
      const stamp = new Date(Date.UTC(2026, 0, 5) + line * 37).toISOString();
      if (kind === 'one repeated line') made.push('tick of the clock');
      else if (kind === 'distinct templates')
        made.push(`${stamp} INFO ${word()} ${word()} ${word()}`);
      else if (kind === 'session in every line') {
        made.push(`${stamp} INFO session ${(line * 2654435761).toString(16)} opened and closed`);
      } else {
        const level = line % 20 === 0 ? 'INFO ' : 'ERROR';
        made.push(
          `${stamp} ${level} [db] connection ${line % 977} to orders-db failed, attempt ${line}`,
        );
      }
    }
    return `${made.join('\n')}\n`;
  });
}

export const hostileKinds = [
  'one repeated line',
  'distinct templates',
  'session in every line',
  'mostly failing',
] as const;

export type HostileKind = (typeof hostileKinds)[number];
