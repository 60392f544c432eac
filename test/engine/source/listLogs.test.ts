import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { localDisk } from '../../../src/engine/source/adapters/disk.ts';
import { listLogs } from '../../../src/engine/source/adapters/listLogs.ts';
import { archives } from './packedText.ts';

const folder = mkdtempSync(join(tmpdir(), 'list-logs-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('lists logs and rotated sets below a folder, and says what it left out', async () => {
  const file = (name: string, content: string | Uint8Array): void => {
    writeFileSync(join(folder, name), content);
  };
  mkdirSync(join(folder, 'deep'));
  mkdirSync(join(folder, 'node_modules'));
  const length = Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0);
  const cursor = `__CURSOR=${'s=7a;i=1;b=9f;'.repeat(9)}\n_COMM=shop\nMESSAGE\n`;
  file(
    'journal.export',
    Buffer.concat([Buffer.from(cursor), length, Buffer.from('two\nlines\n\n')]),
  );
  file('app.log', 'new\n');
  file('app.log.1', 'old\n');
  file('app.log.2.gz', gzipSync('older\n'));
  file('other.xz', archives.xz);
  file('deep/other.log', 'x\n');
  file('picture.png', Uint8Array.of(0x89, 0x50, 0, 0));
  file('node_modules/no.log', 'x\n');
  file('empty.log', '');
  symlinkSync(folder, join(folder, 'deep', 'loop'));
  symlinkSync(join(folder, 'app.log'), join(folder, 'link.log'));
  symlinkSync(join(folder, 'absent'), join(folder, 'nowhere.log'));
  const { logs, skipped } = await listLogs(folder);
  expect(logs.map(({ parts }) => parts.map((path) => relative(folder, path)))).toEqual([
    ['app.log.2.gz', 'app.log.1', 'app.log'],
    ['deep/other.log'],
    ['journal.export'],
    ['other.xz'],
  ]);
  expect(logs.map(({ path }) => relative(folder, path))[0]).toBe('app.log');
  expect(skipped.map(({ path, why }) => [relative(folder, path), why])).toEqual([
    ['empty.log', 'empty'],
    ['nowhere.log', 'a link that leads nowhere'],
    ['picture.png', 'not a text file'],
  ]);
});

it('waits for a disk that hangs once, and says what it did not look at', async () => {
  const hanging = join(folder, 'share');
  mkdirSync(hanging);
  for (const name of ['a.log', 'b.log', 'c.log']) writeFileSync(join(hanging, name), 'x\n');
  let asked = 0;
  const open: typeof localDisk.open = (path) => {
    if (path.endsWith('a.log')) return localDisk.open(path);
    asked += 1;
    return new Promise(() => undefined);
  };
  const { logs, skipped } = await listLogs(hanging, { disk: { ...localDisk, open }, patience: 20 });
  expect(logs.map(({ path }) => relative(hanging, path))).toEqual(['a.log']);
  expect(skipped.map(({ path, why }) => [relative(hanging, path), why])).toEqual([
    ['b.log', 'its disk does not answer'],
    ['', 'not looked at to its end, as its disk hangs'],
  ]);
  expect(asked).toBe(1);
});
