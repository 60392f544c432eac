import { cellKind } from '../headerCell.ts';
import type { FormatEntry } from './formatEntry.ts';
import { cutHeader, mostly, readBy } from './formatEntry.ts';

/** Clouds and hosts of virtual machines. */
export const cloudFormats: readonly FormatEntry[] = [
  {
    name: 'aws-s3',
    writer: 'AWS S3 server access log',
    fits: (shape) =>
      mostly(shape, /^\w+ [\w.-]+ \[[\w/]+:[\d:]+ [+-]\d{4}\] \S+ \S+ \w+ [A-Z]+\.[A-Z.]+ /),
    known: (inferred) => cutHeader(inferred, [cellKind.word, cellKind.word, cellKind.time]),
  },
  {
    name: 'cloudfront',
    writer: 'AWS CloudFront',
    fits: (shape) =>
      shape.header.table?.delimiter === 0x09 &&
      mostly(shape, /^\d{4}-\d\d-\d\d\t[\d:]{8}\t[A-Z]{3}\d+/),
    opening: '#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method sc-status',
  },
  {
    name: 'esxi-kernel',
    writer: 'VMware ESXi: vmkernel.log',
    fits: readBy('esxi-kernel'),
    pattern: {
      begins: /^\d{4}-\d\d-\d\dT[\d:.]+Z (?:[A-Z][a-z]\(\d+\) vmk\w+: )?cpu\d+:\d+\)/,
      pattern: String.raw`(?<time>\d[-\dT:.]+Z) (?:[A-Z][a-z]\(\d+\) vmk\w+: )?cpu\d+:\d+\)(?:(?<level>WARNING|ALERT): )?(?:(?<component>[A-Za-z][\w ]*): )?(?<message>.*)`,
    },
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
  },
];
