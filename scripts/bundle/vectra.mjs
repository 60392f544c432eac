// vectra's main module brings a 3.6 MB language model and a tokenizer for features that are not
// used here. Its vector index alone needs none of them.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const library = dirname(require.resolve('vectra'));

/** Packages of vectra's full-text search and protobuf codec. */
const unused = ['wink-bm25-text-search', 'wink-nlp', 'wink-eng-lite-web-model', 'protobufjs'];

/** esbuild plugin: `vectra` is its `LocalIndex` module; what that never calls throws when it is called. */
export const vectraIndexOnly = {
  name: 'vectra-index-only',
  setup(build) {
    build.onResolve({ filter: /^vectra$/ }, () => ({ path: join(library, 'LocalIndex.js') }));
    build.onResolve({ filter: new RegExp(`^(${unused.join('|')})(/|$)`) }, ({ path }) => ({
      path,
      namespace: 'vectra-unused',
    }));
    build.onLoad({ filter: /.*/, namespace: 'vectra-unused' }, ({ path }) => ({
      contents: `module.exports = new Proxy(function () {}, {
        get: (_target, key) => key === '__esModule' ? false : unusedPart(),
        apply: unusedPart, construct: unusedPart,
      });
      function unusedPart() { throw new Error('vectra called ${path}, which is not bundled.'); }`,
      loader: 'js',
    }));
  },
};
