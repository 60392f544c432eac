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

  it('tells what is missing, slower and more frequent in an application log', () => {
    const at = (seconds: number): string =>
      new Date(Date.UTC(2031, 3, 5, 10, 0, 0) + seconds * 1000)
        .toISOString()
        .replace('T', ' ')
        .replace('Z', '');
    const run = (faulty: boolean): string => {
      const lines: string[] = [];
      let clock = 0;
      for (let i = 0; i < 40; i += 1) {
        lines.push(`${at(clock)} INFO [api] request ${String(i)} accepted`);
        clock += faulty && i === 30 ? 90 : 1;
        lines.push(`${at(clock)} INFO [store] row ${String(i)} written`);
        if (!faulty) lines.push(`${at(clock)} INFO [cache] entry ${String(i)} refreshed`);
        if (i % 10 === 0 || faulty)
          lines.push(`${at(clock)} WARN [api] client ${String(i)} retries`);
        clock += 1;
      }
      return lines.join('\n');
    };
    const titles = compareRuns(logOf(run(true)), [logOf(run(false))]).map((each) => each.title);
    expect(titles.some((title) => title.startsWith('Missing') && title.includes('refreshed'))).toBe(
      true,
    );
    expect(titles.some((title) => title.startsWith('Slower') && title.includes('written'))).toBe(
      true,
    );
    expect(
      titles.some((title) => title.startsWith('More often') && title.includes('retries')),
    ).toBe(true);
  });

  it('reports a message that repeats once, with all of its lines', () => {
    const good = goodRun(2);
    const line = '[ERROR] gate 7 of the harbor did not answer';
    const bad = [...good.slice(0, 10), line, ...good.slice(10, 20), line, ...good.slice(20)];
    const [first] = compareRuns(logOf(bad.join('\n')), [logOf(good.join('\n'))]);
    expect(first?.lines).toEqual([11, 22]);
    expect(first?.count).toBe(2);
    expect(first?.repeats).toEqual([22]);
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
