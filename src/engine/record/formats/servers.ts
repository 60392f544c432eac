import { cellKind } from '../headerCell.ts';
import { headerTail } from '../headerLayout.ts';
import type { FormatEntry } from './formatEntry.ts';
import { cutHeader, dateless, exactly, mostly, onSecond, readBy, reads } from './formatEntry.ts';

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
    samples: [
      reads(
        "####<May 14, 2024 9:30:12,250 AM GMT> <Error> <HTTP> <shop-1> <AdminServer> <[ACTIVE] ExecuteThread: '7'> <<WLS Kernel>> <> <> <1715679012250> <BEA-101017> <The servlet failed.>",
        exactly,
        'error',
        'HTTP',
        'The servlet failed.',
      ),
      reads(
        '<May 14, 2024 9:30:12 AM GMT> <Notice> <Server> <BEA-002613> <Channel "Default" is listening.>',
        onSecond,
        'notice',
        'Server',
        'Channel "Default" is listening.',
      ),
      reads(
        '####<May 14, 2024 11:30:12 AM CEST> <Warning> <JDBC> <shop-1> <AdminServer> <main> <<WLS Kernel>> <> <> <1715679012000> <BEA-001129> <The pool is empty.>',
        onSecond,
        'warning',
        'JDBC',
        'The pool is empty.',
      ),
    ],
  },
  {
    name: 'jboss',
    writer: 'WildFly, JBoss EAP, Quarkus',
    fits: (shape) => mostly(shape, /^(?:[-\d]+[ T])?[\d:,.]+ [A-Z]+ +\[[\w.$-]+\] \([^)]+\) /),
    known: (inferred) => {
      const { time, level, bracket } = cellKind;
      return cutHeader(inferred, [time, level, bracket, bracket], { sourceColumn: 2 });
    },
    samples: [
      reads(
        '2024-05-14 09:30:12,250 ERROR [org.jboss.as.server] (MSC service thread 1-2) WFLYSRV0059: failed',
        exactly,
        'error',
        'org.jboss.as.server',
        'WFLYSRV0059: failed',
      ),
      reads(
        '09:30:12,250 INFO  [org.jboss.as] (Controller Boot Thread) WFLYSRV0025: started',
        dateless,
        'info',
        'org.jboss.as',
        'WFLYSRV0025: started',
      ),
      reads(
        '2024-05-14 09:30:12,250 WARN  [io.shop.Cart] (executor-thread-7) cart is empty',
        exactly,
        'warning',
        'io.shop.Cart',
        'cart is empty',
      ),
    ],
  },
  {
    name: 'karaf',
    writer: 'Apache Karaf, ServiceMix, OpenDaylight',
    fits: readBy('karaf'),
    pattern: {
      begins: /^[-\d]{10}[T ][\d:,.]{8,12} +\| /,
      pattern: String.raw`(?<time>[-\d]{10}[T ][\d:,.]{8,12}) +\| (?<level>[A-Z]+) +\| [^|]+\| (?<component>[^|]+?) +\| [^|]+\| (?<message>.*)`,
    },
    samples: [
      reads(
        '2024-05-14T09:30:12,250 | ERROR | FelixStartLevel  | shop.Cart         | 11 - org.example.shop - 1.2.0 | cart is lost',
        exactly,
        'error',
        'shop.Cart',
        'cart is lost',
      ),
      reads(
        '2024-05-14 09:30:12,250 | INFO  | pool-7-thread-1  | Orders            | 12 - org.example.orders - 1.2.0 | order 7 is paid',
        exactly,
        'info',
        'Orders',
        'order 7 is paid',
      ),
      reads(
        '2024-05-14T09:30:12,250 | WARN  | qtp7-41          | Server            | 13 - org.eclipse.jetty - 9.4.1 | slow | again',
        exactly,
        'warning',
        'Server',
        'slow | again',
      ),
    ],
  },
  {
    name: 'gunicorn',
    writer: 'Gunicorn',
    fits: (shape) => mostly(shape, /^\[[-\d]{10} [\d:]{8} [+-]\d{4}\] \[\d+\] \[[A-Z]+\] /),
    known: (inferred) => {
      const { time, bracket, level } = cellKind;
      return cutHeader(inferred, [time, bracket, level]);
    },
    samples: [
      reads(
        '[2024-05-14 11:30:12 +0200] [4711] [ERROR] Worker (pid:4712) was sent SIGKILL!',
        onSecond,
        'error',
        '',
        'Worker (pid:4712) was sent SIGKILL!',
      ),
      reads(
        '[2024-05-14 09:30:12 +0000] [4711] [INFO] Booting worker with pid: 4712',
        onSecond,
        'info',
        '',
        'Booting worker with pid: 4712',
      ),
      reads(
        '[2024-05-14 09:30:12 +0000] [4711] [CRITICAL] WORKER TIMEOUT (pid:4712)',
        onSecond,
        'fatal',
        '',
        'WORKER TIMEOUT (pid:4712)',
      ),
    ],
  },
  {
    name: 'celery',
    writer: 'Celery',
    fits: (shape) => mostly(shape, /^\[[-\d]{10} [\d:,]{12}: [A-Z]+\/\w/),
    samples: [
      reads(
        '[2024-05-14 09:30:12,250: ERROR/ForkPoolWorker-7] Task shop.pay raised unexpected',
        exactly,
        'error',
        '',
        'Task shop.pay raised unexpected',
      ),
      reads(
        '[2024-05-14 09:30:12,250: INFO/MainProcess] celery@web-1 ready.',
        exactly,
        'info',
        '',
        'celery@web-1 ready.',
      ),
      reads(
        '[2024-05-14 09:30:12,250: WARNING/Beat] the clock drifts',
        exactly,
        'warning',
        '',
        'the clock drifts',
      ),
    ],
  },
  {
    name: 'jvm',
    writer: 'the unified log of Java virtual machines',
    fits: readBy('jvm'),
    pattern: {
      begins: /^\[[-\dT:.+]{4,32}s?\]\[[\w.]+ *\]\[/,
      pattern: String.raw`\[(?<time>\d[-\dT:.+]*)s?\](?:\[[\d.]+m?s\])?\[(?<level>trace|debug|info|warning|error) *\]\[(?<component>[\w,. +-]*?) *\] ?(?<message>.*)`,
    },
    samples: [
      reads(
        '[2024-05-14T09:30:12.250+0000][info][gc] GC(7) Pause Young (Normal) 24M->4M(256M) 3.250ms',
        exactly,
        'info',
        'gc',
        'GC(7) Pause Young (Normal) 24M->4M(256M) 3.250ms',
      ),
      reads(
        '[2024-05-14T11:30:12.250+0200][warning][gc,heap   ] the heap is nearly full',
        exactly,
        'warning',
        'gc,heap',
        'the heap is nearly full',
      ),
      reads(
        '[2024-05-14T09:30:12.250+0000][0.250s][error][os,thread] Failed to start thread',
        exactly,
        'error',
        'os,thread',
        'Failed to start thread',
      ),
    ],
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
    samples: [
      reads('[12.250s][info][gc] Using G1', '2000-01-01T00:00:12.250Z', 'info', 'gc', 'Using G1'),
      reads(
        '[12.250s][warning][safepoint] slow to reach',
        '2000-01-01T00:00:12.250Z',
        'warning',
        'safepoint',
        'slow to reach',
      ),
      reads(
        '[0.007s][debug  ][class,load] java.lang.Object',
        '2000-01-01T00:00:00.007Z',
        'debug',
        'class,load',
        'java.lang.Object',
      ),
    ],
  },
  {
    name: 'ruby-logger',
    writer: "Ruby's Logger, Rails",
    fits: readBy('ruby-logger'),
    pattern: {
      begins: /^[DIWEFAU], \[\d/,
      pattern: String.raw`[DIWEFAU], \[(?<time>[-\dT:.]+) #\d+\] +(?<level>[A-Z]+) -- (?<component>[^:]*): (?<message>.*)`,
    },
    samples: [
      reads(
        'E, [2024-05-14T09:30:12.250123 #4711] ERROR -- : payment is lost',
        exactly,
        'error',
        '',
        'payment is lost',
      ),
      reads(
        'I, [2024-05-14T09:30:12.250123 #4711]  INFO -- shop: Completed 200 OK in 7ms',
        exactly,
        'info',
        'shop',
        'Completed 200 OK in 7ms',
      ),
      reads(
        'W, [2024-05-14T09:30:12.250123 #4711]  WARN -- : cart is empty',
        exactly,
        'warning',
        '',
        'cart is empty',
      ),
    ],
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
    samples: [
      reads(
        '2024-05-14T09:30:12.250Z [ERROR] agent.server.raft: failed to contact: server=7',
        exactly,
        'error',
        'agent.server.raft',
        'failed to contact: server=7',
      ),
      reads(
        '2024-05-14T11:30:12.250+0200 [INFO]  core: vault is unsealed',
        exactly,
        'info',
        'core',
        'vault is unsealed',
      ),
      reads(
        '    2024-05-14T09:30:12.250Z [WARN]  client.alloc_runner: task failed: alloc_id=7',
        exactly,
        'warning',
        'client.alloc_runner',
        'task failed: alloc_id=7',
      ),
    ],
  },
  {
    name: 'cassandra',
    writer: 'Apache Cassandra, ScyllaDB tools',
    fits: (shape) => mostly(shape, /^[A-Z]+ +\[[^\]]+\] [-\d]{10} [\d:,]{12} [\w$]+\.java:\d+ - /),
    samples: [
      reads(
        'ERROR [ReadStage-2] 2024-05-14 09:30:12,250 CassandraDaemon.java:581 - Exception in thread',
        exactly,
        'error',
        'CassandraDaemon.java',
        'Exception in thread',
      ),
      reads(
        'INFO  [main] 2024-05-14 09:30:12,250 StorageService.java:700 - Starting up server gossip',
        exactly,
        'info',
        'StorageService.java',
        'Starting up server gossip',
      ),
      reads(
        'WARN  [MemtableFlushWriter:7] 2024-05-14 09:30:12,250 Memtable.java:41 - the flush is slow',
        exactly,
        'warning',
        'Memtable.java',
        'the flush is slow',
      ),
    ],
  },
  {
    name: 'postgresql-csv',
    writer: 'PostgreSQL with log_destination csvlog',
    fits: readBy('postgresql-csv'),
    pattern: {
      begins: /^\d{4}-\d\d-\d\d [\d:.]+ \w+,[",]/,
      pattern: String.raw`(?<time>\d{4}-\d\d-\d\d [\d:.]+ \w+),(?:(?:"(?:[^"]|"")*"|[^,"]*),){10}(?<level>[A-Z]+\d?),\w{5},"(?<message>(?:[^"]|"")*)`,
    },
    samples: [
      reads(
        '2024-05-14 09:30:12.250 UTC,"anna","shop",4711,"192.0.2.7:4712",6642.1,1,"SELECT",2024-05-14 09:30:00 UTC,3/7,0,ERROR,42P01,"relation ""cart"" does not exist",,,,,,"select 1",,,"psql"',
        exactly,
        'error',
        '',
        'relation ""cart"" does not exist',
      ),
      reads(
        '2024-05-14 09:30:12.250 UTC,,,4711,,6642.1,1,,2024-05-14 09:30:00 UTC,,0,LOG,00000,"database system is ready",,,,,,,,,""',
        exactly,
        'info',
        '',
        'database system is ready',
      ),
      reads(
        '2024-05-14 11:30:12.250 CEST,"anna","shop",4711,"[local]",6642.1,2,"idle",2024-05-14 11:30:00 CEST,3/7,0,WARNING,25P01,"there is no transaction in progress",,,,,,,,,"psql"',
        exactly,
        'warning',
        '',
        'there is no transaction in progress',
      ),
    ],
  },
];
