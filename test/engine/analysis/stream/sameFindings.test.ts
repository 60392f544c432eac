import { describe, expect, it } from 'vitest';
import { analyseLog } from '../../../../src/engine/analysis/analyseLog.ts';
import { inThisThread } from '../../../../src/engine/analysis/stream/analyseSegment.ts';
import { StreamedLog } from '../../../../src/engine/analysis/stream/streamedLog.ts';
import type { Finding } from '../../../../src/engine/detect/finding.ts';
import { decodeLog } from '../../../../src/engine/record/decodeLog.ts';
import { generateLog } from '../../../../src/eval/faults/generateLog.ts';
import { everyKind, plantFaults } from '../../../../src/eval/faults/plantFaults.ts';
import { queueConsumer } from '../../../../src/eval/faults/styles/queueConsumer.ts';
import { TextSource } from './textSource.ts';

const deps = {
  embedder: null,
  embedderStatus: { id: 'none', state: 'off', detail: '' },
  now: () => 0,
} as const;

/** One of them stands where the other does, or cites it. */
function areAbout(one: Finding, other: Finding): boolean {
  const linesOf = ({ line, repeats, reasons }: Finding): number[] => [
    line,
    ...repeats,
    ...reasons.flatMap(({ lines }) => lines),
  ];
  return linesOf(one).includes(other.line) || linesOf(other).includes(one.line);
}

describe('a log with planted faults', () => {
  it('says in segments nearly all that it says at once, and hardly anything else', async () => {
    const { text } = plantFaults(generateLog(queueConsumer, 12_000, 3), everyKind, 1, 3);
    const bytes = new TextEncoder().encode(text);
    const atOnce = (await analyseLog(decodeLog('big.log', bytes), deps)).findings;
    const core = Math.ceil(bytes.length / 4);
    const stream = new StreamedLog(new TextSource(text), {
      analyser: inThisThread,
      now: () => 0,
      sizes: { core, context: Math.ceil(core / 32) },
    });
    let inSegments: readonly Finding[] = [];
    for await (const { findings } of stream.analyse()) inSegments = findings;

    const marked = (findings: readonly Finding[]): Finding[] =>
      findings.filter(({ severity }) => severity !== 'low');
    const high = atOnce.filter(({ severity }) => severity === 'high');
    const lost = high.filter((one) => !marked(inSegments).some((other) => areAbout(one, other)));
    const extra = inSegments.filter(
      (one) => one.severity === 'high' && !marked(atOnce).some((other) => areAbout(one, other)),
    );
    expect(high.length).toBeGreaterThan(5);
    expect(lost.length).toBeLessThanOrEqual(high.length / 5);
    expect(extra).toEqual([]);
  });
});
