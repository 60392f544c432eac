import { existsSync, readFileSync } from 'node:fs';
import { benchmarks, findDataSet } from '../src/eval/dataSets.ts';
import { measure } from '../src/eval/measure.ts';
import type { Peers } from '../src/eval/peers.ts';
import { markdownSection } from '../src/eval/report.ts';

const peersFile = '.cache/bench/peers.json';

/** Runs the benchmarks of some names and prints their tables. Usage: main.mjs NAME... */
const names = process.argv.slice(2);
for (const benchmark of benchmarks.filter((each) => names.includes(each.name))) {
  const dataSet = findDataSet(benchmark.dataSet);
  if (dataSet === null || typeof dataSet === 'string') {
    console.log(dataSet);
    continue;
  }
  const measured = await measure(benchmark, dataSet, {
    seeds: 5,
    embedder: null,
    peers: existsSync(peersFile) ? (JSON.parse(readFileSync(peersFile, 'utf8')) as Peers) : null,
    onProgress: () => undefined,
  });
  console.log(`${markdownSection(measured)}\n(${measured.seconds.toFixed(1)} s)\n`);
}
