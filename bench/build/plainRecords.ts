import type { LogText } from '../../src/engine/record/logText.ts';
import type { RecordTable } from '../../src/engine/record/recordTable.ts';

/** One record a line, nothing inferred: what the build prior sees of a log without a format. */
export function plainRecords(log: LogText): RecordTable {
  const count = log.lineCount;
  return {
    count,
    firstLine: Uint32Array.from({ length: count + 1 }, (_, line) => line),
    time: new Float64Array(count).fill(NaN),
    level: new Uint8Array(count),
    source: new Uint32Array(count),
    sources: [''],
    messageStart: log.lineStarts.slice(0, count),
    messageEnd: log.lineStarts.slice(1),
    format: { name: 'plain', confidence: 1, hasTime: false, hasLevel: false },
  };
}
