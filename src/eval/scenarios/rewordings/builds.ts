import * as formats from '../formats.ts';
import * as plain from '../plainServices.ts';
import type { Form } from '../scenario.ts';
import { form } from '../scenario.ts';

/** Runs of a CI server that fail, as another programmer logs them. */
export const buildRewordings: Readonly<Record<string, Form>> = {
  'price test fails': form(
    { job: plain.pipeline(formats.pipes), runner: plain.server(formats.letters) },
    `+0 job info runner | stage verify
     +0.4 job! error verify | case "rounds half up" failed: expected 2.35, got 2.34 (prices.spec:31)
     +0.2 job error verify | 317 cases passed, 1 failed
     +0.1 job error runner | pipeline failed, exit code 1
     +2 runner warn cron | task pipeline ended with 1`,
  ),
  'unit test of the order service fails': form(
    { job: plain.pipeline(formats.tabs), runner: plain.server(formats.jsonLines) },
    `+0 job info runner | stage verify
     +2 job! error verify | test cancelsOnce failed: state should be cancelled, is open (orders.spec:52)
     +0.1 job error verify | 387 tests passed, 1 failed
     +0.2 job error runner | pipeline failed, exit code 1
     +1 runner warn cron | task pipeline ended with 1`,
  ),
  'snapshot test of the cart fails': form(
    { job: plain.pipeline(formats.letters), runner: plain.server(formats.epochPairs) },
    `+0 job info runner | stage verify
     +3 job! error verify | spec "adds shipping below 50" not ok: wanted 54.9, got 49.9 (total.spec:18)
     +0.2 job error verify | 211 specs ok, 1 not ok
     +0.1 job error runner | pipeline failed, exit code 1
     +1 runner warn cron | task pipeline ended with 1`,
  ),
  'native code does not compile': form(
    { job: plain.pipeline(formats.compact), runner: plain.server(formats.tabs) },
    `+0 job! error make | index.src:212: Page has no field size_bytes, file not compiled
     +1 job error make | 1 of 64 files failed to compile
     +0.1 job error runner | pipeline failed, exit code 2
     +1 runner warn cron | task pipeline ended with 2`,
  ),
  'types of the web client do not fit': form(
    { job: plain.pipeline(formats.clockOnly), runner: plain.server(formats.dayFirst) },
    `+0 job! error make | view.src:40: type Article or nothing has no price
     +0.1 job! error make | view.src:44: expected a number, found text
     +1 job error make | compiler stopped with 2 errors
     +0.1 job error runner | pipeline failed, exit code 2
     +1 runner warn cron | task pipeline ended with 2`,
  ),
  'symbol not found in the core': form(
    { job: plain.pipeline(formats.dayFirst), runner: plain.server(formats.compact) },
    `+0 job! error make | label.src:58: unknown identifier postcode in Address
     +0.5 job error make | compilation of 1 file failed
     +0.1 job error runner | pipeline failed, exit code 1
     +1 runner warn cron | task pipeline ended with 1`,
  ),
  'peer dependencies disagree': form(
    { job: plain.pipeline(formats.epochPairs), runner: plain.server(formats.pipes) },
    `+0 job! error fetch | conflicting requirements: tables 3 needs frame 18, project needs frame 19
     +0.4 job error fetch | dependencies could not be installed
     +0.1 job error runner | pipeline failed, exit code 1
     +1 runner warn cron | task pipeline ended with 1`,
  ),
  'artifact not in any repository': form(
    { job: plain.pipeline(formats.jsonLines), runner: plain.server(formats.letters) },
    `+0 job! error fetch | library tax-rates 5.1 is in none of the configured repositories
     +1 job error fetch | dependencies could not be installed
     +0.1 job error runner | pipeline failed, exit code 1
     +1 runner warn cron | task pipeline ended with 1`,
  ),
  'no distribution for this interpreter': form(
    { job: plain.pipeline(formats.tabs), runner: plain.server(formats.clockOnly) },
    `+0 job! error fetch | requested package tables 4.0, newest available package is 3.2.1
     +0.2 job error fetch | package list could not be satisfied
     +0.1 job error runner | pipeline failed, exit code 1
     +1 runner warn cron | task pipeline ended with 1`,
  ),
};
