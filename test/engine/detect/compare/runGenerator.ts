import { seededRandom } from '../../../../src/engine/base/random.ts';

/** A fault to plant in a run; each is found by another kind of comparison. */
export const faults = [
  'new error',
  'new message',
  'missing event',
  'reordered',
  'slower',
  'more often',
  'less often',
] as const;

export type Fault = (typeof faults)[number];

interface Event {
  readonly at: number;
  readonly level: string;
  readonly text: string;
}

const startTime = Date.UTC(2032, 4, 9, 6, 0, 0);
const requests = 60;

/**
 * The log of an invented booking service: start-up steps in a fixed order, then requests of seven
 * messages each that overlap, and a report now and then. Identifiers, times, values and the
 * interleaving come from the seed.
 */
export function serviceRun(seed: number, fault: Fault | null = null): string {
  const random = seededRandom(seed);
  const number = (below: number): number => Math.floor(random() * below);
  const id = (): string =>
    number(2 ** 31)
      .toString(16)
      .padStart(8, '0');
  const events: Event[] = [];
  const say = (at: number, text: string, level = 'INFO'): void => {
    events.push({ at, level, text });
  };
  const steps = [
    'reading configuration from /etc/ferry/main.conf',
    'opening ledger at /var/lib/ferry/ledger',
    'connecting to broker',
    'broker connected',
    'loading timetable',
    'timetable loaded',
    'warming price cache',
    'price cache warm',
    'registering with directory',
    'starting listener on port 9090',
    'health checks enabled',
    'ready to serve',
  ];
  if (fault === 'reordered') steps.splice(2, 0, ...steps.splice(8, 1));
  let clock = 0;
  for (const step of steps) {
    say(clock, step);
    clock += 200 + number(100);
  }
  for (let i = 0; i < requests; i += 1) {
    const request = id();
    let at = clock + i * 700 + number(300);
    say(at, `request ${request} accepted from 10.2.${number(200)}.${number(200)}`);
    at += 20 + number(60);
    say(at, `seat map for ${request} fetched in ${5 + number(40)} ms`);
    at += 20 + number(60);
    const thinned = fault === 'less often' && i % 12 !== 0;
    if (fault !== 'missing event' && !thinned) say(at, `fare for ${request} computed`);
    at += fault === 'slower' && i === 40 ? 45_000 : 20 + number(60);
    say(at, `payment for ${request} captured amount ${10 + number(90)}`);
    at += 20 + number(60);
    if (fault === 'new message' && i === 30) say(at, `draining pool of ${request}`);
    if (fault === 'new error' && i === 40) {
      say(at, `ledger rejected booking ${request}: duplicate voyage`, 'ERROR');
    }
    say(at + 1, `booking ${request} stored`);
    const retried = fault === 'more often' ? i % 2 === 0 : i % 20 === 0;
    if (retried) say(at + 2, `broker slow to acknowledge ${request}, sending again`, 'WARN');
    if (i % 10 === 0) say(at + 400, `report: ${number(900)} bookings so far`);
  }
  return events
    .sort((a, b) => a.at - b.at)
    .map(({ at, level, text }) => {
      const time = new Date(startTime + seed * 86_400_000 + at).toISOString();
      return `${time.replace('T', ' ').replace('Z', '')} ${level} [worker-${number(4)}] ${text}\n`;
    })
    .join('');
}

/** The output of an invented build, with the clock of a build service; `fault` as above. */
export function buildRun(seed: number, fault: Fault | null = null): string {
  const random = seededRandom(seed);
  const number = (below: number): number => Math.floor(random() * below);
  const lines = ['$ make all', `workspace /tmp/job-${number(99_999)}/src`];
  for (let i = 0; i < 20 + number(5); i += 1) {
    lines.push(`Downloading package ${number(40)} of 40 (${number(900)} kB/s)`);
  }
  const modules = ['hull', 'keel', 'mast', 'deck', 'helm', 'galley', 'bilge', 'anchor', 'rudder'];
  const ordered =
    fault === 'reordered' ? [...modules.slice(1, 8), 'hull', ...modules.slice(8)] : modules;
  for (const name of ordered) {
    lines.push(`compiling ${name}`);
    for (let i = 0; i < 6; i += 1)
      lines.push(`  cc -c ${name}_part.c -o /tmp/o${number(9999)}/p.o`);
    lines.push(`linking ${name}`);
  }
  if (fault === 'new error') lines.push('mast.c:14:3: error: unknown type name ‘sail’');
  if (fault === 'new message') lines.push('stripping symbols');
  if (fault !== 'missing event') lines.push('generating manual pages');
  const cached = fault === 'more often' ? 24 : 3;
  for (let i = 0; i < cached; i += 1) lines.push(`cache miss for object ${number(999)}`);
  const checks = fault === 'less often' ? 3 : 30;
  for (let i = 0; i < checks; i += 1) lines.push(`checked unit ${number(999)} ok`);
  lines.push(`finished after ${number(300)} s`, 'The command "make all" exited with 0.');
  let clock = startTime + number(3_600_000);
  return lines
    .map((line) => {
      clock += number(900) + (fault === 'slower' && line === 'linking mast' ? 600_000 : 0);
      return `[${new Date(clock).toISOString().slice(11, 23)}] ${line}\n`;
    })
    .join('');
}
