import { cellKind } from '../headerCell.ts';
import type { FormatEntry } from './formatEntry.ts';
import { cutHeader, exactly, mostly, onSecond, readBy, reads } from './formatEntry.ts';

/** Clouds and hosts of virtual machines. */
export const cloudFormats: readonly FormatEntry[] = [
  {
    name: 'aws-s3',
    writer: 'AWS S3 server access log',
    fits: (shape) =>
      mostly(shape, /^\w+ [\w.-]+ \[[\w/]+:[\d:]+ [+-]\d{4}\] \S+ \S+ \w+ [A-Z]+\.[A-Z.]+ /),
    known: (inferred) => cutHeader(inferred, [cellKind.word, cellKind.word, cellKind.time]),
    samples: [
      reads(
        '79a5be shop-logos [14/May/2024:09:30:12 +0000] 192.0.2.7 79a5be 3E57427F REST.GET.OBJECT logo.png "GET /shop-logos/logo.png HTTP/1.1" 200 - 113 113 7 6 "-" "curl/8.5.0" -',
        onSecond,
        'unknown',
        '',
        '192.0.2.7 79a5be 3E57427F REST.GET.OBJECT logo.png "GET /shop-logos/logo.png HTTP/1.1" 200 - 113 113 7 6 "-" "curl/8.5.0" -',
      ),
      reads(
        '79a5be shop.backup [14/May/2024:09:30:12 +0000] 192.0.2.8 - 3E57427A REST.PUT.OBJECT a.tar "PUT /shop.backup/a.tar HTTP/1.1" 503 SlowDown 113 - 7 - "-" "aws-cli/2" -',
        onSecond,
        'unknown',
        '',
        '192.0.2.8 - 3E57427A REST.PUT.OBJECT a.tar "PUT /shop.backup/a.tar HTTP/1.1" 503 SlowDown 113 - 7 - "-" "aws-cli/2" -',
      ),
      reads(
        '79a5be shop-logos [14/May/2024:11:30:12 +0200] 192.0.2.9 - 3E57427B REST.GET.VERSIONING - "GET /shop-logos?versioning HTTP/1.1" 404 NoSuchBucket 113 - 7 - "-" "S3Console/0.4" -',
        onSecond,
        'unknown',
        '',
        '192.0.2.9 - 3E57427B REST.GET.VERSIONING - "GET /shop-logos?versioning HTTP/1.1" 404 NoSuchBucket 113 - 7 - "-" "S3Console/0.4" -',
      ),
    ],
  },
  {
    name: 'cloudfront',
    writer: 'AWS CloudFront',
    fits: (shape) =>
      shape.header.table?.delimiter === 0x09 &&
      mostly(shape, /^\d{4}-\d\d-\d\d\t[\d:]{8}\t[A-Z]{3}\d+/),
    opening: '#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method sc-status',
    samples: [
      reads(
        '2024-05-14\t09:30:12\tFRA50-C1\t2390\t192.0.2.7\tGET\t200',
        onSecond,
        'unknown',
        '',
        '2024-05-14\t09:30:12\tFRA50-C1\t2390\t192.0.2.7\tGET\t200',
      ),
      reads(
        '2024-05-14\t09:30:12\tSEA19\t0\t192.0.2.8\tPOST\t503',
        onSecond,
        'unknown',
        '',
        '2024-05-14\t09:30:12\tSEA19\t0\t192.0.2.8\tPOST\t503',
      ),
      reads(
        '2024-05-14\t09:30:12\tNRT57-P2\t17\t192.0.2.9\tHEAD\t404',
        onSecond,
        'unknown',
        '',
        '2024-05-14\t09:30:12\tNRT57-P2\t17\t192.0.2.9\tHEAD\t404',
      ),
    ],
  },
  {
    name: 'esxi-kernel',
    writer: 'VMware ESXi: vmkernel.log',
    fits: readBy('esxi-kernel'),
    pattern: {
      begins: /^\d{4}-\d\d-\d\dT[\d:.]+Z (?:[A-Z][a-z]\(\d+\) vmk\w+: )?cpu\d+:\d+\)/,
      pattern: String.raw`(?<time>\d[-\dT:.]+Z) (?:[A-Z][a-z]\(\d+\) vmk\w+: )?cpu\d+:\d+\)(?:(?<level>WARNING|ALERT): )?(?:(?<component>[A-Za-z][\w ]*): )?(?<message>.*)`,
    },
    samples: [
      reads(
        '2024-05-14T09:30:12.250Z cpu3:2097713)WARNING: NFS: 337: Lost connection to the server',
        exactly,
        'warning',
        'NFS',
        '337: Lost connection to the server',
      ),
      reads(
        '2024-05-14T09:30:12.250Z cpu1:2097714)ScsiDeviceIO: 3068: Cmd 0x45 failed',
        exactly,
        'unknown',
        'ScsiDeviceIO',
        '3068: Cmd 0x45 failed',
      ),
      reads(
        '2024-05-14T09:30:12.250Z In(182) vmkernel: cpu2:2097715)NMP: 3856: path is up',
        exactly,
        'unknown',
        'NMP',
        '3856: path is up',
      ),
    ],
  },
  {
    name: 'esxi',
    writer: 'VMware ESXi and vCenter: hostd, vpxa, vobd',
    fits: readBy('esxi'),
    pattern: {
      begins:
        /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) (?:[A-Z][a-z]\(\d+\) |(?:info|warning|error|verbose|trivia|panic) [\w-]+\[)/,
      pattern: String.raw`(?<time>\d[-\dT:.]+(?:Z|[+-]\d\d:\d\d)) (?<level>[a-z]+|In|Wa|Er|Db|No|Cr|Al|Em)(?:\(\d+\))? (?<component>[\w.-]+)(?:\[[\w]+\])?:? +(?<message>.*)`,
      levels: [
        ['IN', 'info'],
        ['WA', 'warning'],
        ['ER', 'error'],
        ['DB', 'debug'],
        ['NO', 'notice'],
        ['CR', 'fatal'],
        ['AL', 'fatal'],
        ['EM', 'fatal'],
        ['TRIVIA', 'trace'],
      ],
    },
    samples: [
      reads(
        '2024-05-14T09:30:12.250Z warning hostd[2099525] [Originator@6876 sub=Vimsvc.Task opID=7] Task failed',
        exactly,
        'warning',
        'hostd',
        '[Originator@6876 sub=Vimsvc.Task opID=7] Task failed',
      ),
      reads(
        '2024-05-14T09:30:12.250Z Er(179) vpxa[2099526]: [Originator@6876 sub=vpxaInvt] the host is lost',
        exactly,
        'error',
        'vpxa',
        '[Originator@6876 sub=vpxaInvt] the host is lost',
      ),
      reads(
        '2024-05-14T11:30:12.250+02:00 info vpxd[4711] [Originator@6876 sub=Hostsvc] storage is ready',
        exactly,
        'info',
        'vpxd',
        '[Originator@6876 sub=Hostsvc] storage is ready',
      ),
    ],
  },
];
