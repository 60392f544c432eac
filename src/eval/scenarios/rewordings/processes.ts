import * as formats from '../formats.ts';
import * as plain from '../plainServices.ts';
import type { Form } from '../scenario.ts';
import { form } from '../scenario.ts';

/** Machines and processes that went away, as another programmer logs them. */
export const processRewordings: Readonly<Record<string, Form>> = {
  'node of the cluster not ready': form(
    {
      events: plain.cluster(formats.pipes),
      gate: plain.edge(formats.letters),
      app: plain.orders(formats.tabs),
    },
    `+0 events! error health | host-4 has not reported for 40 s, marking it as down
     +1 gate error*4 request | {client} GET /search -> 10.20.9.44 unreachable
     +3 app error*3 search | cannot reach 10.20.9.44
     +9 events warn placement | moving workloads away from host-4
     +20 events info placement | search-5c91 assigned to host-2`,
  ),
  'data node lost': form(
    {
      name: plain.files(formats.epochPairs),
      rm: plain.cluster(formats.dayFirst),
      job: plain.batch(formats.tabs),
    },
    `+0 job warn*3 task | worker-7 does not respond
     +6 name! error monitor | storage host 7 silent for ten minutes, declared dead
     +5 rm! error health | host-7 is gone, no sign of life from the machine
     +3 job error*3 task | task {seq} lost together with worker-7`,
  ),
  'broker host died': form(
    {
      broker: plain.queue(formats.compact),
      host: plain.server(formats.clockOnly),
      app: plain.orders(formats.jsonLines),
    },
    `+0 host! error sys | machine queue-3 powered off, power supply fault
     +4 broker! error cluster | member queue-3 is down, removed from the cluster
     +1 broker warn*3 channel | copies for queue-3 pending
     +3 app error*3 mail | message for {order} discarded, too old`,
  ),
  'worker of the web server segfaults': form(
    { host: plain.server(formats.tabs), web: plain.edge(formats.pipes) },
    `+0 host! error sys | edge terminated after an invalid memory access
     +0 web! error main | worker 2 crashed, memory dump written
     +2 web error*3 request | {client} GET /images/resize -> connection dropped
     +4 web error main | worker 3 crashed, memory dump written`,
  ),
  'virtual machine of java crashes': form(
    {
      app: plain.orders(formats.clockOnly),
      events: plain.cluster(formats.jsonLines),
      gate: plain.edge(formats.compact),
    },
    `+0 app! fatal main | crash in native decompression code, invalid address 0x1e, dump in /var/dumps
     +0 app stop
     +1 gate error*4 request | {client} GET /search -> order-service dropped the connection
     +2 events warn health | shop-7d9f exited with 134, restarting
     +25 app start
     +0 app info main | started`,
  ),
  'cache server crashes by its own bug': form(
    {
      cache: plain.cacheNode(formats.dayFirst),
      host: plain.server(formats.epochPairs),
      app: plain.orders(formats.pipes),
    },
    `+0 cache! fatal main | internal error: illegal access to address 0x10, process aborts
     >   at Tree.walk (tree.src:212)
     >   at Node.get (node.src:90)
     +0 cache stop
     +1 host error sys | service cachenode crashed, dump kept
     +1 app error*3 cache | cache is not reachable
     +3 app error*4 profile | profile of {user} not shown
     +20 cache start
     +0 cache info main | started`,
  ),
  'container ended by its liveness probe': form(
    { events: plain.cluster(formats.letters), gate: plain.edge(formats.epochPairs) },
    `+0 events warn*3 health | rates-6f0a failed its check
     +3 events! error health | rates-6f0a failed three checks in a row, killing it
     +3 gate error*4 request | {client} GET /rates -> connection dropped
     +4 events warn health | rates-6f0a killed again, waiting 20 s before the restart`,
  ),
  'service ended by the watchdog': form(
    {
      host: plain.server(formats.compact),
      app: plain.batch(formats.clockOnly),
      web: plain.edge(formats.tabs),
    },
    `+0 host! error sys | watchdog: batch gave no sign of life for 30 s, terminating it
     +0 app stop
     +2 host warn sys | batch ended by signal 6
     +2 web error*4 request | {client} GET /invoices -> 502 ({few} ms)
     +15 app start
     +0 app info main | started`,
  ),
  'container preempted by the scheduler': form(
    { rm: plain.cluster(formats.epochPairs), job: plain.batch(formats.letters) },
    `+0 rm! warn placement | queue night-run has priority, evicting four workloads of queue shop
     +2 rm! warn placement | workload worker-9 stopped by the scheduler
     +1 job error*4 task | task {seq} was killed by the scheduler
     +5 job error main | run 31 missed its deadline, four tasks killed`,
  ),
  'payment provider unavailable': form(
    { app: plain.orders(formats.tabs), gate: plain.edge(formats.compact) },
    `+0 app! error*3 payment | bank answers 503: closed for maintenance
     +3 app warn payment | pausing calls to the bank
     +2 app error*3 payment | payment of {order} rejected, bank is out of service
     +2 gate error*4 request | {client} POST /orders -> 503 ({ms} ms)`,
  ),
  'search cluster refuses connections': form(
    { app: plain.orders(formats.jsonLines), access: plain.edge(formats.letters) },
    `+0 app! error*3 search | could not connect to the search cluster, nothing is listening on 10.20.6.2:9200
     +1 app error search | all search nodes are down
     +2 access error*5 request | {client} GET /search -> 503 ({few} ms)`,
  ),
  'secret store sealed': form(
    {
      app: plain.orders(formats.epochPairs),
      gate: plain.edge(formats.dayFirst),
      events: plain.cluster(formats.compact),
    },
    `+0 app! error*2 secrets | secret store is locked and serves no requests
     +4 app error*3 intake | {order} failed, no database login available
     +2 gate error*4 request | {client} POST /orders -> 500 ({ms} ms)
     +7 events warn health | shop-7d9f failed its check`,
  ),
};
