import { bytesText, decodeLog } from '../../engine/record/decodeLog.ts';
import { levels } from '../../engine/record/levels.ts';
import { parseRecords } from '../../engine/record/parseRecords.ts';
import { isoTime } from '../../engine/record/time.ts';
import type { MutatedLog } from './mutateSample.ts';

/** How much of a mutated log was read as it should be. */
export interface MutatedReading {
  /** The name of its format, with that of the container. */
  readonly format: string;
  readonly records: number;
  /** Records with every field right, in a log of the right format. */
  readonly right: number;
  /** What was read first that should have been read otherwise; null where all is right. */
  readonly wrong: string | null;
}

/** Reads a mutated log and compares each record with what it should be. */
export async function readMutated(name: string, mutated: MutatedLog): Promise<MutatedReading> {
  const log = decodeLog('mutated.log', new TextEncoder().encode(mutated.text));
  const table = await parseRecords(log);
  const expected = mutated.container + name;
  const format = table.format.name;
  let wrong: string | null = null;
  let right = 0;
  for (const [index, { time, level, source, message }] of mutated.records.entries()) {
    const row = index + mutated.above;
    const read =
      row >= table.count
        ? null
        : {
            time: isoTime(table.time[row]!),
            level: levels[table.level[row]!],
            // Where a line names nobody its container does.
            source: (table.sources[table.source[row]!] ?? '').replace(
              /^(?:web-1|web-7d9f8\/app)$/,
              '',
            ),
            message: bytesText(log, table.messageStart[row]!, table.messageEnd[row]!),
          };
    const wanted = { time, level, source, message };
    if (JSON.stringify(read) === JSON.stringify(wanted)) right += 1;
    else wrong ??= `${JSON.stringify(read)} for ${JSON.stringify(wanted)}`;
  }
  if (format !== expected)
    return {
      format,
      records: mutated.records.length,
      right: 0,
      wrong: `${format} for ${expected}`,
    };
  return { format, records: mutated.records.length, right, wrong };
}
