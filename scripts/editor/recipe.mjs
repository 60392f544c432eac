// A real VS Code from npm alone: the package code-server contains a complete build of it (workbench,
// server, extension host). VS Code itself is not on npm, and its own download needs another network.
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Exact versions: an editor that changes by itself would make tests fail by themselves. */
export const recipe = {
  /** The Node that this build of the editor runs on, its headers included. */
  node: `node-linux-${process.arch}@24.9.0`,
  codeServer: 'code-server@4.139.1',
  /** Without these two the extension host ends at start; the other natives only log a warning. */
  natives: ['@vscode/spdlog', '@vscode/native-watchdog'],
};

/** Outside the repository, so that a fresh clone need not build the editor again. */
export const cacheFolder = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'faultline',
);

const version = createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);

/** Where this exact editor lies. */
export const editorFolder = join(cacheFolder, `editor-${version}`);

/** @typedef {{ node: string, serverMain: string, version: string }} Editor */

/**
 * The programs of an editor.
 * @param {string} folder
 */
export const editorPaths = (folder) => ({
  node: join(folder, 'node_modules', recipe.node.split('@')[0], 'bin', 'node'),
  nodeHome: join(folder, 'node_modules', recipe.node.split('@')[0]),
  vscode: join(folder, 'node_modules', 'code-server', 'lib', 'vscode'),
  serverMain: join(folder, 'node_modules', 'code-server', 'lib', 'vscode', 'out', 'server-main.js'),
});
