import { spawn } from 'node:child_process';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Incident } from '../../src/engine/incident/incident.ts';
import { lines, ordinaryLines } from '../engine/explain/analysedLogs.ts';
import { buildCli, cliPath, inFolder, runCli } from './runCli.ts';

beforeAll(buildCli, 120_000);

/** Runs `incidents add` with a text on stdin. */
function add(folder: string, text: string, ...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [cliPath, 'incidents', 'add', '--dir', 'memory', ...args], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  child.stdin.end(text);
  return new Promise((resolve) =>
    child.on('close', () => {
      resolve(output);
    }),
  );
}

async function ask<T>(folder: string, ...args: readonly string[]): Promise<T> {
  const run = await runCli(folder, 'incidents', ...args, '--dir', 'memory', '--json');
  expect([run.status, run.stderr]).toEqual([0, '']);
  return JSON.parse(run.stdout) as T;
}

const draft = (id: string): string =>
  JSON.stringify({ id, title: `The ${id} ran dry`, templates: [`${id} waited <*> ms`] });

describe('faultline incidents', () => {
  it('remembers what is written on stdin, one line each or one object, and judges it', async () => {
    await inFolder(async (folder) => {
      expect(await add(folder, `${draft('pool')}\n${draft('tank')}\n`)).toBe(
        'saved pool\nsaved tank\n',
      );
      expect(await add(folder, '{\n  "id": "well",\n  "title": "The well"\n}')).toBe(
        'saved well\n',
      );
      await ask(folder, 'confirm', 'pool', '--cause', 'Too small.', '--fix', 'Made it larger.');
      const { incident } = await ask<{ incident: Incident }>(folder, 'merge', 'pool', 'tank');
      expect(incident).toMatchObject({
        status: 'confirmed',
        rootCause: 'Too small.',
        merged: ['tank'],
      });
      await ask(folder, 'grade', 'well', 'wrong');
      const { incidents } = await ask<{ incidents: Incident[] }>(folder, 'list');
      expect(incidents.map(({ id, status }) => `${id} ${status}`).sort()).toEqual([
        'pool confirmed',
        'well rejected',
      ]);
      const found = await ask<{ incidents: { incident: Incident }[] }>(folder, 'search', 'larg');
      expect(found.incidents.map(({ incident: { id } }) => id)).toEqual(['pool']);
      expect(await ask(folder, 'remove', 'well')).toMatchObject({ removed: ['well'] });
    });
  });

  it('saves the incident of a log and finds it again by the log', async () => {
    await inFolder(async (folder) => {
      const text = lines(
        ordinaryLines(120),
        '2026-03-12T12:02:01.000Z ERROR store.Writer - write failed: no space left on device',
        'java.io.IOException: No space left on device',
        '\tat shop.store.Writer.write(Writer.java:31)',
        ordinaryLines(60, 130),
      );
      await writeFile(join(folder, 'a.log'), text);
      await ask(folder, 'add', 'a.log', '--confirmed', '--fix', 'Emptied the archive.');
      const { incidents } = await ask<{ incidents: { similarity: number; why: string }[] }>(
        folder,
        'search',
        '--log',
        'a.log',
      );
      expect(incidents).toHaveLength(1);
      expect(incidents[0]?.similarity).toBeGreaterThanOrEqual(0.7);
      await writeFile(join(folder, 'calm.log'), ordinaryLines(180).join('\n'));
      const calm = await runCli(
        folder,
        'incidents',
        'search',
        '--log',
        'calm.log',
        '--dir',
        'memory',
      );
      expect(calm.stdout).toBe('not seen before\n');
    });
  }, 60_000);

  it('backs up, passes on, clears only when told so, and takes a backup in again', async () => {
    await inFolder(async (folder) => {
      await add(folder, draft('pool'), '--confirmed');
      const { path } = await ask<{ path: string }>(folder, 'backup', '--to', 'copies');
      expect(await readFile(path, 'utf8')).toContain('"pool"');
      expect(await ask(folder, 'export', 'team.jsonl')).toMatchObject({ incidents: 1 });
      const refused = await runCli(folder, 'incidents', 'clear', '--dir', 'memory');
      expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('--yes')]);
      expect(await ask(folder, 'clear', '--yes')).toMatchObject({ removed: 1 });
      expect(await ask(folder, 'status')).toMatchObject({ incidents: 0 });
      expect(await ask(folder, 'import', path)).toMatchObject({ added: 1 });
      expect(await ask(folder, 'import', 'team.jsonl')).toMatchObject({ added: 0, skipped: 1 });
    });
  });

  it('says what is wrong with a memory, and with what is asked of it', async () => {
    await inFolder(async (folder) => {
      await add(folder, draft('pool'));
      await appendFile(join(folder, 'memory', 'incidents.jsonl'), 'torn {\n');
      const verify = await runCli(folder, 'incidents', 'verify', '--dir', 'memory');
      expect(verify.status).toBe(1);
      expect(verify.stdout).toContain('cannot be read');
      expect(await add(folder, 'junk')).toContain('no JSON');
      expect(await add(folder, '{"templates":[]}')).toContain('no incident');
      for (const args of [
        ['confirm', 'gone', '--dir', 'memory'],
        ['merge', 'pool', '--dir', 'memory'],
        ['import', 'missing.jsonl', '--dir', 'memory'],
        ['search', '--dir', 'memory'],
        ['grade', 'pool', 'fine', '--dir', 'memory'],
        ['list'],
        ['bogus'],
        [],
      ]) {
        const run = await runCli(folder, 'incidents', ...args);
        expect(run.status).toBe(2);
        expect(run.stderr.trim().split('\n')).toHaveLength(1);
      }
    });
  });
});
