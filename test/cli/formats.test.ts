import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { buildCli, inFolder, runCli } from './runCli.ts';

beforeAll(buildCli, 120_000);

const described = `
- name: ticks
  pattern: 'tick#(?<time>\\d+) (?<component>\\w+) !(?<level>\\w+)! (?<message>.*)'
  unit: s
  levels: { error: [gone] }
  samples:
    - { line: 'tick#17 store !gone! bye', level: error }
- name: bad
  pattern: '('
`;

async function withLog(use: (folder: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    await writeFile(join(folder, 'a.log'), 'tick#1715679012 store !gone! bye\n'.repeat(9));
    await writeFile(join(folder, 'formats.yaml'), described);
    await use(folder);
  });
}

describe('faultline --formats', () => {
  it('reads a log by formats of a file, and tells once which of them it cannot use', async () => {
    await withLog(async (folder) => {
      const run = await runCli(folder, 'parse', 'a.log', '--json', '--formats', 'formats.yaml');
      expect(run.status).toBe(0);
      expect(JSON.parse(run.stdout.split('\n')[0]!)).toMatchObject({
        level: 'error',
        time: '2024-05-14T09:30:12.000Z',
      });
      expect(run.stderr.match(/Format 2 \(bad\)/g)).toHaveLength(1);
      const scan = await runCli(
        folder,
        'scan',
        'a.log',
        '--json',
        '--no-embeddings',
        '--formats',
        'formats.yaml',
      );
      expect(JSON.parse(scan.stdout)).toMatchObject({ files: [{ format: 'ticks' }] });
    });
  });

  it.each([
    ['missing.yaml', 'not found'],
    ['a.log', 'is no list of formats'],
    ['broken.json', 'neither JSON nor YAML'],
  ])('says what is wrong with %s', async (name, words) => {
    await withLog(async (folder) => {
      await writeFile(join(folder, 'broken.json'), '[{');
      const run = await runCli(folder, 'parse', 'a.log', '--json', '--formats', name);
      expect(run.status).toBe(2);
      expect(run.stderr).toContain(words);
      expect(run.stderr.trim().split('\n')).toHaveLength(1);
    });
  });
});
