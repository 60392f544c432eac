import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { beforeAll, describe, expect, it } from 'vitest';

import { trafficWith } from '../support/traffic.ts';
import { buildCli, inFolder, runCli } from './runCli.ts';

beforeAll(buildCli, 120_000);

interface Report {
  readonly files: readonly { readonly path: string; readonly lines: number }[];
  readonly findings: readonly {
    readonly path: string;
    readonly line: number;
    readonly endLine: number;
    readonly title: string;
  }[];
}

async function scan(folder: string, ...paths: readonly string[]): Promise<Report> {
  const run = await runCli(folder, 'scan', ...paths, '--json', '--no-embeddings');
  return JSON.parse(run.stdout) as Report;
}

describe('faultline scan of a folder', () => {
  it('reads rotated parts as one log, and names the file and the line in it', async () => {
    await inFolder(async (folder) => {
      const lines = trafficWith(['FATAL store cannot write /var/lib/orders: disk full'], 221)
        .trimEnd()
        .split('\n');
      const part = (from: number, to?: number): string => `${lines.slice(from, to).join('\n')}\n`;
      await mkdir(join(folder, 'logs'));
      await writeFile(join(folder, 'logs', 'app.log.2.gz'), gzipSync(part(0, 200)));
      await writeFile(join(folder, 'logs', 'app.log.1'), part(200, 300));
      await writeFile(join(folder, 'logs', 'app.log'), part(300));
      const report = await scan(folder, 'logs');
      expect(report.files).toMatchObject([{ path: 'logs/app.log', lines: lines.length }]);
      const number = lines.findIndex((line) => line.includes('disk full')) - 200 + 1;
      expect(report.findings).toContainEqual(
        expect.objectContaining({ path: 'logs/app.log.1', line: number, endLine: number }),
      );
      const { stdout } = await runCli(folder, 'scan', 'logs', '--no-embeddings');
      expect(stdout).toContain(`app.log.1:${number}`);
      expect(stdout).toContain('older parts: app.log.2.gz, app.log.1');
      // Named one by one they are logs of their own.
      expect((await scan(folder, 'logs/app.log.1', 'logs/app.log')).files).toHaveLength(2);
    });
  });

  it('keeps numbered runs apart', async () => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, 'runs'));
      for (const run of [1, 2]) {
        await writeFile(join(folder, 'runs', `node.${run}.log`), trafficWith([], 10));
      }
      expect((await scan(folder, 'runs')).files).toHaveLength(2);
    });
  });
});
