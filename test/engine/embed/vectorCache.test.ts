import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nullLog, type Log } from '../../../src/engine/base/log.ts';
import { FileVectorCache } from '../../../src/engine/embed/vectorCache.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vectors-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const dimensions = 3;
const open = (options: { capacity?: number; log?: Log; dir?: string; dimensions?: number } = {}) =>
  new FileVectorCache({ dir, embedderId: 'model/1', dimensions, log: nullLog, ...options });
const vector = (value: number) => Float32Array.of(value, 0.1, -value);
const one = (text: string, value: number) => new Map([[text, vector(value)]]);
const path = () => join(dir, readdirSync(dir)[0]!);

describe('FileVectorCache', () => {
  it('gives back what was written, in another process as well', async () => {
    await open().write(new Map([...one('a', 0.25), ...one('b', 0.1)]));
    const found = await open().read(new Set(['b', 'a', 'c']));
    expect(new Map(found)).toEqual(new Map([...one('b', 0.1), ...one('a', 0.25)]));
    expect(readdirSync(dir)).toHaveLength(1);
  });

  it('adds to what another window wrote meanwhile', async () => {
    const here = open();
    await here.write(one('a', 1));
    await open().write(one('b', 2));
    await here.write(one('c', 3));
    expect((await open().read(new Set(['a', 'b', 'c']))).size).toBe(3);
  });

  it('keeps writes of one window in order', async () => {
    const cache = open();
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => cache.write(one(`t${index}`, index))),
    );
    const all = new Set(Array.from({ length: 20 }, (_, index) => `t${index}`));
    expect((await open().read(all)).size).toBe(20);
  });

  it('is bounded, and lets go what was unused for longest', async () => {
    const cache = open({ capacity: 3 });
    for (const [index, text] of ['a', 'b', 'c'].entries()) await cache.write(one(text, index));
    await cache.read(new Set(['a']));
    await cache.write(one('d', 4));
    expect([...(await open().read(new Set(['a', 'b', 'c', 'd']))).keys()].sort()).toEqual([
      'a',
      'c',
      'd',
    ]);
  });

  it.each([
    ['empty', () => Buffer.alloc(0)],
    ['cut', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1)],
    ['of something else', () => Buffer.from('hello, this is not a file of vectors at all')],
    [
      'changed in one byte',
      (bytes: Buffer) => {
        bytes.writeUInt8(bytes.readUInt8(bytes.length - 3) ^ 1, bytes.length - 3);
        return bytes;
      },
    ],
  ])('drops a file that is %s, says so, and goes on', async (_, damage) => {
    await open().write(one('a', 1));
    writeFileSync(path(), damage(readFileSync(path())));
    const warnings: string[] = [];
    const cache = open({ log: { ...nullLog, warn: (message) => warnings.push(message) } });
    expect((await cache.read(new Set(['a']))).size).toBe(0);
    expect(warnings).toHaveLength(1);
    await cache.write(one('b', 2));
    expect([...(await open().read(new Set(['a', 'b']))).keys()]).toEqual(['b']);
  });

  it('drops vectors of another length', async () => {
    await open().write(one('a', 1));
    expect((await open({ dimensions: 4 }).read(new Set(['a']))).size).toBe(0);
  });

  it('remembers for this session where it cannot write, and says so once', async () => {
    const blocked = join(dir, 'file');
    writeFileSync(blocked, '');
    const warnings: string[] = [];
    const cache = open({
      dir: join(blocked, 'below'),
      log: { ...nullLog, warn: (message) => warnings.push(message) },
    });
    await cache.write(one('a', 1));
    await cache.write(one('b', 2));
    expect((await cache.read(new Set(['a', 'b']))).size).toBe(2);
    expect(warnings).toHaveLength(1);
  });
});
