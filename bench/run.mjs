// npm run bench: everything in one run, peers beside it; JSON into .cache/bench/results.json, tables
// into docs/benchmarks.md. npm run bench -- NAME…: bundles the named benchmarks, runs them one after
// another and prints their figures. Data comes from $FAULTLINE_DATA or ../shared/data.
import { spawnSync } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { workerOptions } from '../scripts/bundle/worker-aliases.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const tables = 'bench/main.ts';
const ablation = 'bench/ablation/run.ts';
const standIns = 'bench/ablation/without';

/** What is measured, by name: the program, and what it is told. */
const benchmarks = {
  speed: [tables, 'speed'],
  parsing: [tables, 'parsing'],
  formats: [tables, 'formats'],
  detection: [tables, 'hdfs', 'clean', 'bgl', 'ordinary'],
  faults: ['bench/faults/run.ts'],
  fitWeights: ['bench/faults/fitWeights.ts'],
  planted: [tables, 'faults'],
  scale: ['bench/scale/run.ts'],
  streamed: [tables, 'streamed'],
  streamed10: [tables, 'streamed10'],
  follow: ['bench/follow/run.ts'],
  reading: ['bench/reading/run.ts', '1'],
  readingLarge: ['bench/reading/run.ts', '10'],
  embed: ['bench/embed/run.ts'],
  build: [tables, 'build'],
  baseline: [tables, 'baseline'],
  openstack: [tables, 'openstack'],
  hadoop: [tables, 'hadoop'],
  cre: [tables, 'cre'],
  scenarios: [tables, 'scenarios'],
  confidence: [tables, 'confidence'],
  grounding: [tables, 'grounding'],
  pastFaults: [tables, 'pastFaults'],
  memory: [tables, 'memory'],
  redaction: [tables, 'redaction'],
  injection: [tables, 'injection'],
  explainSpeed: [tables, 'explainSpeed'],
  fitConfidence: ['bench/explain/fitConfidence.ts'],
  ablation: [tables, 'ablation'],
  embedding: [tables, 'embedding'],
  large: [tables, 'scale'],
  reasons: [tables, 'reasons'],
  clean: [tables, 'clean'],
  hdfs: [tables, 'hdfs'],
  bgl: [tables, 'bgl'],
  ordinary: [tables, 'ordinary'],
};

const needsOthers = new Set(['ablation', 'large']);

const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
/** What begins with two dashes is for the benchmarks. */
const options = process.argv.slice(2).filter((word) => word.startsWith('--'));
if (options.includes('--help')) {
  console.log(`npm run bench -- NAME…; without a name everything. ${named()}`);
  process.exit(0);
}
const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0) {
  console.error(`No benchmark named ${unknown.join(', ')}. ${named()}`);
  process.exit(2);
}

function named() {
  return `There are: ${Object.keys(benchmarks).join(', ')}; npm run bench:editor measures the editor.`;
}

/** @returns the bundle of a program */
async function bundled(name, program, plugins = []) {
  const outfile = join(root, '.cache/bench', `${name}.mjs`);
  await build({
    ...workerOptions,
    plugins: [...workerOptions.plugins, ...plugins],
    entryPoints: [join(root, program)],
    outfile,
  });
  return outfile;
}

/** A detector is left out by a file of its name that stands in for it; the engine has no switch. */
function standIn(file) {
  const replaced = join(root, 'src/engine/detect/detectors', file);
  const instead = join(root, standIns, file);
  return {
    name: 'stand-in',
    setup({ onResolve }) {
      onResolve({ filter: /\.ts$/ }, ({ path, importer }) =>
        importer !== instead && join(dirname(importer), path) === replaced
          ? { path: instead }
          : undefined,
      );
    },
  };
}

/** Programs that others start: logs of a million lines, and the engine with each detector left out. */
async function bundleStarted() {
  const wanted = [
    ['scale', 'bench/scale/run.ts', []],
    ['variant', ablation, []],
    ...(await readdir(join(root, standIns))).map((file) => [
      `variant-${file.replace(/\.ts$/, '')}`,
      ablation,
      [standIn(file)],
    ]),
  ];
  for (const [name, program, plugins] of wanted) {
    // Whoever starts what is not there says so; the rest goes on.
    await rm(join(root, '.cache/bench', `${name}.mjs`), { force: true });
    await bundled(name, program, plugins).catch(({ message }) => {
      console.error(`${name} could not be bundled: ${message}`);
    });
  }
}

/** The threads that the extension host starts. */
async function bundleThreads() {
  await bundled('follow-reader', 'src/reader/main.ts');
  await bundled('follow-engine', 'src/worker/main.ts');
}

/** The reading thread, and what Node itself reads lines with. */
async function bundleReading() {
  await bundled('reading-thread', 'src/reader/main.ts');
  await bundled('reading-readline', 'bench/reading/readline.ts');
}

/** The analysis of a log in segments with its threads, and what it is compared with. */
async function bundleStreamed() {
  await bundled('streamed-run', 'bench/scale/streamedRun.ts');
  await bundleReading();
}

function run(outfile, ...told) {
  const { status } = spawnSync(process.execPath, ['--expose-gc', outfile, ...told, ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}

if (names.length === 0) {
  await bundleStarted();
  await bundleStreamed();
  run(await bundled('main', tables), '--full');
}
for (const name of names) {
  const [program, ...told] = benchmarks[name];
  if (needsOthers.has(name)) await bundleStarted();
  if (name === 'follow') await bundleThreads();
  if (name.startsWith('streamed')) await bundleStreamed();
  if (program.startsWith('bench/reading/')) await bundleReading();
  const outfile = await bundled(name, program);
  console.log(`\n# ${name}`);
  run(outfile, ...told);
}
