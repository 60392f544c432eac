import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildRun, serviceRun } from '../engine/detect/compare/runGenerator.ts';
import { buildCli, inFolder, runCli } from './runCli.ts';
import type { CliRun } from './runCli.ts';

beforeAll(buildCli, 120_000);

interface Report {
  readonly findings: readonly { readonly title: string; readonly severity: string }[];
}

function found({ stdout }: CliRun): string[] {
  const { findings } = JSON.parse(stdout) as Report;
  return findings.map(({ title, severity }) => `${severity} ${title}`);
}

describe('faultline train', () => {
  it('keeps good runs in a file that scan, sessions and explain take for the logs', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'good1.log'), serviceRun(41));
      await writeFile(join(folder, 'good2.log'), serviceRun(42));
      await writeFile(join(folder, 'bad.log'), serviceRun(1, 'new error'));
      const train = await runCli(folder, 'train', 'good1.log', 'good2.log', '--out', 'kept');
      expect([train.status, train.stderr]).toEqual([0, '']);
      expect(train.stdout).toMatch(/^kept: 2 runs, [\d,]+ lines, \d+ kB\n$/);
      const scan = (...good: string[]): Promise<CliRun> =>
        runCli(folder, 'scan', 'bad.log', '--no-embeddings', '--json', '--baseline', ...good);
      const fromFile = found(await scan('kept'));
      expect(fromFile.join()).toContain('ledger rejected booking');
      expect(fromFile).toEqual(found(await scan('good1.log', 'good2.log')));
      for (const args of [
        ['sessions', 'bad.log', '--baseline', 'kept', '--json'],
        ['explain', 'bad.log', '--baseline', 'kept', '--json'],
      ]) {
        const run = await runCli(folder, ...args);
        expect([run.status, run.stderr]).toEqual([0, '']);
        expect(run.stdout).toContain('{');
      }
    });
  });

  it('says in one line what is wrong with a damaged or a newer file', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'good.log'), buildRun(41));
      await writeFile(join(folder, 'bad.log'), buildRun(1));
      await runCli(folder, 'train', 'good.log', '--out', 'kept');
      const kept = await readFile(join(folder, 'kept'));
      const text = gunzipSync(kept).toString('utf8');
      await writeFile(join(folder, 'newer'), gzipSync(text.replace('"version":1', '"version":9')));
      await writeFile(join(folder, 'short'), kept.subarray(0, kept.length - 20));
      await writeFile(join(folder, 'changed'), gzipSync(text.slice(0, -3)));
      for (const [name, why] of [
        ['newer', /newer version of Faultline\. Update/],
        ['short', /short/],
        ['changed', /damaged baseline\. Train it again/],
      ] as const) {
        const run = await runCli(folder, 'scan', 'bad.log', '--baseline', name, '--no-embeddings');
        expect(run.status).toBe(2);
        expect(run.stderr).toMatch(why);
        expect(run.stderr.trim().split('\n')).toHaveLength(1);
      }
    });
  });

  it('refuses what it cannot learn from or write to', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'empty.log'), '');
      await writeFile(join(folder, 'good.log'), buildRun(41));
      for (const args of [
        ['train', 'good.log'],
        ['train', 'empty.log', '--out', 'kept'],
        ['train', 'good.log', '--out', join('nowhere', 'kept')],
        ['train', 'missing.log', '--out', 'kept'],
      ]) {
        const run = await runCli(folder, ...args);
        expect(run.status).toBe(2);
        expect(run.stderr.trim().split('\n')).toHaveLength(1);
      }
    });
  });
});
