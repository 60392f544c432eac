import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../../src/engine/detect/compare/compareRuns.ts';
import { logOf } from '../build/samples.ts';

function goodRun(seed: number): string[] {
  return [
    '$ mvn verify',
    ...Array.from(
      { length: 40 },
      (_, i) => `[INFO] Downloading: https://repo.example.org/a${String(i * seed)}.jar`,
    ),
    `[INFO] Using temporary folder /tmp/run-${String(seed * 7919)}/work`,
    ...Array.from(
      { length: 20 },
      (_, i) => `[INFO] Tests run: 5, Failures: 0, Time: ${String(i * seed)} ms`,
    ),
    `[INFO] Total time: ${String(seed)} s`,
    '[INFO] BUILD SUCCESS',
  ];
}

const failure = [
  '[ERROR] Tests run: 5, Failures: 1, Time: 9 ms',
  '[ERROR] HarborTest.opensGate: expected <open> but was <shut>',
  '\tat org.harbor.Gate.open(Gate.java:12)',
  '\tat org.harbor.HarborTest.opensGate(HarborTest.java:40)',
];

function failingRun(seed: number): string[] {
  const lines = goodRun(seed);
  return [...lines.slice(0, 50), ...failure, ...lines.slice(50, -1), '[INFO] BUILD FAILURE'];
}

describe('compareRuns', () => {
  it('finds exactly the new failure despite other times, paths and downloads', () => {
    const findings = compareRuns(logOf(failingRun(3).join('\n')), [logOf(goodRun(2).join('\n'))]);
    const marked = findings.filter((finding) => finding.severity !== 'low');
    expect(marked).toHaveLength(1);
    expect(marked[0]?.lines).toEqual([51, 52, 53, 54]);
    expect(marked[0]?.reasons.some((reason) => reason.family === 'baseline')).toBe(true);
  });

  it('finds nothing in a run like the good one, whatever the order of its lines', () => {
    const good = goodRun(2);
    const shuffled = [...goodRun(5)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    const findings = compareRuns(logOf(shuffled.join('\n')), [logOf(good.join('\n'))]);
    expect(findings.filter((finding) => finding.severity !== 'low')).toEqual([]);
  });

  it('takes an error that any of several good runs has as known', () => {
    const good = [logOf(goodRun(2).join('\n')), logOf(failingRun(4).join('\n'))];
    expect(compareRuns(logOf(failingRun(3).join('\n')), good)).toEqual([]);
  });

  it('keeps a new warning of an application log', () => {
    const line = (i: number, level: string, text: string): string =>
      `2031-04-05 10:11:${String(i % 60).padStart(2, '0')},001 ${level} [pool-${String(i % 3)}] ${text}`;
    const good = Array.from({ length: 60 }, (_, i) =>
      line(i, 'INFO', `served request ${String(i)}`),
    );
    const bad = [...good];
    bad.splice(30, 0, line(30, 'WARN', 'volume is not reachable, retrying'));
    const findings = compareRuns(logOf(bad.join('\n')), [logOf(good.join('\n'))]);
    expect(findings[0]?.lines).toEqual([31]);
    expect(findings[0]?.severity).not.toBe('low');
  });

  it('gives reasons whose bits add up', () => {
    for (const good of [[], [logOf(goodRun(2).join('\n'))]]) {
      for (const finding of compareRuns(logOf(failingRun(3).join('\n')), good)) {
        const sum = finding.reasons.reduce((total, reason) => total + reason.bits, 0);
        expect(finding.bits).toBeCloseTo(sum, 9);
      }
    }
  });

  it('survives empty logs', () => {
    expect(compareRuns(logOf(''), [])).toEqual([]);
    expect(compareRuns(logOf(''), [logOf('')])).toEqual([]);
  });
});
