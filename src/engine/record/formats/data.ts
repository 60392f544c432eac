import { cellKind } from '../headerCell.ts';
import { columnRule } from '../headerLayout.ts';
import { timeLayout } from '../timestamp.ts';
import type { FormatEntry } from './formatEntry.ts';
import { cutHeader, mostly, often } from './formatEntry.ts';

/** Databases, queues and clusters. */
export const dataFormats: readonly FormatEntry[] = [
  {
    name: 'redis',
    writer: 'Redis, Valkey',
    fits: ({ header }) => header.markLevels,
  },
  {
    name: 'postgresql',
    writer: 'PostgreSQL',
    fits: ({ columns, line }) =>
      columns.startsWith('time bracket') && /\] (?:\S+ )?[A-Z]+: {2}/.test(line),
  },
  {
    name: 'mysql',
    writer: 'MySQL, MariaDB',
    fits: (shape) => mostly(shape, /^\d{4}-\d\d-\d\dT\S+ \d+ \[\w+\] \[MY-/),
    known: (inferred) => {
      const { time, number, level, bracket } = cellKind;
      return cutHeader(inferred, [time, number, level, bracket, bracket], {
        rules: [columnRule.must, columnRule.must, columnRule.any, columnRule.must, columnRule.must],
        sourceColumn: 4,
      });
    },
  },
  {
    name: 'rabbitmq',
    writer: 'RabbitMQ',
    fits: ({ line }) => /\[\w+\] <\d+\.\d+\.\d+> /.test(line),
  },
  {
    name: 'zookeeper',
    writer: 'Apache ZooKeeper',
    fits: (shape) => mostly(shape, /^[-\d]+ [\d:,]+ +(?:\[myid:\d*\] )?- [A-Z]+ +\[.+@\d+\] - /),
  },
  {
    name: 'kafka',
    writer: 'Apache Kafka',
    fits: (shape) =>
      mostly(
        shape,
        /^\[[-\d]+ [\d:,]+\] [A-Z]+ .*\((?:kafka|org\.apache\.kafka|state\.change)\S*\)$/,
      ),
  },
  {
    name: 'hdfs',
    writer: 'HDFS of Hadoop 0.x',
    fits: (shape) =>
      shape.header.timeLayout === timeLayout.compactShort &&
      mostly(shape, / (?:dfs|org\.apache\.hadoop)\./),
  },
  {
    name: 'spark',
    writer: 'Apache Spark on log4j',
    fits: (shape) =>
      shape.header.timeLayout === timeLayout.numericShortYear &&
      mostly(shape, /^\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d [A-Z]+ [\w.$]+: /),
  },
  {
    name: 'hadoop',
    writer: 'Apache Hadoop on log4j',
    fits: (shape) =>
      mostly(shape, /^[-\d]+ [\d:,]+ [A-Z]+ +(?:\[[^\]]*\] )?[\w.$]+: /) &&
      often(shape, / org\.apache\.hadoop\./),
  },
  {
    name: 'elasticsearch',
    writer: 'Elasticsearch, OpenSearch',
    fits: (shape) => mostly(shape, /^\[[-\d]+T[\d:,]+\]\[[A-Z]+ *\]\[\S+ *\] /),
    known: (inferred) => {
      const { time, level, bracket } = cellKind;
      return cutHeader(inferred, [time, level, bracket], { sourceColumn: 2 });
    },
  },
  {
    name: 'openstack',
    writer: 'OpenStack and other users of oslo.log',
    fits: ({ columns }) => columns.endsWith('time number level word bracket'),
  },
];
