import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkModelFiles } from '../../../src/engine/embed/modelFiles.ts';
import {
  openTransformersEmbedder,
  type TransformersEmbedder,
} from '../../../src/engine/embed/transformersEmbedder.ts';
import { cosine, normalise } from '../../../src/engine/embed/vectors.ts';
import { modelsDir } from '../../support/models.ts';

const root = new URL('../../../', import.meta.url);

/** Vectors of the published fp32 weights, from scripts/model/reference.py: int16 in units of 1/32767. */
function referenceVectors(dimensions: number): Float32Array[] {
  const bytes = readFileSync(new URL('test/engine/embed/fixtures/minilmFp32.bin', root));
  return Array.from({ length: bytes.length / 2 / dimensions }, (_, row) =>
    normalise(
      Float32Array.from({ length: dimensions }, (__, index) =>
        bytes.readInt16LE((row * dimensions + index) * 2),
      ),
    ),
  );
}

function nearest(vectors: readonly Float32Array[], row: number): number {
  let best = -1;
  let bestCosine = -2;
  vectors.forEach((other, index) => {
    const value = index === row ? -2 : cosine(vectors[row]!, other);
    if (value > bestCosine) [best, bestCosine] = [index, value];
  });
  return best;
}

describe('the shipped model', () => {
  let embedder: TransformersEmbedder;
  beforeAll(async () => {
    embedder = await openTransformersEmbedder(await checkModelFiles(modelsDir), { threads: 1 });
  });
  afterAll(() => embedder.close());

  it('agrees with the fp32 weights', async () => {
    const texts = readFileSync(new URL('scripts/model/sentences.txt', root), 'utf8')
      .trimEnd()
      .split('\n');
    const theirs = referenceVectors(embedder.dimensions);
    expect(theirs).toHaveLength(texts.length);
    const ours = await embedder.embed(texts);
    const cosines = ours.map((vector, index) => cosine(vector, theirs[index]!));
    expect(cosines.reduce((sum, value) => sum + value, 0) / cosines.length).toBeGreaterThan(0.98);
    expect(Math.min(...cosines)).toBeGreaterThan(0.97);
    const same = ours.filter((_, row) => nearest(ours, row) === nearest(theirs, row)).length;
    expect(same / ours.length).toBeGreaterThanOrEqual(0.95);
  });

  it('sees the same meaning in other words', async () => {
    const [full, space, login] = await embedder.embed([
      'Disk is full',
      'No space left on device',
      'User logged in',
    ]);
    expect(cosine(full!, space!)).toBeGreaterThan(cosine(full!, login!) + 0.2);
  });

  it('reads only the first 128 tokens', async () => {
    const start = 'alpha beta gamma delta '.repeat(40);
    const [one, two] = await embedder.embed([`${start} the end`, `${start} something else`]);
    expect(one).toEqual(two);
  });
});
