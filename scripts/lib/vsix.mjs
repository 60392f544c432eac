import { join } from 'node:path';

import { mustRun } from './children.mjs';
import { root, tool } from './root.mjs';

/** What `npm run package` writes: the product as it is installed. */
export const vsixPath = join(root, 'faultline.vsix');

/** Builds the bundles; says their sizes. */
export async function buildBundles() {
  return mustRun(process.execPath, ['esbuild.mjs'], { cwd: root });
}

/**
 * Packages an extension folder. Everything is bundled, so no node_modules travel.
 * @param {string} folder
 * @param {string} out Path of the .vsix to write.
 * @param {readonly string[]} [more] Further options of vsce.
 */
export async function packageExtension(folder, out, more = []) {
  const options = [
    '--no-dependencies',
    '--no-rewrite-relative-links',
    '--allow-missing-repository',
  ];
  await mustRun(tool('vsce'), ['package', ...options, ...more, '--out', out], { cwd: folder });
}
