import type { LogStyle } from '../logStyle.ts';
import { around, integer, maybe, oneOf, say, step, weighted } from '../values.ts';

/** A device that measures in cycles: one thread, no ids, seconds since 1970. */
export const sensorDaemon: LogStyle = {
  name: 'sensor daemon',
  start: Date.UTC(2024, 8, 2, 0, 0, 0),
  arrival: 900,
  diurnal: 0,
  overlap: false,
  clock: true,
  values: {
    celsius: around(21.5, 0.04, 1),
    humidity: integer(38, 55),
    volts: around(3.71, 0.01, 2),
    signal: integer(-71, -52),
    packet: integer(180, 260),
    state: weighted({ IDLE: 80, ACTIVE: 19, CALIBRATED: 1 }),
    valve: oneOf('open', 'closed'),
    micros: around(840, 0.2),
  },
  perSession: [],
  measures: ['micros', 'celsius', 'packet'],
  categories: { state: ['DEGRADED', 'FAULTED'], valve: ['stuck', 'half'] },
  flows: [
    {
      weight: 1,
      steps: [
        step(0, say('none', 'cycle', 'cycle begins, state {state}')),
        step(40, say('none', 'probe', 'temperature {celsius} C')),
        step(20, say('none', 'probe', 'humidity {humidity} %')),
        step(30, say('none', 'valve', 'valve {valve} after {micros} us')),
        maybe(0.25, 30, say('none', 'power', 'battery {volts} V')),
        step(60, say('none', 'radio', 'packet of {packet} bytes sent at {signal} dBm')),
        step(20, say('none', 'cycle', 'cycle done')),
      ],
    },
  ],
  background: [
    { say: say('none', 'watchdog', 'kicked'), every: 20_000, rhythm: 'beat' },
    {
      say: say('none', 'radio', 'channel changed, signal {signal} dBm'),
      every: 180_000,
      rhythm: 'chance',
    },
  ],
  write: (entry, message) => `${(entry.at / 1000).toFixed(3)} ${entry.source}: ${message}`,
};
