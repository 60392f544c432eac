// What a bundle that embeds (worker, CLI) needs from esbuild, as data. esbuild.mjs spreads it.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { rulesAsModules } from './rules.mjs';

const require = createRequire(import.meta.url);
const runtime = dirname(require.resolve('onnxruntime-web'));
const stubs = fileURLToPath(new URL('stubs/', import.meta.url));

/** Bare package names that are replaced by a file of ours. */
export const alias = {
  // Image processing, native; text models never reach it.
  sharp: join(stubs, 'unused.mjs'),
};

/** transformers asks for the native runtime by a `require` that esbuild cannot see. */
const nativeRuntime = 'requireFromHere("onnxruntime-node")';

/** @type {import('esbuild').Plugin} */
const withoutNativeRuntime = {
  name: 'without-native-runtime',
  setup(build) {
    build.onLoad(
      { filter: /[\\/]@huggingface[\\/]transformers[\\/]dist[\\/]transformers\.node\.mjs$/ },
      ({ path }) => {
        const source = readFileSync(path, 'utf8');
        if (source.split(nativeRuntime).length !== 2) {
          return {
            errors: [
              {
                text: `transformers no longer contains ${nativeRuntime} exactly once: look at scripts/bundle.`,
              },
            ],
          };
        }
        return { contents: source.replace(nativeRuntime, 'undefined'), loader: 'js' };
      },
    );
  },
};

export const plugins = [withoutNativeRuntime, rulesAsModules];

/** Copied beside the bundle: the embedder looks there first. */
export const runtimeFiles = ['ort-wasm-simd-threaded.wasm', 'ort-wasm-simd-threaded.mjs'].map(
  (name) => join(runtime, name),
);

/**
 * Everything for `esbuild.build({ ...workerOptions, entryPoints, outfile })`.
 * @type {import('esbuild').BuildOptions}
 */
export const workerOptions = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  alias,
  plugins,
  // CommonJS packages inside an ES module bundle call `require` for Node's own modules.
  banner: {
    js: "import { createRequire as bundleRequire } from 'node:module'; const require = bundleRequire(import.meta.url);",
  },
};
