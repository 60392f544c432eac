import { spawn } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { beforeAll, describe, expect, it } from 'vitest';

import { lines, ordinaryLines } from '../engine/explain/analysedLogs.ts';
import { buildCli, cliPath, inFolder, runCli } from './runCli.ts';

const trouble = lines(
  ordinaryLines(120),
  '2026-03-12T12:02:01.000Z ERROR store.Writer - write /var/data/orders.7: no space left on device',
  'java.io.IOException: No space left on device',
  '\tat shop.store.Writer.write(Writer.java:31)',
  ordinaryLines(60, 130),
);
const calm = lines(ordinaryLines(180));

beforeAll(buildCli, 120_000);

const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

describe('faultline scan', () => {
  it('prints the report of the contract, and reads gzip as if it were plain', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'a.log'), trouble);
      await writeFile(join(folder, 'b.log.gz'), gzipSync(trouble));
      const run = await runCli(folder, 'scan', 'a.log', 'b.log.gz', '--no-embeddings', '--json');
      expect(run.status).toBe(0);
      expect(run.stderr).toBe('');
      const report = json(run.stdout) as unknown as {
        files: Record<string, unknown>[];
        findings: Record<string, unknown>[];
      };
      expect(Object.keys(report)).toEqual([
        'version',
        'files',
        'findings',
        'embedder',
        'milliseconds',
        'peakBytes',
      ]);
      expect(report).toMatchObject({ version: 1, embedder: { id: 'none', state: 'off' } });
      expect(report.files.map(({ path, lines: count }) => [path, count])).toEqual([
        ['a.log', 183],
        ['b.log.gz', 183],
      ]);
      expect(Object.keys(report.files[0] ?? {})).toEqual([
        'path',
        'format',
        'lines',
        'bytes',
        'records',
        'templates',
        'sessions',
        'notes',
        'milliseconds',
      ]);
      expect(report.files[0]).toMatchObject({
        sessions: { kind: 'window', identifier: '100 records', count: 2, share: 1 },
        notes: [],
      });
      expect(report.findings.map(({ rank }) => rank)).toEqual(
        report.findings.map((_, index) => index + 1),
      );
      const found = report.findings.find(
        (finding) => Number(finding['line']) <= 121 && Number(finding['endLine']) >= 121,
      );
      expect(Object.keys(found ?? {})).toEqual([
        'rank',
        'path',
        'line',
        'endLine',
        'severity',
        'score',
        'bits',
        'count',
        'template',
        'title',
        'reasons',
        'related',
      ]);
      const reasons = found?.['reasons'] as { bits: number }[];
      expect(reasons.reduce((sum, { bits }) => sum + bits, 0)).toBeCloseTo(
        Number(found?.['bits']),
        1,
      );
    });
  });

  it('exits with 1 only when --fail-on is met', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'bad.log'), trouble);
      await writeFile(join(folder, 'calm.log'), calm);
      const bad = await runCli(folder, 'scan', 'bad.log', '--no-embeddings', '--fail-on', 'low');
      expect(bad.status).toBe(1);
      expect(bad.stdout).toContain('bad.log:121');
      const good = await runCli(folder, 'scan', 'calm.log', '--no-embeddings', '--fail-on', 'high');
      expect(good.status).toBe(0);
      expect(good.stdout).toContain('180 lines read');
      expect(good.stdout).toContain('calm.log: no session id found: windows of 100 records');
    });
  });

  it('says all lines of what differs from a good run', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'bad.log'), trouble);
      await writeFile(join(folder, 'calm.log'), calm);
      const run = await runCli(
        folder,
        'scan',
        'bad.log',
        '--json',
        '--no-embeddings',
        '--baseline',
        'calm.log',
      );
      const { findings } = json(run.stdout) as unknown as { findings: { lines: number[] }[] };
      expect(findings.flatMap((finding) => finding.lines)).toContain(121);
      expect(findings.every((finding) => Array.isArray(finding.lines))).toBe(true);
    });
  });

  it('shows escape sequences of a log instead of obeying them', async () => {
    await inFolder(async (folder) => {
      const line =
        '2026-03-12T12:02:01.000Z FATAL store.Writer - \u001b[2J\u001b]0;owned\u0007 failed';
      await writeFile(join(folder, 'evil.log'), lines(ordinaryLines(80), line));
      const run = await runCli(folder, 'scan', 'evil.log', '--no-embeddings');
      expect(run.stdout).not.toContain('\u001b');
      expect(run.stdout).not.toContain('\u0007');
    });
  });
});

describe('faultline parse and sessions', () => {
  it('parse says one object for every line', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'a.log'), trouble);
      const run = await runCli(folder, 'parse', 'a.log', '--json');
      const rows = run.stdout.trimEnd().split('\n').map(json);
      expect(rows.map((row) => row['line'])).toEqual(Array.from({ length: 183 }, (_, i) => i + 1));
      expect(rows[0]).toEqual({
        line: 1,
        templateId: rows[0]?.['templateId'],
        template: rows[0]?.['template'],
        level: 'info',
        time: '2026-03-12T12:00:00.000Z',
        continuation: false,
      });
      expect(rows[122]).toMatchObject({ line: 123, continuation: true });
    });
  });

  it('sessions says one object for every session, the normal ones included', async () => {
    await inFolder(async (folder) => {
      const requests = Array.from({ length: 60 }, (_, index) => {
        const id = `req-${(index * 7919 + 65_536).toString(16)}`;
        return [`INFO web - open ${id}`, `INFO web - read ${id}`, `INFO web - close ${id}`];
      }).flat();
      await writeFile(join(folder, 'a.log'), lines(requests));
      const run = await runCli(folder, 'sessions', 'a.log', '--json');
      expect(run.status).toBe(0);
      const rows = run.stdout.trimEnd().split('\n').map(json);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        expect(Object.keys(row)).toEqual([
          'id',
          'identifier',
          'score',
          'flagged',
          'lines',
          'reasons',
        ]);
      }
    });
  });
});

describe('faultline explain', () => {
  it('explains a folder: loops of links end, what is no text is left out with a word', async () => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, 'logs', 'deep'), { recursive: true });
      await writeFile(join(folder, 'logs', 'deep', 'store.log'), trouble);
      await writeFile(join(folder, 'logs', 'web.log'), calm);
      await writeFile(join(folder, 'logs', 'core.bin'), new Uint8Array([0, 1, 2, 0]));
      await symlink(join(folder, 'logs'), join(folder, 'logs', 'deep', 'again'));
      const run = await runCli(folder, 'explain', 'logs', '--json');
      expect(run.status).toBe(0);
      expect(run.stderr).toBe(`faultline: skipped ${join('logs', 'core.bin')}: not a text file\n`);
      const told = json(run.stdout);
      expect(told).toMatchObject({
        version: 1,
        source: 'offline',
        rootCause: { category: 'resource.disk' },
      });
      expect(Object.keys(told)).toEqual([
        'version',
        'verdict',
        'summary',
        'rootCause',
        'suspects',
        'alternatives',
        'timeline',
        'evidence',
        'similarIncidents',
        'recommendations',
        'missing',
        'confidence',
        'source',
        'mode',
        'sentences',
        'removed',
        'notices',
        'coverage',
      ]);
      expect(told['coverage']).toEqual({
        lines: 363,
        linesSent: 0,
        tokensSent: 0,
        masked: 0,
        provider: null,
      });
    });
  });

  it('answers a question, compares with a good run, and writes Markdown', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'bad.log'), trouble);
      await writeFile(join(folder, 'calm.log'), calm);
      const asked = await runCli(
        folder,
        'explain',
        'bad.log',
        '--question',
        'Why did Writer fail?',
        '--llm',
        'off',
      );
      expect(asked.stdout).toContain('On “Why did Writer fail?” the log says');
      const compared = await runCli(
        folder,
        'explain',
        'bad.log',
        '--baseline',
        'calm.log',
        '--markdown',
      );
      expect(compared.stdout).toMatch(/^# (?:Root cause found|Probable cause)\n/);
      const healthy = await runCli(folder, 'explain', 'calm.log');
      expect(healthy.stdout).toContain('speaks of an incident');
    });
  });

  it('looks into a folder of incidents, empty ones too', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'bad.log'), trouble);
      const run = await runCli(folder, 'explain', 'bad.log', '--incidents', 'memory', '--json');
      expect(run.status).toBe(0);
      expect(json(run.stdout)['similarIncidents']).toEqual([]);
    });
  });
});

describe('wrong usage', () => {
  it.each([
    [[], 'name a command'],
    [['scna'], "unknown command 'scna'"],
    [['scan'], "missing required argument 'path'"],
    [['scan', 'gone.log', '--no-embeddings'], 'gone.log'],
    [['scan', 'a.log', '--top', 'few'], '--top'],
    [['scan', 'a.log', '--fail-on', 'warm'], 'high, medium or low'],
    [['parse', 'a.log'], '--json'],
    [['explain', 'gone'], 'gone: not found'],
    [['explain', 'a.log', '--llm', 'gpt-9'], 'such as ollama:llama3.2'],
    [['explain', 'a.log', '--json', '--markdown'], 'cannot be used with'],
    [['explain', 'empty'], 'No log found in empty'],
  ])('%j ends with 2 and one line that says what and what to do', async (args, words) => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'a.log'), calm);
      await mkdir(join(folder, 'empty'));
      const run = await runCli(folder, ...args);
      expect(run.status).toBe(2);
      expect(run.stdout).toBe('');
      expect(run.stderr).toContain(words);
      expect(run.stderr.trimEnd().split('\n')).toHaveLength(1);
    });
  });

  it('offers in its help what there is, and nothing else', async () => {
    await inFolder(async (folder) => {
      const run = await runCli(folder, '--help');
      expect(run.status).toBe(0);
      const commands = [...run.stdout.matchAll(/^ {2}([a-z]+) (?:\[|\w)/gm)].map(
        (match) => match[1],
      );
      expect(commands).toEqual([
        'scan',
        'sessions',
        'parse',
        'explain',
        'merge',
        'train',
        'eval',
        'help',
      ]);
    });
  });
});

describe('being cut short', () => {
  it('ends quietly when its reader leaves', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'long.log'), lines(ordinaryLines(40_000)));
      const child = spawn(process.execPath, [cliPath, 'parse', 'long.log', '--json'], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.stdout.once('data', () => child.stdout.destroy());
      const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
      expect(status).toBe(0);
      expect(stderr).toBe('');
    });
  });

  it('ends with 130 when interrupted', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'long.log'), lines(ordinaryLines(40_000)));
      const child = spawn(process.execPath, [cliPath, 'parse', 'long.log', '--json'], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      // Its first output proves that it runs; since nobody reads on, it cannot end before the signal.
      await new Promise((resolve) => child.stdout.once('readable', resolve));
      child.kill('SIGINT');
      child.stdout.resume();
      const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
      expect(status).toBe(130);
    });
  });
});
