// npm test: everything, in this order, first failure stops. The last line counts what ran.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { mustRun, run, stopChildrenOnSignals } from './lib/children.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root, tool } from './lib/root.mjs';
import { buildBundles } from './lib/vsix.mjs';
import { ensureChromium, ensureEditor } from './editor/setUp.mjs';

const reports = join(root, '.cache', 'tests');

/** A check that passes or throws: one test. */
const check =
  (program, ...args) =>
  async () => {
    await mustRun(tool(program), args, { cwd: root });
    return { passed: 1, failed: 0 };
  };

/**
 * A run of vitest, counted from its report. A skipped test fails the run: what is not looked at must
 * not look like a pass.
 */
const suite =
  (name, ...args) =>
  async () => {
    const report = join(reports, `${name}.json`);
    await mkdir(reports, { recursive: true });
    await rm(report, { force: true });
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { status, output } = await run(tool('vitest'), ['run', ...reporters, ...args], {
      cwd: root,
      // Golden files are compared, never written, in this run.
      env: { ...process.env, CI: 'true' },
    });
    const said = await readFile(report, 'utf8').catch(() => undefined);
    if (said === undefined) throw new Error(output);
    const { numPassedTests, numTotalTests } = JSON.parse(said);
    const counts = { passed: numPassedTests, failed: numTotalTests - numPassedTests };
    // A file that does not load has no tests to count, yet it failed.
    if (status !== 0) counts.failed = Math.max(counts.failed, 1);
    if (counts.passed === 0) counts.failed = Math.max(counts.failed, 1);
    return { ...counts, output };
  };

const contents = 'test/package.test.ts';

const steps = [
  ['format', check('prettier', '--check', '.')],
  ['lint', check('eslint', '.', '--max-warnings', '0')],
  ['types', check('tsc', '-b')],
  ['architecture', check('depcruise', 'src', 'webview', '--config', '.dependency-cruiser.mjs')],
  ['unused code', check('knip')],
  [
    'build and size budgets',
    async () => {
      await buildBundles();
      return { passed: 1, failed: 0 };
    },
  ],
  ['unit, property, contract, golden, CLI', suite('unit', '--exclude', contents)],
  ['package contents', suite('package', contents)],
  [
    'editor for the end-to-end suite',
    async () => {
      await ensureEditor();
      await ensureChromium();
      return { passed: 1, failed: 0 };
    },
  ],
  ['end to end in VS Code', suite('e2e', '--config', 'test/e2e/vitest.config.ts')],
];

const total = { passed: 0, failed: 0 };

/** @returns whether to go on */
async function perform(name, work) {
  const began = performance.now();
  const outcome = await work().catch((error) => ({ passed: 0, failed: 1, output: error.message }));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  total.passed += outcome.passed;
  total.failed += outcome.failed;
  const good = outcome.failed === 0;
  console.log(`${good ? 'ok  ' : 'FAIL'} ${name}  ${outcome.passed} in ${seconds} s`);
  if (!good) console.log(`\n${outcome.output}\n\nStopped at: ${name}. What follows did not run.`);
  return good;
}

stopChildrenOnSignals();
const install = async () => {
  await ensureDependencies();
  return { passed: 1, failed: 0 };
};
for (const [name, work] of [['packages', install], ...steps]) {
  if (!(await perform(name, work))) break;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
