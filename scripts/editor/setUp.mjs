import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

import { mustRun } from '../lib/children.mjs';
import { ensurePrograms, findProgram } from '../lib/systemPackages.mjs';
import { cacheFolder, editorFolder, editorPaths, recipe } from './recipe.mjs';

const exists = (path) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Runs one named step and says how long it took: a silent minute looks like a hang. */
async function step(name, work) {
  process.stdout.write(`  ${name} … `);
  const began = performance.now();
  await work();
  console.log(`${((performance.now() - began) / 1000).toFixed(0)} s`);
}

async function buildEditor(folder) {
  const { node, nodeHome, vscode } = editorPaths(folder);
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await step('packages of the editor', () =>
    mustRun('npm', ['install', ...quiet, recipe.node, recipe.codeServer], { cwd: folder }),
  );
  await step('packages inside the editor', () =>
    mustRun('npm', ['install', '--omit=dev', ...quiet], { cwd: vscode }),
  );
  await step('native parts, compiled here', () =>
    mustRun('npm', ['rebuild', '--loglevel=error', ...recipe.natives], {
      cwd: vscode,
      env: {
        ...process.env,
        // Headers come with the package: node-gyp would download them otherwise.
        npm_config_nodedir: nodeHome,
        npm_config_ignore_scripts: 'false',
        PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
      },
    }),
  );
}

/**
 * The editor, set up in the cache folder when it is not there yet. It is made beside its place and
 * renamed at the end, so that an interrupted set-up leaves nothing that looks finished.
 * @returns {Promise<{ node: string, serverMain: string }>}
 */
export async function ensureEditor() {
  if (!(await exists(editorFolder))) {
    console.log(`Setting up the editor in ${editorFolder}, once`);
    await ensurePrograms([
      { program: 'g++', packages: ['g++'] },
      { program: 'make', packages: ['make'] },
      { program: 'python3', packages: ['python3'] },
    ]);
    await mkdir(cacheFolder, { recursive: true });
    const unfinished = await mkdtemp(join(cacheFolder, 'unfinished-'));
    try {
      await buildEditor(unfinished);
      await rename(unfinished, editorFolder).catch((error) => {
        // Another set-up was faster: its result is as good.
        if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
      });
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  }
  const { node, serverMain } = editorPaths(editorFolder);
  return { node, serverMain };
}

/**
 * A browser and fonts for it, from Debian where there is none.
 * @returns {Promise<string>} Its path.
 */
export async function ensureChromium() {
  await ensurePrograms([
    // Without fonts every letter is a box, and screenshots say nothing.
    { program: 'chromium', packages: ['chromium', 'fonts-dejavu-core'] },
  ]);
  return /** @type {string} */ (await findProgram('chromium'));
}
