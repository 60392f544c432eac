import { cellKind } from '../headerCell.ts';
import type { FormatEntry } from './formatEntry.ts';
import { cutHeader, mostly } from './formatEntry.ts';

/** Web servers, proxies and stores that are reached by HTTP. */
export const webFormats: readonly FormatEntry[] = [
  {
    name: 'access',
    writer: 'nginx, Apache httpd and other servers in the common and the combined format',
    fits: ({ header }) => header.access,
  },
  {
    name: 'apache-error',
    writer: 'Apache httpd',
    fits: ({ columns, line }) => columns.startsWith('time level') && /^\[\w{3} \w{3} /.test(line),
  },
  {
    name: 'nginx-error',
    writer: 'nginx',
    fits: ({ columns, line }) => columns.startsWith('time level') && /\] \d+#\d+: /.test(line),
  },
  {
    name: 'envoy',
    writer: 'Envoy (its own log)',
    fits: (shape) => mostly(shape, /^\[[-\d]{10} [\d:.]+\]\[\d+\]\[\w+\]\[\w+\]/),
    known: (inferred) => {
      const { time, bracket, level, word } = cellKind;
      return cutHeader(inferred, [time, bracket, level, word], { sourceColumn: 3 });
    },
  },
  {
    name: 'squid',
    writer: 'Squid access log',
    fits: (shape) => mostly(shape, /^\d{10}\.\d{3} +\d+ \S+ [A-Z_]+\/\d{3} \d+ [A-Z]+ /),
    known: (inferred) => cutHeader(inferred, [cellKind.time, cellKind.number]),
  },
  {
    name: 'aws-alb',
    writer: 'AWS application load balancers',
    fits: (shape) => mostly(shape, /^(?:https?|h2|wss?|grpcs?) \d{4}-[\d-]+T[\d:.]+Z app\//),
    known: (inferred) => cutHeader(inferred, [cellKind.word, cellKind.time]),
  },
];
