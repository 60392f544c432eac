import { bytesText, decodeLog } from '../../record/decodeLog.ts';
import { inferLog } from '../../record/inferLog.ts';
import type { LogText } from '../../record/logText.ts';
import { RecordParser } from '../../record/recordParser.ts';
import type { RecordTable } from '../../record/recordTable.ts';
import { TemplateMiner } from '../../template/mineTemplates.ts';
import { BuildLines } from '../build/buildLine.ts';
import { maskedHash } from '../build/maskedHash.ts';
import type { ComparedRun, TemplateIds } from './comparedRun.ts';
import { KnownTraits, lineTrait } from './comparedRun.ts';
import { maskLine } from './maskLine.ts';

/** Bytes of a message whose words are judged. */
const judgedBytes = 600;

/**
 * Reads the logs of a program that keeps running: the runs are parsed and mined for templates as one
 * text, so that the same message has the same template in each, whatever its values.
 *
 * @returns one run per log, in order
 */
export function readApplicationRuns(logs: readonly LogText[], ids: TemplateIds): ComparedRun[] {
  const joined = decodeLog('runs', joinedBytes(logs));
  const records = recordsOf(joined);
  const miner = new TemplateMiner();
  miner.absorb(joined, records, 0);
  const table = miner.table();
  const runs = logs.map((log) => emptyRun(log));
  const known = new KnownTraits();
  let target = 0;
  let base = 0;
  for (let record = 0; record < records.count; record += 1) {
    const first = records.firstLine[record]!;
    const end = records.firstLine[record + 1]!;
    const pattern = table.templates[table.ofRecord[record]!]!.text;
    const template = ids.of(`${records.level[record]!} ${pattern}`);
    for (let line = first; line < end; line += 1) {
      while (target < runs.length && line >= base + runs[target]!.count) {
        base += runs[target]!.count;
        target += 1;
      }
      const run = runs[target];
      if (run === undefined) return runs;
      const at = line - base;
      if (line === first) {
        const from = records.messageStart[record]!;
        const to = Math.min(records.messageEnd[record]!, from + judgedBytes);
        const message = bytesText(joined, from, to);
        run.traits[at] = known.of(maskedHash(message), message);
        run.level[at] = records.level[record]!;
        run.template[at] = template;
        run.time[at] = records.time[record]!;
      } else {
        const text = run.lines.text(at);
        run.traits[at] = known.of(maskedHash(text), text) | lineTrait.continued;
        run.template[at] = ids.of(`0 ${maskLine(text)}`);
      }
    }
  }
  return runs;
}

function recordsOf(log: LogText): RecordTable {
  const inferred = inferLog(log);
  const parser = new RecordParser(inferred.layout, log.lineCount);
  parser.open(log);
  parser.parse(log.lineCount);
  return parser.table(inferred.format);
}

function emptyRun(log: LogText): ComparedRun {
  const count = log.lineCount;
  return {
    lines: new BuildLines(log),
    count,
    template: new Uint32Array(count),
    level: new Uint8Array(count),
    traits: new Uint16Array(count),
    time: new Float64Array(count).fill(NaN),
  };
}

/** All logs behind each other; one that does not end its last line gets the end it lacks. */
function joinedBytes(logs: readonly LogText[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const { bytes } of logs) {
    if (bytes.length === 0) continue;
    parts.push(bytes);
    if (bytes.at(-1) !== lineFeed) parts.push(Uint8Array.of(lineFeed));
  }
  return Buffer.concat(parts);
}

const lineFeed = 10;
