// npm run bench [-- NAME…]: bundles the named benchmarks (all but `editor` when none is named), runs
// them one after another and prints their figures. Data comes from $FAULTLINE_DATA or ../shared/data.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { workerOptions } from '../scripts/bundle/worker-aliases.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const tables = 'bench/main.ts';

/** What is measured, by name: the program, and what it is told. */
const benchmarks = {
  speed: [tables, 'speed'],
  parsing: [tables, 'parsing'],
  detection: [tables, 'hdfs', 'bgl', 'ordinary'],
  faults: ['bench/faults/run.ts'],
  scale: ['bench/scale/run.ts'],
  embed: ['bench/embed/run.ts'],
  build: [tables, 'build'],
  baseline: [tables, 'baseline'],
  openstack: [tables, 'openstack'],
  hadoop: [tables, 'hadoop'],
  cre: [tables, 'cre'],
  hdfs: [tables, 'hdfs'],
  bgl: [tables, 'bgl'],
  ordinary: [tables, 'ordinary'],
};

const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
/** What begins with two dashes is for the benchmarks. */
const options = process.argv.slice(2).filter((word) => word.startsWith('--'));
const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0) {
  console.error(
    `No benchmark named ${unknown.join(', ')}. There are: ${Object.keys(benchmarks).join(', ')}; ` +
      'npm run bench:editor measures the editor.',
  );
  process.exit(2);
}
for (const name of names.length === 0 ? Object.keys(benchmarks) : names) {
  const outfile = join(root, '.cache/bench', `${name}.mjs`);
  const [program, ...told] = benchmarks[name];
  await build({ ...workerOptions, entryPoints: [join(root, program)], outfile });
  console.log(`\n# ${name}`);
  const { status } = spawnSync(process.execPath, ['--expose-gc', outfile, ...told, ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
