import { cellKind } from '../headerCell.ts';
import { headerTail } from '../headerLayout.ts';
import type { FormatEntry } from './formatEntry.ts';
import { cutHeader, mostly, readBy } from './formatEntry.ts';

/** Application servers, the runtimes they live in, and what keeps clusters of them together. */
export const serverFormats: readonly FormatEntry[] = [
  {
    name: 'weblogic',
    writer: 'Oracle WebLogic: server log and console',
    fits: readBy('weblogic'),
    pattern: {
      begins: /^(?:####)?<[A-Z][a-z]{2} \d/,
      pattern: String.raw`(?:####)?<(?<time>[A-Z][a-z]{2} \d{1,2}, \d{4},? [^>]{8,40})> <(?<level>\w+)> <(?<component>[^>]*)> (?:<.*> )?<(?:BEA-)?\d+> <(?<message>.*?)>? *$`,
      levels: [
        ['CRITICAL', 'fatal'],
        ['ALERT', 'fatal'],
      ],
    },
  },
  {
    name: 'jboss',
    writer: 'WildFly, JBoss EAP, Quarkus',
    fits: (shape) => mostly(shape, /^(?:[-\d]+[ T])?[\d:,.]+ [A-Z]+ +\[[\w.$-]+\] \([^)]+\) /),
    known: (inferred) => {
      const { time, level, bracket } = cellKind;
      return cutHeader(inferred, [time, level, bracket, bracket], { sourceColumn: 2 });
    },
  },
  {
    name: 'karaf',
    writer: 'Apache Karaf, ServiceMix, OpenDaylight',
    fits: readBy('karaf'),
    pattern: {
      begins: /^[-\d]{10}[T ][\d:,.]{8,12} +\| /,
      pattern: String.raw`(?<time>[-\d]{10}[T ][\d:,.]{8,12}) +\| (?<level>[A-Z]+) +\| [^|]+\| (?<component>[^|]+?) +\| [^|]+\| (?<message>.*)`,
    },
  },
  {
    name: 'gunicorn',
    writer: 'Gunicorn',
    fits: (shape) => mostly(shape, /^\[[-\d]{10} [\d:]{8} [+-]\d{4}\] \[\d+\] \[[A-Z]+\] /),
    known: (inferred) => {
      const { time, bracket, level } = cellKind;
      return cutHeader(inferred, [time, bracket, level]);
    },
  },
  {
    name: 'celery',
    writer: 'Celery',
    fits: (shape) => mostly(shape, /^\[[-\d]{10} [\d:,]{12}: [A-Z]+\/\w/),
  },
  {
    name: 'jvm',
    writer: 'the unified log of Java virtual machines',
    fits: readBy('jvm'),
    pattern: {
      begins: /^\[[-\dT:.+]{4,32}s?\]\[[\w.]+ *\]\[/,
      pattern: String.raw`\[(?<time>\d[-\dT:.+]*)s?\](?:\[[\d.]+m?s\])?\[(?<level>trace|debug|info|warning|error) *\]\[(?<component>[\w,. +-]*?) *\] ?(?<message>.*)`,
    },
  },
  {
    name: 'jvm-uptime',
    writer: 'Java virtual machines; times count from the start',
    fits: readBy('jvm-uptime'),
    pattern: {
      begins: /^\[\d+[.,]\d{3}s\]\[\w+ *\]\[/,
      pattern: String.raw`\[(?<time>\d+[.,]\d{3})s\]\[(?<level>trace|debug|info|warning|error) *\]\[(?<component>[\w,. +-]*?) *\] ?(?<message>.*)`,
      unit: 's',
    },
  },
  {
    name: 'ruby-logger',
    writer: "Ruby's Logger, Rails",
    fits: readBy('ruby-logger'),
    pattern: {
      begins: /^[DIWEFAU], \[\d/,
      pattern: String.raw`[DIWEFAU], \[(?<time>[-\dT:.]+) #\d+\] +(?<level>[A-Z]+) -- (?<component>[^:]*): (?<message>.*)`,
    },
  },
  {
    name: 'hclog',
    writer: 'Consul, Vault, Nomad, Terraform (go-hclog)',
    fits: (shape) =>
      mostly(
        shape,
        /^ *\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d{4}) \[(?:TRACE|DEBUG|INFO|WARN|ERROR)\] {1,2}[\w.-]+: /,
      ),
    known: (inferred) =>
      cutHeader(inferred, [cellKind.time, cellKind.level], { tail: headerTail.label }),
  },
  {
    name: 'cassandra',
    writer: 'Apache Cassandra, ScyllaDB tools',
    fits: (shape) => mostly(shape, /^[A-Z]+ +\[[^\]]+\] [-\d]{10} [\d:,]{12} [\w$]+\.java:\d+ - /),
  },
  {
    name: 'postgresql-csv',
    writer: 'PostgreSQL with log_destination csvlog',
    fits: readBy('postgresql-csv'),
    pattern: {
      begins: /^\d{4}-\d\d-\d\d [\d:.]+ \w+,[",]/,
      pattern: String.raw`(?<time>\d{4}-\d\d-\d\d [\d:.]+ \w+),(?:(?:"(?:[^"]|"")*"|[^,"]*),){10}(?<level>[A-Z]+\d?),\w{5},"(?<message>(?:[^"]|"")*)`,
    },
  },
];
