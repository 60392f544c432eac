// The bundles as data. A new program is a new record, not a new branch in esbuild.mjs.
import { vectraIndexOnly } from './vectra.mjs';
import { vscodeOnce } from './vscode.mjs';
import { plugins, runtimeFiles, workerOptions } from './worker-aliases.mjs';

/** What a program needs that runs the engine: the embedder and the incident index are bundled with it. */
const engine = { ...workerOptions, plugins: [...plugins, vectraIndexOnly] };

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
    budget: 145_000,
    // The extension host loads CommonJS; `vscode` exists only there.
    options: {
      platform: 'node',
      format: 'cjs',
      target: 'node22',
      plugins: [vscodeOnce],
      charset: 'utf8',
    },
  },
  {
    name: 'worker',
    entry: 'src/worker/main.ts',
    outfile: 'dist/worker.mjs',
    // The embedder 580 kB, the client of language models 390, linear-time expressions 150, the rules
    // 250, the reader of a workspace's own ones 130, formats and unpacking 100.
    budget: 2_300_000,
    copies: runtimeFiles,
    // ESM: the wasm runtime finds its files through import.meta.url, which CommonJS has not.
    options: engine,
  },
  {
    name: 'reader',
    entry: 'src/reader/main.ts',
    outfile: 'dist/reader.mjs',
    // Linear-time expressions 150 kB, unpacking 60; the rest is ours.
    budget: 380_000,
    options: { platform: 'node', format: 'esm', target: 'node22', banner: workerOptions.banner },
  },
  {
    name: 'panel',
    entry: 'webview/main.ts',
    outfile: 'dist/panel.js',
    // Drawing 50 kB, Markdown of models 40, its sanitizer 25, long lists 30; the rest is lit and ours.
    budget: 290_000,
    options: { platform: 'browser', format: 'esm', target: 'es2022' },
  },
  {
    name: 'viewer',
    entry: 'webview/viewer/main.ts',
    outfile: 'dist/viewer.js',
    // lit and ours.
    budget: 90_000,
    // A classic script: it is written into the page and runs where it stands, before the page is shown.
    options: { platform: 'browser', format: 'iife', target: 'es2022' },
  },
  {
    name: 'cli',
    entry: 'src/cli/main.ts',
    outfile: 'dist/cli.mjs',
    // As the worker, with the benchmarks.
    budget: 2_700_000,
    options: { ...engine, banner: { js: `#!/usr/bin/env node\n${workerOptions.banner.js}` } },
  },
];
