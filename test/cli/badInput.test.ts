import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/engine/base/random.ts';
import { buildCli, inFolder, runCli } from './runCli.ts';

beforeAll(buildCli, 120_000);

interface Report {
  readonly files: readonly { readonly lines: number; readonly notes: readonly string[] }[];
  readonly findings: readonly { readonly line: number; readonly endLine: number }[];
  readonly peakBytes: number;
}

/** As many lines of words that never come again. */
function distinct(count: number): string {
  const random = seededRandom(9);
  const word = (): string =>
    Array.from({ length: 8 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
  return Array.from({ length: count }, () => `INFO ${word()} ${word()} ${word()} ${word()}\n`).join(
    '',
  );
}

const hostile: readonly { readonly name: string; readonly content: () => string | Buffer }[] = [
  { name: 'empty', content: () => '' },
  { name: 'blank lines', content: () => '\n'.repeat(1000) },
  { name: 'NUL bytes', content: () => Buffer.alloc(100_000) },
  { name: 'one line of 5 MB', content: () => 'x=1 '.repeat(1_250_000) },
  { name: 'one repeated line', content: () => 'ERROR the pump failed\n'.repeat(20_000) },
  {
    name: 'any bytes',
    content: () =>
      Buffer.from(Uint8Array.from({ length: 65_536 }, (_, at) => (at * 2_654_435_761) >>> 13)),
  },
  { name: 'carriage returns', content: () => `${'12 %\r'.repeat(10_000)}done\n` },
  {
    name: 'escape sequences',
    content: () => '\u001b[31mERROR\u001b[0m \u001b]0;x\u0007\n'.repeat(500),
  },
];

describe('the program on a log that hardly is one', () => {
  it.each(hostile)('ends well and says what the contract says: $name', async ({ content }) => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'bad.log'), content());
      const scan = await runCli(folder, 'scan', 'bad.log', '--no-embeddings', '--json');
      expect(scan.stderr).toBe('');
      expect(scan.status).toBe(0);
      const { files, findings } = JSON.parse(scan.stdout) as Report;
      expect(files).toHaveLength(1);
      for (const { line, endLine } of findings) {
        expect(line >= 1 && line <= endLine && endLine <= files[0]!.lines).toBe(true);
      }
      const shown = await runCli(folder, 'scan', 'bad.log', '--no-embeddings');
      expect(shown.stdout).not.toContain('\u001b');
      for (const command of ['parse', 'sessions']) {
        const run = await runCli(folder, command, 'bad.log', '--json');
        expect([run.status, run.stderr]).toEqual([0, '']);
      }
    });
  });

  it('bounds memory with 50,000 kinds of messages, and says what it gave up', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'bad.log'), distinct(50_000));
      const run = await runCli(folder, 'scan', 'bad.log', '--json');
      expect(run.status).toBe(0);
      const { files, findings, peakBytes } = JSON.parse(run.stdout) as Report;
      expect(files[0]!.notes.join(' ')).toContain('kinds of messages');
      expect(findings.length).toBeLessThanOrEqual(500);
      expect(peakBytes).toBeLessThan(800e6);
      const shown = await runCli(folder, 'scan', 'bad.log', '--no-embeddings');
      expect(shown.stdout).toContain('kinds of messages');
    });
  });
});
