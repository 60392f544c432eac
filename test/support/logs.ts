import type { LogText } from '../../src/engine/record/logText.ts';
import type { RecordTable } from '../../src/engine/record/recordTable.ts';

/** A log of plain records, one per line, without time, level or source. */
export function logOf(lines: readonly string[]): { log: LogText; records: RecordTable } {
  const encoder = new TextEncoder();
  const parts = lines.map((line) => encoder.encode(`${line}\n`));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  const lineStarts = new Uint32Array(lines.length + 1);
  const messageEnd = new Uint32Array(lines.length);
  let at = 0;
  parts.forEach((part, line) => {
    bytes.set(part, at);
    lineStarts[line] = at;
    at += part.length;
    messageEnd[line] = at - 1;
  });
  lineStarts[lines.length] = at;
  const log: LogText = {
    path: 'test.log',
    bytes,
    lineStarts,
    lineCount: lines.length,
    encoding: 'utf-8',
  };
  const records: RecordTable = {
    count: lines.length,
    firstLine: Uint32Array.from({ length: lines.length + 1 }, (_, line) => line),
    time: new Float64Array(lines.length).fill(Number.NaN),
    level: new Uint8Array(lines.length),
    source: new Uint32Array(lines.length),
    sources: [''],
    messageStart: lineStarts.slice(0, lines.length),
    messageEnd,
    format: { name: 'plain', confidence: 1, hasTime: false, hasLevel: false },
  };
  return { log, records };
}
