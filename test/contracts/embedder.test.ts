import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineError } from '../../src/engine/base/engineError.ts';
import type { Embedder } from '../../src/engine/embed/embedder.ts';
import { hashingEmbedder } from '../../src/engine/embed/hashingEmbedder.ts';
import { checkModelFiles } from '../../src/engine/embed/modelFiles.ts';
import { openTransformersEmbedder } from '../../src/engine/embed/transformersEmbedder.ts';
import { cosine } from '../../src/engine/embed/vectors.ts';
import { modelsDir } from '../support/models.ts';

interface Opened {
  readonly embedder: Embedder;
  close(): Promise<void>;
}

const implementations: readonly { name: string; open: () => Promise<Opened> }[] = [
  {
    name: 'hashing',
    open: () => Promise.resolve({ embedder: hashingEmbedder, close: () => Promise.resolve() }),
  },
  {
    name: 'transformers',
    open: async () => {
      const opened = await openTransformersEmbedder(await checkModelFiles(modelsDir), {
        threads: 1,
      });
      return { embedder: opened, close: () => opened.close() };
    },
  },
];

describe.each(implementations)('embedder: $name', ({ open }) => {
  let opened: Opened;
  let embedder: Embedder;
  beforeAll(async () => {
    opened = await open();
    embedder = opened.embedder;
  });
  afterAll(() => opened.close());

  it('answers one unit vector per text, in order', async () => {
    const texts = ['disk is full', 'user logged in', 'disk is full'];
    const vectors = await embedder.embed(texts);
    expect(vectors).toHaveLength(3);
    for (const vector of vectors) {
      expect(vector).toHaveLength(embedder.dimensions);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    }
    expect(vectors[2]).toEqual(vectors[0]);
    expect(vectors[1]).not.toEqual(vectors[0]);
  });

  it('gives a text the same vector whatever stands beside it', async () => {
    const [alone] = await embedder.embed(['connection refused by upstream']);
    const [, among] = await embedder.embed([
      'a much longer text with many more words than the other one, to change the shape of a batch',
      'connection refused by upstream',
      // As many tokens as the one above: these are the ones it is run with.
      'permission granted by administrator',
      'temperature raised by sunshine',
    ]);
    expect(among).toEqual(alone);
  });

  it('takes no texts', async () => {
    expect(await embedder.embed([])).toEqual([]);
  });

  it('takes any text: empty, blank, NUL, lone surrogates, scripts, a megabyte', async () => {
    const texts = [
      '',
      ' \t ',
      '\0\0',
      '\ud800 \udc00',
      '数据库连接超时 🔥',
      '<*>',
      '[CLS] [MASK] </s>',
      'x'.repeat(1_000_000),
      'word '.repeat(200_000),
    ];
    for (const vector of await embedder.embed(texts)) {
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    }
  });

  it('puts lines of the same kind nearer than lines of different kinds', async () => {
    const [a, b, c] = await embedder.embed([
      'Failed to open a connection to database orders',
      'Failed to open a connection to database billing',
      'Temperature of sensor 3 is back to normal',
    ]);
    expect(cosine(a!, b!)).toBeGreaterThan(cosine(a!, c!) + 0.2);
  });

  it('stops when it is cancelled before and during the work', async () => {
    const before = AbortSignal.abort();
    await expect(embedder.embed(['a'], before)).rejects.toSatisfy((error) =>
      EngineError.is(error, 'aborted'),
    );
    const controller = new AbortController();
    setImmediate(() => {
      controller.abort();
    });
    const many = Array.from({ length: 2000 }, (_, index) => `line number ${index}`);
    await expect(embedder.embed(many, controller.signal)).rejects.toSatisfy((error) =>
      EngineError.is(error, 'aborted'),
    );
  });
});
