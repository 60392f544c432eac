import * as formats from '../formats.ts';
import * as plain from '../plainServices.ts';
import type { Form } from '../scenario.ts';
import { form } from '../scenario.ts';

/** Faults in the program itself, as another programmer logs them. */
export const codeRewordings: Readonly<Record<string, Form>> = {
  'null where a customer should be': form(
    { app: plain.orders(formats.tabs), web: plain.edge(formats.clockOnly) },
    `+0 app! error*3 intake | unexpected error in label of {order}: customer is null
     >   at Label.print (label.src:58)
     >   at Intake.create (intake.src:71)
     +1 web error*4 request | {client} POST /orders -> 500 ({ms} ms)
     +3 app warn monitor | error rate 18% in the last minute`,
  ),
  'key missing in a task': form(
    {
      jobs: plain.batch(formats.pipes),
      api: plain.orders(formats.jsonLines),
      mq: plain.queue(formats.letters),
    },
    `+0 jobs! error*3 task | task {seq} raised an error at invoice.src:44: no field vat_id in customer
     +4 api error*3 invoice | invoice of {order} not available
     +5 mq warn channel | invoices: message failed ten times, set aside`,
  ),
  'undefined is not a function': form(
    {
      app: plain.orders(formats.epochPairs),
      gate: plain.edge(formats.dayFirst),
      events: plain.cluster(formats.compact),
    },
    `+0 app! error*3 cart | uncaught error at total.src:12: price of an undefined value
     +2 gate error*4 request | {client} GET /cart -> 500 ({ms} ms)
     +6 app fatal main | unhandled error, exiting
     +2 events warn health | cart-7d9f exited with 1, restarting`,
  ),
  'stock reservation fails in code': form(
    { app: plain.orders(formats.compact), gate: plain.edge(formats.tabs) },
    `+0 app! error*3 stock | unhandled error while serving a request: first element of an empty list
     >   at Stock.firstShelf (stock.src:93)
     >   at Api.reserve (api.src:37)
     +2 gate error*4 request | {client} POST /stock -> 500 ({ms} ms)
     +5 app warn monitor | degraded`,
  ),
  'assertion in the storage engine': form(
    {
      host: plain.server(formats.letters),
      app: plain.files(formats.tabs),
      gate: plain.edge(formats.epochPairs),
    },
    `+0 app! fatal page | consistency check failed at page.src:318: next.prev must be empty, aborting
     +1 host error sys | service objectstore aborted with signal 6
     +2 gate error*4 request | {client} GET /files -> objectstore closed the connection`,
  ),
  'ledger does not balance': form(
    { jobs: plain.batch(formats.jsonLines), api: plain.orders(formats.dayFirst) },
    `+0 jobs! error*2 task | invariant violated in close-day: debit 81200 must equal credit 81150
     +3 api error*3 report | report of the day not available
     +4 jobs warn task | day is still open`,
  ),
  'panic on unequal halves': form(
    {
      app: plain.orders(formats.pipes),
      docker: plain.cluster(formats.tabs),
      gate: plain.edge(formats.letters),
    },
    `+0 app! fatal pricing | internal check failed in merge.src:77: expected 4 parts, got 3; aborting
     +1 docker warn health | pricing-1 exited with 101, restarting
     +2 gate error*4 request | {client} GET /prices -> cannot connect to pricing`,
  ),
  'deadlock between orders and stock': form(
    {
      db: plain.storage(formats.compact),
      app: plain.orders(formats.clockOnly),
      web: plain.edge(formats.pipes),
    },
    `+0 db! error*2 lock | two transactions wait for each other, aborting transaction {seq}
     +1 app error*4 intake | {order} aborted by the store because of a lock conflict
     +2 web error*4 request | {client} POST /orders -> 500 ({ms} ms)`,
  ),
  'list changed while it was read': form(
    { app: plain.orders(formats.letters), gate: plain.edge(formats.jsonLines) },
    `+0 app! error*2 ledger | list of entries was modified by another thread during iteration
     +2 app error*2 invoice | batch {seq} incomplete
     +3 gate error*3 request | {client} POST /invoices -> 500 ({ms} ms)`,
  ),
  'concurrent writes to a map': form(
    {
      app: plain.orders(formats.epochPairs),
      events: plain.cluster(formats.pipes),
      gate: plain.edge(formats.clockOnly),
    },
    `+0 app! fatal rates | simultaneous writes of two threads to the rate table, aborting
     +0 app stop
     +1 gate error*4 request | {client} GET /rates -> connection dropped
     +3 events warn health | rates-6f0a exited with 2, restarting
     +15 app start
     +0 app info main | started`,
  ),
};
