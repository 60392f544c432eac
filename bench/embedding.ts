import { join } from 'node:path';
import { readView } from '../src/engine/analysis/readView.ts';
import { cachedEmbedder } from '../src/engine/embed/cachedEmbedder.ts';
import type { Embedder } from '../src/engine/embed/embedder.ts';
import { hashingEmbedder } from '../src/engine/embed/hashingEmbedder.ts';
import { checkModelFiles } from '../src/engine/embed/modelFiles.ts';
import { openTransformersEmbedder } from '../src/engine/embed/transformersEmbedder.ts';
import type { Benchmark, BenchmarkResult } from '../src/eval/benchmark.ts';
import { logFilesBelow } from '../src/eval/data/analyseFolder.ts';
import { readLog } from '../src/eval/data/files.ts';
import { row } from '../src/eval/rows.ts';

const wanted = 2000;
const nothingKept = {
  read: () => Promise.resolve(new Map<string, Float32Array>()),
  write: () => Promise.resolve(),
};

/** What the first reading of many logs costs: no vector is known. */
export const embedding: Benchmark = {
  name: 'embedding',
  title: 'Embedding distinct templates, nothing cached',
  dataSet: 'all',
  alone: true,
  run: async ({ folder, onProgress }): Promise<BenchmarkResult> => {
    const texts = await templates(folder);
    const model = await checkModelFiles('models');
    const embedder = await openTransformersEmbedder(model, { threads: 1 });
    try {
      await embedder.embed(['a text that warms up']);
      onProgress(`${texts.length} templates`);
      const hashed = await timed(hashingEmbedder, texts);
      const embedded = await timed(embedder, texts);
      return {
        rows: [
          row({
            measure: `${texts.length} templates, one thread`,
            unit: 's',
            better: 'less',
            floors: [{ name: 'hashing', value: hashed.wall }],
            all: embedded.wall,
            must: 15,
            stretch: 6,
          }),
          row({
            measure: 'the same, processor',
            unit: 's',
            better: 'less',
            floors: [{ name: 'hashing', value: hashed.processor }],
            all: embedded.processor,
          }),
        ],
        notes: [],
      };
    } finally {
      await embedder.close();
    }
  },
};

/** The first distinct templates of many short logs of different systems. */
export async function templates(folder: string): Promise<string[]> {
  const found = new Set<string>();
  for (const name of ['loghub_2k', 'plain', 'cre']) {
    for (const path of logFilesBelow(join(folder, name))) {
      const view = await readView(readLog(join(folder, name, path)), {});
      for (const { text } of view.templates.templates) found.add(text);
      if (found.size >= wanted) return [...found].slice(0, wanted);
    }
  }
  return [...found];
}

/** Seconds that texts take whose vectors nobody keeps. */
export async function timed(
  embedder: Embedder,
  texts: readonly string[],
): Promise<{ wall: number; processor: number }> {
  const start = performance.now();
  const before = process.cpuUsage();
  await cachedEmbedder(embedder, nothingKept).embed(texts);
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - start) / 1000, processor: (user + system) / 1e6 };
}
