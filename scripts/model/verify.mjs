// Compares the embedder of the product, as it runs, with the fp32 vectors of reference.py.
//
//     node scripts/model/verify.mjs SENTENCES.txt REFERENCE.bin
//
// Ends with status 1 below the floors: mean cosine .98, same nearest neighbour 95 %.

import { build } from 'esbuild';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runtimeFiles, workerOptions } from '../bundle/worker-aliases.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const out = `${root}.cache/verify-model/`;
mkdirSync(out, { recursive: true });
await build({
  ...workerOptions,
  stdin: {
    contents: `export * from './modelFiles.ts'; export * from './transformersEmbedder.ts';`,
    resolveDir: `${root}src/engine/embed`,
  },
  outfile: `${out}embed.mjs`,
});
for (const file of runtimeFiles) copyFileSync(file, out + basename(file));
const { checkModelFiles, openTransformersEmbedder } = await import(
  pathToFileURL(`${out}embed.mjs`).href
);

const [sentences, reference] = process.argv.slice(2);
const texts = readFileSync(sentences, 'utf8').trimEnd().split('\n');
const bytes = readFileSync(reference);
const model = await checkModelFiles(`${root}models`);
const width = model.dimensions;
if (bytes.length !== texts.length * width * 2)
  throw new Error('Sentences and reference do not belong together.');
const expected = texts.map((_, row) => {
  const vector = Float64Array.from({ length: width }, (_, i) =>
    bytes.readInt16LE((row * width + i) * 2),
  );
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
});

const began = performance.now();
const embedder = await openTransformersEmbedder(model, {
  threads: Number(process.env.THREADS ?? 1),
});
const loaded = performance.now();
const actual = await embedder.embed(texts);
const done = performance.now();

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const nearest = (vectors) =>
  vectors.map((vector, row) => {
    let best = -1;
    let bestScore = -Infinity;
    vectors.forEach((other, column) => {
      const score = column === row ? -Infinity : dot(vector, other);
      if (score > bestScore) [best, bestScore] = [column, score];
    });
    return best;
  });

const cosines = actual.map((vector, row) => dot(vector, expected[row]));
const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
const [ours, theirs] = [nearest(actual), nearest(expected)];
const same = ours.filter((row, i) => row === theirs[i]).length / texts.length;
console.log(
  `${texts.length} texts  mean cosine ${mean.toFixed(4)}  lowest ${Math.min(...cosines).toFixed(4)}  same nearest neighbour ${(100 * same).toFixed(1)} %`,
);
console.log(
  `load ${Math.round(loaded - began)} ms  ${Math.round((1000 * texts.length) / (done - loaded))} texts/s  ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
);
process.exit(mean >= 0.98 && same >= 0.95 ? 0 : 1);
