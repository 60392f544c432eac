import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildFindings } from '../../../../src/engine/detect/build/buildFindings.ts';
import type { Finding } from '../../../../src/engine/detect/finding.ts';
import * as samples from './samples.ts';

function find(text: string): Finding[] | null {
  const log = samples.logOf(text);
  return buildFindings(log, samples.recordsOf(log));
}

/** The 1-based line of the first line that holds `part`. */
function lineOf(text: string, part: string): number {
  return text.split('\n').findIndex((line) => line.includes(part)) + 1;
}

function covers(finding: Finding | undefined, line: number): boolean {
  return finding !== undefined && finding.line <= line && finding.endLine >= line;
}

describe('buildFindings', () => {
  const causes: [string, string, string][] = [
    ['a compiler error', samples.compilerError, 'error: ‘struct rope’'],
    ['a failing assertion', samples.failingAssertion, 'Received: "picked"'],
    ['a stack trace with a cause', samples.causedBy, 'Caused by:'],
    ['a dependency that is not found', samples.missingDependency, 'No matching distribution'],
    ['an exit without a message', samples.silentExit, '4 rows left over'],
    ['a failure after an expected error', samples.expectedErrors, 'left: [1, 3, 2]'],
    ['a step that is followed by clean-up', samples.travisRun, 'got: 97'],
    ['a block that names expected and actual', samples.teamCityRun, 'But was:'],
    ['a stage of a pipeline', samples.jenkinsPipeline, 'want 2'],
  ];
  it.each(causes)('puts %s first', (_, text, part) => {
    const findings = find(text);
    expect(findings).not.toBeNull();
    expect(covers(findings?.[0], lineOf(text, part))).toBe(true);
  });

  it('stays quiet on a build that passed', () => {
    expect(find(samples.passingBuild)).toEqual([]);
  });

  it('leaves an application log to the other detectors', () => {
    expect(find(samples.applicationLog)).toBeNull();
  });

  it('leaves a log with times and levels throughout alone even when it speaks of builds', () => {
    const log = samples.logOf(samples.compilerError);
    const format = { name: 'service', confidence: 1, hasTime: true, hasLevel: true };
    const quiet = samples.logOf(samples.compilerError.replaceAll('$ make', 'make'));
    expect(buildFindings(quiet, samples.recordsOf(log, format))).toBeNull();
  });

  it('gives reasons whose bits add up, at most two high findings and spans in order', () => {
    for (const [, text] of causes) {
      const findings = find(text) ?? [];
      expect(findings.filter((finding) => finding.severity === 'high').length).toBeLessThan(3);
      findings.forEach((finding, index) => {
        const sum = finding.reasons.reduce((total, reason) => total + reason.bits, 0);
        expect(finding.bits).toBeCloseTo(sum, 9);
        expect(finding.rank).toBe(index + 1);
        expect(finding.endLine).toBeGreaterThanOrEqual(finding.line);
        expect(finding.score).toBeGreaterThanOrEqual(0);
        expect(finding.score).toBeLessThanOrEqual(1);
      });
    }
  });

  it('names the command that failed and its status', () => {
    const [first] = find(samples.travisRun) ?? [];
    const place = first?.reasons.find((reason) => reason.text.includes('bundle exec rake spec'));
    expect(place?.text).toContain('status 1');
  });

  it('puts blocks that tell the same together', () => {
    const block = (i: number): string[] => [
      ...Array.from({ length: 12 }, (_, k) => `compiling unit ${String(i * 100 + k)}`),
      `deck${String(i)}.c:${String(i)}:9: error: implicit declaration of ‘hoist’`,
    ];
    const text = ['$ make', ...block(1), ...block(2), ...block(3), 'make: *** [all] Error 1'];
    const [first] = find(text.join('\n')) ?? [];
    expect(first?.count).toBe(3);
    expect(first?.repeats).toHaveLength(2);
    expect(first?.lines).toEqual(expect.arrayContaining([14, 27, 40]));
  });

  it('reads any bytes without failing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const log = samples.logOf(
          `$ make\n${String.fromCharCode(...bytes)}\nmake: *** [x] Error 1\n`,
        );
        const findings = buildFindings(log, samples.recordsOf(log));
        for (const finding of findings ?? []) {
          expect(finding.endLine).toBeLessThanOrEqual(log.lineCount);
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('looks at the start of a very long line only', () => {
    const text = `$ make\n${'x'.repeat(3_000_000)}\nkite.c:4:1: error: unknown type name ‘sail’\nmake: *** [all] Error 1\n`;
    expect(covers(find(text)?.[0], 3)).toBe(true);
  });
});
