// `import family from './postgres.yaml'`: a rule file as a module. It is read and checked here, so
// that a program starts with data and no bundle carries a rule that its own tests contradict.
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = fileURLToPath(
  new URL('../../src/engine/explain/rules/ruleFile.ts', import.meta.url),
);
let reader;

/** The engine's own reader of rule files: one definition of the format for build and run time. */
async function load() {
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

/**
 * Source of the module for a rule file; tests stay out of it.
 * @param {string} path
 * @returns {Promise<string>}
 * @throws Error that lists every rule that is not right, or has too few tests
 */
export async function ruleModule(path) {
  reader ??= load();
  const { readRuleFile } = await reader;
  const { family, tests, problems } = readRuleFile(
    await readFile(path, 'utf8'),
    relative(root, path),
  );
  const untested = [...tests]
    .filter(([, { hits, misses }]) => hits.length < 1 || misses.length < 2)
    .map(([id]) => `${relative(root, path)}: rule "${id}" needs one hit and two near misses.`);
  const wrong = [...problems.map(({ message }) => message), ...untested];
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return `export default ${JSON.stringify(family)};`;
}

/** @type {import('esbuild').Plugin} */
export const rulesAsModules = {
  name: 'rules-as-modules',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]rules[\\/][a-z0-9-]+\.yaml$/ }, async ({ path }) => {
      try {
        return { contents: await ruleModule(path), loader: 'js', watchFiles: [path] };
      } catch (error) {
        return { errors: error.message.split('\n').map((text) => ({ text })) };
      }
    });
  },
};

/** The same for vitest, which bundles with vite. */
export const rulesInTests = {
  name: 'rules-as-modules',
  /** @param {string} id */
  async load(id) {
    return /[\\/]rules[\\/][a-z0-9-]+\.yaml$/.test(id) ? await ruleModule(id) : null;
  },
};
