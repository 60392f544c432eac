import * as formats from '../formats.ts';
import * as plain from '../plainServices.ts';
import type { Form } from '../scenario.ts';
import { form } from '../scenario.ts';

/** Disk, memory, processor, handles and quotas, as another programmer logs them. */
export const resourceRewordings: Readonly<Record<string, Form>> = {
  'postgres disk full': form(
    {
      db: plain.storage(formats.pipes),
      app: plain.orders(formats.jsonLines),
      web: plain.edge(formats.clockOnly),
    },
    `+0 db! error writer | cannot extend segment 41: file system /srv/records is full (0 bytes free)
     +1 app error*3 intake | saving {order} failed: store rejected the write
     +2 web error*4 request | {client} POST /orders -> 500 ({ms} ms)
     +10 db fatal writer | journal write failed as well, stopping to protect data
     +2 app error*3 intake | store is not reachable
     +2 web error*4 request | {client} POST /orders -> 503 ({ms} ms)`,
  ),
  'kafka log directory full': form(
    {
      broker: plain.queue(formats.epochPairs),
      app: plain.orders(formats.tabs),
      host: plain.server(formats.dayFirst),
    },
    `+0 broker! error channel | orders: append failed, 100% of disk /srv/queue in use
     +1 broker warn channel | orders: taken offline
     +1 broker fatal main | no writable data directory left, shutting down
     +0 broker stop
     +2 app error*4 mail | publishing event for {order} failed, queue closed the connection
     +3 host error sys | service msgqueue ended with status 1
     +5 app error*3 intake | {order} rolled back`,
  ),
  'hdfs volumes full': form(
    {
      data: plain.files(formats.compact),
      name: plain.cluster(formats.letters),
      job: plain.batch(formats.pipes),
    },
    `+0 data! error object | rejecting 9f2e11aa: largest free space on any drive is 20 kB, 128 MB needed
     +2 name warn placement | no storage host has room for 9f2e11aa
     +3 job warn task | output of task 41 could not be stored
     +4 job error*3 task | task 41 failed
     +9 job error main | run 31 failed, output incomplete`,
  ),
  'java heap exhausted': form(
    { app: plain.orders(formats.tabs), web: plain.edge(formats.epochPairs) },
    `+0 app warn pricing | article index has grown to 4.8 million entries
     +9 app! error pricing | failed to allocate 64 MB: heap limit of 2048 MB reached
     >   at Index.put (pricing/index.src:77)
     >   at Search.run (pricing/search.src:45)
     +5 app error*2 pricing | garbage collector is using 98% of the time and frees almost nothing
     +4 web error*5 request | {client} GET /search -> 502, upstream dropped the connection`,
  ),
  'kernel kills the database for memory': form(
    {
      host: plain.server(formats.structuredSyslog('barn')),
      db: plain.storage(formats.tabs),
      app: plain.orders(formats.compact),
    },
    `+0 host! error sys | system memory exhausted, swap 100% used
     +0 host! error sys | low-memory handler terminated recordstore (pid 2411, 6.2 GB resident)
     +0 db stop
     +2 app error*3 intake | lost the store while writing {order}
     +3 app error*3 intake | store is not reachable
     +8 host info sys | service recordstore restarted
     +3 db start
     +1 db info writer | recovering from unclean shutdown
     +4 db info monitor | accepting sessions`,
  ),
  'redis maxmemory without eviction': form(
    {
      cache: plain.cacheNode(formats.letters),
      app: plain.edge(formats.jsonLines),
      jobs: plain.orders(formats.clockOnly),
    },
    `+0 cache! error evict | write of 8 kB rejected: memory limit 512 MB reached and no key may be evicted
     +1 jobs error*3 intake | could not cache picture of {order}
     +2 app error*4 request | {client} POST /cart -> 500 ({ms} ms)
     +4 app warn*2 session | session of {client} could not be saved`,
  ),
  'container starved of processor time': form(
    {
      events: plain.cluster(formats.tabs),
      app: plain.orders(formats.epochPairs),
      gate: plain.edge(formats.pipes),
    },
    `+0 app! warn monitor | only 6% of the requested CPU time granted in the last minute, limit is 0.2 cores
     +6 app warn*3 intake | {order} took 8.2 s, slower than usual
     +4 gate error*4 request | {client} POST /orders -> 504 after 5 s
     +5 events warn health | order-service-6c9d answers its check too late
     +9 events warn monitor | order-service-6c9d is held at its CPU limit 94% of the time`,
  ),
  'soft lockup on the host': form(
    {
      host: plain.server(formats.compact),
      app: plain.orders(formats.letters),
      web: plain.edge(formats.tabs),
    },
    `+0 host! error sys | processor core 3 hangs in compactor for 23 s
     +1 host warn sys | load 41 on 4 cores, 38 processes waiting to run
     +3 app warn monitor | process was not scheduled for 58 s
     +2 app warn*3 intake | {order} took 24.8 s, slower than usual
     +3 web error*5 request | {client} POST /orders -> 504 after 20 s
     +6 host error sys | processor core 3 still hangs in compactor`,
  ),
  'thread pool starved': form(
    {
      app: plain.orders(formats.dayFirst),
      gate: plain.edge(formats.letters),
      host: plain.server(formats.pipes),
    },
    `+0 host! warn sys | load 96 on 8 cores, cpu 100% busy, mostly order-service
     +2 app! warn monitor | heartbeat delayed by 4 s, all 64 worker threads busy computing
     +4 app warn*3 intake | {order} took 9.1 s, slower than usual
     +3 gate error*5 request | {client} GET /stock -> 504 after 5 s
     +5 app error*2 intake | request backlog full, rejecting`,
  ),
  'nginx out of file descriptors': form(
    { web: plain.edge(formats.compact), host: plain.server(formats.jsonLines) },
    `+0 web! error*3 listener | cannot accept connection: all 1024 file descriptors of the process in use
     +2 web error*3 static | cannot open /srv/pages/a.html: descriptor limit reached
     +3 web error*4 request | {client} GET / -> 500 ({few} ms)
     +6 host error cron | check of https://shop failed`,
  ),
  'node process leaks files': form(
    { app: plain.orders(formats.jsonLines), gate: plain.edge(formats.pipes) },
    `+0 app! error intake | cannot open draft of {order}: 4096 of 4096 file handles used
     +2 app error*3 intake | {order} rejected
     +3 app error cache | no handle left to connect to the cache
     +2 gate error*4 request | {client} POST /upload -> 500 ({ms} ms)`,
  ),
  'ports exhausted by short connections': form(
    {
      app: plain.orders(formats.clockOnly),
      host: plain.server(formats.epochPairs),
      web: plain.edge(formats.compact),
    },
    `+0 host warn sys | 41000 closed sockets still waiting for their timeout
     +4 app! error*3 payment | no free local port for a connection to the bank, 28232 of 28232 in use
     +2 app error*3 payment | payment of {order} failed
     +2 web error*4 request | {client} POST /orders -> 500 ({ms} ms)`,
  ),
  'namespace over its quota': form(
    { events: plain.cluster(formats.clockOnly), gate: plain.edge(formats.dayFirst) },
    `+0 events info placement | scaling order-service from 4 to 12
     +1 events! warn*3 placement | cannot start order-service instance: team shop has used its quota of 24 cores
     +12 gate warn*3 request | {client} POST /checkout queued, all instances busy
     +9 events warn placement | scaling of order-service incomplete after 10 min
     +4 gate error*4 request | {client} POST /checkout -> 503 ({ms} ms)`,
  ),
  'instance quota of a project': form(
    { api: plain.cluster(formats.jsonLines), net: plain.orders(formats.tabs) },
    `+0 api! warn placement | request of team blue denied: 24 cores wanted, 40 of 48 allowed cores already used
     +0 api error request | create servers for team blue -> 403
     +5 api warn placement | request of team blue denied: 24 cores wanted, 40 of 48 allowed cores already used
     +4 net warn intake | three reserved addresses released`,
  ),
  'rate limit of a partner': form(
    { jobs: plain.orders(formats.letters), gate: plain.edge(formats.epochPairs) },
    `+0 jobs! error*3 address | map service rejects us: daily limit of 100000 requests used up (status 429)
     +3 jobs error*4 address | address of {order} not verified
     +4 gate warn*4 request | {client} POST /addresses -> 503 ({ms} ms)`,
  ),
};
