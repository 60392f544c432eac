import { cellKind } from '../headerCell.ts';
import { headerTail } from '../headerLayout.ts';
import { timeBasis, timeLayout } from '../timestamp.ts';
import type { FormatEntry, HeaderShape } from './formatEntry.ts';
import {
  cutHeader,
  exactly,
  hostAndLabel,
  mostly,
  onSecond,
  readBy,
  reads,
  yearless,
  yearlessSecond,
} from './formatEntry.ts';

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
    samples: [
      reads(
        'W0514 09:30:12.250123    4711 controller.go:88] retrying sync of default/web',
        yearless,
        'warning',
        'controller.go',
        'retrying sync of default/web',
      ),
      reads(
        'E0514 09:30:12.250123       1 reflector.go:147] failed to list the nodes',
        yearless,
        'error',
        'reflector.go',
        'failed to list the nodes',
      ),
      reads(
        'I20240514 09:30:12.250123  4711 server.cc:41] serving',
        exactly,
        'info',
        'server.cc',
        'serving',
      ),
    ],
  },
  {
    name: 'syslog-5424',
    writer: 'syslog after RFC 5424: rsyslog, syslog-ng, network devices',
    fits: ({ header, line }) => /^<\d{1,3}>1 /.test(line) && header.timeLayout !== 0,
    samples: [
      reads(
        '<34>1 2024-05-14T09:30:12.250Z mail.example.org su 4711 ID47 - authentication refused for root',
        exactly,
        'fatal',
        'su',
        'authentication refused for root',
      ),
      reads(
        '<165>1 2024-05-14T09:30:12.250Z host.example.org evntslog - ID47 [origin@32473 ip="192.0.2.1"] application event',
        exactly,
        'notice',
        'evntslog',
        'application event',
      ),
      reads(
        '<11>1 2024-05-14T11:30:12.250123+02:00 host.example.org shop 7 - - the queue is full',
        exactly,
        'error',
        'shop',
        'the queue is full',
      ),
    ],
  },
  {
    name: 'dmesg-ctime',
    writer: 'dmesg -T',
    fits: (shape) =>
      shape.header.levelColumn < 0 && mostly(shape, /^\[\w{3} \w{3} [ \d]\d [\d:]{8} \d{4}\] /),
    known: (inferred) => cutHeader(inferred, [cellKind.time], { anchor: 0 }),
    samples: [
      reads(
        '[Tue May 14 09:30:12 2024] usb 1-1: device descriptor read failed',
        onSecond,
        'unknown',
        '',
        'usb 1-1: device descriptor read failed',
      ),
      reads(
        '[Tue May 14 09:30:12 2024] eth0: link is down',
        onSecond,
        'unknown',
        '',
        'eth0: link is down',
      ),
      reads(
        '[Tue May  7 09:30:12 2024] Out of memory: Killed process 4711 (java)',
        '2024-05-07T09:30:12.000Z',
        'unknown',
        '',
        'Out of memory: Killed process 4711 (java)',
      ),
    ],
  },
  {
    name: 'openssh',
    writer: 'the OpenSSH server, by syslog',
    fits: (shape) => isSyslog(shape) && mostly(shape, / sshd(?:-session)?\[\d+\]: /),
    samples: [
      reads(
        'May 14 09:30:12 gate sshd[4711]: Invalid user guest from 192.0.2.7',
        yearlessSecond,
        'unknown',
        'sshd',
        'Invalid user guest from 192.0.2.7',
      ),
      reads(
        'May 14 09:30:12 gate sshd[4712]: error: kex protocol error',
        yearlessSecond,
        'error',
        'sshd',
        'error: kex protocol error',
      ),
      reads(
        'May 14 09:30:12 gate sshd[4713]: Accepted publickey for anna from 192.0.2.8 port 4711 ssh2',
        yearlessSecond,
        'unknown',
        'sshd',
        'Accepted publickey for anna from 192.0.2.8 port 4711 ssh2',
      ),
    ],
  },
  {
    name: 'haproxy',
    writer: 'HAProxy, by syslog',
    fits: (shape) => mostly(shape, /^\w{3} [ \d]\d [\d:]{8} \S+ haproxy\[\d+\]: /),
    known: hostAndLabel,
    samples: [
      reads(
        'May 14 09:30:12 gate haproxy[4711]: Server shop/web1 is DOWN, reason: Layer4 timeout',
        yearlessSecond,
        'unknown',
        'haproxy',
        'Server shop/web1 is DOWN, reason: Layer4 timeout',
      ),
      reads(
        'May 14 09:30:12 gate haproxy[4711]: 192.0.2.7:4711 [14/May/2024:09:30:12.250] in~ shop/web1 0/0/1/2/3 200 741 - - ---- 1/1/0/0/0 0/0 "GET / HTTP/1.1"',
        yearlessSecond,
        'unknown',
        'haproxy',
        '192.0.2.7:4711 [14/May/2024:09:30:12.250] in~ shop/web1 0/0/1/2/3 200 741 - - ---- 1/1/0/0/0 0/0 "GET / HTTP/1.1"',
      ),
      reads(
        'May 14 09:30:12 gate haproxy[4711]: Proxy shop started.',
        yearlessSecond,
        'unknown',
        'haproxy',
        'Proxy shop started.',
      ),
    ],
  },
  {
    name: 'syslog-3164',
    writer: 'syslog after RFC 3164; journalctl -o short',
    fits: isSyslog,
    samples: [
      reads(
        '<27>May 14 09:30:12 gate cupsd[4711]: connection reset by peer',
        yearlessSecond,
        'error',
        'cupsd',
        'connection reset by peer',
      ),
      reads(
        'May  4 09:30:12 gate kernel: eth0: link is down',
        '2000-05-04T09:30:12.000Z',
        'unknown',
        'kernel',
        'eth0: link is down',
      ),
      reads(
        'May 14 09:30:12 gate systemd[1]: shop.service: Failed with result exit-code.',
        yearlessSecond,
        'unknown',
        'systemd',
        'shop.service: Failed with result exit-code.',
      ),
    ],
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
    samples: [
      reads(
        '2024-05-14T11:30:12+0200 gate sshd[4711]: connection reset by peer',
        onSecond,
        'unknown',
        'sshd',
        'connection reset by peer',
      ),
      reads(
        '2024-05-14T11:30:12.250123+02:00 gate systemd[1]: Started the shop.',
        exactly,
        'unknown',
        'systemd',
        'Started the shop.',
      ),
      reads(
        '2024-05-14T09:30:12+0000 gate kernel: eth0: link is down',
        onSecond,
        'unknown',
        'kernel',
        'eth0: link is down',
      ),
    ],
  },
  {
    name: 'dmesg',
    writer: 'the Linux kernel; times count from the start',
    fits: ({ header }) => header.basis === timeBasis.relative,
    samples: [
      reads(
        '[   12.250123] usb 1-1: device descriptor read failed',
        '2000-01-01T00:00:12.250Z',
        'unknown',
        '',
        'usb 1-1: device descriptor read failed',
      ),
      reads(
        '[    0.000000] Linux version 6.8.0 (build@host)',
        '2000-01-01T00:00:00.000Z',
        'unknown',
        '',
        'Linux version 6.8.0 (build@host)',
      ),
      reads(
        '[86412.250123] EXT4-fs error (device sda1): bad block',
        '2000-01-02T00:00:12.250Z',
        'unknown',
        '',
        'EXT4-fs error (device sda1): bad block',
      ),
    ],
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
    samples: [
      reads(
        '05-14 09:30:12.250  1702  2395 E SensorHub: no data from gyroscope',
        yearless,
        'error',
        'SensorHub',
        'no data from gyroscope',
      ),
      reads(
        '05-14 09:30:12.250 W/SensorHub( 1702): slow sensor',
        yearless,
        'warning',
        'SensorHub',
        'slow sensor',
      ),
      reads(
        '05-14 09:30:12.250  1702  1702 F libc    : Fatal signal 11 (SIGSEGV)',
        yearless,
        'fatal',
        'libc',
        'Fatal signal 11 (SIGSEGV)',
      ),
    ],
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
    samples: [
      reads(
        'E/SensorHub( 1702): no data from gyroscope',
        null,
        'error',
        'SensorHub',
        'no data from gyroscope',
      ),
      reads('W/libc    ( 1702): Fatal signal 11', null, 'warning', 'libc', 'Fatal signal 11'),
      reads('D/AudioFlinger(   99): mixer is idle', null, 'debug', 'AudioFlinger', 'mixer is idle'),
    ],
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
    samples: [
      reads(
        '[ 05-14 09:30:12.250  1702: 2395 E/SensorHub ]\nno data from gyroscope',
        yearless,
        'error',
        'SensorHub',
        'no data from gyroscope',
      ),
      reads(
        '[ 05-14 09:30:12.250  1702: 1702 I/Activity Manager ]\nstarted in 41 ms\nand again',
        yearless,
        'info',
        'Activity Manager',
        'started in 41 ms',
      ),
      reads(
        '[ 05-14 09:30:12.250   702:  702 W/libc     ]\nlow on memory',
        yearless,
        'warning',
        'libc',
        'low on memory',
      ),
    ],
  },
  {
    name: 'windows-cbs',
    writer: 'Windows component-based servicing',
    fits: (shape) =>
      mostly(shape, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d, [A-Z][a-z]+ +(?:CBS|CSI|DPX|SPP) /),
    samples: [
      reads(
        '2024-05-14 09:30:12, Info                  CBS    Loaded the servicing stack',
        onSecond,
        'info',
        'CBS',
        'Loaded the servicing stack',
      ),
      reads(
        '2024-05-14 09:30:12, Error                 CSI    00000007 (F) STATUS_SXS_ASSEMBLY_MISSING',
        onSecond,
        'error',
        'CSI',
        '00000007 (F) STATUS_SXS_ASSEMBLY_MISSING',
      ),
      reads(
        '2024-05-14 09:30:12, Warning               CBS    Unrecognized packageExtended attribute.',
        onSecond,
        'warning',
        'CBS',
        'Unrecognized packageExtended attribute.',
      ),
    ],
  },
  {
    name: 'bgl',
    writer: 'Blue Gene/L',
    fits: (shape) =>
      mostly(shape, /^(?:\S+ )?\d{10} \d{4}\.\d\d\.\d\d \S+ \d{4}-[\d.-]+ \S+ [A-Z_]+ \w+ [A-Z]+ /),
    samples: [
      reads(
        '- 1715679012 2024.05.14 R02-M1-N0-C:J12-U11 2024-05-14-09.30.12.250123 R02-M1-N0-C:J12-U11 RAS KERNEL INFO cache parity error corrected',
        onSecond,
        'info',
        'KERNEL',
        'cache parity error corrected',
      ),
      reads(
        'APPREAD 1715679012 2024.05.14 R04-M1-N4-I:J18-U11 2024-05-14-09.30.12.250123 R04-M1-N4-I:J18-U11 RAS APP FATAL failed to read the message prefix',
        onSecond,
        'fatal',
        'APP',
        'failed to read the message prefix',
      ),
      reads(
        '- 1715679012 2024.05.14 R02-M1-N0-C:J12-U11 2024-05-14-09.30.12.250123 R02-M1-N0-C:J12-U11 RAS MMCS ERROR idoproxydb hit an assert',
        onSecond,
        'error',
        'MMCS',
        'idoproxydb hit an assert',
      ),
    ],
  },
  {
    name: 'hpc',
    writer: 'clusters of Los Alamos',
    fits: (shape) => mostly(shape, /^\d+ \S+ [a-z_.]+ \S+ \d{10} \d /),
    known: (inferred) => {
      const { number, word, time } = cellKind;
      return cutHeader(inferred, [number, word, word, word, time, number], { sourceColumn: 2 });
    },
    samples: [
      reads(
        '134681 node-246 unix.hw state_change.unavailable 1715679012 1 Component is in the unavailable state',
        onSecond,
        'unknown',
        'unix.hw',
        'Component is in the unavailable state',
      ),
      reads(
        '350766 node-109 boot_cmd new 1715679012 1 Targeting the node',
        onSecond,
        'unknown',
        'boot_cmd',
        'Targeting the node',
      ),
      reads(
        '2567 node-7 unix.hw net.niff.up 1715679012 1 ambient=30',
        onSecond,
        'unknown',
        'unix.hw',
        'ambient=30',
      ),
    ],
  },
  {
    name: 'proxifier',
    writer: 'Proxifier',
    fits: (shape) => mostly(shape, /^\[\d\d\.\d\d \d\d:\d\d:\d\d\] .{1,60} - /),
    samples: [
      reads(
        '[05.14 09:30:12] chrome.exe - shop.example:443 open through proxy proxy.example:5070 HTTPS',
        yearlessSecond,
        'unknown',
        'chrome.exe',
        'shop.example:443 open through proxy proxy.example:5070 HTTPS',
      ),
      reads(
        '[05.14 09:30:12] mail.exe *64 - shop.example:443 close, 403 bytes sent',
        yearlessSecond,
        'unknown',
        'mail.exe *64',
        'shop.example:443 close, 403 bytes sent',
      ),
      reads(
        '[05.14 09:30:12] git.exe - shop.example:443 error : Could not connect',
        yearlessSecond,
        'unknown',
        'git.exe',
        'shop.example:443 error : Could not connect',
      ),
    ],
  },
];
