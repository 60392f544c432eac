import { mustRun } from './children.mjs';
import { tool } from './root.mjs';

/**
 * Packages an extension folder. Everything is bundled, so no node_modules travel.
 * @param {string} folder
 * @param {string} out Path of the .vsix to write.
 */
export async function packageExtension(folder, out) {
  await mustRun(
    tool('vsce'),
    [
      'package',
      '--no-dependencies',
      '--skip-license',
      '--allow-missing-repository',
      '--allow-star-activation',
      '--out',
      out,
    ],
    { cwd: folder },
  );
}
