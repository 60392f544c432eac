import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../data/files.ts';
import { labelledSessions } from '../data/labelledSessions.ts';
import type { Entry, EntryLevel, FaultBase } from './logStyle.ts';
import { accessStamp, shortStamp, spacedStamp, syslogStamp } from './stamps.ts';

/** How a real log is taken apart, so that faults can be planted and it can be written again. */
interface RealLayout {
  /** Groups: what stands before the time, the time, what stands before the message, the message. */
  readonly line: RegExp;
  readonly parse: (stamp: string) => number;
  readonly stamp: (at: number) => string;
  readonly level: RegExp | null;
  /** What ties lines together, or null. */
  readonly session: RegExp | null;
  /** Values that measure something, by a pattern whose first group holds the number. */
  readonly measures: Readonly<Record<string, RegExp>>;
  /** Values from a short list, likewise, with others that the log never holds. */
  readonly categories: Readonly<Record<string, readonly [RegExp, readonly string[]]>>;
}

const monthNames = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const monthOf = (name: string): number => monthNames.indexOf(name) / 3;

const compact: RealLayout = {
  line: /^()(\d{6} \d{6})( \d+ \w+ [\w.$]+: )(.*)$/,
  parse: (stamp) =>
    Date.parse(
      `20${stamp.replace(/^(\d\d)(\d\d)(\d\d) (\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z')}`,
    ),
  stamp: shortStamp,
  level: /\b(INFO|WARN|ERROR)\b/,
  session: /blk_-?\d+/,
  measures: { size: /of size (\d+)/ },
  categories: {},
};

const syslog: RealLayout = {
  line: /^()(\w{3} [ \d]\d \d\d:\d\d:\d\d)( \S+ [^:]+: )(.*)$/,
  parse: (stamp) =>
    Date.UTC(
      2005,
      monthOf(stamp.slice(0, 3)),
      Number(stamp.slice(4, 6)),
      Number(stamp.slice(7, 9)),
      Number(stamp.slice(10, 12)),
      Number(stamp.slice(13, 15)),
    ),
  stamp: syslogStamp,
  level: null,
  session: null,
  measures: {},
  categories: { user: [/session opened for user (\w+)/, ['toor']] },
};

const access: RealLayout = {
  line: /^(\S+ - - \[)([^\]]+)(\] )(.*)$/,
  parse: (stamp) =>
    Date.UTC(
      Number(stamp.slice(7, 11)),
      monthOf(stamp.slice(3, 6)),
      Number(stamp.slice(0, 2)),
      Number(stamp.slice(12, 14)),
      Number(stamp.slice(15, 17)),
      Number(stamp.slice(18, 20)),
    ),
  stamp: accessStamp,
  level: null,
  session: null,
  measures: { bytes: /" 200 (\d+) / },
  categories: { method: [/^"(\w+) /, ['PROPFIND', 'TRACE']] },
};

const service: RealLayout = {
  line: /^()(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3})( \d+ \w+ \S+ )(.*)$/,
  parse: (stamp) => Date.parse(`${stamp.replace(' ', 'T')}Z`),
  stamp: (at) => spacedStamp(at, '.'),
  level: /\b(DEBUG|INFO|WARNING|ERROR)\b/,
  session: /req-[0-9a-f-]{36}/,
  measures: { time: /time: ([\d.]+)$/, length: /len: (\d+)/ },
  categories: { status: [/status: (\d+)/, ['507', '418']] },
};

const levelOf: Readonly<Record<string, EntryLevel>> = {
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warning',
  WARNING: 'warning',
  ERROR: 'error',
};

/** Masked, so that lines of one statement are the same. */
function statementOf(message: string): string {
  return message.replaceAll(
    /blk_-?\d+|[0-9a-f]{8}-[0-9a-f-]{27,}|\/\S+|\b[\w.:-]*\d[\w.:-]*\b/g,
    '…',
  );
}

/**
 * Up to `most` lines as a base; lines that the layout does not fit are left out, since a message of
 * several lines has one header here.
 */
function realBase(
  name: string,
  lines: readonly string[],
  layout: RealLayout,
  most: number,
): FaultBase {
  const sessions = new Map<string, number>();
  const entries: Entry[] = [];
  for (const line of lines) {
    const [, lead, stamp, header, message] = layout.line.exec(line) ?? [];
    if (
      lead === undefined ||
      stamp === undefined ||
      header === undefined ||
      message === undefined
    ) {
      continue;
    }
    if (message.includes('{')) continue;
    const values: Record<string, string> = {};
    let text = message;
    const patterns = [
      ...Object.entries(layout.measures),
      ...Object.entries(layout.categories).map(([key, [pattern]]) => [key, pattern] as const),
    ];
    for (const [key, pattern] of patterns) {
      const found = pattern.exec(text)?.[1];
      if (found === undefined) continue;
      values[key] = found;
      text = text.replace(pattern, (whole) => whole.replace(found, `{${key}}`));
    }
    const id = layout.session?.exec(line)?.[0];
    let session: number | null = null;
    if (id !== undefined) {
      session = sessions.get(id) ?? sessions.size;
      sessions.set(id, session);
    }
    const level = levelOf[layout.level?.exec(header)?.[1] ?? ''] ?? 'none';
    const entry: Entry = {
      at: layout.parse(stamp),
      level,
      source: `${lead}\n${header}`,
      text,
      event: `${level} ${statementOf(text)}`,
      values,
      session,
    };
    entries.push(entry);
    if (entries.length === most) break;
  }
  entries.sort((a, b) => a.at - b.at);
  return {
    name,
    entries,
    measures: Object.keys(layout.measures),
    categories: Object.fromEntries(
      Object.entries(layout.categories).map(([key, [, odd]]) => [key, odd]),
    ),
    clock: true,
    write: ({ at, level, source }, message) => {
      const [lead = '', header = ''] = source.split('\n');
      const written =
        layout.level === null || level === 'none'
          ? header
          : header.replace(layout.level, (word) =>
              levelOf[word] === level ? word : level === 'warning' ? 'WARN' : level.toUpperCase(),
            );
      return `${lead}${layout.stamp(at)}${written}${message}`;
    },
  };
}

/** A real log to plant faults into; `clean` where it is known that nothing is amiss. */
export interface RealBase {
  readonly base: FaultBase;
  readonly clean: boolean;
}

/** The real bases that this machine has; every n-th part of a large one by seed. */
export function realBases(folder: string, seed: number): RealBase[] {
  const found: RealBase[] = [];
  const blocks = join(folder, 'hdfs_2pct');
  if (existsSync(blocks)) {
    const { log, anomalous } = labelledSessions(blocks);
    const lines = Buffer.from(log.bytes).toString('utf8').split('\n');
    const id = (line: string): string => compact.session!.exec(line)?.[0] ?? '';
    // Whole normal blocks, every tenth one.
    const kept = lines.filter((line) => {
      const block = id(line);
      return anomalous.get(block) === false && Number(block.slice(-2)) % 10 === seed % 10;
    });
    found.push({ base: realBase('real block storage', kept, compact, 12_000), clean: false });
  }
  const plain = (name: string, file: string, layout: RealLayout): void => {
    const path = join(folder, 'plain', file);
    if (!existsSync(path)) return;
    const lines = readText(path).split('\n');
    const from = Math.floor(Math.max(0, lines.length - 9000) * (((seed - 1) % 5) / 4));
    found.push({
      base: realBase(name, lines.slice(from, from + 9000), layout, 9000),
      clean: false,
    });
  };
  plain('real host', 'Linux.log.gz', syslog);
  plain('real access log', 'apache_access.log.gz', access);
  const compute = join(folder, 'openstack_fi', 'Nova');
  if (existsSync(compute)) {
    const tests = ['Test_108', 'Test_132', 'Test_174', 'Test_18', 'Test_19'];
    const path = join(compute, tests[(seed - 1) % 5]!, 'round_2', 'nova', 'nova-compute.log');
    if (existsSync(`${path}.gz`)) {
      found.push({
        base: realBase('real compute service', readText(path).split('\n'), service, 12_000),
        clean: false,
      });
    }
  }
  return found;
}
