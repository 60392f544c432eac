import { describe, expect, it } from 'vitest';
import { cachedEmbedder, type VectorCache } from '../../../src/engine/embed/cachedEmbedder.ts';
import type { Embedder } from '../../../src/engine/embed/embedder.ts';
import { patternWords } from '../../../src/engine/embed/patternWords.ts';

function counting(failAfter = Infinity): Embedder & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    id: 'counting',
    dimensions: 2,
    asked,
    embed(texts) {
      if (asked.length + texts.length > failAfter) return Promise.reject(new Error('stopped'));
      asked.push(...texts);
      return Promise.resolve(texts.map((text) => Float32Array.of(text.length, asked.length)));
    },
  };
}

function inMemory(): VectorCache & { readonly kept: Map<string, Float32Array> } {
  const kept = new Map<string, Float32Array>();
  return {
    kept,
    read: (texts) => Promise.resolve(new Map([...kept].filter(([text]) => texts.has(text)))),
    write: (vectors) => {
      for (const [text, vector] of vectors) kept.set(text, vector);
      return Promise.resolve();
    },
  };
}

describe('cachedEmbedder', () => {
  it('embeds each distinct text once, and answers in the order asked', async () => {
    const inner = counting();
    const embedder = cachedEmbedder(inner, inMemory());
    const first = await embedder.embed(['ccc', 'a', 'ccc', 'bb']);
    expect(first.map(([length]) => length)).toEqual([3, 1, 3, 2]);
    expect([...inner.asked].sort()).toEqual(['a', 'bb', 'ccc']);
    expect(await embedder.embed(['bb', 'a'])).toEqual([first[3], first[1]]);
    expect(inner.asked).toHaveLength(3);
  });

  it('treats patterns that differ in their slots only as one', async () => {
    const inner = counting();
    const [one, two] = await cachedEmbedder(inner, inMemory()).embed([
      'took <*> ms',
      'took <*> <*> ms',
    ]);
    expect(one).toBe(two);
    expect(inner.asked).toEqual(['took ms']);
  });

  it('keeps what was done before a failure', async () => {
    const cache = inMemory();
    const texts = Array.from(
      { length: 200 },
      (_, index) => `text ${String.fromCharCode(97 + (index % 20), 97 + Math.floor(index / 20))}`,
    );
    await expect(cachedEmbedder(counting(130), cache).embed(texts)).rejects.toThrow('stopped');
    const done = cache.kept.size;
    expect(done).toBeGreaterThan(0);
    const rest = counting();
    await cachedEmbedder(rest, cache).embed(texts);
    expect(rest.asked).toHaveLength(texts.length - done);
  });
});

describe('patternWords', () => {
  it('keeps plain words: no slots, punctuation or values', () => {
    expect(patternWords('GET <*> took <*>ms')).toBe('get took ms');
    expect(patternWords("[pool-3] couldn't open /var/run/x86_64: errno=13")).toBe(
      "pool couldn't open var run errno",
    );
  });

  it('takes joined names apart', () => {
    expect(patternWords('blockReport failed: SocketTimeoutException in HTTPServer')).toBe(
      'block report failed socket timeout exception in http server',
    );
    expect(patternWords('3 ALERTs, max_open_files')).toBe('alerts max open files');
  });

  it('leaves a text without words as it is', () => {
    for (const text of ['<*> <*>', '', '---', '2024-01-01 12:00']) {
      expect(patternWords(text)).toBe(text);
    }
  });

  it('reads other scripts, and the start of a long text only', () => {
    expect(patternWords('Verbindung zurückgesetzt: 数据库 <*>')).toBe(
      'verbindung zurückgesetzt 数据库',
    );
    expect(patternWords('word '.repeat(1000)).split(' ')).toHaveLength(32);
  });
});
