import { describe, expect, it } from 'vitest';
import { followingLines } from '../../../../src/engine/detect/detectors/followingLines.ts';
import { buildEvents } from '../../../../src/engine/detect/events.ts';
import type { Evidence } from '../../../../src/engine/detect/evidence.ts';
import { lineWith, viewOf } from '../syntheticLog.ts';

async function blocksOf(text: string): Promise<{ line: number; evidence: Evidence }[]> {
  const view = await viewOf(text);
  const events = buildEvents(view.records, view.templates);
  return followingLines
    .learn(view, events)
    .judge(view, events, 0)
    .map((evidence) => ({ line: view.records.firstLine[evidence.record]! + 1, evidence }));
}

function lines(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.UTC(2024, 0, 1) + (from + index) * 1000).toISOString();
    return `${at} INFO worker handled item ${index}`;
  });
}

const trace = [
  'java.lang.IllegalStateException: ledger is closed',
  '\tat org.example.Book.append(Book.java:81)',
  '\tat org.example.Service.post(Service.java:40)',
];

describe('lines below a message', () => {
  it('are told where hardly any message has them, a trace by its name', async () => {
    const text = [...lines(400), ...trace, ...lines(400, 400)].join('\n');
    const found = await blocksOf(text);
    expect(found.map(({ line }) => line)).toEqual([lineWith(text, 'ledger is closed') - 1]);
    expect(found[0]!.evidence.key).toMatch(/^lines:trace/);
    expect(found[0]!.evidence.describe().text).toContain('A stack trace of 3 lines follows');
  });

  it('are how it is where every third message has them', async () => {
    const text = lines(600)
      .flatMap((line, index) => (index % 3 === 0 ? [line, ...trace] : [line]))
      .join('\n');
    expect(await blocksOf(text)).toEqual([]);
  });
});
