import * as formats from '../formats.ts';
import * as plain from '../plainServices.ts';
import type { Form } from '../scenario.ts';
import { form } from '../scenario.ts';

/** Data that is not there or not what was written, as another programmer logs it. */
export const dataRewordings: Readonly<Record<string, Form>> = {
  'blocks of the input missing': form(
    { name: plain.files(formats.dayFirst), job: plain.batch(formats.compact) },
    `+0 name! warn object | 7a10bc02: all three copies are missing
     +3 job! warn*3 task | task 7: input object 7a10bc02 could not be found on any host
     +3 job error*3 task | task 7 failed
     +6 job error main | run 31 failed, input incomplete`,
  ),
  'nightly file did not arrive': form(
    {
      jobs: plain.batch(formats.letters),
      api: plain.orders(formats.tabs),
      host: plain.server(formats.jsonLines),
    },
    `+0 jobs! error*3 task | price file of today does not exist in the inbox
     +4 api error*3 pricing | no prices for today
     +5 host warn cron | price file is 26 hours old`,
  ),
  'table absent after a migration': form(
    { app: plain.orders(formats.pipes), web: plain.edge(formats.clockOnly) },
    `+0 app! error*3 history | store has no table named archive
     +2 app error*2 history | history of {user} not shown
     +1 web error*4 request | {client} GET /orders/history -> 500 ({ms} ms)`,
  ),
  'damaged page in the database': form(
    {
      db: plain.storage(formats.jsonLines),
      app: plain.orders(formats.letters),
      web: plain.edge(formats.compact),
    },
    `+0 db! error*3 page | page 8819 of orders is damaged: stored checksum differs from the computed one
     +1 app error*3 intake | store could not read {order}
     +2 app error*4 intake | orders of {user} not shown
     +3 web error*3 request | {client} GET /orders -> 500 ({ms} ms)`,
  ),
  'damaged segment of a topic': form(
    { broker: plain.queue(formats.tabs), jobs: plain.orders(formats.epochPairs) },
    `+0 broker! error channel | payments: message at 88120 is garbled, checksum wrong
     +1 jobs error*3 payment | cannot decode message from payments
     +4 jobs error*2 invoice | invoices wait for payments since 60 s`,
  ),
  'file system with damaged inodes': form(
    {
      host: plain.server(formats.pipes),
      app: plain.files(formats.clockOnly),
      access: plain.edge(formats.dayFirst),
    },
    `+0 host! error sys | file system on drive b is damaged, directory entries inconsistent; switched to read-only
     +2 app error*3 object | {hex} is unreadable
     +2 app error*2 object | {hex} not stored, drive b accepts no writes
     +3 access error*4 request | {client} GET /receipts -> 500 ({ms} ms)`,
  ),
};
