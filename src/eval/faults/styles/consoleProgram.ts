import type { LogStyle } from '../logStyle.ts';
import { around, integer, loop, maybe, oneOf, prefixed, say, step } from '../values.ts';

/** The output of a long-running program: no clock at all. */
export const consoleProgram: LogStyle = {
  name: 'console program',
  start: 0,
  arrival: 500,
  diurnal: 0,
  overlap: false,
  clock: false,
  values: {
    epoch: integer(1, 400),
    loss: around(0.42, 0.3, 4),
    shard: prefixed('shard-', integer(10, 99)),
    rate: around(310, 0.15, 1),
    count: integer(900, 1100),
    device: oneOf('gpu0', 'gpu1'),
  },
  perSession: ['shard'],
  measures: ['loss', 'rate'],
  categories: { device: ['cpu', 'none'] },
  flows: [
    {
      weight: 1,
      steps: [
        step(0, say('none', 'loader', 'opening {shard}')),
        step(10, say('none', 'loader', 'mapped {count} samples of {shard}')),
        loop(2, 5, 90, say('none', 'train', 'step on {device}: loss {loss}, {rate} samples/s')),
        maybe(0.15, 20, say('none', 'train', 'learning rate lowered')),
        step(40, say('none', 'store', 'checkpoint after {shard}')),
        step(5, say('none', 'loader', 'closing {shard}')),
      ],
    },
  ],
  background: [
    { say: say('none', 'monitor', 'memory steady at {count} MB'), every: 3000, rhythm: 'chance' },
  ],
  write: (entry, message) => `[${entry.source}] ${message}`,
};
