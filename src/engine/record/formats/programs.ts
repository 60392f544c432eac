import { headerTail } from '../headerLayout.ts';
import { timeBasis, timeLayout } from '../timestamp.ts';
import type { FormatEntry } from './formatEntry.ts';
import { dateless, datelessSecond, exactly, mostly, onSecond, reads } from './formatEntry.ts';

/** Logging libraries of programming languages. */
export const programFormats: readonly FormatEntry[] = [
  {
    name: 'spring-boot',
    writer: 'Spring Boot',
    fits: ({ columns }) => columns.startsWith('time level number mark bracket'),
    samples: [
      reads(
        '2024-05-14 09:30:12.250  WARN 4711 --- [nio-8080-exec-1] o.e.shop.CartController   : cart is empty',
        exactly,
        'warning',
        'o.e.shop.CartController',
        'cart is empty',
      ),
      reads(
        '2024-05-14T11:30:12.250+02:00  INFO 4711 --- [           main] org.example.shop.Shop  : Started Shop',
        exactly,
        'info',
        'org.example.shop.Shop',
        'Started Shop',
      ),
      reads(
        '2024-05-14 09:30:12.250 ERROR 4711 --- [nio-8080-exec-7] o.e.shop.OrderController   : order failed',
        exactly,
        'error',
        'o.e.shop.OrderController',
        'order failed',
      ),
    ],
  },
  {
    name: 'python-logging',
    writer: "Python's logging",
    fits: ({ columns, line }) =>
      columns === 'time mark word mark level mark' || isPythonDefault(line),
    samples: [
      reads(
        '2024-05-14 09:30:12,250 - shop.cart - ERROR - cart not found',
        exactly,
        'error',
        'shop.cart',
        'cart not found',
      ),
      reads('ERROR:shop.cart:cart not found', null, 'error', 'shop.cart', 'cart not found'),
      reads('WARNING:root:low on memory', null, 'warning', 'root', 'low on memory'),
    ],
  },
  {
    name: 'logback',
    writer: 'logback, log4j 2 (%d [%t] %p)',
    fits: ({ columns }) => columns.startsWith('time bracket level'),
    samples: [
      reads(
        '09:30:12.250 [main] ERROR org.example.Cart - cart not found',
        dateless,
        'error',
        'org.example.Cart',
        'cart not found',
      ),
      reads(
        '2024-05-14 09:30:12.250 [http-7] WARN  org.example.Cart - cart is empty',
        exactly,
        'warning',
        'org.example.Cart',
        'cart is empty',
      ),
      reads(
        '2024-05-14 09:30:12,250 [pool-1-thread-7] INFO org.example.Orders - order 7 paid',
        exactly,
        'info',
        'org.example.Orders',
        'order 7 paid',
      ),
    ],
  },
  {
    name: 'env-logger',
    writer: 'env_logger of Rust',
    fits: ({ columns, header }) => columns === 'time level' && header.tail === headerTail.close,
    samples: [
      reads(
        '[2024-05-14T09:30:12Z WARN  cart::store] slow write',
        onSecond,
        'warning',
        'cart::store',
        'slow write',
      ),
      reads(
        '[2024-05-14T09:30:12Z ERROR cart] no such item',
        onSecond,
        'error',
        'cart',
        'no such item',
      ),
      reads(
        '[2024-05-14T09:30:12.250Z INFO  cart::main] serving',
        exactly,
        'info',
        'cart::main',
        'serving',
      ),
    ],
  },
  {
    name: 'tracing',
    writer: 'tracing-subscriber of Rust',
    fits: (shape) =>
      mostly(
        shape,
        /^\d{4}-\d\d-\d\dT[\d:.]+Z {1,2}(?:TRACE|DEBUG|INFO|WARN|ERROR) (?:\w+(?:::\w+)+|\w+(?=: )): /,
      ),
    samples: [
      reads(
        '2024-05-14T09:30:12.250123Z  WARN cart::store: slow write',
        exactly,
        'warning',
        'cart::store',
        'slow write',
      ),
      reads(
        '2024-05-14T09:30:12.250123Z ERROR cart::http: no route',
        exactly,
        'error',
        'cart::http',
        'no route',
      ),
      reads(
        '2024-05-14T09:30:12.250123Z  INFO cart::main: serving',
        exactly,
        'info',
        'cart::main',
        'serving',
      ),
    ],
  },
  {
    name: 'tomcat',
    writer: 'Apache Tomcat (JULI)',
    fits: (shape) => mostly(shape, /^\d\d-[A-Z][a-z]{2}-\d{4} [\d:.]+ [A-Z]+ \[.*?\] [\w.$]+ /),
    samples: [
      reads(
        '14-May-2024 09:30:12.250 WARNING [main] org.apache.catalina.Cart.add cart is empty',
        exactly,
        'warning',
        'main',
        'org.apache.catalina.Cart.add cart is empty',
      ),
      reads(
        '14-May-2024 09:30:12.250 SEVERE [http-7] org.apache.catalina.Host.run failed',
        exactly,
        'error',
        'http-7',
        'org.apache.catalina.Host.run failed',
      ),
      reads(
        '14-May-2024 09:30:12.250 INFO [main] org.apache.catalina.Server.start Server startup',
        exactly,
        'info',
        'main',
        'org.apache.catalina.Server.start Server startup',
      ),
    ],
  },
  {
    name: 'compact-date',
    writer: 'programs that write dates as 240514',
    fits: ({ header }) => header.timeLayout === timeLayout.compactShort,
    samples: [
      reads(
        '240514 093012 148 INFO store.Receiver: received block 7',
        onSecond,
        'info',
        'store.Receiver',
        'received block 7',
      ),
      reads(
        '240514  9:30:12 [Warning] the table is marked as crashed',
        onSecond,
        'warning',
        '',
        'the table is marked as crashed',
      ),
      reads(
        '240514 093012 7 ERROR store.Sender: no peer',
        onSecond,
        'error',
        'store.Sender',
        'no peer',
      ),
    ],
  },
  {
    name: 'epoch',
    writer: 'programs that count seconds, milli-, micro- or nanoseconds since 1970',
    fits: ({ header }) =>
      header.timeLayout >= timeLayout.epochSeconds &&
      header.timeLayout <= timeLayout.epochNanoseconds,
    samples: [
      reads('1715679012.250 [worker] queue drained', exactly, 'unknown', 'worker', 'queue drained'),
      reads('1715679012250 WARN queue is long', exactly, 'warning', '', 'queue is long'),
      reads('1715679012250123 ERROR queue is lost', exactly, 'error', '', 'queue is lost'),
      reads('1715679012250123456 INFO queue drained', exactly, 'info', '', 'queue drained'),
    ],
  },
  {
    name: 'serilog',
    writer: 'Serilog of .NET',
    fits: (shape) =>
      mostly(
        shape,
        /^(?:\d{4}-\d\d-\d\d [\d:.]+ [+-]\d\d:\d\d |\[[\d:.]+ )\[?(?:VRB|DBG|INF|WRN|ERR|FTL)\] /,
      ),
    samples: [
      reads(
        '2024-05-14 09:30:12.250 +00:00 [ERR] no such item',
        exactly,
        'error',
        '',
        'no such item',
      ),
      reads(
        '2024-05-14 11:30:12.250 +02:00 [WRN] cart is empty',
        exactly,
        'warning',
        '',
        'cart is empty',
      ),
      reads('[09:30:12 INF] serving', datelessSecond, 'info', '', 'serving'),
    ],
  },
  {
    name: 'log4j',
    writer: 'log4j and its followers (%d %p [%t] %c)',
    fits: ({ columns }) => /^time( mark)? level( bracket)?( mark)?$/.test(columns),
    samples: [
      reads(
        '2024-05-14 09:30:12,250 WARN [main] org.example.Cart: cart is empty',
        exactly,
        'warning',
        'org.example.Cart',
        'cart is empty',
      ),
      reads(
        '[2024-05-14 09:30:12,250] INFO [Consumer id=7] joined the group',
        exactly,
        'info',
        'Consumer id=7',
        'joined the group',
      ),
      reads(
        '2024-05-14 09:30:12,250 ERROR org.example.Orders: order 7 failed',
        exactly,
        'error',
        'org.example.Orders',
        'order 7 failed',
      ),
    ],
  },
  {
    name: 'go-std',
    writer: "Go's log",
    fits: ({ header, line }) => header.levelColumn < 0 && /^\d{4}\/\d\d\/\d\d \d\d:/.test(line),
    samples: [
      reads(
        '2024/05/14 09:30:12 server.go:41: listening on :8080',
        onSecond,
        'unknown',
        'server.go',
        'listening on :8080',
      ),
      reads(
        '2024/05/14 09:30:12.250123 cart.go:7: cart is empty',
        exactly,
        'unknown',
        'cart.go',
        'cart is empty',
      ),
      reads('2024/05/14 09:30:12 shutting down', onSecond, 'unknown', '', 'shutting down'),
    ],
  },
  {
    name: 'dotnet',
    writer: 'the console logger of .NET',
    fits: ({ header, line }) => header.timeLayout === 0 && /^[a-z]{4}: [\w.]+\[\d+\]$/.test(line),
    samples: [
      reads(
        'fail: Shop.Cart.CartService[14]\n      The cart of user 7 is locked.',
        null,
        'error',
        'Shop.Cart.CartService',
        'The cart of user 7 is locked.',
      ),
      reads(
        'info: Shop.Program[0]\n      Now listening on: http://localhost:5000',
        null,
        'info',
        'Shop.Program',
        'Now listening on: http://localhost:5000',
      ),
      reads(
        'crit: Shop.Store[7]\n      The store is gone.',
        null,
        'fatal',
        'Shop.Store',
        'The store is gone.',
      ),
    ],
  },
  {
    name: 'level',
    writer: 'build tools and scripts: a level, no time',
    fits: ({ header }) => header.timeLayout === timeLayout.none,
    samples: [
      reads(
        '[WARNING] the build is platform dependent',
        null,
        'warning',
        '',
        'the build is platform dependent',
      ),
      reads('ERROR: no such target', null, 'error', '', 'no such target'),
      reads('[INFO] BUILD SUCCESS', null, 'info', '', 'BUILD SUCCESS'),
    ],
  },
  {
    name: 'clock',
    writer: 'a time of day, no date',
    fits: ({ header }) => header.basis === timeBasis.noDate,
    samples: [
      reads(
        '09:30:12 cart emptied by user 7',
        datelessSecond,
        'unknown',
        '',
        'cart emptied by user 7',
      ),
      reads('9:30:12 AM cart emptied', datelessSecond, 'unknown', '', 'cart emptied'),
      reads('[09:30:12] Starting the build', datelessSecond, 'unknown', '', 'Starting the build'),
    ],
  },
  {
    name: 'time-level',
    writer: 'any log with a time and a level',
    fits: ({ header }) => header.levelColumn >= 0,
    samples: [
      reads(
        '2024-05-14 09:30:12.250 | INFO     | shop.cart:add:41 - item added',
        exactly,
        'info',
        'shop.cart:add',
        'item added',
      ),
      reads(
        '14.05.2024 09:30:12,250 | ERROR | shop.cart | no such item',
        exactly,
        'error',
        'shop.cart',
        'no such item',
      ),
      reads(
        '14-05-2024 09:30:12.250 | ERROR | shop.cart | no such item',
        exactly,
        'error',
        'shop.cart',
        'no such item',
      ),
    ],
  },
  {
    name: 'time',
    writer: 'any log with a time',
    fits: () => true,
    samples: [
      reads(
        '2024-05-14T11:30:12.250+02:00 cart emptied by user 7',
        exactly,
        'unknown',
        '',
        'cart emptied by user 7',
      ),
      reads(
        '05/14/2024 09:30:12 AM cart emptied by user 7',
        onSecond,
        'unknown',
        '',
        'cart emptied by user 7',
      ),
      reads(
        '20240514T093012.250Z cart emptied by user 7',
        exactly,
        'unknown',
        '',
        'cart emptied by user 7',
      ),
    ],
  },
];

function isPythonDefault(line: string): boolean {
  return /^(?:DEBUG|INFO|WARNING|ERROR|CRITICAL):[\w.-]+:/.test(line);
}
