import * as formats from '../formats.ts';
import * as plain from '../plainServices.ts';
import type { Form } from '../scenario.ts';
import { form } from '../scenario.ts';

/** Links, partitions, lost packets, names and certificates, as another programmer logs them. */
export const networkRewordings: Readonly<Record<string, Form>> = {
  'link of a host down': form(
    {
      host: plain.server(formats.letters),
      db: plain.storage(formats.compact),
      app: plain.orders(formats.tabs),
    },
    `+0 host! error sys | network interface lan0 lost its link
     +1 host warn sys | lan0 disabled
     +2 app error*2 intake | connection to the store broke while writing {order}
     +1 db warn*3 session | client {ip} disappeared in the middle of a transaction
     +2 app error*3 intake | store is not reachable over the network`,
  ),
  'partition between message brokers': form(
    {
      mq: plain.queue(formats.pipes),
      app: plain.orders(formats.epochPairs),
      api: plain.edge(formats.jsonLines),
    },
    `+0 mq! error cluster | lost contact with peer queue-2, network between the two sites is interrupted
     +8 mq error cluster | split detected, both sides accept writes
     +1 mq error*2 channel | orders: belongs to the unreachable side
     +2 app error*3 mail | cannot open channel orders
     +4 api error*3 request | {client} POST /orders -> 500, queue closed the connection`,
  ),
  'replication connection lost': form(
    {
      replica: plain.storage(formats.dayFirst),
      app: plain.orders(formats.letters),
      host: plain.server(formats.pipes),
    },
    `+0 host! warn sys | bond0: last remaining network link is gone
     +2 replica error replica | connection to the primary interrupted, replication paused
     +6 app warn*3 intake | replica is 214 s old, not used
     +5 app error*2 invoice | invoices of this hour skipped, replica too old`,
  ),
  'firewall drops packets to the bank': form(
    { app: plain.orders(formats.jsonLines), gate: plain.edge(formats.compact) },
    `+0 app! error*3 payment | no response from the bank within 30 s while connecting
     +3 app error*2 payment | payment of {order} failed after 3 attempts
     +2 gate error*4 request | {client} POST /orders -> 504 after 30 s`,
  ),
  'reply of the message bus late': form(
    {
      compute: plain.cluster(formats.compact),
      net: plain.queue(formats.tabs),
      api: plain.edge(formats.clockOnly),
    },
    `+0 compute! error placement | waited 60 s for host-2 to confirm start of vm 5f0c, deadline passed
     +1 compute error placement | start of vm 5f0c failed
     +3 net warn*2 channel | host-2: messages unread for 95 s
     +4 api error*2 request | {client} GET /vm/5f0c -> state error`,
  ),
  'partner does not answer in time': form(
    { api: plain.orders(formats.dayFirst), web: plain.edge(formats.jsonLines) },
    `+0 api! error*3 shipping | carrier accepted the request but did not answer within 10 s
     +2 api error*2 shipping | no label for {order}
     +3 web error*4 request | {client} POST /ship -> gave up waiting for order-service`,
  ),
  'cluster names do not resolve': form(
    {
      dns: plain.server(formats.tabs),
      app: plain.orders(formats.epochPairs),
      gate: plain.edge(formats.letters),
    },
    `+0 dns! error sys | name server of the cluster does not answer queries
     +2 app! error*3 intake | could not look up address of host orders
     +1 app error*3 intake | {order} not forwarded
     +2 gate error*4 request | {client} POST /orders -> 500 ({ms} ms)`,
  ),
  'unknown host after a change of resolvers': form(
    {
      host: plain.server(formats.pipes),
      app: plain.orders(formats.compact),
      web: plain.edge(formats.dayFirst),
    },
    `+0 host info cron | task set-resolvers replaced the list of name servers
     +5 app! error*2 rates | host name rates.internal cannot be resolved
     +3 app error*2 intake | {order} rejected, no rates
     +1 web error*4 request | {client} POST /orders -> 500 ({ms} ms)`,
  ),
  'lookup says no such host': form(
    {
      app: plain.orders(formats.clockOnly),
      jobs: plain.batch(formats.jsonLines),
      events: plain.cluster(formats.epochPairs),
    },
    `+0 events info placement | service name db-primary removed by cleanup
     +3 app! error*3 intake | db-primary: name does not exist in DNS
     +1 app error*2 intake | {order} failed: no database
     +2 jobs error*2 task | task {seq} failed: no address for name db-primary`,
  ),
  'certificate of an upstream expired': form(
    { web: plain.edge(formats.tabs), app: plain.orders(formats.letters) },
    `+0 web! error*4 upstream | rejecting order-service: its certificate was valid until yesterday 23:59
     +1 web error*4 request | {client} GET /profile -> 502 ({few} ms)
     +3 app error*2 profile | profile service presented an outdated certificate, closing`,
  ),
  'trust store without the new authority': form(
    {
      app: plain.orders(formats.pipes),
      batch: plain.batch(formats.compact),
      web: plain.edge(formats.epochPairs),
    },
    `+0 app! error*2 payment | certificate of the bank was issued by an authority we do not trust
     +2 web error*4 request | {client} POST /pay -> 500 ({ms} ms)
     +5 batch error*2 task | settlement skipped, secure connection to the bank could not be established`,
  ),
  'protocol versions of the handshake differ': form(
    {
      app: plain.orders(formats.letters),
      gate: plain.edge(formats.tabs),
      mq: plain.queue(formats.clockOnly),
    },
    `+0 mq! error*3 listener | {ip}: TLS negotiation failed, client offers only TLS 1.0
     +1 app! error*2 mail | queue refused our encryption settings
     +3 app error*3 mail | change of {order} not published
     +4 gate error*3 request | {client} PUT /stock -> 500 ({ms} ms)`,
  ),
};
