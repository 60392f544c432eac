import { spawnSync } from 'node:child_process';
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
export function fullRun(): number {
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
  for (const [number, { name, dataSet }] of catalogue.entries()) {
    const result = oneStep(number);
    if (typeof result !== 'string') {
      console.log(`${name} on ${dataSet}: ${result.seconds.toFixed(1)} s`);
      console.log(`\n${markdownSection(result)}\n`);
      results.push(result);
      continue;
    }
    console.log(`${name} on ${dataSet}: ${result}`);
    (result.startsWith('failed') ? failed : leftOut).push({
      name: `${name} on ${dataSet}`,
      why: result,
    });
  }
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

/** One benchmark in a process of its own; words where there are no figures. */
function oneStep(number: number): Measured | string {
  const file = join(folder, `step-${number}.json`);
  rmSync(file, { force: true });
  const { status, error } = spawnSync(
    process.execPath,
    ['--expose-gc', process.argv[1] ?? '', '--one', String(number), file],
    { stdio: ['ignore', 'inherit', 'inherit'], timeout: stepLimit },
  );
  if (error !== undefined) return `failed: ${error.message}`;
  if (status !== 0) return `failed with status ${status ?? 'none'}`;
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
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  return `${rows.length} targets: ${count('stretch')} at the stretch, ${count('must')} at the must, ${count('missed')} missed. ${failed.length} benchmarks failed. ${(seconds / 60).toFixed(1)} minutes without peers. Written: ${document}, ${join(folder, 'results.json')}.`;
}
