import { describe, expect, it } from 'vitest';
import { scoreLogSessions } from '../../../src/engine/analysis/scoreLogSessions.ts';
import { decodeLog } from '../../../src/engine/record/decodeLog.ts';
import type { LogText } from '../../../src/engine/record/logText.ts';
import { healthyService, write, type Entry } from '../detect/syntheticLog.ts';

function logOf(entries: readonly Entry[]): LogText {
  return decodeLog('service.log', new TextEncoder().encode(write(entries)));
}

/** A service of 200 requests, and their ids in order. */
function service(): { entries: Entry[]; ids: string[] } {
  const entries = healthyService(200, 8);
  const ids = entries.flatMap(({ text }) => /accepted (req-\w+)/.exec(text)?.[1] ?? []);
  return { entries, ids };
}

/** One more step of some requests, right behind their query. */
function withStep(entries: readonly Entry[], ids: ReadonlySet<string>, text: string): Entry[] {
  const added = entries.flatMap((entry) => {
    const id = / query for (req-\w+)/.exec(entry.text)?.[1];
    return id !== undefined && ids.has(id)
      ? [{ at: entry.at + 1, text: text.replace('*', id) }]
      : [];
  });
  return [...entries, ...added];
}

async function flaggedOf(entries: readonly Entry[]): Promise<string[]> {
  const scores = await scoreLogSessions(logOf(entries), {
    baseline: [logOf(healthyService(300, 9))],
  });
  return scores.filter(({ flagged }) => flagged).map(({ id }) => id);
}

describe('a log that has changed since its good runs', () => {
  const { entries, ids } = service();
  const audited = new Set(ids.filter((_, index) => index % 5 < 2));
  const changed = withStep(entries, audited, 'INFO  [audit] Trail: recorded *');

  it('is not flagged for a step that many of its sessions have', async () => {
    expect(await flaggedOf(changed)).toEqual([]);
  });

  it('is flagged where a step of the good runs is missing or one fails', async () => {
    const [lacking, failing] = [ids[81]!, ids[123]!];
    const broken = changed.filter(
      ({ text }) => !text.includes('verified') || !text.includes(lacking),
    );
    const failed = withStep(broken, new Set([failing]), 'ERROR [db] Pool: lost connection of *');
    expect(await flaggedOf(failed)).toEqual([lacking, failing]);
  });
});

describe('faults of many sessions', () => {
  const { entries, ids } = service();
  const hit = ids.filter((_, index) => index % 5 === 0);

  it('are no change of the program where errors happen', async () => {
    const failed = withStep(entries, new Set(hit), 'ERROR [db] Pool: lost connection of *');
    expect(await flaggedOf(failed)).toEqual(hit);
  });

  it('are no change of the program where a step is missing', async () => {
    const broken = entries.filter(
      ({ text }) => !text.includes('verified') || !hit.some((id) => text.includes(id)),
    );
    expect(await flaggedOf(broken)).toEqual(hit);
  });
});
