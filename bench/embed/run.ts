/**
 * Embedding of 2,000 distinct patterns with an empty cache, and agreement with the fp32 weights.
 * Usage: npm run bench -- embed
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readView } from '../../src/engine/analysis/readView.ts';
import { cachedEmbedder } from '../../src/engine/embed/cachedEmbedder.ts';
import type { Embedder } from '../../src/engine/embed/embedder.ts';
import { hashingEmbedder } from '../../src/engine/embed/hashingEmbedder.ts';
import { checkModelFiles } from '../../src/engine/embed/modelFiles.ts';
import { openTransformersEmbedder } from '../../src/engine/embed/transformersEmbedder.ts';
import { cosine, normalise } from '../../src/engine/embed/vectors.ts';
import { decodeLog } from '../../src/engine/record/decodeLog.ts';

const wanted = 2000;
const modelsDir = join(process.cwd(), 'models');
const nothingKept = {
  read: () => Promise.resolve(new Map<string, Float32Array>()),
  write: () => Promise.resolve(),
};
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function logsBelow(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return logsBelow(path);
      return path.endsWith('.log.gz') ? [path] : [];
    });
}

/** The first patterns of many short logs of different systems. */
async function patterns(data: string): Promise<string[]> {
  const found = new Set<string>();
  for (const folder of ['loghub_2k', 'plain', 'cre']) {
    if (!existsSync(join(data, folder))) continue;
    for (const path of logsBelow(join(data, folder))) {
      const { templates } = await readView(decodeLog(path, gunzipSync(readFileSync(path))), {});
      for (const { text } of templates.templates) if (found.size < wanted) found.add(text);
    }
  }
  return [...found];
}

/** Seconds of processor time for a fixed amount of plain arithmetic: what a machine is worth just now. */
function reference(): number {
  const size = 384;
  const left = new Float64Array(size * size).fill(0.5);
  const right = new Float64Array(size * size).fill(0.25);
  const out = new Float64Array(size * size);
  const began = process.cpuUsage();
  for (let round = 0; round < 4; round += 1) {
    for (let row = 0; row < size; row += 1) {
      for (let k = 0; k < size; k += 1) {
        const value = left[row * size + k]!;
        for (let column = 0; column < size; column += 1) {
          out[row * size + column]! += value * right[k * size + column]!;
        }
      }
    }
  }
  return process.cpuUsage(began).user / 1e6;
}

async function speed(name: string, embedder: Embedder, texts: readonly string[]): Promise<void> {
  await embedder.embed(['a text that warms up']);
  const unit = reference();
  const began = performance.now();
  const used = process.cpuUsage();
  await cachedEmbedder(embedder, nothingKept).embed(texts);
  const { user, system } = process.cpuUsage(used);
  const wall = (performance.now() - began) / 1000;
  const cpu = (user + system) / 1e6;
  say(
    `  ${name}: ${wall.toFixed(1)} s, processor ${cpu.toFixed(1)} s (${(cpu / unit).toFixed(0)} times the reference of ${unit.toFixed(2)} s)`,
  );
}

function nearest(vectors: readonly Float32Array[], row: number): number {
  let best = -1;
  let most = -2;
  vectors.forEach((other, index) => {
    const value = index === row ? -2 : cosine(vectors[row]!, other);
    if (value > most) [best, most] = [index, value];
  });
  return best;
}

async function agreement(embedder: Embedder): Promise<void> {
  const texts = readFileSync('scripts/model/sentences.txt', 'utf8').trimEnd().split('\n');
  const bytes = readFileSync('test/engine/embed/fixtures/minilmFp32.bin');
  const theirs = texts.map((_, row) =>
    normalise(
      Float32Array.from({ length: embedder.dimensions }, (__, index) =>
        bytes.readInt16LE((row * embedder.dimensions + index) * 2),
      ),
    ),
  );
  const ours = await embedder.embed(texts);
  const cosines = ours.map((vector, row) => cosine(vector, theirs[row]!));
  const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
  const same = ours.filter((_, row) => nearest(ours, row) === nearest(theirs, row)).length;
  say(
    `  agreement with fp32 (${texts.length} sentences): mean cosine ${mean.toFixed(4)}, lowest ${Math.min(...cosines).toFixed(4)}, same nearest neighbour ${((100 * same) / texts.length).toFixed(1)} %`,
  );
}

const data = process.env['FAULTLINE_DATA'] ?? join(process.cwd(), '..', 'shared', 'data');
if (!existsSync(data)) {
  say('No evaluation data: set FAULTLINE_DATA, or put it into ../shared/data.');
} else {
  const texts = await patterns(data);
  say(`${texts.length} distinct patterns, no cache, ${availableParallelism()} cores`);
  await speed('hashing', hashingEmbedder, texts);
  const model = await checkModelFiles(modelsDir);
  for (const threads of [1, 2]) {
    const embedder = await openTransformersEmbedder(model, { threads });
    await speed(`model, ${threads} thread(s)`, embedder, texts);
    if (threads === 1) await agreement(embedder);
    await embedder.close();
  }
}
