import { describe, expect, it } from 'vitest';
import { buildFindings } from '../../../../src/engine/detect/build/buildFindings.ts';
import type { Finding } from '../../../../src/engine/detect/finding.ts';
import { ciLogs } from './ciLogs.ts';
import { logOf, recordsOf } from './samples.ts';

function find(text: string): Finding[] | null {
  const log = logOf(text);
  return buildFindings(log, recordsOf(log));
}

describe('CI logs of many services and tools', () => {
  it.each(ciLogs)('$name: the first finding shows the cause', ({ failed, cause }) => {
    const first = find(failed)?.[0];
    expect(first).toBeDefined();
    const shown = failed.split('\n').slice((first?.line ?? 1) - 1, first?.endLine);
    expect(shown.slice(0, 10).join('\n')).toContain(cause);
    expect(shown.length).toBeLessThanOrEqual(10);
  });

  it.each(ciLogs.filter(({ passed }) => passed !== undefined))(
    '$name: a run that passed has nothing high',
    ({ passed }) => {
      const findings = find(passed ?? '') ?? [];
      expect(findings.filter(({ severity }) => severity === 'high')).toEqual([]);
    },
  );
});
