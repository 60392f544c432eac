import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { mustRun } from './children.mjs';
import { root } from './root.mjs';

async function readPackages(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Whether node_modules holds what the lock file says. Contents are compared, not times: a fresh clone
 * gives every file the same time, and a restored cache gives them any.
 */
async function dependenciesAreCurrent() {
  const wanted = await readPackages(join(root, 'package-lock.json'));
  const present = await readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (present === undefined) return false;
  return Object.entries(wanted).every(([path, { version, optional, peer }]) => {
    if (path === '') return true;
    const found = present[path];
    // Optional packages of other platforms are rightly absent.
    if (found === undefined) return optional === true || peer === true;
    return found.version === version;
  });
}

/** Installs what the lock file says, when it is not there yet. No package runs code while installing. */
export async function ensureDependencies() {
  if (await dependenciesAreCurrent()) return;
  console.log('Installing the packages of package-lock.json …');
  await mustRun('npm', ['ci', '--ignore-scripts', '--loglevel=error'], { cwd: root });
}
