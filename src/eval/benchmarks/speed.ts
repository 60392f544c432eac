import { join } from 'node:path';
import { decodeLog } from '../../engine/record/decodeLog.ts';
import type { LogText } from '../../engine/record/logText.ts';
import { parseRecords } from '../../engine/record/parseRecords.ts';
import type { RecordTable } from '../../engine/record/recordTable.ts';
import { mineTemplates, TemplateMiner } from '../../engine/template/mineTemplates.ts';
import { slotValues } from '../../engine/template/slotValues.ts';
import type { Benchmark, BenchmarkResult, Floor, Row } from '../benchmark.ts';
import { logsIn, readBytes } from '../data/files.ts';
import { interleaved } from '../data/freshLines.ts';
import { readLabelledLogs } from '../data/parsedLogs.ts';
import type { Peers, PeerSpeed } from '../peers.ts';
import { figureOf, row } from '../rows.ts';

const runs = 5;
const interleavedRounds = 12;
const appended = 10_000;

/** Speed of reading one large log: records, templates, values. */
export const readingSpeed: Benchmark = {
  name: 'speed',
  title: 'Reading: lines a second of one thread, from memory to ids',
  dataSet: 'hdfs_2pct',
  alone: true,
  run: async ({ folder, peers, onProgress }): Promise<BenchmarkResult> => {
    onProgress('one large log');
    const bytes = readBytes(join(folder, logsIn(folder)[0] ?? ''));
    const log = decodeLog('log', bytes);
    const floor = linesPerSecond(log.lineCount, await timed(() => decodeLog('log', bytes)));
    const whole = await timed(async () => {
      const text = decodeLog('log', bytes);
      return mineTemplates(text, await parseRecords(text));
    });
    const records = await parseRecords(log);
    return {
      rows: [
        ...speedRows('records and templates', log.lineCount, whole, {
          floors: [{ name: 'finding line ends', value: floor.best }, ...peerSpeeds(peers, 'hdfs')],
          must: 1_500_000,
          stretch: 3_000_000,
        }),
        ...ratioRows(peers, 'hdfs', log.lineCount, whole),
        ...(await templateRows(log, records)),
      ],
      notes: notes(),
    };
  },
};

/** The same where every system's lines alternate and no value repeats. */
export const variedSpeed: Benchmark = {
  name: 'speed',
  title: 'Reading varied logs: systems interleaved in one file, fresh digits',
  dataSet: 'loghub_2k',
  alone: true,
  run: async ({ folder, peers, onProgress }): Promise<BenchmarkResult> => {
    onProgress('interleaved logs');
    const lines = interleaved(readLabelledLogs(folder), interleavedRounds);
    const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
    const log = decodeLog('log', bytes);
    const records = await parseRecords(log);
    const whole = await timed(async () => {
      const text = decodeLog('log', bytes);
      return mineTemplates(text, await parseRecords(text));
    });
    return {
      rows: [
        ...speedRows('records and templates', log.lineCount, whole, {
          floors: peerSpeeds(peers, 'varied'),
          must: 500_000,
          stretch: 1_000_000,
        }),
        ...ratioRows(peers, 'varied', log.lineCount, whole),
        ...(await templateRows(log, records)),
        appendRow(log, records),
      ],
      notes: notes(),
    };
  },
};

function notes(): string[] {
  return [
    `${runs} runs each, in the process of all the others; "processor" counts the seconds of all threads, which a busy machine disturbs less.`,
  ];
}

interface Times {
  /** Seconds of each run, the first one cold. */
  readonly wall: readonly number[];
  readonly processor: readonly number[];
}

async function timed(work: () => unknown): Promise<Times> {
  const wall: number[] = [];
  const processor: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    const before = process.cpuUsage();
    await work();
    const used = process.cpuUsage(before);
    wall.push((performance.now() - start) / 1000);
    processor.push((used.user + used.system) / 1e6);
  }
  return { wall, processor };
}

function linesPerSecond(
  lines: number,
  { wall, processor }: Times,
): { cold: number; best: number; processor: number } {
  return {
    cold: lines / (wall[0] ?? Number.NaN),
    best: lines / Math.min(...wall),
    processor: lines / Math.min(...processor),
  };
}

function speedRows(
  name: string,
  lines: number,
  times: Times,
  rest: { floors?: readonly Floor[]; must?: number; stretch?: number },
): Row[] {
  const speed = linesPerSecond(lines, times);
  return [
    row({
      measure: `${name}, fastest run`,
      unit: 'lines/s',
      all: speed.best,
      ...rest,
    }),
    row({ measure: `${name}, first run`, unit: 'lines/s', all: speed.cold }),
    row({ measure: `${name}, by processor time`, unit: 'lines/s', all: speed.processor }),
  ];
}

/** Lines a second of other parsers, one run each, by the clock. */
function peerSpeeds(peers: Peers | null, log: PeerSpeed['log']): Floor[] {
  return (peers?.speed ?? [])
    .filter((each) => each.log === log)
    .map(({ peer, lines, seconds }) => ({ name: peer, value: lines / seconds }));
}

/** How many times as fast as each other parser, by processor time, which a busy machine disturbs less. */
function ratioRows(peers: Peers | null, log: PeerSpeed['log'], lines: number, times: Times): Row[] {
  const own = linesPerSecond(lines, times).processor;
  return (peers?.speed ?? [])
    .filter((each) => each.log === log)
    .map((each) =>
      row({
        measure: `times as fast as ${each.peer}, by processor time`,
        unit: 'ratio',
        all: own / (each.lines / each.processor),
      }),
    );
}

async function templateRows(log: LogText, records: RecordTable): Promise<Row[]> {
  const table = await mineTemplates(log, records);
  const mined = await timed(() => mineTemplates(log, records));
  const values = await timed(() => {
    for (let record = 0; record < records.count; record++) slotValues(log, records, table, record);
  });
  return [
    row({
      measure: 'templates alone',
      unit: 'lines/s',
      all: figureOf(mined.wall.map((seconds) => log.lineCount / seconds)),
    }),
    row({
      measure: 'values of all slots',
      unit: 'lines/s',
      all: figureOf(values.wall.map((seconds) => log.lineCount / seconds)),
    }),
  ];
}

function appendRow(log: LogText, records: RecordTable): Row {
  const miner = new TemplateMiner();
  miner.absorb(log, records, 0, records.count - appended);
  miner.table();
  const start = performance.now();
  miner.absorb(log, records, records.count - appended);
  miner.table();
  return row({
    measure: `templates of ${appended} lines appended to ${records.count - appended}`,
    unit: 'ms',
    better: 'less',
    all: performance.now() - start,
  });
}
