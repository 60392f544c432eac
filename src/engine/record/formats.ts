import { cellKind } from './headerCell.ts';
import type { HeaderLayout } from './headerLayout.ts';
import { bodyKind, headerTail } from './headerLayout.ts';
import type { Level } from './levels.ts';
import { timeBasis, timeLayout } from './timestamp.ts';

/**
 * A named way of writing logs. The name is for the reader: records are read by the inferred header,
 * so a log whose format has no entry is read as well as one that has.
 */
export interface FormatEntry {
  readonly name: string;
  /** Whether an inferred header is of this format; the first entry that fits names it. */
  readonly fits: (shape: HeaderShape) => boolean;
  /** Lines in this format with what must be read from them. The tests parse every one. */
  readonly samples: readonly FormatSample[];
}

/** A line (or a head with its continuation) and its fields; `time` is ISO 8601, null where the line states none. */
interface FormatSample {
  readonly line: string;
  readonly time: string | null;
  readonly level: Level;
  readonly source: string;
  readonly message: string;
}

/** A header in the words of the table. */
interface HeaderShape {
  /** The kinds of the columns in order: `time number level`. */
  readonly columns: string;
  readonly header: HeaderLayout;
  /** The beginning of a line that has it. */
  readonly line: string;
}

const kindNames = Object.fromEntries(
  Object.entries(cellKind).map(([name, kind]) => [kind, name]),
) as Record<number, string>;

export const formats: readonly FormatEntry[] = [
  {
    name: 'json-lines',
    fits: ({ header }) => header.anchor < 0 && header.body === bodyKind.json,
    samples: [
      {
        line: '{"level":"warn","ts":"2024-05-14T09:30:12.250Z","logger":"billing","msg":"card declined","attempt":2}',
        time: '2024-05-14T09:30:12.250Z',
        level: 'warning',
        source: 'billing',
        message: 'card declined',
      },
      {
        line: '{"level":50,"time":1715679012250,"pid":71,"hostname":"web-1","name":"checkout","msg":"upstream failed"}',
        time: '2024-05-14T09:30:12.250Z',
        level: 'error',
        source: 'checkout',
        message: 'upstream failed',
      },
      {
        line: '{"@timestamp":"2024-05-14T09:30:12.250Z","log":{"level":"info","logger":"http"},"message":"listening"}',
        time: '2024-05-14T09:30:12.250Z',
        level: 'info',
        source: 'http',
        message: 'listening',
      },
      {
        line: '{"log":"ready to serve\\n","stream":"stdout","time":"2024-05-14T09:30:12.250123456Z"}',
        time: '2024-05-14T09:30:12.250Z',
        level: 'unknown',
        source: '',
        message: 'ready to serve',
      },
      {
        line: '{"t":{"$date":"2024-05-14T09:30:12.250+00:00"},"s":"E","c":"STORAGE","id":22435,"ctx":"thread1","msg":"disk error"}',
        time: '2024-05-14T09:30:12.250Z',
        level: 'error',
        source: 'STORAGE',
        message: 'disk error',
      },
    ],
  },
  {
    name: 'logfmt',
    fits: ({ header }) => header.anchor < 0 && header.body === bodyKind.logfmt,
    samples: [
      {
        line: 'ts=2024-05-14T09:30:12.250Z level=error component=store msg="compaction failed" err="disk full"',
        time: '2024-05-14T09:30:12.250Z',
        level: 'error',
        source: 'store',
        message: 'compaction failed',
      },
    ],
  },
  {
    name: 'cri',
    fits: ({ columns }) => columns.startsWith('time stream'),
    samples: [
      {
        line: '2024-05-14T09:30:12.250123456Z stderr F connection to queue lost',
        time: '2024-05-14T09:30:12.250Z',
        level: 'unknown',
        source: '',
        message: 'connection to queue lost',
      },
      {
        line: '2024-05-14T09:30:12.250123456Z stdout F {"level":"error","msg":"queue is full"}',
        time: '2024-05-14T09:30:12.250Z',
        level: 'error',
        source: '',
        message: 'queue is full',
      },
    ],
  },
  {
    name: 'access',
    fits: ({ header }) => header.access,
    samples: [
      {
        line: '203.0.113.7 - anna [14/May/2024:11:30:12 +0200] "GET /cart?id=7 HTTP/1.1" 502 157 "-" "curl/8.5.0"',
        time: '2024-05-14T09:30:12.000Z',
        level: 'error',
        source: '',
        message: '"GET /cart?id=7 HTTP/1.1" 502 157 "-" "curl/8.5.0"',
      },
      {
        line: '203.0.113.7 - - [14/May/2024:11:30:12 +0200] "GET /missing HTTP/1.1" 404 0',
        time: '2024-05-14T09:30:12.000Z',
        level: 'warning',
        source: '',
        message: '"GET /missing HTTP/1.1" 404 0',
      },
    ],
  },
  {
    name: 'glog',
    fits: ({ columns }) => columns.startsWith('levelTime'),
    samples: [
      {
        line: 'W0514 09:30:12.250123    4711 controller.go:88] retrying sync of default/web',
        time: '2000-05-14T09:30:12.250Z',
        level: 'warning',
        source: 'controller.go',
        message: 'retrying sync of default/web',
      },
    ],
  },
  {
    name: 'syslog-5424',
    fits: ({ header, line }) => /^<\d{1,3}>1 /.test(line) && header.timeLayout !== 0,
    samples: [
      {
        line: '<34>1 2024-05-14T09:30:12.250Z mail.example.org su 4711 ID47 - authentication refused for root',
        time: '2024-05-14T09:30:12.250Z',
        level: 'fatal',
        source: 'su',
        message: 'authentication refused for root',
      },
      {
        line: '<165>1 2024-05-14T09:30:12.250Z host.example.org evntslog - ID47 [origin@32473 ip="192.0.2.1"] application event',
        time: '2024-05-14T09:30:12.250Z',
        level: 'notice',
        source: 'evntslog',
        message: 'application event',
      },
    ],
  },
  {
    name: 'syslog-3164',
    fits: ({ columns, header }) =>
      columns.startsWith('priority time') ||
      (header.timeLayout === timeLayout.monthNameDay &&
        header.levelColumn < 0 &&
        header.tail === headerTail.label),
    samples: [
      {
        line: '<27>May 14 09:30:12 gate sshd[4711]: connection reset by peer',
        time: '2000-05-14T09:30:12.000Z',
        level: 'error',
        source: 'sshd',
        message: 'connection reset by peer',
      },
      {
        line: 'May  4 09:30:12 gate kernel: eth0: link is down',
        time: '2000-05-04T09:30:12.000Z',
        level: 'unknown',
        source: 'kernel',
        message: 'eth0: link is down',
      },
    ],
  },
  {
    name: 'dmesg',
    fits: ({ header }) => header.basis === timeBasis.relative,
    samples: [
      {
        line: '[   12.250123] usb 1-1: device descriptor read failed',
        time: '2000-01-01T00:00:12.250Z',
        level: 'unknown',
        source: '',
        message: 'usb 1-1: device descriptor read failed',
      },
    ],
  },
  {
    name: 'logcat',
    fits: ({ columns, header }) =>
      header.timeLayout === timeLayout.numericNoYear && columns.includes('letter'),
    samples: [
      {
        line: '05-14 09:30:12.250  1702  2395 E SensorHub: no data from gyroscope',
        time: '2000-05-14T09:30:12.250Z',
        level: 'error',
        source: 'SensorHub',
        message: 'no data from gyroscope',
      },
      {
        line: '05-14 09:30:12.250 W/SensorHub( 1702): slow sensor',
        time: '2000-05-14T09:30:12.250Z',
        level: 'warning',
        source: 'SensorHub',
        message: 'slow sensor',
      },
    ],
  },
  {
    name: 'apache-error',
    fits: ({ columns, line }) => columns.startsWith('time level') && /^\[\w{3} \w{3} /.test(line),
    samples: [
      {
        line: '[Tue May 14 09:30:12.250123 2024] [core:error] [pid 4711:tid 99] invalid URI in request',
        time: '2024-05-14T09:30:12.250Z',
        level: 'error',
        source: 'core',
        message: 'invalid URI in request',
      },
      {
        line: '[Tue May 14 09:30:12 2024] [notice] child process exited normally',
        time: '2024-05-14T09:30:12.000Z',
        level: 'notice',
        source: '',
        message: 'child process exited normally',
      },
    ],
  },
  {
    name: 'nginx-error',
    fits: ({ columns, line }) => columns.startsWith('time level') && /\] \d+#\d+: /.test(line),
    samples: [
      {
        line: '2024/05/14 09:30:12 [crit] 4711#12: *7 connect() to unix:/run/app.sock failed',
        time: '2024-05-14T09:30:12.000Z',
        level: 'fatal',
        source: '',
        message: '*7 connect() to unix:/run/app.sock failed',
      },
    ],
  },
  {
    name: 'redis',
    fits: ({ header }) => header.markLevels,
    samples: [
      {
        line: '4711:M 14 May 2024 09:30:12.250 # Failed opening the RDB file for saving',
        time: '2024-05-14T09:30:12.250Z',
        level: 'warning',
        source: '',
        message: 'Failed opening the RDB file for saving',
      },
    ],
  },
  {
    name: 'postgresql',
    fits: ({ columns, line }) => columns.startsWith('time bracket') && /\] [A-Z]+: {2}/.test(line),
    samples: [
      {
        line: '2024-05-14 09:30:12.250 UTC [4711] ERROR:  deadlock detected',
        time: '2024-05-14T09:30:12.250Z',
        level: 'error',
        source: '',
        message: 'deadlock detected',
      },
    ],
  },
  {
    name: 'mysql',
    fits: ({ columns, line }) => columns.startsWith('time number level') && line.includes('] [MY-'),
    samples: [
      {
        line: '2024-05-14T09:30:12.250123Z 8 [Warning] [MY-010055] [Server] IP address could not be resolved',
        time: '2024-05-14T09:30:12.250Z',
        level: 'warning',
        source: 'Server',
        message: 'IP address could not be resolved',
      },
    ],
  },
  {
    name: 'rabbitmq',
    fits: ({ line }) => /\[\w+\] <\d+\.\d+\.\d+> /.test(line),
    samples: [
      {
        line: '2024-05-14 09:30:12.250123+00:00 [noti] <0.229.0> alarm cleared',
        time: '2024-05-14T09:30:12.250Z',
        level: 'notice',
        source: '',
        message: 'alarm cleared',
      },
    ],
  },
  {
    name: 'openstack',
    fits: ({ columns }) => columns.endsWith('time number level word bracket'),
    samples: [
      {
        line: '2024-05-14 09:30:12.250 4711 WARNING orders.queue.manager [req-9a1f - - -] slow consumer',
        time: '2024-05-14T09:30:12.250Z',
        level: 'warning',
        source: 'orders.queue.manager',
        message: 'slow consumer',
      },
    ],
  },
  {
    name: 'spring-boot',
    fits: ({ columns }) => columns.startsWith('time level number mark bracket'),
    samples: [
      {
        line: '2024-05-14 09:30:12.250  WARN 4711 --- [nio-8080-exec-1] o.e.shop.CartController   : cart is empty',
        time: '2024-05-14T09:30:12.250Z',
        level: 'warning',
        source: 'o.e.shop.CartController',
        message: 'cart is empty',
      },
    ],
  },
  {
    name: 'python-logging',
    fits: ({ columns, line }) =>
      columns === 'time mark word mark level mark' || isPythonDefault(line),
    samples: [
      {
        line: '2024-05-14 09:30:12,250 - shop.cart - ERROR - cart not found',
        time: '2024-05-14T09:30:12.250Z',
        level: 'error',
        source: 'shop.cart',
        message: 'cart not found',
      },
      {
        line: 'ERROR:shop.cart:cart not found',
        time: null,
        level: 'error',
        source: 'shop.cart',
        message: 'cart not found',
      },
    ],
  },
  {
    name: 'logback',
    fits: ({ columns }) => columns.startsWith('time bracket level'),
    samples: [
      {
        line: '09:30:12.250 [main] ERROR org.example.Cart - cart not found',
        time: '2000-01-01T09:30:12.250Z',
        level: 'error',
        source: 'org.example.Cart',
        message: 'cart not found',
      },
    ],
  },
  {
    name: 'env-logger',
    fits: ({ columns, header }) => columns === 'time level' && header.tail === headerTail.close,
    samples: [
      {
        line: '[2024-05-14T09:30:12Z WARN  cart::store] slow write',
        time: '2024-05-14T09:30:12.000Z',
        level: 'warning',
        source: 'cart::store',
        message: 'slow write',
      },
    ],
  },
  {
    name: 'compact-date',
    fits: ({ header }) => header.timeLayout === timeLayout.compactShort,
    samples: [
      {
        line: '240514 093012 148 INFO store.DataNode$Receiver: received block 7 of size 67108864',
        time: '2024-05-14T09:30:12.000Z',
        level: 'info',
        source: 'store.DataNode$Receiver',
        message: 'received block 7 of size 67108864',
      },
    ],
  },
  {
    name: 'epoch',
    fits: ({ header }) =>
      header.timeLayout >= timeLayout.epochSeconds &&
      header.timeLayout <= timeLayout.epochNanoseconds,
    samples: [
      {
        line: '1715679012.250 [worker] queue drained',
        time: '2024-05-14T09:30:12.250Z',
        level: 'unknown',
        source: 'worker',
        message: 'queue drained',
      },
      {
        line: '1715679012250123456 INFO queue drained',
        time: '2024-05-14T09:30:12.250Z',
        level: 'info',
        source: '',
        message: 'queue drained',
      },
    ],
  },
  {
    name: 'log4j',
    fits: ({ columns }) => /^time( mark)? level( bracket)?( mark)?$/.test(columns),
    samples: [
      {
        line: '2024-05-14 09:30:12,250 WARN [main] org.example.Cart: cart is empty',
        time: '2024-05-14T09:30:12.250Z',
        level: 'warning',
        source: 'org.example.Cart',
        message: 'cart is empty',
      },
      {
        line: '[2024-05-14 09:30:12,250] INFO [Consumer id=7] joined the group',
        time: '2024-05-14T09:30:12.250Z',
        level: 'info',
        source: 'Consumer id=7',
        message: 'joined the group',
      },
    ],
  },
  {
    name: 'go-std',
    fits: ({ header, line }) => header.levelColumn < 0 && /^\d{4}\/\d\d\/\d\d \d\d:/.test(line),
    samples: [
      {
        line: '2024/05/14 09:30:12 server.go:41: listening on :8080',
        time: '2024-05-14T09:30:12.000Z',
        level: 'unknown',
        source: 'server.go',
        message: 'listening on :8080',
      },
    ],
  },
  {
    name: 'dotnet',
    fits: ({ header, line }) => header.timeLayout === 0 && /^[a-z]{4}: [\w.]+\[\d+\]$/.test(line),
    samples: [
      {
        line: 'fail: Shop.Cart.CartService[14]\n      The cart of user 7 is locked.',
        time: null,
        level: 'error',
        source: 'Shop.Cart.CartService',
        message: 'The cart of user 7 is locked.',
      },
    ],
  },
  {
    name: 'level',
    fits: ({ header }) => header.timeLayout === timeLayout.none,
    samples: [
      {
        line: '[WARNING] the build is platform dependent',
        time: null,
        level: 'warning',
        source: '',
        message: 'the build is platform dependent',
      },
    ],
  },
  {
    name: 'clock',
    fits: ({ header }) => header.basis === timeBasis.noDate,
    samples: [
      {
        line: '09:30:12 cart emptied by user 7',
        time: '2000-01-01T09:30:12.000Z',
        level: 'unknown',
        source: '',
        message: 'cart emptied by user 7',
      },
    ],
  },
  {
    name: 'time-level',
    fits: ({ header }) => header.levelColumn >= 0,
    samples: [
      {
        line: '2024-05-14 09:30:12.250 | INFO     | shop.cart:add:41 - item added',
        time: '2024-05-14T09:30:12.250Z',
        level: 'info',
        source: 'shop.cart:add',
        message: 'item added',
      },
    ],
  },
  {
    name: 'time',
    fits: () => true,
    samples: [
      {
        line: '2024-05-14T11:30:12.250+02:00 cart emptied by user 7',
        time: '2024-05-14T09:30:12.250Z',
        level: 'unknown',
        source: '',
        message: 'cart emptied by user 7',
      },
    ],
  },
];

function isPythonDefault(line: string): boolean {
  return /^(?:DEBUG|INFO|WARNING|ERROR|CRITICAL):[\w.-]+:/.test(line);
}

/** Name of the format that a header is of; `line` begins with it. */
export function formatName(header: HeaderLayout, line: string): string {
  const columns = header.kinds.map((kind) => kindNames[kind]!).join(' ');
  return formats.find((entry) => entry.fits({ columns, header, line }))!.name;
}
