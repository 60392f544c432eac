import * as formats from '../formats.ts';
import * as home from '../homegrownServices.ts';
import * as known from '../knownServices.ts';
import { form, scenario } from '../scenario.ts';

/** Links, partitions, packets that vanish, names and certificates. */
export const networkIncidents = [
  scenario(
    'link of a host down',
    'network.disconnect',
    form(
      { host: known.syslog, db: known.postgres, app: known.spring },
      `+0 host! error kernel | [512208.771120] e1000e 0000:00:1f.6 eno1: NIC Link is Down
       +1 host info systemd-networkd[588] | eno1: Lost carrier
       +2 app error c.a.shop.db.OrderRepository | order o-330118 not stored
       > org.postgresql.util.PSQLException: An I/O error occurred while sending to the backend.
       > 	at org.postgresql.core.v3.QueryExecutorImpl.execute(QueryExecutorImpl.java:395)
       > 	at com.acme.shop.db.OrderRepository.insert(OrderRepository.java:118)
       > Caused by: java.net.SocketException: Connection reset
       +1 db info*3 shop@orders | could not receive data from client: Connection reset by peer
       +0 db info*2 shop@orders | unexpected EOF on client connection with an open transaction
       +2 app error*3 com.zaxxer.hikari.pool.HikariPool | HikariPool-1 - Failed to validate connection (No route to host)`,
    ),
    form(
      {
        host: home.machine(formats.letters),
        db: home.store(formats.compact),
        app: home.worker(formats.tabs),
      },
      `+0 host! error core | cable of port lan0 gives no signal
       +1 host warn core | lan0 taken out of service
       +2 app error*2 desk | line to ledgerd broke while {order} was being written
       +1 db warn*3 session | {user} was cut off in the middle of a statement
       +2 app error*3 desk | no way leads to ledgerd`,
    ),
  ),
  scenario(
    'partition between message brokers',
    'network.disconnect',
    form(
      { mq: known.rabbit, app: known.celery, api: known.python },
      `+0 mq! error  | ** Node 'rabbit@mq-2' not responding **
       > ** Removing (timedout) connection **
       +1 mq! info  | rabbit on node 'rabbit@mq-2' down
       +8 mq error  | Mnesia('rabbit@mq-1'): ** ERROR ** mnesia_event got {inconsistent_database, running_partitioned_network, 'rabbit@mq-2'}
       +1 mq error*2  | Channel error on connection <0.{seq}.0>: operation queue.declare caused a channel exception not_found: home node 'rabbit@mq-2' of durable queue 'orders' in vhost '/' is down or inaccessible
       +2 app error*3  | consumer: Cannot connect to amqp://shop:**@10.20.4.9:5672//: queue 'orders' in vhost '/' is down or inaccessible.
       +4 api error*3 api.tasks | could not enqueue task {id}: connection closed by broker`,
    ),
    form(
      {
        mq: home.broker(formats.pipes),
        app: home.worker(formats.epochPairs),
        api: home.gateway(formats.jsonLines),
      },
      `+0 mq! error courier | sister courier-2 is out of earshot, last word 60 s ago; the line between the halls is cut
       +8 mq error courier | the two halls now keep books of their own
       +1 mq error*2 lane | lane orders lives in the other hall and cannot be used
       +2 app error*3 post | courier would not open lane orders
       +4 api error*3 door | {client} sent a form to /orders: courier hung up`,
    ),
  ),
  scenario(
    'replication connection lost',
    'network.disconnect',
    form(
      { replica: known.mysql, app: known.log4j, host: known.syslog },
      `+0 host! info kernel | [88120.114] bond0: link status definitely down for interface ens4f1, disabling it
       +2 replica error MY-010584 | Replica I/O for channel '': Error reconnecting to source 'repl@10.20.3.9:3306'. This was attempt 1/86400, with a delay of 60 seconds between attempts. Message: Lost connection to MySQL server at 'reading initial communication packet', Error_code: MY-002013
       +6 app warn*3 com.acme.billing.Ledger | replica is 214 s behind, reading from it is refused
       +5 app error*2 com.acme.billing.InvoiceJob | invoices of this hour not written: stale replica`,
    ),
    form(
      {
        replica: home.store(formats.dayFirst),
        app: home.worker(formats.letters),
        host: home.machine(formats.pipes),
      },
      `+0 host! warn core | second leg of the uplink went dark, first one was dark already
       +2 replica error engine | cut off from the leading ledgerd, copying pauses
       +6 app warn*3 desk | copy is 214 s old, not used
       +5 app error*2 desk | bills of this hour not made, the copy is too old`,
    ),
  ),
  scenario(
    'firewall drops packets to the bank',
    'network.timeout',
    form(
      { app: known.slog, gate: known.winston, access: known.accessLog },
      `+0 app! error*3 bank | Post "https://10.20.8.14/v3/charges": dial tcp 10.20.8.14:443: i/o timeout
       +3 app error*2 payments | charge of {order} abandoned after 3 attempts
       +2 gate error*4 proxy | POST /orders -> payments 504 timeout of 30000ms exceeded
       +2 access info*4 {client} | "POST /orders HTTP/1.1" 504 167 "https://shop.example/cart" "Mozilla/5.0"`,
    ),
    form(
      { app: home.worker(formats.jsonLines), gate: home.gateway(formats.compact) },
      `+0 app! error*3 post | sent three knocks to the bank, heard nothing for 30 s
       +3 app error*2 desk | {order} not paid for, the bank stayed silent
       +2 gate error*4 door | {client} sent a form to /orders: gave up after 30 s`,
    ),
  ),
  scenario(
    'reply of the message bus late',
    'network.timeout',
    form(
      { compute: known.nova, net: known.neutron, api: known.api },
      `+0 compute! error oslo_messaging._drivers.amqpdriver | Timed out waiting for a reply to message ID 7c1c2f9ab01d4b0e
       +0 compute! error nova.compute.manager | [instance: 5f0c1d1e-0a55-4d11-9f0b-6f4d1e0c7a11] Instance failed to spawn
       > Traceback (most recent call last):
       >   File "/usr/lib/python3/dist-packages/nova/compute/manager.py", line 2640, in _build_resources
       >     yield resources
       >   File "/usr/lib/python3/dist-packages/oslo_messaging/rpc/client.py", line 183, in call
       >     result = self.transport._send(
       > oslo_messaging.exceptions.MessagingTimeout: Timed out waiting for a reply to message ID 7c1c2f9ab01d4b0e
       +3 net warn*2 neutron.db.agents_db | Agent healthcheck: found 1 dead agents out of 4: compute-2 last seen 95 s ago
       +4 api info*2 nova.osapi_compute.wsgi.server | {ip} "GET /v2.1/servers/5f0c1d1e-0a55-4d11-9f0b-6f4d1e0c7a11 HTTP/1.1" status: 200 len: 1788 vm_state: error time: 0.2`,
    ),
    form(
      {
        compute: home.scheduler(formats.compact),
        net: home.broker(formats.tabs),
        api: home.gateway(formats.clockOnly),
      },
      `+0 compute! error pilot | asked berth-2 to prepare unit 5f0c, no word back within 60 s
       +1 compute error pilot | unit 5f0c not brought up
       +3 net warn*2 lane | letters to berth-2 lie unread since 95 s
       +4 api error*2 door | {client} asked for unit 5f0c: it is broken`,
    ),
  ),
  scenario(
    'partner does not answer in time',
    'network.timeout',
    form(
      { api: known.python, jobs: known.celery, web: known.nginxError },
      `+0 api! error*3 api.shipping | HTTPSConnectionPool(host='ship.partner.example', port=443): Read timed out. (read timeout=10)
       +2 jobs error*2  | Task tasks.print_label[{id}] raised unexpected: ReadTimeout("HTTPSConnectionPool(host='ship.partner.example', port=443): Read timed out. (read timeout=10)")
       +3 web error*4  | upstream timed out (110: Connection timed out) while reading response header from upstream, client: {client}, server: shop.example, request: "POST /ship HTTP/1.1", upstream: "http://10.20.3.4:8000/ship"`,
    ),
    form(
      { api: home.worker(formats.dayFirst), web: home.gateway(formats.jsonLines) },
      `+0 api! error*3 post | parcel firm took the question and did not reply for 10 s
       +2 api error*2 desk | no label for {order}
       +3 web error*4 door | {client} sent a form to /ship: waited in vain for clerk`,
    ),
  ),
  scenario(
    'cluster names do not resolve',
    'network.dns',
    form(
      { dns: known.kubelet, app: known.pino, gate: known.winston },
      `+0 dns! warn coredns.go:88 | [ERROR] plugin/errors: 2 orders.shop.svc.cluster.local. A: read udp 10.244.1.7:41231->10.20.0.53:53: i/o timeout
       +2 app! error*3 orders | getaddrinfo EAI_AGAIN orders.shop.svc.cluster.local
       +1 app error*3 http | request errored POST /orders 500 in {ms} ms
       +2 gate error*4 proxy | POST /orders -> web 500`,
    ),
    form(
      {
        dns: home.machine(formats.tabs),
        app: home.worker(formats.epochPairs),
        gate: home.gateway(formats.letters),
      },
      `+0 dns! error core | phone book of the cluster does not reply to questions
       +2 app! error*3 post | who is orders? nobody could say, no address for that name
       +1 app error*3 desk | {order} not handed on
       +2 gate error*4 door | {client} sent a form to /orders: 500 in {ms} ms`,
    ),
  ),
  scenario(
    'unknown host after a change of resolvers',
    'network.dns',
    form(
      { host: known.syslog, app: known.spring, web: known.accessLog },
      `+0 host info ansible[7712] | copy: dest=/etc/resolv.conf changed=True
       +5 app! error c.a.shop.rates.RatesClient | rates not read
       > java.net.UnknownHostException: rates.internal: Name or service not known
       > 	at java.base/java.net.Inet6AddressImpl.lookupAllHostAddr(Native Method)
       > 	at com.acme.shop.rates.RatesClient.read(RatesClient.java:52)
       +3 app error*2 c.a.shop.web.OrderController | order {order} refused, no rates
       +1 web info*4 {client} | "POST /orders HTTP/1.1" 500 112 "https://shop.example/cart" "Mozilla/5.0"`,
    ),
    form(
      {
        host: home.machine(formats.pipes),
        app: home.worker(formats.compact),
        web: home.gateway(formats.dayFirst),
      },
      `+0 host info timer | task set-name-servers replaced the list of name servers
       +5 app! error*2 post | the name rates.internal leads nowhere since the look-up came back empty
       +3 app error*2 desk | {order} refused, no rates known
       +1 web error*4 door | {client} sent a form to /orders: 500 in {ms} ms`,
    ),
  ),
  scenario(
    'lookup says no such host',
    'network.dns',
    form(
      { app: known.slog, jobs: known.celery, events: known.kubeEvents },
      `+0 events info DeletedService   service/db-primary | Service db-primary removed by cleanup job
       +3 app! error*3 pool | dial tcp: lookup db-primary.shop.svc on 10.96.0.10:53: no such host
       +1 app error*2 payments | charge of {order} failed: no database
       +2 jobs error*2  | Task tasks.settle[{id}] raised unexpected: OperationalError('could not translate host name "db-primary.shop.svc" to address: Name or service not known')`,
    ),
    form(
      {
        app: home.worker(formats.clockOnly),
        jobs: home.cruncher(formats.jsonLines),
        events: home.scheduler(formats.epochPairs),
      },
      `+0 events info pilot | signpost db-primary taken down by tidy-up
       +3 app! error*3 desk | db-primary is in no directory, cannot turn the name into an address
       +1 app error*2 desk | {order} not paid for
       +2 jobs error*2 slice | slice {seq} stopped, signpost db-primary is missing from the directory`,
    ),
  ),
  scenario(
    'certificate of an upstream expired',
    'network.tls',
    form(
      { web: known.nginxError, access: known.accessLog, app: known.pino },
      `+0 web! error*4  | upstream SSL certificate verify error: (10:certificate has expired) while SSL handshaking to upstream, client: {client}, server: shop.example, request: "GET /profile HTTP/1.1", upstream: "https://10.20.5.2:8443/profile"
       +1 access info*5 {client} | "GET /profile HTTP/1.1" 502 157 "-" "Mozilla/5.0"
       +3 app error*2 profile | fetch failed
       > Error: certificate has expired
       >     at TLSSocket.onConnectSecure (node:_tls_wrap:1674:34)
       >     at ProfileClient.get (/srv/web/src/profile/client.js:30:9)`,
    ),
    form(
      { web: home.gateway(formats.tabs), app: home.worker(formats.letters) },
      `+0 web! error*4 door | clerk's passport was good until midnight, not letting {client} through to it
       +1 web error*4 door | {client} asked for /profile: 502 in {few} ms
       +3 app error*2 post | profile keeper shows papers that ran out yesterday, hung up`,
    ),
  ),
  scenario(
    'trust store without the new authority',
    'network.tls',
    form(
      { app: known.spring, batch: known.log4j, web: known.accessLog },
      `+0 app! error c.a.shop.pay.PayClient | payment of o-551209 not started
       > javax.net.ssl.SSLHandshakeException: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target
       > 	at java.base/sun.security.ssl.Alert.createSSLException(Alert.java:131)
       > 	at com.acme.shop.pay.PayClient.start(PayClient.java:74)
       > Caused by: sun.security.validator.ValidatorException: PKIX path building failed
       > 	at java.base/sun.security.validator.PKIXValidator.doBuild(PKIXValidator.java:439)
       +2 web info*4 {client} | "POST /pay HTTP/1.1" 500 112 "https://shop.example/cart" "Mozilla/5.0"
       +5 batch error*2 com.acme.billing.Settlement | settlement with the bank skipped: Remote host terminated the handshake`,
    ),
    form(
      {
        app: home.worker(formats.pipes),
        batch: home.cruncher(formats.compact),
        web: home.gateway(formats.epochPairs),
      },
      `+0 app! error*2 post | bank's papers are signed by somebody who is not on our list of signers
       +2 web error*4 door | {client} sent a form to /pay: 500 in {ms} ms
       +5 batch error*2 slice | settlement left out, no secure line to the bank could be agreed on`,
    ),
  ),
  scenario(
    'protocol versions of the handshake differ',
    'network.tls',
    form(
      { app: known.serilog, gate: known.winston, mq: known.rabbit },
      `+0 mq! error*3  | TLS server: In state hello received CLIENT ALERT: Fatal - Protocol Version
       +0 app! error*2 Inventory.Events.Publisher | The SSL connection could not be established, see inner exception.
       > System.Security.Authentication.AuthenticationException: Authentication failed because the remote party sent a TLS alert: 'ProtocolVersion'.
       >    at System.Net.Security.SslStream.ForceAuthenticationAsync[TIOAdapter](Boolean receiveFirst)
       >    at Inventory.Events.Publisher.Open() in /src/Events/Publisher.cs:line 58
       +3 app error*3 Inventory.Stock.StockService | Stock change of article {seq} not published
       +4 gate error*3 proxy | PUT /stock -> inventory 500`,
    ),
    form(
      {
        app: home.worker(formats.letters),
        gate: home.gateway(formats.tabs),
        mq: home.broker(formats.clockOnly),
      },
      `+0 mq! error*3 courier | {ip} wanted to encrypt in a way that was retired, no common way found
       +1 app! error*2 post | courier would not agree on how to encrypt
       +3 app error*3 desk | change of {order} told nobody
       +4 gate error*3 door | {client} sent a form to /stock: 500 in {ms} ms`,
    ),
  ),
];
