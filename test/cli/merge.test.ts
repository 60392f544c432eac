import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { beforeAll, describe, expect, it } from 'vitest';

import { at } from '../engine/merge/logs.ts';
import { buildCli, inFolder, runCli } from './runCli.ts';

beforeAll(buildCli, 120_000);

const text = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const one = text(at(0, 'a req-77001'), '\tat shop.A.b(A.java:1)', at(20, 'c'));
const two = text(at(10, 'b'), at(30, 'd req-77001'));

async function withLogs(use: (folder: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    await writeFile(join(folder, 'one.log'), one);
    await writeFile(join(folder, 'two.log.gz'), gzipSync(two));
    await use(folder);
  });
}

const merged = text(
  at(0, 'a req-77001'),
  '\tat shop.A.b(A.java:1)',
  at(10, 'b'),
  at(20, 'c'),
  at(30, 'd req-77001'),
);

describe('faultline merge', () => {
  it('writes logs in the order of time, byte for byte, also to a file', async () => {
    await withLogs(async (folder) => {
      const run = await runCli(folder, 'merge', 'one.log', 'two.log.gz');
      expect(run).toEqual({ status: 0, stdout: merged, stderr: '' });
      const saved = await runCli(folder, 'merge', 'one.log', 'two.log.gz', '--output', 'all.log');
      expect(saved).toEqual({ status: 0, stdout: '', stderr: '' });
      expect(await readFile(join(folder, 'all.log'), 'utf8')).toBe(merged);
    });
  });

  it('concatenates, names the log of each line, and follows an id', async () => {
    await withLogs(async (folder) => {
      const logs = ['one.log', 'two.log.gz'];
      const behind = await runCli(folder, 'merge', ...logs, '--concatenate');
      expect(behind.stdout).toBe(one + two);
      const lanes = await runCli(folder, 'merge', ...logs, '--lanes');
      expect(lanes.stdout.split('\n').map((line) => line.slice(0, 12))).toEqual([
        'one.log    2',
        'one.log    \t',
        'two.log.gz 2',
        'one.log    2',
        'two.log.gz 2',
        '',
      ]);
      const id = await runCli(folder, 'merge', ...logs, '--id', 'req-77001', '--json');
      expect(
        id.stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown),
      ).toEqual([
        { log: 'one.log', line: 1, time: '2026-03-12T12:00:00.000Z', text: at(0, 'a req-77001') },
        {
          log: 'two.log.gz',
          line: 2,
          time: '2026-03-12T12:00:00.030Z',
          text: at(30, 'd req-77001'),
        },
      ]);
      const json = await runCli(folder, 'merge', ...logs, '--json');
      expect(JSON.parse(json.stdout.split('\n')[2] ?? '')).toEqual({
        log: 'two.log.gz',
        line: 1,
        text: at(10, 'b'),
      });
    });
  });

  it('takes a skew, and says on stderr what has no times', async () => {
    await withLogs(async (folder) => {
      await writeFile(join(folder, 'notes.txt'), 'no times\n');
      const run = await runCli(
        folder,
        ...['merge', 'notes.txt', 'one.log', 'two.log.gz', '--skew', 'two.log.gz=-10000'],
      );
      expect(run.stdout).toBe(`${two}${one}no times\n`);
      expect(run.stderr).toBe('faultline: notes.txt: no times; placed behind the others.\n');
    });
  });

  it('refuses what makes no sense, with one line and status 2', async () => {
    await withLogs(async (folder) => {
      for (const [args, words] of [
        [['--skew', 'three.log=5'], 'No log is called three.log.'],
        [['--skew', 'one.log'], 'It must be a name and milliseconds'],
        [['--output', 'one.log'], 'one.log is one of the logs.'],
      ] as const) {
        const run = await runCli(folder, 'merge', 'one.log', 'two.log.gz', ...args);
        expect(run.status).toBe(2);
        expect(run.stderr).toContain(words);
        expect(run.stderr.trim().split('\n')).toHaveLength(1);
      }
      expect(await readFile(join(folder, 'one.log'), 'utf8')).toBe(one);
    });
  });
});
