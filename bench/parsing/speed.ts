import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { seededRandom } from '../../src/engine/base/random.ts';
import { decodeLog } from '../../src/engine/record/decodeLog.ts';
import type { LogText } from '../../src/engine/record/logText.ts';
import { parseRecords } from '../../src/engine/record/parseRecords.ts';
import type { RecordTable } from '../../src/engine/record/recordTable.ts';
import { mineTemplates, TemplateMiner } from '../../src/engine/template/mineTemplates.ts';
import { slotValues } from '../../src/engine/template/slotValues.ts';
import { logOf } from '../../test/support/logs.ts';
import { dataFolder, readGzip, readLabelledLogs } from './loghub.ts';
import type { LabelledLog } from './loghub.ts';

const runs = 5;

/** Lines per second of the first (cold) run and of the fastest one. */
async function report(name: string, lines: number, work: () => Promise<unknown>): Promise<void> {
  const seconds: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    seconds.push((performance.now() - start) / 1000);
  }
  const speed = (second: number): string => Math.round(lines / second).toLocaleString('en');
  console.log(
    `| ${name.padEnd(34)} | ${lines.toLocaleString('en')} | ${speed(seconds[0]!)} | ${speed(Math.min(...seconds))} |`,
  );
}

async function reportTemplates(name: string, log: LogText, records: RecordTable): Promise<void> {
  await report(`${name}: templates`, log.lineCount, () => mineTemplates(log, records));
  const table = await mineTemplates(log, records);
  await report(`${name}: all slot values`, log.lineCount, () => {
    for (let record = 0; record < records.count; record++) {
      slotValues(log, records, table, record);
    }
    return Promise.resolve();
  });
}

function reportAppend(log: LogText, records: RecordTable, appended: number): void {
  const miner = new TemplateMiner();
  miner.absorb(log, records, 0, records.count - appended);
  miner.table();
  const start = performance.now();
  miner.absorb(log, records, records.count - appended);
  miner.table();
  const milliseconds = performance.now() - start;
  console.log(
    `append of ${appended} records to ${records.count - appended}: ${milliseconds.toFixed(1)} ms`,
  );
}

/** Fresh digits, so that no value was seen before. */
function withFreshDigits(text: string, random: () => number): string {
  return text.replaceAll(/\d/g, () => String(Math.floor(random() * 10)));
}

/** Line by line from each system in turn, the whole several times over. */
function interleaved(systems: readonly LabelledLog[], rounds: number): string[] {
  const random = seededRandom(1);
  const lines: string[] = [];
  for (let at = 0; at < rounds * 2000; at++) {
    for (const { messages } of systems) {
      const message = messages[at % 2000];
      if (message !== undefined) lines.push(withFreshDigits(message, random));
    }
  }
  return lines;
}

const hdfs = dataFolder('hdfs_2pct');
const loghub = dataFolder('loghub_2k');
if (hdfs === null || loghub === null) {
  console.log('The data is not on this machine: set FAULTLINE_DATA to the folder that holds it.');
} else {
  console.log('| what | lines | lines/s cold | lines/s best |\n|---|---|---|---|');
  const bytes = readGzip(join(hdfs, 'HDFS.log.gz'));
  const log = decodeLog('HDFS.log', bytes);
  const records = await parseRecords(log);
  await report('hdfs: records and templates', log.lineCount, async () => {
    const text = decodeLog('HDFS.log', bytes);
    return mineTemplates(text, await parseRecords(text));
  });
  await reportTemplates('hdfs', log, records);

  const systems = readLabelledLogs(loghub);
  const varied = logOf(interleaved(systems, 12));
  await reportTemplates('interleaved, fresh digits', varied.log, varied.records);
  reportAppend(varied.log, varied.records, 10_000);
}
