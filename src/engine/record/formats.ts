import { cellKind } from './headerCell.ts';
import type { HeaderLayout } from './headerLayout.ts';
import { bodyKind, headerTail } from './headerLayout.ts';
import { timeBasis, timeLayout } from './timestamp.ts';

/** A named way of writing logs. */
export interface FormatEntry {
  readonly name: string;
  /** Whether an inferred header is of this format; the first entry that fits names it. */
  readonly fits: (shape: HeaderShape) => boolean;
}

/** A header in the words of the table. */
export interface HeaderShape {
  /** The kinds of the columns, `word` for free ones: `time level bracket`. */
  readonly columns: string;
  readonly header: HeaderLayout;
}

const kindNames = Object.fromEntries(
  Object.entries(cellKind).map(([name, kind]) => [kind, name]),
) as Record<number, string>;

export const formats: readonly FormatEntry[] = [
  { name: 'json-lines', fits: ({ header }) => header.anchor < 0 && header.body === bodyKind.json },
  { name: 'logfmt', fits: ({ header }) => header.anchor < 0 && header.body === bodyKind.logfmt },
  { name: 'access', fits: ({ header }) => header.access },
  { name: 'glog', fits: ({ columns }) => columns.startsWith('levelTime') },
  {
    name: 'syslog-5424',
    fits: ({ columns, header }) =>
      columns.startsWith('priority time') && header.timeLayout === timeLayout.yearMonthDay,
  },
  {
    name: 'syslog-3164',
    fits: ({ columns, header }) =>
      columns.startsWith('priority time') ||
      (isSyslogTime(header) && header.tail === headerTail.label),
  },
  {
    name: 'dmesg',
    fits: ({ columns, header }) =>
      columns.startsWith('time') && header.basis === timeBasis.relative,
  },
  {
    name: 'logcat',
    fits: ({ columns, header }) =>
      header.timeLayout === timeLayout.numericNoYear && columns.includes('letter'),
  },
  { name: 'compact-date', fits: ({ header }) => header.timeLayout === timeLayout.compactShort },
  {
    name: 'epoch',
    fits: ({ header }) =>
      header.timeLayout >= timeLayout.epochSeconds &&
      header.timeLayout <= timeLayout.epochNanoseconds,
  },
  { name: 'level', fits: ({ header }) => header.timeLayout === timeLayout.none },
  { name: 'clock', fits: ({ header }) => header.basis === timeBasis.noDate },
  { name: 'time-level', fits: ({ header }) => header.levelColumn >= 0 },
  { name: 'time', fits: () => true },
];

function isSyslogTime(header: HeaderLayout): boolean {
  return header.timeLayout === timeLayout.monthNameDay && header.levelColumn < 0;
}

/** Name of the format that a header is of. */
export function formatName(header: HeaderLayout): string {
  const columns = header.kinds.map((kind) => kindNames[kind]!).join(' ');
  return formats.find((entry) => entry.fits({ columns, header }))!.name;
}
