/**
 * The benchmarks of src/eval, and what else is measured in rows.
 * Usage: main.mjs NAME...           tables of the benchmarks of these names
 *        main.mjs --full            everything, each in a process of its own (see fullRun.ts)
 *        main.mjs --one NUMBER FILE one of them for the full run, as JSON into a file
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Benchmark } from '../src/eval/benchmark.ts';
import { measure } from '../src/eval/measure.ts';
import type { Peers } from '../src/eval/peers.ts';
import type { Measured } from '../src/eval/report.ts';
import { markdownSection } from '../src/eval/report.ts';
import { catalogue, dataOf, onRequest } from './catalogue.ts';
import { fullRun, peersFile, seeds } from './fullRun.ts';

async function measured(benchmark: Benchmark): Promise<Measured | string> {
  const dataSet = dataOf(benchmark);
  if (typeof dataSet === 'string') return dataSet;
  const peers = existsSync(peersFile)
    ? (JSON.parse(readFileSync(peersFile, 'utf8')) as Peers)
    : null;
  return measure(benchmark, dataSet, {
    seeds,
    embedder: null,
    peers,
    onProgress: () => undefined,
  });
}

const [first, ...rest] = process.argv.slice(2);
if (first === '--full') {
  process.exitCode = await fullRun();
} else if (first === '--one') {
  const [number = '', file = ''] = rest;
  const benchmark = catalogue[Number(number)];
  if (benchmark !== undefined) writeFileSync(file, JSON.stringify(await measured(benchmark)));
} else {
  const names = process.argv.slice(2);
  for (const benchmark of [...catalogue, ...onRequest].filter((each) =>
    names.includes(each.name),
  )) {
    const result = await measured(benchmark);
    console.log(
      typeof result === 'string'
        ? result
        : `${markdownSection(result)}\n(${result.seconds.toFixed(1)} s)\n`,
    );
  }
}
