import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src/engine/base/engineError.ts';
import { readBaseline, writeBaseline } from '../../../../src/engine/detect/compare/baselineFile.ts';
import { compareRuns } from '../../../../src/engine/detect/compare/compareRuns.ts';
import { decodeLog } from '../../../../src/engine/record/decodeLog.ts';
import type { LogText } from '../../../../src/engine/record/logText.ts';
import { logOf } from '../build/samples.ts';
import { buildRun, faults, serviceRun } from './runGenerator.ts';

function kept(good: readonly LogText[]): LogText[] {
  return readBaseline(decodeLog('kept.baseline', writeBaseline(good))) ?? [];
}

function reasonOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (EngineError.is(error)) return `${error.reason}: ${error.message} ${error.advice}`;
    throw error;
  }
  return 'no error';
}

describe.each([
  ['a service', serviceRun],
  ['a build', buildRun],
] as const)('a baseline of %s', (_, run) => {
  it.each([null, ...faults])('finds the same as the logs it was made of: %s', (fault) => {
    const good = [logOf(run(41), 'a.log'), logOf(run(42), 'b.log')];
    const log = logOf(run(1, fault));
    const titles = (runs: readonly LogText[]): string[] =>
      compareRuns(log, runs).map(({ title, severity }) => `${severity} ${title}`);
    expect(titles(kept(good))).toEqual(titles(good));
  });

  it('keeps names and lines, and can be kept again', () => {
    const runs = kept([logOf(run(41), 'dir/a.log'), logOf('', 'b.log')]);
    expect(runs.map(({ path }) => path)).toEqual(['a.log', 'b.log']);
    expect(runs[0]?.lineCount).toBe(logOf(run(41)).lineCount);
    expect(kept(runs).map(({ lineCount }) => lineCount)).toEqual(
      runs.map(({ lineCount }) => lineCount),
    );
  });
});

it('forgets values, whatever says them', () => {
  const line = (i: number): string =>
    `2032-01-02 03:04:${String(i % 60).padStart(2, '0')},000 INFO [web] user u${String(i * 7919)}x paid card 4111222233334${String(100 + i)}\n`;
  const text = Array.from({ length: 60 }, (_, i) => line(i)).join('');
  const written = new TextDecoder().decode(writeBaseline([logOf(text)]));
  expect(written).toContain('paid card');
  expect(written).not.toContain('4111222233334');
  expect(written).not.toContain('u7919x');
  const build = `$ make\ncurl https://me:hunter2@repo.example.org/a.jar\nfetched 4111222233334100\nThe command "make" exited with 0.\n`;
  const builtText = new TextDecoder().decode(writeBaseline([logOf(build)]));
  expect(builtText).not.toMatch(/hunter2|4111222233334100/);
});

describe('a file that is no whole baseline', () => {
  const whole = writeBaseline([logOf(serviceRun(41), 'a.log')]);

  it('is an ordinary log when it does not say that it is one', () => {
    expect(readBaseline(logOf('{"level":"info"}\n'))).toBeNull();
    expect(readBaseline(logOf(''))).toBeNull();
  });

  it('says that it is damaged', () => {
    const broken = [
      whole.subarray(0, 60),
      whole.subarray(0, whole.length - 5),
      Buffer.concat([whole, Buffer.from('more\n')]),
      whole.map((byte, at) => (at === whole.length - 9 ? byte ^ 1 : byte)),
    ];
    for (const bytes of broken) {
      const reason = reasonOf(() => readBaseline(decodeLog('x.baseline', bytes)));
      expect(reason).toMatch(/^unreadable: x\.baseline is a damaged baseline\. Train it again/);
    }
  });

  it('says that it is of a newer version', () => {
    const newer = new TextDecoder().decode(whole).replace('"version":1', '"version":2');
    const reason = reasonOf(() => readBaseline(logOf(newer, 'x.baseline')));
    expect(reason).toMatch(/newer version of Faultline\. Update Faultline/);
  });
});
