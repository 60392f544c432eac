import { bytesText, decodeLog, lineText } from '../../../src/engine/record/decodeLog.ts';
import { levels } from '../../../src/engine/record/levels.ts';
import type { LogText } from '../../../src/engine/record/logText.ts';
import { parseRecords } from '../../../src/engine/record/parseRecords.ts';
import type { RecordTable } from '../../../src/engine/record/recordTable.ts';
import { isoTime } from '../../../src/engine/record/time.ts';

export function textLog(text: string): LogText {
  return decodeLog('test.log', new TextEncoder().encode(text));
}

/** A record in words, for comparing whole tables with what a reader would expect. */
export interface PlainRecord {
  readonly lines: readonly string[];
  readonly time: string | null;
  readonly level: string;
  readonly source: string;
  readonly message: string;
}

export function plainRecords(log: LogText, table: RecordTable): PlainRecord[] {
  return Array.from({ length: table.count }, (_, row) => {
    const first = table.firstLine[row]!;
    const next = table.firstLine[row + 1]!;
    return {
      lines: Array.from({ length: next - first }, (_, index) => lineText(log, first + index)),
      time: isoTime(table.time[row]!),
      level: levels[table.level[row]!]!,
      source: table.sources[table.source[row]!]!,
      message: bytesText(log, table.messageStart[row]!, table.messageEnd[row]!),
    };
  });
}

export async function parseText(text: string): Promise<PlainRecord[]> {
  const log = textLog(text);
  return plainRecords(log, await parseRecords(log));
}
