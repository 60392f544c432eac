import type { Random } from '../../engine/base/random.ts';
import { seededRandom } from '../../engine/base/random.ts';
import { ibanHolds, luhn } from '../../engine/privacy/personal.ts';
import { between, pick } from '../faults/values.ts';
import { digits, drawn, drawnUuid, hex, inventedWord } from './drawn.ts';

/** A line with a value of a person in it. */
export interface PlantedPerson {
  readonly kind: string;
  readonly text: string;
  readonly value: string;
}

const octet = (random: Random): number => between(random, 1, 254);
const address = (random: Random): string =>
  `${pick(random, ['10', '172', '192', '84', '203'])}.${octet(random)}.${octet(random)}.${octet(random)}`;

function cardNumber(random: Random): string {
  const body = `${pick(random, ['4', '51', '55', '6011'])}${drawn(random, digits, 20)}`.slice(
    0,
    15,
  );
  for (let check = 0; check < 10; check += 1) if (luhn(`${body}${check}`)) return `${body}${check}`;
  return body;
}

function iban(random: Random): string {
  const account = drawn(random, digits, 18);
  for (let check = 2; check < 99; check += 1) {
    const value = `DE${String(check).padStart(2, '0')}${account}`;
    if (ibanHolds(value)) return value;
  }
  return '';
}

const grouped = (text: string): string => text.replace(/(.{4})(?=.)/g, '$1 ');

type Draw = (random: Random) => string;
type Write = (value: string, random: Random) => string;

const kinds: readonly (readonly [kind: string, draw: Draw, ...write: Write[]])[] = [
  [
    'e-mail',
    (random) =>
      `${inventedWord(random)}.${inventedWord(random)}+x@${inventedWord(random)}.${pick(random, ['com', 'co.uk', 'example', 'de'])}`,
    (v) => `mail sent to ${v}`,
    (v) => `{"email":"${v}"}`,
    (v) => `<${v}>: relay denied`,
    (v) => `user=${v} status=ok`,
    (v) => `GET /u?mail=${encodeURIComponent(v)} HTTP/1.1`,
  ],
  [
    'IPv4',
    address,
    (v) => `accepted connection from ${v}:51544`,
    (v) => `${v} - - [10/Oct/2026:13:55:36 +0000] "GET / HTTP/1.1" 200 12`,
    (v) => `{"client":"${v}"}`,
    (v) => `peer=/${v} closed`,
    (v) => `route [${v}] down`,
    (v) => `http://${v}/health failed`,
  ],
  [
    'IPv6',
    (random) =>
      `2001:db8:${drawn(random, hex, 4)}:${drawn(random, hex, 4)}::${drawn(random, hex, 4)}`,
    (v) => `connect to [${v}]:443 failed`,
    (v) => `peer ${v} is gone`,
    (v) => `{"ip":"${v}"}`,
  ],
  [
    'MAC',
    (random) => Array.from({ length: 6 }, () => drawn(random, hex, 2)).join(':'),
    (v) => `DHCPREQUEST for lease from ${v} via eth0`,
    (v) => `mac=${v} state=up`,
  ],
  [
    'telephone',
    (random) => `+49 ${between(random, 151, 179)} ${drawn(random, digits, 8)}`,
    (v) => `sms to ${v} queued`,
    (v) => `{"phone": "${v}"}`,
  ],
  [
    'card',
    cardNumber,
    (v) => `charge of card ${v} refused`,
    (v) => `{"pan":"${v}"}`,
    (v) => `card=${v.slice(0, 4)}-${v.slice(4, 8)}-${v.slice(8, 12)}-${v.slice(12)}`,
  ],
  ['IBAN', iban, (v) => `transfer to ${v} failed`, (v) => `iban="${grouped(v)}"`],
  [
    'user',
    (random) => inventedWord(random, 3, 4),
    (v) => `open /home/${v}/app/config.yml failed`,
    (v) => `C:\\Users\\${v}\\AppData\\x.log is locked`,
    (v) => `login failed, user=${v}`,
    (v) => `{"username":"${v}"}`,
    (v) => `Failed password for invalid user ${v} from port 22`,
    (v) => `session opened for user ${v} by (uid=0)`,
    (v) => `/Users/${v}/Library/Logs: permission denied`,
  ],
  [
    'host',
    (random) =>
      `${inventedWord(random)}-${between(random, 1, 99)}.${inventedWord(random)}.${pick(random, ['com', 'internal', 'net', 'local', 'de'])}`,
    (v) => `could not resolve host ${v}`,
    (v) => `connect to https://${v}:8443/api failed`,
    (v) => `host=${v} up`,
    (v) => `lookup ${v} on resolver: no such host`,
  ],
  [
    'query of a person',
    (random) => inventedWord(random, 4, 5),
    (v) => `GET /book?first_name=${v}&seat=4 HTTP/1.1`,
    (v) => `GET /find?q=${v} HTTP/1.1`,
  ],
];

/** Each kind of personal data in each of its lines, so many times. */
export function plantPersons(seed: number, times = 10): PlantedPerson[] {
  const random = seededRandom(seed);
  return kinds.flatMap(([kind, draw, ...writes]) =>
    writes.flatMap((write) =>
      Array.from({ length: times }, () => {
        const value = draw(random);
        return { kind, value, text: `2026-05-04 11:20:07,113 INFO ${write(value, random)}` };
      }),
    ),
  );
}

/** Whether the value is left, as it is or as an address or a number in groups writes it. */
export function showsPerson(output: string, value: string): boolean {
  const bare = (text: string): string => text.replaceAll(/[ -]/g, '');
  return [value, encodeURIComponent(value)].some((form) => bare(output).includes(bare(form)));
}

/** Lines that hold nothing of anybody although it looks so. */
export function lookAlikes(seed: number): string[] {
  const random = seededRandom(seed);
  const n = (low: number, high: number): number => between(random, low, high);
  return Array.from({ length: 10 }, () => [
    `using library version ${n(1, 9)}.${n(0, 20)}.${n(0, 9)}.${n(1, 99)}`,
    `listening on 127.0.0.1:${n(1024, 65_535)} and 0.0.0.0 and ::1`,
    `HEAD is now at ${drawn(random, hex, 40)} fix the build`,
    `commit ${drawn(random, hex, 8)} by merge`,
    `pulled sha256:${drawn(random, hex, 64)}`,
    `trace_id=${drawn(random, hex, 32)} span_id=${drawn(random, hex, 16)} took ${n(1, 900)} ms`,
    `request ${drawnUuid(random)} done in ${n(1, 900)}ms`,
    `at com.example.orders.OrderService.place(OrderService.java:${n(1, 900)})`,
    `File "/usr/lib/python3.10/site-packages/app/main.py", line ${n(1, 900)}, in run`,
    `processed ${n(1000, 999_999)} records at ${n(10, 23)}:${n(10, 59)}:${n(10, 59)}.${n(100, 999)}`,
    `block blk_-${drawn(random, digits, 18)} received, size ${n(1, 67_108_864)}`,
    `token expired after ${n(1, 900)} s`,
    `max_tokens=${n(128, 4096)} tokens_used=${n(1, 128)}`,
    `password authentication failed`,
    `key not found in cache, hits=${n(1, 900)}`,
    `org.apache.hadoop.hdfs.server.namenode.FSNamesystem: Roll Edit Log`,
    `std::vector<int>::at: index ${n(1, 90)} out of range`,
    `GET /static/js/app.${drawn(random, hex, 8)}.js 200`,
    `memory at 0x${drawn(random, hex, 12)} freed, pid ${n(100, 60_000)}`,
    `cpu 0.${n(10, 99)} mem ${n(1, 9)}.${n(1, 9)}GiB disk ${n(1, 99)}%`,
    `started at 2026-05-04T11:20:07.${n(100, 999)}Z, epoch ${n(1_600_000_000, 1_900_000_000)}${n(100, 999)}`,
    `user root logged in`,
    `Session cleanup finished, ${n(1, 90)} sessions removed`,
    `authentication method is basic, secret store ready`,
    `compiling src/engine/privacy/secretKeys.ts`,
    `npm WARN deprecated left-pad@1.${n(0, 9)}.${n(0, 9)}`,
  ]).flat();
}
