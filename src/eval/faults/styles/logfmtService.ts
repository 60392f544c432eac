import type { LogStyle } from '../logStyle.ts';
import { isoStamp } from '../stamps.ts';
import {
  around,
  integer,
  loop,
  maybe,
  oneOf,
  prefixed,
  say,
  step,
  uuid,
  weighted,
} from '../values.ts';

/** A controller that reconciles objects, in logfmt. */
export const logfmtService: LogStyle = {
  name: 'logfmt service',
  start: Date.UTC(2024, 6, 20, 6, 30, 0),
  arrival: 380,
  diurnal: 0.1,
  overlap: true,
  clock: true,
  values: {
    run: uuid(),
    object: prefixed('tenant-', integer(1, 60)),
    elapsed: around(44, 0.5),
    generation: integer(1, 900),
    phase: weighted({ Ready: 85, Pending: 14, Scaling: 1 }),
    queue: integer(0, 14),
    node: oneOf('n1', 'n2', 'n3', 'n4'),
  },
  perSession: ['run', 'object'],
  measures: ['elapsed', 'queue'],
  categories: { phase: ['Orphaned', 'Lost'], node: ['n99', 'none'] },
  flows: [
    {
      weight: 6,
      steps: [
        step(
          0,
          say(
            'info',
            'controller',
            'msg="reconcile started" run={run} object={object} generation={generation}',
          ),
        ),
        step(12, say('debug', 'controller', 'msg="state read" run={run} phase={phase}')),
        maybe(0.4, 8, say('info', 'scheduler', 'msg="placed on node" run={run} node={node}')),
        step(
          18,
          say('info', 'controller', 'msg="reconcile finished" run={run} elapsed={elapsed}ms'),
        ),
      ],
    },
    {
      weight: 2,
      steps: [
        step(
          0,
          say(
            'info',
            'controller',
            'msg="reconcile started" run={run} object={object} generation={generation}',
          ),
        ),
        step(12, say('debug', 'controller', 'msg="state read" run={run} phase={phase}')),
        loop(
          1,
          3,
          25,
          say('info', 'patch', 'msg="patch applied" run={run} generation={generation}'),
        ),
        step(10, say('info', 'events', 'msg="event recorded" run={run}')),
        step(
          18,
          say('info', 'controller', 'msg="reconcile finished" run={run} elapsed={elapsed}ms'),
        ),
      ],
    },
  ],
  background: [
    { say: say('info', 'leader', 'msg="lease held" queue={queue}'), every: 5000, rhythm: 'beat' },
    {
      say: say('warning', 'events', 'msg="watch closed by peer, opened again"'),
      every: 75_000,
      rhythm: 'chance',
    },
    {
      say: say('debug', 'metrics', 'msg="scraped" elapsed={elapsed}ms'),
      every: 15_000,
      rhythm: 'beat',
    },
  ],
  write: (entry, message) =>
    `time=${isoStamp(entry.at)} level=${entry.level === 'warning' ? 'warn' : entry.level} component=${entry.source} ${message}`,
};
