import * as formats from '../formats.ts';
import * as home from '../homegrownServices.ts';
import * as known from '../knownServices.ts';
import { form, scenario } from '../scenario.ts';

/** Disk, memory, processor, handles and quotas that ran out. */
export const resourceIncidents = [
  scenario(
    'postgres disk full',
    'resource.disk',
    form(
      { db: known.postgres, app: known.spring, web: known.accessLog },
      `+0 db! error shop@orders | could not extend file "base/16401/24893": No space left on device
       > HINT:  Check free disk space.
       > STATEMENT:  INSERT INTO order_lines (order_id, article, amount) VALUES ($1, $2, $3)
       +1 app error c.a.shop.web.OrderController | order o-771204 failed
       > org.springframework.dao.DataAccessResourceFailureException: PreparedStatementCallback; SQL [INSERT INTO order_lines]
       > 	at com.acme.shop.db.OrderRepository.insertLines(OrderRepository.java:141)
       > 	at com.acme.shop.web.OrderController.create(OrderController.java:63)
       > Caused by: org.postgresql.util.PSQLException: ERROR: could not extend file "base/16401/24893": No space left on device
       > 	at org.postgresql.core.v3.QueryExecutorImpl.receiveErrorResponse(QueryExecutorImpl.java:2676)
       +1 web info*4 {client} | "POST /orders HTTP/1.1" 500 112 "https://shop.example/cart" "Mozilla/5.0"
       +9 db fatal  | could not write to file "pg_wal/xlogtemp.71": No space left on device
       +1 db info  | terminating any other active server processes
       +1 app error*3 c.a.shop.db.OrderRepository | connection to db:5432 refused
       +2 web info*5 {client} | "POST /orders HTTP/1.1" 503 112 "https://shop.example/cart" "Mozilla/5.0"`,
    ),
    form(
      {
        db: home.store(formats.pipes),
        app: home.worker(formats.jsonLines),
        web: home.gateway(formats.clockOnly),
      },
      `+0 db! error engine | cannot grow page file 41 of table lines: the volume holds no more free blocks
       +1 app error*3 desk | {order} could not be saved, ledgerd refused the page
       +2 web error*4 door | {client} sent a form to /orders: 500 in {ms} ms
       +10 db fatal engine | journal cannot be written either, halting so that nothing is lost
       +2 app error*3 desk | ledgerd does not answer any more
       +2 web error*4 door | {client} sent a form to /orders: 503 in {ms} ms`,
    ),
  ),
  scenario(
    'kafka log directory full',
    'resource.disk',
    form(
      { broker: known.kafka, app: known.slog, host: known.syslog },
      `+0 broker! error kafka.server.LogDirFailureChannel | Error while appending records to orders-3 in dir /var/lib/kafka
       > java.io.IOException: No space left on device
       > 	at java.base/sun.nio.ch.FileDispatcherImpl.write0(Native Method)
       > 	at org.apache.kafka.common.record.MemoryRecords.writeFullyTo(MemoryRecords.java:92)
       > 	at kafka.log.LogSegment.append(LogSegment.scala:160)
       +1 broker warn kafka.server.ReplicaManager | [ReplicaManager broker=1] Stopping serving replicas in dir /var/lib/kafka
       +1 broker error kafka.log.LogManager | Shutdown broker because all log dirs in /var/lib/kafka have failed
       +0 broker stop
       +2 app error*4 events | produce to orders failed: kafka server: broker not available
       +4 host info systemd[1] | kafka.service: Main process exited, code=exited, status=1/FAILURE
       +1 host info systemd[1] | kafka.service: Failed with result 'exit-code'.
       +6 app error*3 payments | charge of {order} rolled back, event could not be published`,
    ),
    form(
      {
        broker: home.broker(formats.epochPairs),
        app: home.worker(formats.tabs),
        host: home.machine(formats.dayFirst),
      },
      `+0 broker! error lane | lane orders: tail not appended, partition /srv/courier is filled to the last byte
       +1 broker warn lane | lane orders: taken off duty
       +1 broker fatal courier | no partition left to write on, closing down
       +0 broker stop
       +2 app error*4 post | courier took no parcel for {order}
       +3 host error core | courier went away with status 1
       +5 app error*3 desk | {order} undone, nobody could be told`,
    ),
  ),
  scenario(
    'hdfs volumes full',
    'resource.disk',
    form(
      { data: known.datanode, name: known.namenode, job: known.hadoopJob },
      `+0 data! error org.apache.hadoop.hdfs.server.datanode.DataNode | DataNode{data=FSDataset{dirpath='[/data/1]'}}: DiskOutOfSpaceException: The volume with the most available space (=20480 B) is less than the block size (=134217728 B).
       +2 name warn org.apache.hadoop.hdfs.server.blockmanagement.BlockPlacementPolicy | Failed to place enough replicas, still in need of 1 to reach 1 (unavailableStorages=[DISK], storagePolicy=HOT)
       +0 name info org.apache.hadoop.ipc.Server | IPC Server handler 4 on 9000, call ClientProtocol.addBlock from 10.20.7.21:41820: java.io.IOException: File /user/etl/out/_temporary/part-00041 could only be written to 0 of the 1 minReplication nodes. There are 1 datanode(s) running and 1 node(s) are excluded in this operation.
       +3 job warn org.apache.hadoop.hdfs.DataStreamer | DataStreamer Exception
       > org.apache.hadoop.ipc.RemoteException(java.io.IOException): File /user/etl/out/_temporary/part-00041 could only be written to 0 of the 1 minReplication nodes.
       > 	at org.apache.hadoop.hdfs.DataStreamer.locateFollowingBlock(DataStreamer.java:1846)
       +4 job error*3 org.apache.hadoop.mapreduce.v2.app.job.impl.TaskAttemptImpl | attempt_17_0031_r_000041_0 transitioned from RUNNING to FAILED
       +9 job error org.apache.hadoop.mapreduce.v2.app.job.impl.JobImpl | Job job_17_0031 failed, reduce tasks failed: 1`,
    ),
    form(
      {
        data: home.vault(formats.compact),
        name: home.scheduler(formats.letters),
        job: home.cruncher(formats.pipes),
      },
      `+0 data! error shelf | part 9f2e11aa refused: largest free room on any platter is 20 kB, a part needs 128 MB
       +2 name warn pilot | no silo would take part 9f2e11aa, every platter is full
       +3 job warn slice | output of slice 41 found no silo
       +4 job error*3 slice | slice 41 given up
       +9 job error cruncher | run 31 did not succeed, output incomplete`,
    ),
  ),
  scenario(
    'java heap exhausted',
    'resource.memory',
    form(
      { app: known.spring, web: known.nginxError, access: known.accessLog },
      `+0 app warn c.a.shop.search.IndexCache | cache holds 4,812,000 entries, eviction is behind
       +9 app! error o.a.c.c.C.[.[.[/].[dispatcherServlet] | Servlet.service() for servlet [dispatcherServlet] threw exception [Handler dispatch failed; nested exception is java.lang.OutOfMemoryError: Java heap space] with root cause
       > java.lang.OutOfMemoryError: Java heap space
       > 	at java.base/java.util.Arrays.copyOf(Arrays.java:3537)
       > 	at com.acme.shop.search.IndexCache.put(IndexCache.java:77)
       > 	at com.acme.shop.search.SearchController.search(SearchController.java:45)
       +5 app error*2 o.a.tomcat.util.net.NioEndpoint | Error running socket processor: java.lang.OutOfMemoryError: GC overhead limit exceeded
       +4 web error*4  | upstream prematurely closed connection while reading response header from upstream, client: {client}, server: shop.example, request: "GET /search HTTP/1.1", upstream: "http://10.20.3.4:8080/search"
       +1 access info*5 {client} | "GET /search HTTP/1.1" 502 157 "-" "Mozilla/5.0"`,
    ),
    form(
      { app: home.worker(formats.tabs), web: home.gateway(formats.epochPairs) },
      `+0 app warn desk | index of goods grew to 4.8 million rows, shrinking cannot keep up
       +9 app! error desk | request for a 64 MB buffer not granted: all 2048 MB of the arena are in use
       >   in Index.put (index.clerk:77)
       >   in Search.run (search.clerk:45)
       +5 app error*2 desk | spent 98 of 100 ms tidying the arena and freed nothing
       +4 web error*5 door | {client} asked for /search: clerk dropped the line, 502`,
    ),
  ),
  scenario(
    'kernel kills the database for memory',
    'resource.memory',
    form(
      { host: known.syslog, db: known.mysql, app: known.python },
      `+0 host! error kernel | [918221.402113] report-gen invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0
       +0 host! error kernel | [918221.402702] Out of memory: Killed process 2411 (mysqld) total-vm:9120044kB, anon-rss:6233100kB, file-rss:0kB, shmem-rss:0kB, UID:112 pgtables:13012kB oom_score_adj:0
       +0 db stop
       +1 host info systemd[1] | mysql.service: Main process exited, code=killed, status=9/KILL
       +0 host info systemd[1] | mysql.service: Failed with result 'oom-kill'.
       +1 app error*3 api.db | (2006, "MySQL server has gone away (BrokenPipeError(32, 'Broken pipe'))")
       +2 app error*3 api.db | (2003, "Can't connect to MySQL server on '10.20.3.9' ([Errno 111] Connection refused)")
       +8 host info systemd[1] | mysql.service: Scheduled restart job, restart counter is at 1.
       +3 db start
       +1 db info MY-010229 | Starting XA crash recovery...
       +4 db info MY-010931 | /usr/sbin/mysqld: ready for connections. Version: '8.0.36'`,
    ),
    form(
      {
        host: home.machine(formats.structuredSyslog('barn')),
        db: home.store(formats.tabs),
        app: home.worker(formats.compact),
      },
      `+0 host! error core | RAM and swap are used up; sacrificing the biggest program to go on
       +0 host! error core | ended ledgerd (number 2411, 6.2 GB resident)
       +0 db stop
       +2 app error*3 desk | ledgerd vanished while {order} was being written
       +3 app error*3 desk | nobody listens at ledgerd's door
       +8 host info core | ledgerd is being brought up again
       +3 db start
       +1 db info engine | replaying the journal after an unclean end
       +4 db info engine | open for sessions`,
    ),
  ),
  scenario(
    'redis maxmemory without eviction',
    'resource.memory',
    form(
      { cache: known.redis, app: known.pino, jobs: known.celery },
      `+0 app! error session | ReplyError: OOM command not allowed when used memory > 'maxmemory'.
       > ReplyError: OOM command not allowed when used memory > 'maxmemory'.
       >     at parseError (/srv/web/node_modules/redis-parser/lib/parser.js:179:12)
       >     at SessionStore.save (/srv/web/src/session/store.js:41:11)
       +1 jobs error*3  | Task tasks.resize_image[{id}] raised unexpected: OutOfMemoryError("command not allowed when used memory > 'maxmemory'.")
       +2 app error*4 http | request errored POST /cart 500 in {ms} ms
       +4 app warn*2 session | {n} sessions could not be kept, users are signed out`,
    ),
    form(
      {
        cache: home.cache(formats.letters),
        app: home.gateway(formats.jsonLines),
        jobs: home.worker(formats.clockOnly),
      },
      `+0 cache! error shelf | turned away a write of 8 kB: the ceiling of 512 MB is reached and nothing may be thrown out
       +1 jobs error*3 desk | shelf would not keep the picture of {order}
       +2 app error*4 door | {client} sent a form to /cart: 500 in {ms} ms
       +4 app warn*2 door | basket of {client} forgotten`,
    ),
  ),
  scenario(
    'container starved of processor time',
    'resource.cpu',
    form(
      { events: known.kubeEvents, app: known.slog, gate: known.winston },
      `+0 app! warn runtime | cpu throttled: 94% of periods in the last 60 s, quota 200m
       +6 app warn*3 payments | charge of {order} settled in 8213 ms
       +4 gate error*4 proxy | POST /orders -> payments 504 timeout of 5000ms exceeded
       +5 events warn Unhealthy   pod/payments-6c9d | Liveness probe failed: Get "http://10.20.9.4:8080/live": context deadline exceeded (Client.Timeout exceeded while awaiting headers)
       +9 events warn CPUThrottlingHigh   pod/payments-6c9d | 94.2% throttling of CPU in namespace shop for container payments`,
    ),
    form(
      {
        events: home.scheduler(formats.tabs),
        app: home.worker(formats.epochPairs),
        gate: home.gateway(formats.pipes),
      },
      `+0 app! warn pulse | got only 6 of 100 slices of processor in the last minute, share is 0.2 cores
       +6 app warn*3 desk | {order} took 8.2 s, which is long
       +4 gate error*4 door | {client} sent a form to /orders: gave up after 5 s
       +5 events warn pilot | unit clerk-6c9d answers its checks too late
       +9 events warn pilot | unit clerk-6c9d is held back, its processor share is spent`,
    ),
  ),
  scenario(
    'soft lockup on the host',
    'resource.cpu',
    form(
      { host: known.syslog, app: known.spring, web: known.accessLog },
      `+0 host! error kernel | [40112.118230] watchdog: BUG: soft lockup - CPU#3 stuck for 23s! [compactor:8812]
       +1 host error kernel | [40113.640112] rcu: INFO: rcu_sched self-detected stall on CPU
       +3 app warn com.zaxxer.hikari.pool.HikariPool | HikariPool-1 - Thread starvation or clock leap detected (housekeeper delta=58s214ms).
       +2 app warn*3 c.a.shop.web.SlowRequestFilter | POST /orders took 24811 ms
       +3 web info*5 {client} | "POST /orders HTTP/1.1" 504 167 "https://shop.example/cart" "Mozilla/5.0"
       +6 host error kernel | [40140.002917] watchdog: BUG: soft lockup - CPU#3 stuck for 22s! [compactor:8812]`,
    ),
    form(
      {
        host: home.machine(formats.compact),
        app: home.worker(formats.letters),
        web: home.gateway(formats.tabs),
      },
      `+0 host! error core | core 3 has been busy with compactor for 23 s and let nobody else run
       +1 host warn core | load 41, run queue 38 on 4 cores
       +3 app warn pulse | was not scheduled for 58 s
       +2 app warn*3 desk | {order} took 24.8 s, which is long
       +3 web error*5 door | {client} sent a form to /orders: waited too long, 504
       +6 host error core | core 3 is still busy with compactor`,
    ),
  ),
  scenario(
    'thread pool starved',
    'resource.cpu',
    form(
      { app: known.serilog, gate: known.winston, host: known.syslog },
      `+0 host! warn collectd[411] | load average 96.4 91.0 60.2 on 8 cores, cpu 100% user, top: Inventory.Api
       +2 app! warn Microsoft.AspNetCore.Server.Kestrel | As of "05/14/2024 09:32:11 +00:00", the heartbeat has been running for "00:00:04.1120" which is longer than "00:00:01". This could be caused by thread pool starvation.
       +4 app warn*3 Inventory.Stock.StockService | Reserving took 9120 ms
       +3 gate error*5 proxy | GET /stock -> inventory 504 timeout of 5000ms exceeded
       +5 app error*2 Microsoft.AspNetCore.Server.Kestrel | Connection processing ended abnormally: request queue is full`,
    ),
    form(
      {
        app: home.worker(formats.dayFirst),
        gate: home.gateway(formats.letters),
        host: home.machine(formats.pipes),
      },
      `+0 host! warn core | load 96 on 8 cores, all of them at 100, most of it clerk
       +2 app! warn pulse | own timer came 4 s late, all 64 hands are busy computing
       +4 app warn*3 desk | {order} took 9.1 s, which is long
       +3 gate error*5 door | {client} asked for /stock: no answer within 5 s
       +5 app error*2 desk | waiting room is full, turned a visitor away`,
    ),
  ),
  scenario(
    'nginx out of file descriptors',
    'resource.handles',
    form(
      { web: known.nginxError, access: known.accessLog, host: known.syslog },
      `+0 web! error*3  | accept4() failed (24: Too many open files)
       +2 web error*3  | open() "/var/cache/nginx/proxy_temp/4/41/0000000414" failed (24: Too many open files) while reading upstream, client: {client}, server: shop.example
       +2 web warn  | 1024 worker_connections are not enough
       +3 access info*4 {client} | "GET / HTTP/1.1" 500 177 "-" "Mozilla/5.0"
       +6 host info monit[512] | 'shop' failed protocol test [HTTP] at [shop.example]:443`,
    ),
    form(
      { web: home.gateway(formats.compact), host: home.machine(formats.jsonLines) },
      `+0 web! error*3 door | cannot open another socket, the limit of 1024 descriptors for this process is used up
       +2 web error*3 door | no descriptor left to read /srv/pages/a.html
       +3 web error*4 door | {client} asked for /: 500 in {few} ms
       +6 host error timer | look at https://shop: does not answer properly`,
    ),
  ),
  scenario(
    'node process leaks files',
    'resource.handles',
    form(
      { app: known.pino, gate: known.winston, cache: known.redis },
      `+0 app! error upload | EMFILE: too many open files, open '/srv/web/uploads/5f1c.tmp'
       > Error: EMFILE: too many open files, open '/srv/web/uploads/5f1c.tmp'
       >     at async open (node:internal/fs/promises:639:25)
       >     at async UploadWriter.begin (/srv/web/src/upload/writer.js:22:17)
       +2 app error*3 http | request errored POST /upload 500 in {ms} ms
       +3 app error redis | connect EMFILE 10.20.3.7:6379 - Local (undefined:undefined)
       +2 gate error*4 proxy | POST /upload -> web 500`,
    ),
    form(
      { app: home.worker(formats.jsonLines), gate: home.gateway(formats.pipes) },
      `+0 app! error desk | opening the draft of {order} refused: 4096 of 4096 file slots of this program are taken
       +2 app error*3 desk | {order} not taken in
       +3 app error post | no slot for a line to shelf either
       +2 gate error*4 door | {client} sent a form to /upload: 500 in {ms} ms`,
    ),
  ),
  scenario(
    'ports exhausted by short connections',
    'resource.handles',
    form(
      { app: known.slog, host: known.syslog, web: known.accessLog },
      `+0 host info kernel | [771020.201] TCP: request_sock_TCP: 41022 sockets in TIME_WAIT
       +4 app! error*3 bank | dial tcp 10.20.8.14:443: connect: cannot assign requested address
       +2 app error*3 payments | charge of {order} failed: bank unreachable
       +2 web info*4 {client} | "POST /orders HTTP/1.1" 500 112 "https://shop.example/cart" "Mozilla/5.0"
       +7 host info kernel | [771041.880] TCP: out of local ports for 10.20.8.14:443`,
    ),
    form(
      {
        app: home.worker(formats.clockOnly),
        host: home.machine(formats.epochPairs),
        web: home.gateway(formats.compact),
      },
      `+0 host warn core | 41 thousand sockets linger after use
       +4 app! error*3 post | no outgoing port is left towards the bank, all 28232 are taken
       +2 app error*3 desk | {order} not paid for, the bank could not be asked
       +2 web error*4 door | {client} sent a form to /orders: 500 in {ms} ms`,
    ),
  ),
  scenario(
    'namespace over its quota',
    'resource.quota',
    form(
      { events: known.kubeEvents, kubelet: known.kubelet, gate: known.winston },
      `+0 events info ScalingReplicaSet   deployment/checkout | Scaled up replica set checkout-59d8 to 12 from 4
       +1 events! warn*3 FailedCreate   replicaset/checkout-59d8 | Error creating: pods "checkout-59d8-" is forbidden: exceeded quota: shop-quota, requested: limits.cpu=1, used: limits.cpu=24, limited: limits.cpu=24
       +12 gate warn*3 proxy | POST /checkout -> checkout 503 all instances busy
       +9 events warn ProgressDeadlineExceeded   deployment/checkout | ReplicaSet "checkout-59d8" has timed out progressing.
       +4 gate error*4 proxy | POST /checkout -> checkout 503 overloaded`,
    ),
    form(
      { events: home.scheduler(formats.clockOnly), gate: home.gateway(formats.dayFirst) },
      `+0 events info pilot | wish for clerk: 12 units instead of 4
       +1 events! warn*3 pilot | no further unit for clerk: team shop has spent its allowance of 24 cores
       +12 gate warn*3 door | {client} sent a form to /checkout: every clerk is busy
       +9 events warn pilot | wish for clerk not fulfilled within 10 min
       +4 gate error*4 door | {client} sent a form to /checkout: 503 in {ms} ms`,
    ),
  ),
  scenario(
    'instance quota of a project',
    'resource.quota',
    form(
      { api: known.api, compute: known.nova, net: known.neutron },
      `+0 api! warn nova.compute.utils | Quota exceeded for 2f1c7a, tried to run 3 instances. Quota exceeded for cores: Requested 24, but already used 40 of 48 cores
       +0 api info nova.api.openstack.wsgi | HTTP exception thrown: Quota exceeded for cores: Requested 24, but already used 40 of 48 cores
       +0 api info nova.osapi_compute.wsgi.server | 10.20.0.9 "POST /v2.1/servers HTTP/1.1" status: 403 len: 388 time: 0.41
       +5 api warn nova.compute.utils | Quota exceeded for 2f1c7a, tried to run 3 instances. Quota exceeded for cores: Requested 24, but already used 40 of 48 cores
       +4 net warn neutron.api.v2.resource | ports reserved for request 2f1c7a released, servers were not created`,
    ),
    form(
      { api: home.scheduler(formats.jsonLines), net: home.worker(formats.tabs) },
      `+0 api! warn pilot | team blue asked for 24 cores, has 40, may have 48: declined
       +0 api error pilot | request of team blue ended with 403
       +5 api warn pilot | team blue asked for 24 cores, has 40, may have 48: declined
       +4 net warn desk | three addresses given back, their machines never came`,
    ),
  ),
  scenario(
    'rate limit of a partner',
    'resource.quota',
    form(
      { api: known.python, jobs: known.celery, gate: known.winston },
      `+0 jobs! error*3  | Task tasks.geocode[{id}] raised unexpected: HTTPError('429 Client Error: Too Many Requests for url: https://maps.partner.example/v1/geocode')
       +2 api! error api.geo | partner answered 429: {"error":"daily quota of 100000 requests exhausted"}
       +3 api error*4 api.views | POST /addresses 503 address could not be checked
       +4 gate warn*4 proxy | POST /addresses -> api 503 {ms}ms`,
    ),
    form(
      { jobs: home.worker(formats.letters), gate: home.gateway(formats.epochPairs) },
      `+0 jobs! error*3 desk | the map maker serves us no more today, 100000 of 100000 look-ups are spent
       +3 jobs error*4 desk | address of {order} left unchecked
       +4 gate warn*4 door | {client} sent a form to /addresses: 503 in {ms} ms`,
    ),
  ),
];
