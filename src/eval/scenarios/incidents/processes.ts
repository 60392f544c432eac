import * as formats from '../formats.ts';
import * as home from '../homegrownServices.ts';
import * as known from '../knownServices.ts';
import { form, scenario } from '../scenario.ts';

/** Machines that went away, programs that crashed or were ended, and services that others need. */
export const processIncidents = [
  scenario(
    'node of the cluster not ready',
    'node.down',
    form(
      { events: known.kubeEvents, gate: known.winston, app: known.slog },
      `+0 events! warn NodeNotReady   node/node-4 | Node node-4 status is now: NodeNotReady, kubelet stopped posting node status
       +1 gate error*4 proxy | GET /search -> search failed: connect EHOSTUNREACH 10.20.9.44:8080
       +3 app error*3 search | rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 10.20.9.44:8080: connect: no route to host"
       +9 events warn TaintManagerEviction   pod/search-5c44 | Marking for deletion Pod shop/search-5c44
       +20 events info Scheduled   pod/search-5c91 | Successfully assigned shop/search-5c91 to node-2`,
    ),
    form(
      {
        events: home.scheduler(formats.pipes),
        gate: home.gateway(formats.letters),
        app: home.worker(formats.tabs),
      },
      `+0 events! error pilot | berth-4 has not signed in for 40 s and is counted as lost
       +1 gate error*4 door | {client} asked for /search: nobody home at 10.20.9.44
       +3 app error*3 post | 10.20.9.44 cannot be reached any more
       +9 events warn pilot | its units are moved elsewhere
       +20 events info pilot | unit search-5c91 placed on berth-2`,
    ),
  ),
  scenario(
    'data node lost',
    'node.down',
    form(
      { name: known.namenode, rm: known.yarn, job: known.hadoopJob },
      `+0 job warn*3 org.apache.hadoop.ipc.Client | Failed to connect to server: worker-7/10.20.7.17:45454: retries get failed due to exceeded maximum allowed retries number: 10
       +6 name! info org.apache.hadoop.hdfs.StateChange | BLOCK* removeDeadDatanode: lost heartbeat from 10.20.7.17:9866, removeBlocksFromBlockMap true
       +1 name info org.apache.hadoop.net.NetworkTopology | Removing a node: /default-rack/10.20.7.17:9866
       +5 rm! info org.apache.hadoop.yarn.util.AbstractLivelinessMonitor | Expired:worker-7:45454 Timed out after 600 secs
       +0 rm! info org.apache.hadoop.yarn.server.resourcemanager.rmnode.RMNodeImpl | Deactivating Node worker-7:45454 as it is now LOST
       +3 job error*3 org.apache.hadoop.mapreduce.v2.app.job.impl.TaskAttemptImpl | attempt_17_0031_m_0000{n}_0: Container released on a *lost* node`,
    ),
    form(
      {
        name: home.vault(formats.epochPairs),
        rm: home.scheduler(formats.dayFirst),
        job: home.cruncher(formats.tabs),
      },
      `+0 job warn*3 slice | arm-7 does not pick up
       +6 name! error shelf | silo-7 sent no sign of life for ten minutes, struck off
       +5 rm! error pilot | berth-7 counted as gone, machine does not reply at all
       +3 job error*3 slice | slice {seq} lost together with arm-7`,
    ),
  ),
  scenario(
    'broker host died',
    'node.down',
    form(
      { broker: known.kafka, host: known.syslog, app: known.log4j },
      `+0 host! info ipmid[702] | broker-3: chassis power state changed to off, power supply failure detected
       +4 broker! info kafka.controller.KafkaController | [Controller id=1] Newly added brokers: , deleted brokers: 3, bounced brokers: , all live brokers: 1,2
       +1 broker warn*3 kafka.server.ReplicaFetcherThread | [ReplicaFetcher replicaId=1, leaderId=3, fetcherId=0] Error in response for fetch request
       > java.io.IOException: Connection to broker-3:9092 (id: 3 rack: null) failed.
       > 	at org.apache.kafka.clients.NetworkClientUtils.awaitReady(NetworkClientUtils.java:71)
       +2 broker info kafka.cluster.Partition | [Partition payments-2 broker=1] Shrinking ISR from 1,2,3 to 1,2
       +3 app error*3 com.acme.billing.Ledger | batch of 40 entries expired: 30012 ms has passed since batch creation for payments-2`,
    ),
    form(
      {
        broker: home.broker(formats.compact),
        host: home.machine(formats.clockOnly),
        app: home.worker(formats.jsonLines),
      },
      `+0 host! error core | neighbour courier-3 has no current, its machine is dark
       +4 broker! error courier | courier-3 struck off the list of the living
       +1 broker warn*3 lane | copies for courier-3 pile up
       +3 app error*3 post | parcel for {order} too old to be sent`,
    ),
  ),
  scenario(
    'worker of the web server segfaults',
    'process.crash',
    form(
      { host: known.syslog, web: known.nginxError, access: known.accessLog },
      `+0 host! error kernel | [88412.220191] nginx[3141]: segfault at 18 ip 00005581c2a1b3f4 sp 00007ffd21c0a8e0 error 4 in nginx[5581c29f1000+9c000]
       +0 web! fatal  | worker process 3141 exited on signal 11 (core dumped)
       +1 host info systemd-coredump[9120] | Process 3141 (nginx) of user 33 dumped core.
       +1 access info*3 {client} | "GET /images/resize HTTP/1.1" 502 157 "-" "Mozilla/5.0"
       +4 web fatal  | worker process 3177 exited on signal 11 (core dumped)
       +2 access info*3 {client} | "GET /images/resize HTTP/1.1" 502 157 "-" "Mozilla/5.0"`,
    ),
    form(
      { host: home.machine(formats.tabs), web: home.gateway(formats.pipes) },
      `+0 host! error core | frontdoor touched memory that is not its own and was ended on the spot
       +0 web! error pulse | hand 2 of frontdoor fell over, image of its memory kept
       +2 web error*3 door | {client} asked for /images/resize: line dropped
       +4 web error pulse | hand 3 of frontdoor fell over in the same way`,
    ),
  ),
  scenario(
    'virtual machine of java crashes',
    'process.crash',
    form(
      { app: known.spring, events: known.kubeEvents, gate: known.winston },
      `+0 app! error stdout | # A fatal error has been detected by the Java Runtime Environment:
       > #
       > #  SIGSEGV (0xb) at pc=0x00007f1c2a5d1c3e, pid=1, tid=41
       > #
       > # JRE version: OpenJDK Runtime Environment (17.0.9+9) (build 17.0.9+9)
       > # Problematic frame:
       > # C  [libzstd-jni.so+0x2ac3e]  ZSTD_decompressBlock_internal+0x1e
       > # An error report file with more information is saved as: /tmp/hs_err_pid1.log
       +0 app stop
       +1 gate error*4 proxy | GET /search -> shop failed: read ECONNRESET
       +2 events warn BackOff   pod/shop-7d9f | Back-off restarting failed container main in pod shop-7d9f, last exit code 134
       +4 gate error*3 proxy | GET /search -> shop failed: connect ECONNREFUSED 10.20.3.4:8080
       +25 app start
       +0 app info c.a.shop.ShopApplication | Started ShopApplication in 11.4 seconds`,
    ),
    form(
      {
        app: home.worker(formats.clockOnly),
        events: home.scheduler(formats.jsonLines),
        gate: home.gateway(formats.compact),
      },
      `+0 app! fatal pulse | clerk broke inside the unpacking library, bad address 0x1e, a picture of the memory lies in /var/dumps
       +0 app stop
       +1 gate error*4 door | {client} asked for /search: clerk dropped the line
       +2 events warn pilot | unit clerk-7d9f ended by itself with 134, started anew
       +25 app start
       +0 app info pulse | clerk is up`,
    ),
  ),
  scenario(
    'cache server crashes by its own bug',
    'process.crash',
    form(
      { cache: known.redis, host: known.syslog, app: known.python },
      `+0 cache! error  | === REDIS BUG REPORT START: Cut & paste starting from here ===
       > Redis 7.2.4 crashed by signal: 11, si_code: 1
       > Accessing address: 0x10
       > Crashed running the instruction at: 0x55f1c0a2
       +0 cache stop
       +1 host info systemd[1] | redis-server.service: Main process exited, code=dumped, status=11/SEGV
       +1 app error*3 api.cache | redis.exceptions.ConnectionError: Error 111 connecting to 10.20.3.7:6379. Connection refused.
       +3 app error*4 api.views | GET /profile 500 {ms}ms
       +20 cache start
       +0 cache info  | Ready to accept connections tcp`,
    ),
    form(
      {
        cache: home.cache(formats.dayFirst),
        host: home.machine(formats.epochPairs),
        app: home.worker(formats.pipes),
      },
      `+0 cache! fatal shelf | shelf hit a flaw of its own while reading address 0x10 and falls over
       >   in Tree.walk (tree:212)
       >   in Shelf.get (shelf:90)
       +0 cache stop
       +1 host error core | shelf ended abnormally, memory image kept
       +1 app error*3 desk | shelf does not answer
       +3 app error*4 desk | profile of {user} not shown
       +20 cache start
       +0 cache info pulse | serving`,
    ),
  ),
  scenario(
    'container ended by its liveness probe',
    'process.killed',
    form(
      { kubelet: known.kubelet, events: known.kubeEvents, gate: known.winston },
      `+0 kubelet warn*3 prober.go:107 | "Probe failed" probeType="Liveness" pod="shop/rates-6f0a" output="HTTP probe failed with statuscode: 500"
       +3 events! info Killing   pod/rates-6f0a | Container main failed liveness probe, will be restarted
       +0 kubelet! info kuberuntime_container.go:745 | "Killing container with a grace period" pod="shop/rates-6f0a" containerName="main" gracePeriod=30
       +3 gate error*4 proxy | GET /rates -> rates failed: socket hang up
       +4 events warn BackOff   pod/rates-6f0a | Back-off restarting failed container main in pod rates-6f0a`,
    ),
    form(
      { events: home.scheduler(formats.letters), gate: home.gateway(formats.epochPairs) },
      `+0 events warn*3 pilot | unit rates-6f0a did not pass its check
       +3 events! error pilot | unit rates-6f0a failed three checks in a row, ending it by force
       +3 gate error*4 door | {client} asked for /rates: line dropped
       +4 events warn pilot | unit rates-6f0a was ended too often, waiting 20 s before the next try`,
    ),
  ),
  scenario(
    'service ended by the watchdog',
    'process.killed',
    form(
      { host: known.syslog, app: known.log4j, web: known.accessLog },
      `+0 host! info systemd[1] | billing.service: Watchdog timeout (limit 30s)!
       +0 host! info systemd[1] | billing.service: Killing process 2210 (java) with signal SIGABRT.
       +0 app stop
       +2 host info systemd[1] | billing.service: Main process exited, code=killed, status=6/ABRT
       +0 host info systemd[1] | billing.service: Failed with result 'watchdog'.
       +2 web info*4 {client} | "GET /invoices HTTP/1.1" 502 157 "-" "Mozilla/5.0"
       +6 host info systemd[1] | billing.service: Scheduled restart job, restart counter is at 1.
       +9 app start
       +0 app info com.acme.billing.Main | started`,
    ),
    form(
      {
        host: home.machine(formats.compact),
        app: home.cruncher(formats.clockOnly),
        web: home.gateway(formats.tabs),
      },
      `+0 host! error timer | cruncher gave no sign for 30 s, its guard takes it down
       +0 app stop
       +2 host warn timer | cruncher taken down with signal 6
       +2 web error*4 door | {client} asked for /invoices: 502 in {few} ms
       +15 app start
       +0 app info pulse | begun again`,
    ),
  ),
  scenario(
    'container preempted by the scheduler',
    'process.killed',
    form(
      { rm: known.yarn, job: known.hadoopJob, data: known.datanode },
      `+0 rm! info org.apache.hadoop.yarn.server.resourcemanager.monitor.capacity.ProportionalCapacityPreemptionPolicy | Starting to preempt containers for selectedCandidates and size:4
       +2 rm! info org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainerImpl | container_17_0031_01_000009 Container Transitioned from RUNNING to KILLED
       +1 job error*4 org.apache.hadoop.mapreduce.v2.app.job.impl.TaskAttemptImpl | Diagnostics report from attempt_17_0031_m_0000{n}_0: Container preempted by scheduler. Container killed on request. Exit code is 143
       +5 job error org.apache.hadoop.mapreduce.v2.app.job.impl.JobImpl | Job job_17_0031 missed its deadline of 07:00, 4 map attempts killed`,
    ),
    form(
      { rm: home.scheduler(formats.epochPairs), job: home.cruncher(formats.letters) },
      `+0 rm! warn pilot | team night-run needs room, taking four units away from team shop
       +2 rm! warn pilot | unit arm-9 asked to leave, then put out
       +1 job error*4 slice | slice {seq} was put out by harbour before it was done
       +5 job error cruncher | run 31 comes too late, four slices were put out`,
    ),
  ),
  scenario(
    'payment provider unavailable',
    'dependency.unavailable',
    form(
      { app: known.slog, gate: known.winston, jobs: known.celery },
      `+0 app! error*3 bank | POST https://pay.partner.example/v3/charges: 503 Service Unavailable: {"message":"service temporarily down for maintenance"}
       +3 app warn breaker | circuit breaker for pay.partner.example is now open
       +2 app error*3 payments | charge of {order} refused: breaker open
       +2 gate error*4 proxy | POST /orders -> payments 503 {ms}ms
       +3 jobs error*2  | Task tasks.capture[{id}] raised unexpected: HTTPError('503 Server Error: Service Unavailable for url: https://pay.partner.example/v3/captures')`,
    ),
    form(
      { app: home.worker(formats.tabs), gate: home.gateway(formats.compact) },
      `+0 app! error*3 post | the bank says it is closed for works and will be back later
       +3 app warn post | no longer asking the bank for a while
       +2 app error*3 desk | {order} not paid for, bank is closed
       +2 gate error*4 door | {client} sent a form to /orders: 503 in {ms} ms`,
    ),
  ),
  scenario(
    'search cluster refuses connections',
    'dependency.unavailable',
    form(
      { app: known.pino, docker: known.docker, access: known.accessLog },
      `+0 app! error*3 search | connect ECONNREFUSED 10.20.6.2:9200
       > ConnectionError: connect ECONNREFUSED 10.20.6.2:9200
       >     at SniffingTransport.request (/srv/web/node_modules/@elastic/transport/lib/Transport.js:540:32)
       >     at Search.find (/srv/web/src/search/find.js:18:20)
       +1 app error search | NoLivingConnectionsError: There are no living connections
       +2 access info*5 {client} | "GET /search HTTP/1.1" 503 88 "-" "Mozilla/5.0"
       +6 docker warn  | Health check for container search-1 error: dependency elasticsearch not available`,
    ),
    form(
      { app: home.worker(formats.jsonLines), access: home.gateway(formats.letters) },
      `+0 app! error*3 post | the finder turned us away at its door, nobody serves there
       +1 app error desk | none of the finders is in service
       +2 access error*5 door | {client} asked for /search: 503 in {few} ms`,
    ),
  ),
  scenario(
    'secret store sealed',
    'dependency.unavailable',
    form(
      { app: known.spring, gate: known.winston, events: known.kubeEvents },
      `+0 app! error o.s.vault.core.lease.SecretLeaseContainer | Cannot renew lease database/creds/shop
       > org.springframework.vault.VaultException: Status 503 Service Unavailable [database/creds/shop]: Vault is sealed
       > 	at org.springframework.vault.client.VaultResponses.buildException(VaultResponses.java:84)
       > 	at com.acme.shop.db.Credentials.renew(Credentials.java:39)
       +4 app error*3 c.a.shop.web.OrderController | order {order} failed: no credentials could be obtained
       +2 gate error*4 proxy | POST /orders -> shop 500
       +7 events warn Unhealthy   pod/shop-7d9f | Readiness probe failed: HTTP probe failed with statuscode: 503`,
    ),
    form(
      {
        app: home.worker(formats.epochPairs),
        gate: home.gateway(formats.dayFirst),
        events: home.scheduler(formats.compact),
      },
      `+0 app! error*2 post | key keeper is locked and hands out nothing until it is opened by hand
       +4 app error*3 desk | {order} failed, no key
       +2 gate error*4 door | {client} sent a form to /orders: 500 in {ms} ms
       +7 events warn pilot | unit clerk-7d9f does not pass its check`,
    ),
  ),
];
