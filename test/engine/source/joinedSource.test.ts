import { copyFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSource } from '../../../src/engine/source/adapters/openSource.ts';
import type { ByteSource } from '../../../src/engine/source/byteSource.ts';

let folder: string;
let path: string;
let source: ByteSource;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faultline-joined-'));
  path = join(folder, 'app.log');
  await writeFile(`${path}.1`, 'oldest\n');
  await writeFile(path, 'older\n');
  source = await openSource(path, { spoolDir: join(folder, 'spool'), rotated: true });
});

afterEach(async () => {
  await source.close();
  await rm(folder, { recursive: true, force: true });
});

async function text(): Promise<string> {
  const bytes = new Uint8Array(source.size);
  return Buffer.from(bytes.subarray(0, await source.read(bytes, 0))).toString();
}

describe('a rotated set that is read while it is rotated', () => {
  it('is found anew where the log was renamed', async () => {
    await rename(`${path}.1`, `${path}.2`);
    await rename(path, `${path}.1`);
    await writeFile(path, 'new\n');
    expect(await source.refresh()).toMatchObject({ kind: 'replaced' });
    expect(await text()).toBe('oldest\nolder\nnew\n');
  });

  it('is found anew where the log was copied and cut', async () => {
    await rename(`${path}.1`, `${path}.2`);
    await copyFile(path, `${path}.1`);
    await truncate(path, 0);
    expect(await source.refresh()).toMatchObject({ kind: 'replaced' });
    expect(await text()).toBe('oldest\nolder\n');
  });

  it('is found anew a little later where only an older part has another name now', async () => {
    await rename(`${path}.1`, `${path}.2`);
    for (let looks = 0; looks < 30; looks += 1) {
      if ((await source.refresh()).kind === 'replaced') break;
    }
    await writeFile(path, 'older\nand more\n');
    expect(await source.refresh()).toMatchObject({ kind: 'grew', from: 13, to: 22 });
    expect(await text()).toBe('oldest\nolder\nand more\n');
    expect(source.notes).toEqual([`Part 1 of ${path} is missing.`]);
  });

  it('is found at the next look where the folder could not be read at this one', async () => {
    const away = `${folder}-away`;
    await rename(path, `${path}.2`);
    expect((await source.refresh()).kind).toBe('gone');
    await rename(folder, away);
    expect((await source.refresh()).kind).toBe('gone');
    await rename(away, folder);
    await writeFile(path, 'new\n');
    expect((await source.refresh()).kind).toBe('replaced');
    expect(await text()).toBe('older\noldest\nnew\n');
  });
});
