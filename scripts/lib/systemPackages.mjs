import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { mustRun } from './children.mjs';

/**
 * Full path of a program on PATH, or undefined.
 * @param {string} name
 */
export async function findProgram(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/**
 * Makes sure that programs exist, from Debian's packages where they are missing.
 * @param {readonly { program: string, packages: readonly string[] }[]} needs
 * @throws Error naming the command to type when this user may not install packages.
 */
export async function ensurePrograms(needs) {
  const missing = [];
  for (const need of needs) {
    if ((await findProgram(need.program)) === undefined) missing.push(need);
  }
  if (missing.length === 0) return;
  const packages = missing.flatMap((need) => need.packages);
  const names = missing.map((need) => need.program).join(', ');
  const byHand = `apt-get install --no-install-recommends ${packages.join(' ')}`;
  if ((await findProgram('apt-get')) === undefined || process.getuid?.() !== 0) {
    throw new Error(`Missing: ${names}. Install with: sudo ${byHand}`);
  }
  console.log(`Installing ${packages.join(', ')} from Debian …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await mustRun('apt-get', ['update', '-qq'], { env });
  await mustRun('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
  });
}
