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

interface Explained {
  readonly summary: string;
  readonly evidence: readonly {
    readonly path: string;
    readonly line: number;
    readonly endLine: number;
    readonly text: string;
  }[];
  readonly coverage: { readonly lines: number };
}

describe('faultline explain of a folder', () => {
  /** Parts of 200, 100 and the other lines; the failure stands in the middle one. */
  async function writeParts(folder: string): Promise<readonly (readonly string[])[]> {
    const lines = trafficWith(
      ['ERROR store cannot write /var/lib/orders: No space left on device', 'ERROR store gave up'],
      298,
    )
      .trimEnd()
      .split('\n');
    const parts = [lines.slice(0, 200), lines.slice(200, 300), lines.slice(300)];
    const [oldest = '', older = '', newest = ''] = parts.map((part) => `${part.join('\n')}\n`);
    await mkdir(join(folder, 'logs'));
    await writeFile(join(folder, 'logs', 'app.log.2.gz'), gzipSync(oldest));
    await writeFile(join(folder, 'logs', 'app.log.1'), older);
    await writeFile(join(folder, 'logs', 'app.log'), newest);
    return parts;
  }

  it('takes rotated parts as one log, and cites lines where they stand in its files', async () => {
    await inFolder(async (folder) => {
      const [oldest = [], older = [], newest = []] = await writeParts(folder);
      const { stdout } = await runCli(folder, 'explain', 'logs', '--mode', 'fast', '--json');
      const { summary, evidence, coverage } = JSON.parse(stdout) as Explained;
      expect(coverage.lines).toBe(oldest.length + older.length + newest.length);
      const line = older.findIndex((text) => text.includes('No space left')) + 1;
      expect(line).toBe(100);
      expect(summary).toContain(`app.log.1:${line}`);
      expect(evidence.map(({ path }) => path)).toContain('logs/app.log.1');
      const files = { 'app.log.2.gz': oldest, 'app.log.1': older, 'app.log': newest };
      for (const item of evidence) {
        const held = files[item.path.replace('logs/', '') as keyof typeof files];
        expect(item.text.split('\n')).toEqual(held.slice(item.line - 1, item.endLine));
      }
    });
  });

  it('shows a model the lines of the parts, and answers about a line of one', async () => {
    await inFolder(async (folder) => {
      const [, older = [], newest = []] = await writeParts(folder);
      const asked = ['--llm', 'ollama:any', '--show-prompt', '--mode', 'fast'];
      const shown = await runCli(folder, 'explain', 'logs', ...asked);
      expect(shown.stdout).toMatch(/app\.log\.1:100\b.*\n?.*ERROR/);
      const question = ['--question', 'what is app.log:1 about?', '--mode', 'fast', '--json'];
      const told = await runCli(folder, 'explain', 'logs', ...question);
      const { evidence } = JSON.parse(told.stdout) as Explained;
      expect(evidence).toContainEqual(
        expect.objectContaining({ path: 'logs/app.log', line: 1, text: newest[0] }),
      );
      expect(older).toHaveLength(100);
    });
  });
});

describe('faultline merge of a folder', () => {
  it('takes rotated parts as one log, and names the file and the line in it', async () => {
    await inFolder(async (folder) => {
      const at = (second: number, words: string): string =>
        `2026-05-04T09:00:0${second}Z INFO app.Main - ${words}`;
      await mkdir(join(folder, 'logs'));
      await writeFile(join(folder, 'logs', 'app.log.1'), `${at(0, 'a')}\n${at(2, 'c')}\n`);
      await writeFile(join(folder, 'logs', 'app.log'), `${at(4, 'e')}\n`);
      await writeFile(join(folder, 'logs', 'web.log'), `${at(1, 'b')}\n${at(3, 'd')}\n`);
      const { stdout } = await runCli(folder, 'merge', 'logs', '--json');
      const told = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { log: string; line: number; text: string });
      expect(told.map(({ log, line, text }) => [log, line, text.at(-1)])).toEqual([
        ['app.log.1', 1, 'a'],
        ['web.log', 1, 'b'],
        ['app.log.1', 2, 'c'],
        ['web.log', 2, 'd'],
        ['app.log', 1, 'e'],
      ]);
      const lanes = await runCli(folder, 'merge', 'logs', '--lanes');
      expect(lanes.stdout.match(/^\S+/gm)).toEqual([
        'app.log',
        'web.log',
        'app.log',
        'web.log',
        'app.log',
      ]);
    });
  });
});
