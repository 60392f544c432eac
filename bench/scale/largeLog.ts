import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { seededRandom } from '../../src/engine/base/random.ts';

export const largeStyles = ['simple', 'rich'] as const;

export type LargeStyle = (typeof largeStyles)[number];

const services = 'orders billing search accounts mail stock shipping media audit'.split(' ');
const verbs = 'loaded stored sent queued checked indexed merged released'.split(' ');
const things = 'order invoice customer message product session basket'.split(' ');

/** Bytes of text that is made; it is written again and again with later times, further apart than a segment. */
const blockBytes = 64 << 20;
const start = Date.UTC(2026, 0, 5);

/**
 * Writes a log of a service of about so many bytes: `simple` has a few patterns, `rich` requests that
 * interleave, addresses, paths, statements, JSON, and traces of a store that fails at times.
 */
export function writeLargeLog(path: string, style: LargeStyle, bytes: number): void {
  const block = blockOf(style, Math.min(bytes, blockBytes));
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  try {
    let now = start;
    for (let written = 0; written < bytes; written += block.text.length) {
      for (const [index, at] of block.heads.entries()) {
        now += block.pauses[index]!;
        block.text.write(new Date(now).toISOString(), at, 'latin1');
      }
      writeSync(file, block.text);
    }
  } finally {
    closeSync(file);
  }
}

interface Block {
  readonly text: Buffer;
  /** Where each record begins, with its time. */
  readonly heads: readonly number[];
  /** Milliseconds before each. */
  readonly pauses: readonly number[];
}

function blockOf(style: LargeStyle, bytes: number): Block {
  const random = seededRandom(23);
  const below = (bound: number): number => Math.floor(random() * bound);
  const next = style === 'simple' ? simpleRecords(below) : richRecords(below);
  const lines: string[] = [];
  const heads: number[] = [];
  const pauses: number[] = [];
  const stamp = new Date(start).toISOString();
  for (let size = 0; size < bytes;) {
    for (const record of next()) {
      heads.push(size);
      pauses.push(below(6));
      const line = `${stamp} ${record}\n`;
      lines.push(line);
      size += line.length;
    }
  }
  return { text: Buffer.from(lines.join(''), 'latin1'), heads, pauses };
}

type Below = (bound: number) => number;

function simpleRecords(below: Below): () => string[] {
  const pick = (list: readonly string[]): string => list[below(list.length)]!;
  return () => {
    const level = below(500) === 0 ? 'WARN ' : 'INFO ';
    const record = `${level} [${pick(services)}] ${pick(verbs)} ${pick(things)} ${below(90_000)} in ${below(900)} ms`;
    if (below(200_000) > 0) return [record];
    return [record, `ERROR [stock] could not write segment ${below(99)}: no space left on device`];
  };
}

interface Request {
  readonly id: string;
  readonly service: string;
  left: number;
}

function richRecords(below: Below): () => string[] {
  const pick = (list: readonly string[]): string => list[below(list.length)]!;
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => below(16).toString(16)).join('');
  const open: Request[] = [];
  return () => {
    if (open.length < 40) open.push({ id: hex(12), service: pick(services), left: 6 });
    const place = below(open.length);
    const request = open[place]!;
    const { id, service } = request;
    request.left -= 1;
    if (request.left === 0) open.splice(place, 1);
    const head = (level: string, name: string): string =>
      `${level.padEnd(5)} [${service}-${below(8)}] com.shop.${service}.${name} -`;
    const said: string[] = [];
    if (request.left === 5) {
      said.push(
        `${head('INFO', 'Gateway')} accepted request ${id} from 10.${below(250)}.${below(250)}.${below(250)}:${below(60_000)} path=/api/v2/${pick(things)}/${below(100_000)}`,
      );
    } else if (request.left === 0) {
      said.push(
        `${head('INFO', 'Gateway')} answered request ${id} with status ${below(9) === 0 ? 404 : 200} in ${20 + below(400)} ms`,
      );
    } else {
      const work = [
        `${head('INFO', 'Worker')} ${pick(verbs)} ${pick(things)} rows=${below(900)} cached=${below(900)} req=${id}`,
        `${head('DEBUG', 'Repository')} select * from ${pick(things)}s where id = ${below(1e6)} and tenant = '${hex(6)}' took ${below(300) / 10} ms req=${id}`,
        `${head('INFO', 'Worker')} ${pick(verbs)} ${pick(things)} at /var/data/${hex(8)}/${hex(4)}.bin req=${id}`,
        `${head('INFO', 'Events')} {"event":"${pick(things)}","id":"${hex(16)}","ms":${below(500)},"ok":true}`,
        `${head('INFO', 'Client')} GET https://inner.${pick(services)}.local:8443/v1/${pick(things)}/${hex(8)}?page=${below(20)} -> 200 (${below(300)} ms) req=${id}`,
      ];
      said.push(pick(work));
    }
    if (below(2000) === 0) said.push(`${head('WARN', 'Pool')} waited ${below(90)} ms for a slot`);
    if (below(20_000) === 0) {
      said.push(
        [
          `${head('ERROR', 'Store')} write failed: no space left on device, segment ${below(99)}`,
          'java.io.IOException: No space left on device',
          ...Array.from(
            { length: 12 },
            () => `    at com.shop.Store.write(Store.java:${below(90)})`,
          ),
        ].join('\n'),
      );
    }
    return said;
  };
}
