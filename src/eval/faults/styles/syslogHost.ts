import type { LogStyle } from '../logStyle.ts';
import { syslogStamp } from '../stamps.ts';
import {
  address,
  around,
  hexadecimal,
  integer,
  joined,
  loop,
  maybe,
  oneOf,
  rising,
  say,
  step,
  weighted,
} from '../values.ts';

/** A host on which many daemons write to one file. */
export const syslogHost: LogStyle = {
  name: 'syslog host',
  start: Date.UTC(2024, 5, 9, 6, 0, 0),
  arrival: 16_000,
  diurnal: 0.5,
  overlap: true,
  clock: true,
  values: {
    pid: rising(1200, 5),
    user: weighted({ deploy: 60, backup: 25, anna: 10, ravi: 5 }),
    client: address('172.16'),
    port: integer(32_000, 61_000),
    uid: oneOf('1001', '1002', '1003'),
    session: integer(1, 9000),
    unit: oneOf('certs-renew', 'logrotate', 'man-db', 'fstrim'),
    lease: integer(11_000, 12_000),
    offset: joined('.', oneOf('0', '-0'), integer(1000, 9999)),
    size: around(52_000, 0.4),
    mail: hexadecimal(10),
    celsius: integer(41, 52),
  },
  perSession: ['pid', 'user', 'client', 'mail', 'unit', 'session'],
  measures: ['size', 'celsius', 'lease'],
  categories: { user: ['root', 'oracle'] },
  flows: [
    {
      weight: 5,
      steps: [
        step(0, say('none', 'sshd[{pid}]', 'Connection from {client} port {port}')),
        step(
          300,
          say(
            'none',
            'sshd[{pid}]',
            'Accepted publickey for {user} from {client} port {port} ssh2',
          ),
        ),
        step(50, say('none', 'sshd[{pid}]', 'session opened for user {user}')),
        maybe(0.4, 9000, say('none', 'sudo[{pid}]', '{user} : TTY=pts/0 ; COMMAND=/usr/bin/rsync')),
        step(
          20_000,
          say('none', 'sshd[{pid}]', 'Received disconnect from {client} port {port}: user request'),
        ),
        step(30, say('none', 'sshd[{pid}]', 'session closed for user {user}')),
      ],
    },
    {
      weight: 4,
      steps: [
        step(0, say('none', 'mailer/in[{pid}]', '{mail}: client={client}')),
        step(
          80,
          say('none', 'mailer/queue[{pid}]', '{mail}: from={user}, size={size}, queue active'),
        ),
        loop(
          1,
          2,
          900,
          say('none', 'mailer/out[{pid}]', '{mail}: to={user}, relay={client}, delivered'),
        ),
        step(20, say('none', 'mailer/queue[{pid}]', '{mail}: removed')),
      ],
    },
    {
      weight: 1,
      steps: [
        step(0, say('none', 'init[1]', 'Starting {unit}.service...')),
        step(1800, say('none', 'init[1]', '{unit}.service: Succeeded.')),
        step(10, say('none', 'init[1]', 'Finished {unit}.service.')),
      ],
    },
  ],
  background: [
    {
      say: say('none', 'dhclient[701]', 'bound to 172.16.0.9 -- renewal in {lease} seconds'),
      every: 240_000,
      rhythm: 'chance',
    },
    { say: say('none', 'ntpd[655]', 'offset {offset} sec'), every: 64_000, rhythm: 'beat' },
    { say: say('none', 'thermald[512]', 'package {celsius} C'), every: 30_000, rhythm: 'beat' },
    {
      say: say('none', 'kernel', 'device eth0 entered promiscuous mode'),
      every: 1_800_000,
      rhythm: 'chance',
    },
    {
      say: say('none', 'CRON[{pid}]', '(root) CMD (run-parts /etc/cron.hourly)'),
      every: 600_000,
      rhythm: 'beat',
    },
  ],
  write: (entry, message) => `${syslogStamp(entry.at)} gate ${entry.source}: ${message}`,
};
