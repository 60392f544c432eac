/**
 * Embedding of 2,000 distinct patterns with an empty cache, and agreement with the fp32 weights.
 * Usage: npm run bench -- embed
 */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Embedder } from '../../src/engine/embed/embedder.ts';
import { hashingEmbedder } from '../../src/engine/embed/hashingEmbedder.ts';
import { checkModelFiles } from '../../src/engine/embed/modelFiles.ts';
import { openTransformersEmbedder } from '../../src/engine/embed/transformersEmbedder.ts';
import { cosine, normalise } from '../../src/engine/embed/vectors.ts';
import { templates, timed } from '../embedding.ts';

const modelsDir = join(process.cwd(), 'models');
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

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
  const { wall, processor: cpu } = await timed(embedder, texts);
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
  const texts = await templates(data);
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
