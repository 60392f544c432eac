import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '../src/eval/data/files.ts';
import type { Peers } from '../src/eval/peers.ts';
import { provenance, provenanceLine } from '../src/eval/provenance.ts';
import type { Measured } from '../src/eval/report.ts';
import { markdownSection, targetsSection } from '../src/eval/report.ts';
import { catalogue } from './catalogue.ts';
import { runPeers } from './peers.ts';

const folder = join('.cache', 'bench');
export const peersFile = join(folder, 'peers.json');
export const seeds = 5;

/** What a benchmark that gives no answer may take. */
const stepLimit = 900_000;

/** The figures stand between these in the document; the rest of it is written by hand. */
const document = join('docs', 'benchmarks.md');
const opening = '<!-- figures: written by npm run bench -->';
const closing = '<!-- end of figures -->';

interface LeftOut {
  readonly name: string;
  readonly why: string;
}

/**
 * Everything in one run: peers first, then each benchmark in a process of its own, so that none
 * warms up, fills the memory of, or ends another. Writes `.cache/bench/results.json` and the figures
 * in `docs/benchmarks.md`.
 * @returns the exit status: 1 when a benchmark failed
 */
export async function fullRun(): Promise<number> {
  const source = provenance({
    now: new Date(),
    root: process.cwd(),
    version: (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version,
    seeds,
  });
  console.log(provenanceLine(source));
  mkdirSync(folder, { recursive: true });
  const leftOut: LeftOut[] = [];
  const versions = peersBeside(leftOut);
  const failed: LeftOut[] = [];
  const results: Measured[] = [];
  const started = performance.now();
  for (const [number, result] of (await allSteps()).entries()) {
    if (typeof result !== 'string') {
      results.push(result);
      continue;
    }
    (result.startsWith('failed') ? failed : leftOut).push({ name: nameOf(number), why: result });
  }
  const minutes = (performance.now() - started) / 60_000;
  const report = { version: 1, ...source, peers: versions, leftOut, failed, results };
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(report, null, 1)}\n`);
  writeFigures([
    provenanceLine(source),
    peersLine(versions),
    ...[...leftOut, ...failed].map(({ name, why }) => `Left out: ${name}: ${why}`),
    targetsSection(results),
    ...results.map(markdownSection),
  ]);
  console.log(summary(results, failed));
  console.log(`${minutes.toFixed(1)} minutes without peers.`);
  return failed.length === 0 ? 0 : 1;
}

/** Runs the peers; what they lack is told, and the rest goes on. */
function peersBeside(leftOut: LeftOut[]): Peers['versions'] {
  const data = dataFolder();
  console.log('peers');
  const peers = data === null ? 'there is no data' : runPeers(data);
  if (typeof peers === 'string') {
    rmSync(peersFile, { force: true });
    console.log(`peers are left out: ${peers}`);
    leftOut.push({ name: 'peers', why: peers });
    return {};
  }
  leftOut.push(...peers.leftOut);
  return peers.versions;
}

function nameOf(number: number): string {
  const { name = '', dataSet = '' } = catalogue[number] ?? {};
  return `${name} on ${dataSet}`;
}

/** All benchmarks in their order, each told as it ends: two at a time, then those that must be alone. */
async function allSteps(): Promise<(Measured | string)[]> {
  const results: (Measured | string)[] = [];
  const step = async (number: number): Promise<void> => {
    const result = await oneStep(number);
    results[number] = result;
    if (typeof result === 'string') console.log(`${nameOf(number)}: ${result}`);
    else {
      console.log(`${nameOf(number)}: ${result.seconds.toFixed(1)} s`);
      console.log(`\n${markdownSection(result)}\n`);
    }
  };
  const numbers = [...catalogue.keys()];
  const together = numbers.filter((number) => catalogue[number]?.alone !== true);
  const worker = async (): Promise<void> => {
    for (let next = together.shift(); next !== undefined; next = together.shift()) await step(next);
  };
  await Promise.all([worker(), worker()]);
  for (const number of numbers) if (catalogue[number]?.alone === true) await step(number);
  return results;
}

/** One benchmark in a process of its own; words where there are no figures. */
async function oneStep(number: number): Promise<Measured | string> {
  const file = join(folder, `step-${number}.json`);
  rmSync(file, { force: true });
  const child = spawn(
    process.execPath,
    ['--expose-gc', process.argv[1] ?? '', '--one', String(number), file],
    { stdio: ['ignore', 'inherit', 'inherit'], timeout: stepLimit },
  );
  const failure = await new Promise<string | null>((resolve) => {
    child.on('error', ({ message }) => {
      resolve(`failed: ${message}`);
    });
    child.on('close', (status, signal) => {
      resolve(status === 0 ? null : `failed with ${signal ?? `status ${status ?? 'none'}`}`);
    });
  });
  if (failure !== null) return failure;
  return JSON.parse(readFileSync(file, 'utf8')) as Measured | string;
}

function peersLine(versions: Peers['versions']): string {
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return names.length === 0 ? 'No peers in this run.' : `Peers in this run: ${names.join(', ')}.`;
}

function writeFigures(parts: readonly string[]): void {
  const text = readFileSync(document, 'utf8');
  const from = text.indexOf(opening);
  const to = text.indexOf(closing);
  if (from < 0 || to < from) {
    console.log(`${document} has no place for figures; it stays as it is.`);
    return;
  }
  const before = text.slice(0, from + opening.length);
  writeFileSync(document, `${before}\n\n${parts.join('\n\n')}\n\n${text.slice(to)}`);
  // The formatter has a say in how tables look; npm test asks it.
  spawnSync(process.execPath, [
    join('node_modules', 'prettier', 'bin', 'prettier.cjs'),
    '--write',
    document,
  ]);
}

function summary(results: readonly Measured[], failed: readonly LeftOut[]): string {
  const rows = results.flatMap((result) => result.rows).filter(({ met }) => met !== null);
  const count = (met: string): number => rows.filter((row) => row.met === met).length;
  return `${rows.length} targets: ${count('stretch')} at the stretch, ${count('must')} at the must, ${count('missed')} missed. ${failed.length} benchmarks failed. Written: ${document}, ${join(folder, 'results.json')}.`;
}
