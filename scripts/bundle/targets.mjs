// The bundles as data. A new program is a new record, not a new branch in esbuild.mjs.

/** CommonJS packages inside an ESM bundle call `require` for Node's own modules; ESM has none. */
const requireForEsm =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * @typedef {object} Target
 * @property {string} name What is given on the command line.
 * @property {string} entry Source file, relative to the root.
 * @property {string} outfile Bundle, relative to the root.
 * @property {number} budget Most bytes of all outputs of the target together.
 * @property {readonly string[]} [copies] Absolute paths of files that lie beside the bundle.
 * @property {import('esbuild').BuildOptions} options What differs from the shared options.
 */

/** @type {readonly Target[]} */
export const targets = [
  {
    name: 'host',
    entry: 'src/host/extension.ts',
    outfile: 'dist/extension.cjs',
    budget: 250_000,
    // The extension host loads CommonJS; `vscode` exists only there.
    options: { platform: 'node', format: 'cjs', target: 'node22', external: ['vscode'] },
  },
  {
    name: 'worker',
    entry: 'src/worker/main.ts',
    outfile: 'dist/worker.mjs',
    budget: 1_500_000,
    // ESM: the wasm runtime finds its files through import.meta.url, which CommonJS has not.
    options: {
      platform: 'node',
      format: 'esm',
      target: 'node20',
      banner: { js: requireForEsm },
    },
  },
  {
    name: 'panel',
    entry: 'webview/main.ts',
    outfile: 'dist/panel.js',
    budget: 250_000,
    options: { platform: 'browser', format: 'esm', target: 'es2022' },
  },
  {
    name: 'cli',
    entry: 'src/cli/main.ts',
    outfile: 'dist/cli.mjs',
    budget: 1_500_000,
    options: {
      platform: 'node',
      format: 'esm',
      target: 'node20',
      banner: { js: `#!/usr/bin/env node\n${requireForEsm}` },
    },
  },
];
