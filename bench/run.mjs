// npm run bench [-- NAME…]: bundles the named benchmarks (all but `editor` when none is named), runs
// them one after another and prints their figures. Data comes from $FAULTLINE_DATA or ../shared/data.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { workerOptions } from '../scripts/bundle/worker-aliases.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What is measured, by name. */
const benchmarks = {
  speed: 'bench/parsing/speed.ts',
  parsing: 'bench/parsing/accuracy.ts',
  detection: 'bench/detection/run.ts',
  scale: 'bench/scale/run.ts',
  build: 'bench/build/logchunks.ts',
  baseline: 'bench/build/cidiff.ts',
  openstack: 'bench/explain/openstack.ts',
  hadoop: 'bench/explain/hadoop.ts',
  cre: 'bench/explain/cre.ts',
};

const names = process.argv.slice(2);
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
  await build({ ...workerOptions, entryPoints: [join(root, benchmarks[name])], outfile });
  console.log(`\n# ${name}`);
  const { status } = spawnSync(process.execPath, ['--expose-gc', outfile], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
