import { bytesText, decodeLog } from '../../engine/record/decodeLog.ts';
import { levels } from '../../engine/record/levels.ts';
import { parseRecords } from '../../engine/record/parseRecords.ts';
import type { Benchmark, BenchmarkResult } from '../benchmark.ts';
import { readLabelledLogs } from '../data/parsedLogs.ts';
import type { LabelledLog } from '../data/parsedLogs.ts';
import { mean, row } from '../rows.ts';

/** What the columns of a system's truth say about a line, in the words of the record table. */
interface SystemTruth {
  readonly format: string;
  /** Milliseconds since the epoch, UTC; without a year the year counts as 2000. */
  readonly time: (field: Field) => number;
  /** Null where the log states no level. */
  readonly level: ((field: Field) => string) | null;
  /** Null where the log names no source. */
  readonly source: ((field: Field) => string) | null;
}

type Field = (name: string) => string;

const iso = (field: Field): number =>
  Date.parse(`${field('Date')}T${field('Time').replace(',', '.')}Z`);
const yearless = (date: string, time: string): number => Date.parse(`2000 ${date} ${time} UTC`);
const levelWord = (field: Field): string => {
  const word = field('Level').toLowerCase();
  return aliases.get(word) ?? word;
};
const component = (field: Field): string => field('Component');

/** Levels of the systems that go by another name here. */
const aliases = new Map([
  ['v', 'trace'],
  ['d', 'debug'],
  ['i', 'info'],
  ['w', 'warning'],
  ['e', 'error'],
  ['f', 'fatal'],
  ['warn', 'warning'],
  ['severe', 'error'],
  ['failure', 'error'],
]);

const truths: Readonly<Record<string, SystemTruth>> = {
  Android: {
    format: 'logcat',
    time: (field) => Date.parse(`2000-${field('Date')}T${field('Time')}Z`),
    level: levelWord,
    source: component,
  },
  Apache: {
    format: 'apache-error',
    time: (field) => Date.parse(`${field('Time')} UTC`),
    level: levelWord,
    source: null,
  },
  BGL: {
    format: 'bgl',
    time: (field) => Number(field('Timestamp')) * 1000,
    level: levelWord,
    source: component,
  },
  HDFS: {
    format: 'hdfs',
    time: (field) => {
      const [year, month, day] = pairs(field('Date'));
      const [hour, minute, second] = pairs(field('Time'));
      return Date.parse(`20${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    },
    level: levelWord,
    source: component,
  },
  HPC: {
    format: 'hpc',
    time: (field) => Number(field('Time')) * 1000,
    level: null,
    source: component,
  },
  Hadoop: { format: 'hadoop', time: iso, level: levelWord, source: component },
  Linux: {
    format: 'syslog-3164',
    time: (field) => yearless(`${field('Month')} ${field('Date')}`, field('Time')),
    level: null,
    source: component,
  },
  OpenSSH: {
    format: 'openssh',
    time: (field) => yearless(`${field('Date')} ${field('Day')}`, field('Time')),
    level: null,
    source: () => 'sshd',
  },
  OpenStack: { format: 'openstack', time: iso, level: levelWord, source: component },
  Proxifier: {
    format: 'proxifier',
    time: (field) => {
      const [date = '', time = ''] = field('Time').split(' ');
      return Date.parse(`2000-${date.replace('.', '-')}T${time}Z`);
    },
    level: null,
    source: (field) => field('Program'),
  },
  Windows: { format: 'windows-cbs', time: iso, level: levelWord, source: component },
  Zookeeper: {
    format: 'zookeeper',
    time: iso,
    level: levelWord,
    source: (field) => [field('Node'), component(field)].filter((part) => part !== '').join(':'),
  },
};

const measures = ['format', 'time', 'level', 'source', 'message', 'all of them'] as const;

type Shares = Readonly<Record<(typeof measures)[number], number>>;

export const formats: Benchmark = {
  name: 'formats',
  title: 'Right format and fields per line against a ground truth, mean of the systems',
  dataSet: 'loghub_2k',
  run: async ({ folder, onProgress }): Promise<BenchmarkResult> => {
    const reached: Shares[] = [];
    const notes = ['Nothing is set up. Halves: every second system by name.'];
    for (const log of readLabelledLogs(folder)) {
      const truth = truths[log.system];
      if (truth === undefined) continue;
      onProgress(log.system);
      const { shares, name, examples } = await judged(log, truth);
      reached.push(shares);
      const figures = measures.map((measure) => shares[measure].toFixed(3)).join(' / ');
      notes.push(`${log.system} (${name}): ${measures.join(' / ')} ${figures}.${examples}`);
    }
    // Systems of another data set have no truth here.
    const shareOf = (
      measure: (typeof measures)[number],
      belongs: (shares: Shares, at: number) => boolean,
    ): number | null => {
      const shares = reached.filter(belongs);
      return shares.length === 0 ? null : mean(shares.map((each) => each[measure]));
    };
    return {
      rows: measures.map((measure) =>
        row({
          measure: `lines with the right ${measure === 'all of them' ? 'format and fields' : measure}`,
          floors: [],
          development: shareOf(measure, (_, at) => at % 2 === 0),
          other: shareOf(measure, (_, at) => at % 2 === 1),
          all: shareOf(measure, () => true),
          must: 0.98,
          stretch: 0.998,
          wholeJudged: true,
        }),
      ),
      notes,
    };
  },
};

/** Shares of the lines whose field is as the truth says; a line that is no head has nothing right. */
async function judged(
  { system, bytes, messages, fields }: LabelledLog,
  truth: SystemTruth,
): Promise<{ shares: Shares; name: string; examples: string }> {
  const log = decodeLog(`${system}.log`, bytes);
  const records = await parseRecords(log);
  const { name } = records.format;
  const right: Record<string, number> = Object.fromEntries(measures.map((measure) => [measure, 0]));
  const firstWrong = new Map<string, string>();
  const recordOf = new Map<number, number>();
  for (let record = 0; record < records.count; record++) {
    recordOf.set(records.firstLine[record] ?? 0, record);
  }
  for (const [line, values] of fields.entries()) {
    const record = recordOf.get(line);
    if (record === undefined) continue;
    const field: Field = (column) => values.get(column) ?? '';
    const read = {
      format: name,
      time: withoutYear(records.time[record] ?? Number.NaN, records.format.clock?.basis),
      level: levels[records.level[record] ?? 0] ?? '',
      source: records.sources[records.source[record] ?? 0] ?? '',
      message: flat(
        bytesText(log, records.messageStart[record] ?? 0, records.messageEnd[record] ?? 0),
      ),
    };
    const wanted = {
      format: truth.format,
      time: wholeSeconds(truth.time(field), records.time[record] ?? 0),
      level: truth.level === null ? read.level : truth.level(field),
      source: truth.source === null ? read.source : truth.source(field),
      message: flat(messages[line] ?? ''),
    };
    let whole = true;
    for (const measure of ['format', 'time', 'level', 'source', 'message'] as const) {
      if (read[measure] === wanted[measure]) {
        right[measure] = (right[measure] ?? 0) + 1;
      } else {
        whole = false;
        if (!firstWrong.has(measure) && measure !== 'format') {
          firstWrong.set(measure, `"${String(read[measure])}" for "${String(wanted[measure])}"`);
        }
      }
    }
    if (whole) right['all of them'] = (right['all of them'] ?? 0) + 1;
  }
  const shares = Object.fromEntries(
    measures.map((measure) => [measure, (right[measure] ?? 0) / Math.max(1, fields.length)]),
  ) as Shares;
  const examples = [...firstWrong].map(([measure, words]) => ` First wrong ${measure}: ${words}.`);
  return { shares, name, examples: examples.join('') };
}

/** A log without years may pass one: only month, day and time are compared then. */
function withoutYear(time: number, basis: string | undefined): number {
  if (basis !== 'no-year') return time;
  const date = new Date(time);
  date.setUTCFullYear(2000);
  return date.getTime();
}

/** Truths of some systems state no more than seconds. */
function wholeSeconds(truth: number, read: number): number {
  return truth % 1000 === 0 && Math.floor(read / 1000) * 1000 === truth ? read : truth;
}

/** Truths have spaces at both ends cut off, and some of those between made one. */
function flat(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

function pairs(digits: string): readonly string[] {
  return digits.padStart(6, '0').match(/../g) ?? [];
}
