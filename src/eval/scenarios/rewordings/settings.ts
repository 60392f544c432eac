import * as formats from '../formats.ts';
import * as plain from '../plainServices.ts';
import type { Form } from '../scenario.ts';
import { form } from '../scenario.ts';

/** Rights, settings and versions, as another programmer logs them. */
export const settingRewordings: Readonly<Record<string, Form>> = {
  'database password rotated': form(
    {
      db: plain.storage(formats.letters),
      app: plain.orders(formats.pipes),
      web: plain.edge(formats.jsonLines),
    },
    `+0 db! error*2 session | login of order-service rejected: wrong password
     +1 app error*3 intake | store does not accept our credentials
     +2 app error*4 intake | orders of {user} not shown
     +3 web error*3 request | {client} GET /orders -> 500 ({ms} ms)`,
  ),
  'bucket policy changed': form(
    {
      api: plain.orders(formats.compact),
      jobs: plain.batch(formats.tabs),
      gate: plain.edge(formats.pipes),
    },
    `+0 jobs! error*3 task | picture {seq} not stored: account worker has no write permission on pictures
     +2 api error*2 media | reading picture of {order} is not permitted
     +3 gate error*3 request | {client} GET /media -> 500 ({ms} ms)`,
  ),
  'role of the operator removed': form(
    { app: plain.orders(formats.jsonLines), events: plain.cluster(formats.clockOnly) },
    `+0 app! error*3 operator | not allowed to list deployments, role is missing
     +4 app error operator | cannot start without the list of deployments
     +2 events warn health | operator-55c exited, restarting
     +5 events warn placement | scaling request for search not handled`,
  ),
  'web server reloaded with a typing error': form(
    { web: plain.edge(formats.tabs), host: plain.server(formats.compact) },
    `+0 host info cron | task deploy-edge wrote edge.conf
     +2 web! fatal main | edge.conf line 41: unknown setting "pas_to"
     +0 web stop
     +1 host error sys | service edge failed to start with the new configuration`,
  ),
  'property of the application unbindable': form(
    {
      app: plain.orders(formats.dayFirst),
      events: plain.cluster(formats.letters),
      gate: plain.edge(formats.epochPairs),
    },
    `+0 events info placement | rollout of order-service started
     +6 app! fatal main | invalid value for setting orders.timeout: "5 seconds please" is not a number
     +0 app stop
     +2 events warn health | shop-81b2 exited with 1, restarting
     +6 gate error*4 request | {client} POST /orders -> cannot connect to order-service`,
  ),
  'broken file of scrape targets': form(
    {
      host: plain.server(formats.jsonLines),
      docker: plain.cluster(formats.pipes),
      app: plain.batch(formats.letters),
    },
    `+0 app! error main | could not parse targets.conf: bad indentation in line 27
     +1 docker warn health | batch-1 exited with 2, restarting
     +4 app error main | could not parse targets.conf: bad indentation in line 27
     +8 host warn cron | no metrics received for 2 min`,
  ),
  'class built for a newer runtime': form(
    {
      app: plain.orders(formats.pipes),
      host: plain.server(formats.tabs),
      gate: plain.edge(formats.compact),
    },
    `+0 host info cron | task update-libs unpacked 3 libraries
     +5 app! fatal main | library tax-rates was built for runtime 21, this is runtime 17
     +0 app stop
     +1 host error sys | service order-service ended with status 1
     +3 gate error*3 request | {client} GET /invoices -> cannot connect to order-service`,
  ),
  'manifest of a removed api version': form(
    { app: plain.orders(formats.letters), events: plain.cluster(formats.epochPairs) },
    `+0 app! error*2 rollout | manifest uses api version 1beta, the server no longer supports it (supported: 1, 2)
     +2 app error rollout | release 41 rolled back
     +6 events warn placement | manifest of shop not applied, version too old`,
  ),
  'assembly of another version': form(
    {
      app: plain.orders(formats.clockOnly),
      docker: plain.cluster(formats.dayFirst),
      gate: plain.edge(formats.tabs),
    },
    `+0 app! fatal main | incompatible library: contracts 4.2 required, 3.9 found
     +0 app stop
     +2 docker warn health | inventory-1 exited, restarting
     +3 gate error*4 request | {client} GET /stock -> cannot connect to order-service`,
  ),
};
