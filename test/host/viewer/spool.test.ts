import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nullLog } from '../../../src/engine/base/log.ts';
import { Spool } from '../../../src/host/viewer/spool.ts';

let parent = '';
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'faultline-spool-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

describe('Spool', () => {
  it('removes what ended windows left, and nothing of a living one or of others', async () => {
    // No process has this number: Linux ends at 2^22, macOS at 99998, and Windows counts in fours.
    const dead = '2147483647-abc';
    const living = `${process.ppid}-abc`;
    for (const name of [dead, living, 'notes']) await mkdir(join(parent, name));
    await writeFile(join(parent, dead, 'big'), 'x');
    new Spool(parent, nullLog).folder('reader');
    await vi.waitFor(async () => {
      expect((await readdir(parent)).sort()).toEqual([living, 'notes'].sort());
    });
  });

  it('makes a folder of its own and takes it away in the end', async () => {
    const spool = new Spool(parent, nullLog);
    const folder = await spool.made('copies');
    await writeFile(join(folder, '1-a.log'), 'x');
    spool.dispose();
    expect(await readdir(parent)).toEqual([]);
  });

  it('touches nothing before it is used', async () => {
    await mkdir(join(parent, '2147483647-abc'));
    new Spool(parent, nullLog).dispose();
    expect(await readdir(parent)).toHaveLength(1);
  });
});
