import { cellKind } from '../headerCell.ts';
import { headerTail } from '../headerLayout.ts';
import { timeBasis, timeLayout } from '../timestamp.ts';
import type { FormatEntry, HeaderShape } from './formatEntry.ts';
import { cutHeader, hostAndLabel, mostly, readBy } from './formatEntry.ts';

/** Month and day as a name and a number, no level column, and a host with a labelled program. */
function isSyslog({ columns, header }: HeaderShape): boolean {
  return (
    columns.startsWith('priority time') ||
    (header.timeLayout === timeLayout.monthNameDay &&
      header.levelColumn < 0 &&
      header.tail === headerTail.label)
  );
}

/** Operating systems, their services and their devices. */
export const systemFormats: readonly FormatEntry[] = [
  {
    name: 'glog',
    writer: 'glog, klog, Kubernetes, absl',
    fits: ({ columns }) => columns.startsWith('levelTime'),
  },
  {
    name: 'syslog-5424',
    writer: 'syslog after RFC 5424: rsyslog, syslog-ng, network devices',
    fits: ({ header, line }) => /^<\d{1,3}>1 /.test(line) && header.timeLayout !== 0,
  },
  {
    name: 'dmesg-ctime',
    writer: 'dmesg -T',
    fits: (shape) =>
      shape.header.levelColumn < 0 && mostly(shape, /^\[\w{3} \w{3} [ \d]\d [\d:]{8} \d{4}\] /),
    known: (inferred) => cutHeader(inferred, [cellKind.time], { anchor: 0 }),
  },
  {
    name: 'openssh',
    writer: 'the OpenSSH server, by syslog',
    fits: (shape) => isSyslog(shape) && mostly(shape, / sshd(?:-session)?\[\d+\]: /),
  },
  {
    name: 'haproxy',
    writer: 'HAProxy, by syslog',
    fits: (shape) => mostly(shape, /^\w{3} [ \d]\d [\d:]{8} \S+ haproxy\[\d+\]: /),
    known: hostAndLabel,
  },
  {
    name: 'syslog-3164',
    writer: 'syslog after RFC 3164; journalctl -o short',
    fits: isSyslog,
  },
  {
    name: 'syslog-iso',
    writer: 'rsyslog with full times; journalctl -o short-iso',
    fits: (shape) =>
      shape.header.levelColumn < 0 &&
      mostly(
        shape,
        /^\d{4}-\d\d-\d\dT[\d:.,]+(?:Z|[+-]\d\d:?\d\d) [\w.-]+ [\w./@:-]+(?:\[\d+\])?: /,
      ),
    known: hostAndLabel,
  },
  {
    name: 'dmesg',
    writer: 'the Linux kernel; times count from the start',
    fits: ({ header }) => header.basis === timeBasis.relative,
  },
  {
    name: 'logcat',
    writer: 'Android: threadtime, time',
    fits: ({ columns, header }) =>
      header.timeLayout === timeLayout.numericNoYear && columns.includes('letter'),
    known: (inferred) => {
      const { kinds } = inferred;
      const columns = kinds.slice(0, kinds.indexOf(cellKind.letter) + 1);
      return cutHeader(inferred, columns, { tail: headerTail.label });
    },
  },
  {
    name: 'logcat-brief',
    writer: 'Android: brief, tag, without times',
    fits: readBy('logcat-brief'),
    pattern: {
      begins: /^[VDIWEFA]\/[^(]{1,64}\( *\d+\): /,
      pattern: String.raw`(?<level>[VDIWEFA])/(?<component>[^(]*?) *\( *\d+\): (?<message>.*)`,
      levels: [['A', 'fatal']],
    },
  },
  {
    name: 'logcat-long',
    writer: 'Android: long',
    fits: readBy('logcat-long'),
    pattern: {
      begins: /^\[ \d\d-\d\d [\d:.]+ +\d+: *\d+ [VDIWEFA]\//,
      pattern: String.raw`\[ (?<time>\d\d-\d\d [\d:.]+) +\d+: *\d+ (?<level>[VDIWEFA])/(?<component>.*?) *\](?<message>)`,
      levels: [['A', 'fatal']],
      ownsLines: true,
    },
  },
  {
    name: 'windows-cbs',
    writer: 'Windows component-based servicing',
    fits: (shape) =>
      mostly(shape, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d, [A-Z][a-z]+ +(?:CBS|CSI|DPX|SPP) /),
  },
  {
    name: 'bgl',
    writer: 'Blue Gene/L',
    fits: (shape) =>
      mostly(shape, /^(?:\S+ )?\d{10} \d{4}\.\d\d\.\d\d \S+ \d{4}-[\d.-]+ \S+ [A-Z_]+ \w+ [A-Z]+ /),
  },
  {
    name: 'hpc',
    writer: 'clusters of Los Alamos',
    fits: (shape) => mostly(shape, /^\d+ \S+ [a-z_.]+ \S+ \d{10} \d /),
    known: (inferred) => {
      const { number, word, time } = cellKind;
      return cutHeader(inferred, [number, word, word, word, time, number], { sourceColumn: 2 });
    },
  },
  {
    name: 'proxifier',
    writer: 'Proxifier',
    fits: (shape) => mostly(shape, /^\[\d\d\.\d\d \d\d:\d\d:\d\d\] .{1,60} - /),
  },
];
