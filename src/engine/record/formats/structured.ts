import { bodyKind } from '../headerLayout.ts';
import type { FormatEntry, HeaderShape } from './formatEntry.ts';
import { exactly, mostly, onSecond, reads } from './formatEntry.ts';

function isJson({ header }: HeaderShape): boolean {
  return header.anchor < 0 && header.body === bodyKind.json;
}

/** Logs whose records are objects or pairs: their fields are found by name. */
export const structuredFormats: readonly FormatEntry[] = [
  {
    name: 'tsv',
    writer: 'exports as a table, with tabs',
    fits: ({ header }) => header.table?.delimiter === 0x09,
    opening: 'timestamp\tlevel\tlogger\tmessage',
    samples: [
      reads(
        '2024-05-14T09:30:12.250Z\tWARN\tshop.cart\tcart is empty',
        exactly,
        'warning',
        'shop.cart',
        'cart is empty',
      ),
      reads(
        '2024-05-14T11:30:12.250+02:00\tERROR\tshop.orders\torder 7 failed',
        exactly,
        'error',
        'shop.orders',
        'order 7 failed',
      ),
      reads('1715679012250\tINFO\tshop\tserving', exactly, 'info', 'shop', 'serving'),
    ],
  },
  {
    name: 'w3c',
    writer: 'IIS and other servers in the extended format of the W3C',
    fits: ({ header }) => header.table?.delimiter === 0x20,
    opening:
      '#Software: Internet Information Services\n#Fields: date time s-ip cs-method cs-uri-stem sc-status',
    samples: [
      reads(
        '2024-05-14 09:30:12 192.0.2.7 GET /cart 200',
        onSecond,
        'unknown',
        '',
        '2024-05-14 09:30:12 192.0.2.7 GET /cart 200',
      ),
      reads(
        '2024-05-14 09:30:12 192.0.2.8 POST /orders 500',
        onSecond,
        'unknown',
        '',
        '2024-05-14 09:30:12 192.0.2.8 POST /orders 500',
      ),
      reads(
        '2024-05-14 09:30:12 192.0.2.9 GET / 404',
        onSecond,
        'unknown',
        '',
        '2024-05-14 09:30:12 192.0.2.9 GET / 404',
      ),
    ],
  },
  {
    name: 'csv',
    writer: 'exports as a table, with commas or semicolons',
    fits: ({ header }) => header.table !== undefined,
    opening: 'Date,Time,Level,Source,Message',
    samples: [
      reads(
        '2024-05-14,09:30:12.250,WARN,shop.cart,cart is empty',
        exactly,
        'warning',
        'shop.cart',
        'cart is empty',
      ),
      reads(
        '2024-05-14,09:30:12.250,ERROR,"shop.orders","order 7, of anna, failed"',
        exactly,
        'error',
        'shop.orders',
        'order 7, of anna, failed',
      ),
      reads('"2024-05-14","09:30:12","INFO","shop","serving"', onSecond, 'info', 'shop', 'serving'),
    ],
  },
  {
    name: 'journald-export',
    writer: 'journalctl -o export',
    fits: ({ header }) => header.fieldLines === true,
    samples: [
      reads(
        '__CURSOR=s=7a;i=1;b=9f\n__REALTIME_TIMESTAMP=1715679012250123\nPRIORITY=3\n_COMM=sshd-session\nSYSLOG_IDENTIFIER=sshd\nMESSAGE=connection reset',
        exactly,
        'error',
        'sshd',
        'connection reset',
      ),
      reads(
        '__CURSOR=s=7a;i=2;b=9f\n__REALTIME_TIMESTAMP=1715679012250123\n_TRANSPORT=kernel\nPRIORITY=4\nSYSLOG_IDENTIFIER=kernel\nMESSAGE=slow disk',
        exactly,
        'warning',
        'kernel',
        'slow disk',
      ),
      reads(
        '__CURSOR=s=7a;i=3;b=9f\n__REALTIME_TIMESTAMP=1715679012250123\nMESSAGE=Started the shop.\nPRIORITY=6\n_COMM=systemd\n_SYSTEMD_UNIT=init.scope',
        exactly,
        'info',
        'systemd',
        'Started the shop.',
      ),
    ],
  },
  {
    name: 'journald-json',
    writer: 'journalctl -o json',
    fits: (shape) => isJson(shape) && mostly(shape, /"__REALTIME_TIMESTAMP"/),
    samples: [
      reads(
        '{"__REALTIME_TIMESTAMP":"1715679012250123","PRIORITY":"3","_COMM":"sshd","SYSLOG_IDENTIFIER":"sshd","MESSAGE":"connection reset"}',
        exactly,
        'error',
        'sshd',
        'connection reset',
      ),
      reads(
        '{"__REALTIME_TIMESTAMP":"1715679012250123","PRIORITY":"6","SYSLOG_IDENTIFIER":"systemd","MESSAGE":"Started the shop."}',
        exactly,
        'info',
        'systemd',
        'Started the shop.',
      ),
      reads(
        '{"PRIORITY":"4","MESSAGE":"slow disk","SYSLOG_IDENTIFIER":"kernel","__REALTIME_TIMESTAMP":"1715679012250123"}',
        exactly,
        'warning',
        'kernel',
        'slow disk',
      ),
    ],
  },
  {
    name: 'mongodb',
    writer: 'MongoDB 4.4 and later',
    fits: (shape) => isJson(shape) && mostly(shape, /^\{"t":\{"\$date":/),
    samples: [
      reads(
        '{"t":{"$date":"2024-05-14T09:30:12.250+00:00"},"s":"E","c":"STORAGE","id":22435,"ctx":"thread1","msg":"disk error"}',
        exactly,
        'error',
        'STORAGE',
        'disk error',
      ),
      reads(
        '{"t":{"$date":"2024-05-14T09:30:12.250+00:00"},"s":"I","c":"NETWORK","id":22943,"ctx":"listener","msg":"Connection accepted","attr":{"remote":"192.0.2.7:4711"}}',
        exactly,
        'info',
        'NETWORK',
        'Connection accepted',
      ),
      reads(
        '{"t":{"$date":"2024-05-14T11:30:12.250+02:00"},"s":"W","c":"REPL","id":21,"ctx":"main","msg":"lagging behind"}',
        exactly,
        'warning',
        'REPL',
        'lagging behind',
      ),
    ],
  },
  {
    name: 'caddy',
    writer: 'Caddy',
    fits: (shape) =>
      isJson(shape) &&
      mostly(
        shape,
        /^\{"level":"\w+","ts":[\d.]+,(?:"logger":"(?:http|tls|admin|pki|caddy|events)\b|"msg":"(?:using|adapted|serving|server running|shutting down))/,
      ),
    samples: [
      reads(
        '{"level":"error","ts":1715679012.2501234,"logger":"http.log.access.log0","msg":"handled request","request":{"method":"GET","uri":"/"},"status":502}',
        exactly,
        'error',
        'http.log.access.log0',
        'handled request',
      ),
      reads(
        '{"level":"info","ts":1715679012.2501234,"logger":"tls","msg":"cleaning storage unit"}',
        exactly,
        'info',
        'tls',
        'cleaning storage unit',
      ),
      reads(
        '{"level":"warn","ts":1715679012.2501234,"logger":"admin","msg":"admin endpoint disabled"}',
        exactly,
        'warning',
        'admin',
        'admin endpoint disabled',
      ),
    ],
  },
  {
    name: 'json-lines',
    writer: 'bunyan, pino, zap, ECS, OpenTelemetry and other JSON loggers',
    fits: isJson,
    samples: [
      reads(
        '{"level":"warn","ts":"2024-05-14T09:30:12.250Z","logger":"billing","msg":"card declined","attempt":2}',
        exactly,
        'warning',
        'billing',
        'card declined',
      ),
      reads(
        '{"level":50,"time":1715679012250,"pid":71,"hostname":"web-1","name":"checkout","msg":"upstream failed"}',
        exactly,
        'error',
        'checkout',
        'upstream failed',
      ),
      reads(
        '{"name":"orders","hostname":"web-1","pid":71,"level":40,"msg":"queue is long","time":"2024-05-14T09:30:12.250Z","v":0}',
        exactly,
        'warning',
        'orders',
        'queue is long',
      ),
      reads(
        '{"level":"error","ts":1715679012.2501234,"caller":"store/write.go:41","msg":"write failed"}',
        exactly,
        'error',
        'store/write.go',
        'write failed',
      ),
      reads(
        '{"@timestamp":"2024-05-14T09:30:12.250Z","log":{"level":"info","logger":"http"},"message":"listening"}',
        exactly,
        'info',
        'http',
        'listening',
      ),
      reads(
        '{"timeUnixNano":"1715679012250123456","severityNumber":17,"severityText":"ERROR","body":{"stringValue":"payment failed"}}',
        exactly,
        'error',
        '',
        'payment failed',
      ),
      reads(
        '{"Timestamp":"1715679012250123456","SeverityNumber":13,"Body":"payment is slow"}',
        exactly,
        'warning',
        '',
        'payment is slow',
      ),
      reads(
        '{"time":"2024-05-14T09:30:12.250123456Z","level":"ERROR","source":{"function":"main.run","file":"main.go","line":7},"msg":"no route"}',
        exactly,
        'error',
        '',
        'no route',
      ),
      reads(
        '{"time":"2024-05-14T09:30:12.250Z","severity":{"text":"WARN","number":13},"logger":"cart","message":"retry"}',
        exactly,
        'warning',
        'cart',
        'retry',
      ),
    ],
  },
  {
    name: 'logrus',
    writer: 'logrus: the Docker daemon, containerd, Podman, Traefik 1',
    fits: (shape) =>
      shape.header.body === bodyKind.logfmt && mostly(shape, /^time="[^"]+" level=[a-z]+ msg=/),
    samples: [
      reads(
        'time="2024-05-14T09:30:12.250123456Z" level=error msg="Handler for GET /containers returned error: no such container"',
        exactly,
        'error',
        '',
        'Handler for GET /containers returned error: no such container',
      ),
      reads(
        'time="2024-05-14T09:30:12Z" level=warning msg="image not found" image=shop',
        onSecond,
        'warning',
        '',
        'image not found',
      ),
      reads(
        'time="2024-05-14T11:30:12.250+02:00" level=info msg=ready module=libcontainerd',
        exactly,
        'info',
        'libcontainerd',
        'ready',
      ),
    ],
  },
  {
    name: 'go-slog',
    writer: "the text handler of Go's slog",
    fits: (shape) =>
      shape.header.body === bodyKind.logfmt &&
      mostly(shape, /^time=\d\S+ level=[A-Z]+(?:[+-]\d+)? (?:source=\S+ )?msg=/),
    samples: [
      reads(
        'time=2024-05-14T09:30:12.250Z level=WARN msg="slow query" table=orders',
        exactly,
        'warning',
        '',
        'slow query',
      ),
      reads(
        'time=2024-05-14T11:30:12.250+02:00 level=ERROR+2 msg="no route" err="dial tcp: refused"',
        exactly,
        'error',
        '',
        'no route',
      ),
      reads(
        'time=2024-05-14T09:30:12.250Z level=INFO source=/srv/shop/main.go:41 msg=listening addr=:8080',
        exactly,
        'info',
        '/srv/shop/main.go',
        'listening',
      ),
    ],
  },
  {
    name: 'logfmt',
    writer: 'Go services, Prometheus, Grafana, Heroku',
    fits: ({ header }) => header.anchor < 0 && header.body === bodyKind.logfmt,
    samples: [
      reads(
        'ts=2024-05-14T09:30:12.250Z level=error component=store msg="compaction failed" err="disk full"',
        exactly,
        'error',
        'store',
        'compaction failed',
      ),
      reads(
        'level=warning ts=2024-05-14T09:30:12Z caller=main.go:41 msg="image not found" image=shop',
        onSecond,
        'warning',
        'main.go',
        'image not found',
      ),
      reads(
        't=2024-05-14T11:30:12.250+0200 lvl=info logger=alerting msg="rule ran" rule=7',
        exactly,
        'info',
        'alerting',
        'rule ran',
      ),
    ],
  },
];
