import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import type { Row } from '../../src/eval/benchmark.ts';
import type { Measured } from '../../src/eval/report.ts';
import { buildCli, inFolder, runCli } from '../cli/runCli.ts';
import {
  writeBrokenRuns,
  writeBuildLogs,
  writeParsedLogs,
  writePlainLogs,
  writeSessions,
} from './tinyDataSets.ts';

beforeAll(buildCli, 120_000);

interface Report {
  readonly version: number;
  readonly date: string;
  readonly commit: string | null;
  readonly seeds: readonly number[];
  readonly results: readonly Measured[];
}

async function report(folder: string, ...args: string[]): Promise<Report> {
  const run = await runCli(folder, 'eval', '--json', ...args);
  expect(run.stderr).toBe('');
  expect(run.status).toBe(0);
  return JSON.parse(run.stdout) as Report;
}

function rowOf(results: readonly Measured[], measure: string): Row {
  const rows = results.flatMap((result) => result.rows);
  const found = rows.find((row) => row.measure.includes(measure));
  if (found === undefined) throw new Error(`No row ${measure}: ${JSON.stringify(rows, null, 1)}`);
  return found;
}

describe('faultline eval', () => {
  it('measures labelled sessions, seeds apart, floors beside them', async () => {
    await inFolder(async (folder) => {
      await writeSessions(join(folder, 'bricks'));
      const { version, date, seeds, results } = await report(folder, 'bricks', '--seeds', '2');
      expect({ version, seeds }).toEqual({ version: 1, seeds: [1, 2] });
      expect(new Date(date).toISOString()).toBe(date);
      const ap = rowOf(results, 'AP');
      expect(ap.floors.map(({ name }) => name)).toEqual(['any order', 'rarity']);
      expect(ap.floors[0]?.value).toBeCloseTo(8 / 160);
      expect(ap.all?.mean).toBeGreaterThan(0.9);
      const everything = rowOf(results, 'F1, automatic').floors[0];
      expect(everything).toEqual({ name: 'flag everything', value: (2 * 8) / (8 + 160) });
      expect(rowOf(results, 'baseline: F1').other).not.toBeNull();
    });
  });

  it('measures build logs and judges the targets by the other half and the whole', async () => {
    await inFolder(async (folder) => {
      await writeBuildLogs(join(folder, 'builds'));
      const { results } = await report(folder, 'builds');
      const first = rowOf(results, 'touched by the first finding');
      expect(first).toMatchObject({
        development: { mean: 1 },
        other: { mean: 1 },
        must: 0.72,
        stretch: 0.82,
        met: 'stretch',
      });
      expect(first.floors.map(({ name }) => name)).toEqual(['position', 'biggest burst']);
    });
  });

  it('counts labelled lines of broken runs as the labels do', async () => {
    await inFolder(async (folder) => {
      await writeBrokenRuns(join(folder, 'breakages'));
      const { results } = await report(folder, 'breakages');
      const row = rowOf(results, 'with a good run, all findings');
      expect(row.other?.mean).toBeGreaterThan(0.8);
      expect(row.development?.mean).toBeGreaterThan(0.8);
      expect(row.floors.map(({ name }) => name)).toEqual(['new lines', 'masked new lines']);
      expect(rowOf(results, 'against itself').all?.mean).toBe(1);
    });
  });

  it('measures templates, alert lines and ordinary logs of a hub, and speed', async () => {
    await inFolder(async (folder) => {
      await writeParsedLogs(join(folder, 'hub'));
      const { results } = await report(folder, 'hub', '--seeds', '1');
      expect(results.map(({ benchmark }) => benchmark)).toEqual([
        'bgl',
        'reasons',
        'ordinary',
        'parsing',
        'formats',
        'speed',
      ]);
      expect(rowOf(results, 'Loud lines: AP').all?.mean).toBeGreaterThan(0.9);
      expect(rowOf(results, 'GA').other?.mean).toBe(1);
      expect(rowOf(results, 'right format and fields').all).toBeNull();
      expect(rowOf(results, 'records and templates, fastest').unit).toBe('lines/s');
    });
  });

  it('prints Markdown with where the figures come from', async () => {
    await inFolder(async (folder) => {
      await writePlainLogs(join(folder, 'some'));
      const run = await runCli(folder, 'eval', 'some');
      expect(run).toMatchObject({ status: 0, stderr: '' });
      const [source = '', ...rest] = run.stdout.split('\n');
      expect(source).toMatch(/^Measured \d{4}-\d\d-\d\d \d\d:\d\d UTC with version /);
      expect(rest.filter((line) => line.startsWith('| high findings')).length).toBe(2);
      expect(run.stdout).toContain('- service.log: ');
    });
  });

  it.each([
    ['an unknown name', ['no-such-set'], 'no-such-set'],
    ['a known name without data', ['logchunks'], 'FAULTLINE_DATA'],
    ['a folder of another layout', ['empty'], 'empty'],
    ['a damaged data set', ['damaged'], 'complete'],
    ['no name', [], 'dataset'],
    ['seeds that are no count', ['empty', '--seeds', 'many'], 'whole number'],
  ])('refuses %s in one line', async (_, args, said) => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, 'empty'));
      await writeBrokenRuns(join(folder, 'damaged'));
      await rm(join(folder, 'damaged', 'one', 'pass.log.gz'));
      const run = await runCli(folder, 'eval', ...args);
      expect(run.status).toBe(2);
      expect(run.stdout.startsWith('{')).toBe(false);
      expect(run.stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(run.stderr).toContain(said);
    });
  });
});
