import { cellKind } from '../headerCell.ts';
import { columnRule } from '../headerLayout.ts';
import { timeLayout } from '../timestamp.ts';
import type { FormatEntry } from './formatEntry.ts';
import { cutHeader, exactly, mostly, often, onSecond, reads } from './formatEntry.ts';

/** Databases, queues and clusters. */
export const dataFormats: readonly FormatEntry[] = [
  {
    name: 'redis',
    writer: 'Redis, Valkey',
    fits: ({ header }) => header.markLevels,
    samples: [
      reads(
        '4711:M 14 May 2024 09:30:12.250 # Failed opening the RDB file for saving',
        exactly,
        'warning',
        '',
        'Failed opening the RDB file for saving',
      ),
      reads(
        '4711:C 14 May 2024 09:30:12.250 * DB saved on disk',
        exactly,
        'notice',
        '',
        'DB saved on disk',
      ),
      reads(
        '4711:S 14 May 2024 09:30:12.250 - Connection with the replica lost',
        exactly,
        'info',
        '',
        'Connection with the replica lost',
      ),
    ],
  },
  {
    name: 'postgresql',
    writer: 'PostgreSQL',
    fits: ({ columns, line }) =>
      columns.startsWith('time bracket') && /\] (?:\S+ )?[A-Z]+: {2}/.test(line),
    samples: [
      reads(
        '2024-05-14 09:30:12.250 UTC [4711] ERROR:  deadlock detected',
        exactly,
        'error',
        '',
        'deadlock detected',
      ),
      reads(
        '2024-05-14 09:30:12.250 UTC [4711] LOG:  checkpoint starting: time',
        exactly,
        'info',
        '',
        'checkpoint starting: time',
      ),
      reads(
        '2024-05-14 11:30:12.250 CEST [4711] FATAL:  the database system is shutting down',
        exactly,
        'fatal',
        '',
        'the database system is shutting down',
      ),
    ],
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
    samples: [
      reads(
        '2024-05-14T09:30:12.250123Z 8 [Warning] [MY-010055] [Server] IP address could not be resolved',
        exactly,
        'warning',
        'Server',
        'IP address could not be resolved',
      ),
      reads(
        '2024-05-14T09:30:12.250123Z 0 [ERROR] [MY-012574] [InnoDB] Unable to lock the file',
        exactly,
        'error',
        'InnoDB',
        'Unable to lock the file',
      ),
      reads(
        '2024-05-14T09:30:12.250123Z 0 [System] [MY-010931] [Server] ready for connections',
        exactly,
        'unknown',
        'Server',
        'ready for connections',
      ),
    ],
  },
  {
    name: 'rabbitmq',
    writer: 'RabbitMQ',
    fits: ({ line }) => /\[\w+\] <\d+\.\d+\.\d+> /.test(line),
    samples: [
      reads(
        '2024-05-14 09:30:12.250123+00:00 [noti] <0.229.0> alarm cleared',
        exactly,
        'notice',
        '',
        'alarm cleared',
      ),
      reads(
        '2024-05-14 09:30:12.250 [error] <0.7.0> closing the connection',
        exactly,
        'error',
        '',
        'closing the connection',
      ),
      reads(
        '2024-05-14 11:30:12.250123+02:00 [warning] <0.41.0> the queue is long',
        exactly,
        'warning',
        '',
        'the queue is long',
      ),
    ],
  },
  {
    name: 'zookeeper',
    writer: 'Apache ZooKeeper',
    fits: (shape) => mostly(shape, /^[-\d]+ [\d:,]+ +(?:\[myid:\d*\] )?- [A-Z]+ +\[.+@\d+\] - /),
    samples: [
      reads(
        '2024-05-14 09:30:12,250 - WARN  [Worker:QuorumCnxManager@774] - Interrupted while waiting',
        exactly,
        'warning',
        'Worker:QuorumCnxManager',
        'Interrupted while waiting',
      ),
      reads(
        '2024-05-14 09:30:12,250 - INFO  [QuorumPeer[myid=1]/0.0.0.0:2181:FastLeaderElection@41] - New election',
        exactly,
        'info',
        'QuorumPeer[myid=1]/0.0.0.0:2181:FastLeaderElection',
        'New election',
      ),
      reads(
        '2024-05-14 09:30:12,250 - ERROR [main:QuorumPeerMain@7] - Invalid configuration',
        exactly,
        'error',
        'main:QuorumPeerMain',
        'Invalid configuration',
      ),
    ],
  },
  {
    name: 'kafka',
    writer: 'Apache Kafka',
    fits: (shape) =>
      mostly(
        shape,
        /^\[[-\d]+ [\d:,]+\] [A-Z]+ .*\((?:kafka|org\.apache\.kafka|state\.change)\S*\)$/,
      ),
    samples: [
      reads(
        '[2024-05-14 09:30:12,250] INFO [Broker id=7] Handling a request (kafka.server.ReplicaManager)',
        exactly,
        'info',
        'Broker id=7',
        'Handling a request (kafka.server.ReplicaManager)',
      ),
      reads(
        '[2024-05-14 09:30:12,250] WARN [Controller 7] No live replica (kafka.controller.KafkaController)',
        exactly,
        'warning',
        'Controller 7',
        'No live replica (kafka.controller.KafkaController)',
      ),
      reads(
        '[2024-05-14 09:30:12,250] ERROR [Log partition=a-7] Append failed (org.apache.kafka.storage.Log)',
        exactly,
        'error',
        'Log partition=a-7',
        'Append failed (org.apache.kafka.storage.Log)',
      ),
    ],
  },
  {
    name: 'hdfs',
    writer: 'HDFS of Hadoop 0.x',
    fits: (shape) =>
      shape.header.timeLayout === timeLayout.compactShort &&
      mostly(shape, / (?:dfs|org\.apache\.hadoop)\./),
    samples: [
      reads(
        '240514 093012 148 INFO dfs.DataNode$Receiver: received block 7 of size 67108864',
        onSecond,
        'info',
        'dfs.DataNode$Receiver',
        'received block 7 of size 67108864',
      ),
      reads(
        '240514 093012 13 WARN dfs.FSNamesystem: a block is missing',
        onSecond,
        'warning',
        'dfs.FSNamesystem',
        'a block is missing',
      ),
      reads(
        '240514 093012 7 ERROR dfs.DataBlockScanner: verification failed',
        onSecond,
        'error',
        'dfs.DataBlockScanner',
        'verification failed',
      ),
    ],
  },
  {
    name: 'spark',
    writer: 'Apache Spark on log4j',
    fits: (shape) =>
      shape.header.timeLayout === timeLayout.numericShortYear &&
      mostly(shape, /^\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d [A-Z]+ [\w.$]+: /),
    samples: [
      reads(
        '24/05/14 09:30:12 INFO executor.Executor: Finished task 7 in stage 41',
        onSecond,
        'info',
        'executor.Executor',
        'Finished task 7 in stage 41',
      ),
      reads(
        '24/05/14 09:30:12 WARN TaskSetManager: Lost task 7',
        onSecond,
        'warning',
        'TaskSetManager',
        'Lost task 7',
      ),
      reads(
        '24/05/14 09:30:12 ERROR storage.BlockManager: Failed to fetch the block',
        onSecond,
        'error',
        'storage.BlockManager',
        'Failed to fetch the block',
      ),
    ],
  },
  {
    name: 'hadoop',
    writer: 'Apache Hadoop on log4j',
    fits: (shape) =>
      mostly(shape, /^[-\d]+ [\d:,]+ [A-Z]+ +(?:\[[^\]]*\] )?[\w.$]+: /) &&
      often(shape, / org\.apache\.hadoop\./),
    samples: [
      reads(
        '2024-05-14 09:30:12,250 WARN [IPC Server] org.apache.hadoop.ipc.Server: the queue is full',
        exactly,
        'warning',
        'org.apache.hadoop.ipc.Server',
        'the queue is full',
      ),
      reads(
        '2024-05-14 09:30:12,250 INFO [main] org.apache.hadoop.mapred.Task: task is done',
        exactly,
        'info',
        'org.apache.hadoop.mapred.Task',
        'task is done',
      ),
      reads(
        '2024-05-14 09:30:12,250 ERROR org.apache.hadoop.hdfs.server.DataNode: disk failed',
        exactly,
        'error',
        'org.apache.hadoop.hdfs.server.DataNode',
        'disk failed',
      ),
    ],
  },
  {
    name: 'elasticsearch',
    writer: 'Elasticsearch, OpenSearch',
    fits: (shape) => mostly(shape, /^\[[-\d]+T[\d:,]+\]\[[A-Z]+ *\]\[\S+ *\] /),
    known: (inferred) => {
      const { time, level, bracket } = cellKind;
      return cutHeader(inferred, [time, level, bracket], { sourceColumn: 2 });
    },
    samples: [
      reads(
        '[2024-05-14T09:30:12,250][WARN ][o.e.m.j.JvmGcMonitor    ] [node-1] overhead is high',
        exactly,
        'warning',
        'o.e.m.j.JvmGcMonitor',
        '[node-1] overhead is high',
      ),
      reads(
        '[2024-05-14T09:30:12,250][INFO ][o.e.n.Node              ] [node-1] started',
        exactly,
        'info',
        'o.e.n.Node',
        '[node-1] started',
      ),
      reads(
        '[2024-05-14T09:30:12,250][ERROR][o.e.b.Bootstrap         ] [node-1] exiting',
        exactly,
        'error',
        'o.e.b.Bootstrap',
        '[node-1] exiting',
      ),
    ],
  },
  {
    name: 'openstack',
    writer: 'OpenStack and other users of oslo.log',
    fits: ({ columns }) => columns.endsWith('time number level word bracket'),
    samples: [
      reads(
        '2024-05-14 09:30:12.250 4711 WARNING orders.queue.manager [req-9a1f - - -] slow consumer',
        exactly,
        'warning',
        'orders.queue.manager',
        'slow consumer',
      ),
      reads(
        '2024-05-14 09:30:12.250 4711 INFO nova.compute.manager [req-7 - - -] instance spawned',
        exactly,
        'info',
        'nova.compute.manager',
        'instance spawned',
      ),
      reads(
        '2024-05-14 09:30:12.250 4711 ERROR nova.virt.driver [-] no host was found',
        exactly,
        'error',
        'nova.virt.driver',
        'no host was found',
      ),
    ],
  },
];
