import * as formats from './formats.ts';
import { jobService, service } from './service.ts';

// Programs that everybody runs, with what they say all day.

export const postgres = service('postgresql.log', formats.postgresLine, {
  routine: `
    info  | checkpoint complete: wrote {n} buffers (0.2%); 0 WAL file(s) added, 0 removed, 1 recycled; write={secs} s, sync=0.012 s
    info shop@orders | duration: {ms} ms  execute <unnamed>: SELECT * FROM {table} WHERE id = $1
    info  | connection received: host={ip} port={port}
    info shop@orders | connection authorized: user=shop database=orders
    info shop@orders | disconnection: session time: 0:00:0{few}.421 user=shop database=orders host={ip}
    info  | automatic analyze of table "orders.public.{table}" system usage: CPU: user: 0.02 s, system: 0.00 s
  `,
  warnings: `
    warn shop@orders | there is already a transaction in progress
    info  | checkpoints are occurring too frequently ({n} seconds apart)
  `,
  passing: [
    `+0 . error shop@orders | duplicate key value violates unique constraint "idempotency_key_idx"
     > DETAIL:  Key (key)=({hex}) already exists.
     +1 . info shop@orders | duration: {ms} ms  execute <unnamed>: SELECT * FROM idempotency WHERE key = $1`,
    `+0 . info shop@orders | could not receive data from client: Connection reset by peer
     +2 . info  | connection received: host={ip} port={port}
     +0 . info shop@orders | connection authorized: user=shop database=orders`,
  ],
});

export const mysql = service('mysqld.log', formats.mysqlLine, {
  routine: `
    info MY-010914 | Event Scheduler: event purge_sessions executed in {ms} ms
    info MY-013360 | Plugin mysql_native_password served a login for app@{ip}
    info MY-011070 | Binlog position advanced to binlog.000{n}:{big}
    info MY-010559 | Multi-source metadata flushed, {n} entries
  `,
  warnings: `
    warn MY-010055 | IP address '{ip}' has been resolved to the host name 'app-{few}', which resembles IPv4-address itself
    warn MY-013712 | No suitable 'keyring_component_metadata_query' service implementation found to fulfill the request
  `,
  passing: [
    `+0 . info MY-010914 | Aborted connection {seq} to db: 'shop' user: 'app' host: '{ip}' (Got an error reading communication packets)
     +1 . info MY-013360 | Plugin mysql_native_password served a login for app@{ip}`,
  ],
});

export const redis = service('redis.log', formats.redisLine, {
  routine: `
    info  | Background saving terminated with success
    info  | 100 changes in 300 seconds. Saving...
    info  | Background saving started by pid {seq}
    info  | DB saved on disk
    info  | Fork CoW for RDB: current {few} MB, peak {few} MB, average {few} MB
    debug  | {n} clients connected (1 replicas), {big} bytes in use
  `,
  warnings: `
    warn  | Client id={seq} addr={ip}:{port} closed for being idle
  `,
  passing: [
    `+0 . warn  | Connection with replica {ip}:6379 lost.
     +2 . info  | Replica {ip}:6379 asks for synchronization
     +0 . info  | Partial resynchronization request from {ip}:6379 accepted. Sending {n} bytes of backlog`,
  ],
});

export const kafka = service('server.log', formats.kafkaLine, {
  routine: `
    info kafka.coordinator.group.GroupMetadataManager | [GroupMetadataManager brokerId=1] Removed 0 expired offsets in {few} milliseconds.
    info kafka.log.UnifiedLog | [UnifiedLog partition={topic}-{few}, dir=/var/lib/kafka] Rolled new log segment at offset {big} in {few} ms.
    info kafka.coordinator.group.GroupCoordinator | [GroupCoordinator 1]: Stabilized group billing generation {n} (__consumer_offsets-{few}) with 3 members
    info kafka.log.ProducerStateManager | [ProducerStateManager partition={topic}-{few}] Wrote producer snapshot at offset {big} with {n} producer ids in {few} ms.
  `,
  warnings: `
    info org.apache.kafka.clients.NetworkClient | [ReplicaFetcher replicaId=1, leaderId=2, fetcherId=0] Node 2 disconnected.
  `,
  passing: [
    `+0 . info kafka.coordinator.group.GroupCoordinator | [GroupCoordinator 1]: Member consumer-{hex} in group billing has failed, removing it from the group
     +3 . info kafka.coordinator.group.GroupCoordinator | [GroupCoordinator 1]: Stabilized group billing generation {n} (__consumer_offsets-{few}) with 3 members`,
  ],
});

export const rabbit = service('rabbit@mq-1.log', formats.rabbitLine, {
  routine: `
    info  | accepting AMQP connection <0.{seq}.0> ({ip}:{port} -> 10.20.4.9:5672)
    info  | connection <0.{seq}.0> ({ip}:{port} -> 10.20.4.9:5672): user 'shop' authenticated and granted access to vhost '/'
    info  | closing AMQP connection <0.{seq}.0> ({ip}:{port} -> 10.20.4.9:5672, vhost: '/', user: 'shop')
  `,
  warnings: `
    warn  | closing AMQP connection <0.{seq}.0> ({ip}:{port} -> 10.20.4.9:5672, vhost: '/', user: 'shop'):\\nclient unexpectedly closed TCP connection
  `,
  passing: [
    `+0 . warn  | Message store "msg_store_transient": rebuilding indices from scratch
     +1 . info  | Message store "msg_store_transient": index rebuilt`,
  ],
});

export const nginxError = service('nginx-error.log', formats.nginxErrorLine, {
  routine: `
    info  | signal 29 (SIGIO) received
    debug  | http keepalive handler, {n} requests served
    debug  | accept: {client}:{port} fd:{n}
    debug  | cache manager: {n} files removed
  `,
  warnings: `
    warn  | an upstream response is buffered to a temporary file /var/cache/nginx/proxy_temp/{few}/00/0000{n}, client: {client}, server: shop.example, request: "GET /export HTTP/1.1"
    error  | open() "/usr/share/nginx/html/favicon.ico" failed (2: No such file or directory), client: {client}, server: shop.example, request: "GET /favicon.ico HTTP/1.1"
  `,
  passing: [
    `+0 . info  | recv() failed (104: Connection reset by peer) while sending to client, client: {client}, server: shop.example
     +1 . debug  | accept: {client}:{port} fd:{n}`,
  ],
});

export const accessLog = service('access.log', formats.accessLine, {
  routine: `
    info 10.20.0.2 | "GET /healthz HTTP/1.1" 200 2 "-" "kube-probe/1.29"
    info {client} | "GET {page} HTTP/1.1" {ok} {big} "-" "Mozilla/5.0"
    info {client} | "GET {page} HTTP/1.1" {ok} {big} "https://shop.example/" "Mozilla/5.0"
    info {client} | "POST /orders HTTP/1.1" 201 {n} "https://shop.example/cart" "Mozilla/5.0"
  `,
  warnings: `
    info {client} | "GET /wp-login.php HTTP/1.1" 404 153 "-" "python-requests/2.31"
    info {client} | "GET /cart HTTP/1.1" 499 0 "-" "Mozilla/5.0"
  `,
  passing: [
    `+0 . info {client} | "POST /orders HTTP/1.1" 502 157 "https://shop.example/cart" "Mozilla/5.0"
     +2 . info {client} | "POST /orders HTTP/1.1" 201 88 "https://shop.example/cart" "Mozilla/5.0"`,
  ],
});

export const kubelet = service('kubelet.log', formats.klogLine, {
  routine: `
    info kubelet_getters.go:187 | "Pod status updated" pod="kube-system/kube-proxy-x2v" status="Running"
    info reconciler_common.go:253 | "operationExecutor.VerifyControllerAttachedVolume started for volume" pod="shop/{pod}"
    info kubelet.go:2421 | "SyncLoop (PLEG): event for pod" pod="shop/{pod}" event={"ID":"{hex}","Type":"ContainerStarted"}
    info prober.go:107 | "Probe succeeded" probeType="Readiness" pod="shop/{pod}" duration="{few}ms"
  `,
  warnings: `
    warn container.go:586 | Failed to update stats for container "/system.slice/{hex}": unable to determine device info for dir, continuing to push stats
    info dns.go:153 | "Nameserver limits exceeded" err="Nameserver limits were exceeded, some nameservers have been omitted"
  `,
  passing: [
    `+0 . info prober.go:107 | "Probe failed" probeType="Readiness" pod="shop/{pod}" output="HTTP probe failed with statuscode: 503"
     +9 . info prober.go:107 | "Probe succeeded" probeType="Readiness" pod="shop/{pod}" duration="{few}ms"`,
  ],
});

export const kubeEvents = service('events.log', formats.eventLine, {
  routine: `
    info Completed   job/purge-{seq} | Job completed
    info Scheduled   pod/{pod} | Successfully assigned shop/{pod} to node-{few}
    info Pulled   pod/{pod} | Container image "registry.local/shop:1.{n}" already present on machine
    info Created   pod/{pod} | Created container main
    info Started   pod/{pod} | Started container main
    info ScalingReplicaSet   deployment/search | Scaled up replica set search-5c44 to {few}
  `,
  warnings: `
    warn FailedGetResourceMetric   hpa/search | did not receive metrics for any ready pods
    warn Unhealthy   pod/{pod} | Readiness probe failed: HTTP probe failed with statuscode: 503
  `,
  passing: [
    `+0 . warn FailedMount   pod/{pod} | MountVolume.SetUp failed for volume "config" : failed to sync configmap cache: timed out waiting for the condition
     +4 . info Started   pod/{pod} | Started container main`,
  ],
});

export const docker = service('dockerd.log', formats.logrusLine, {
  routine: `
    debug  | Calling HEAD /_ping
    debug  | Calling GET /v1.43/containers/json
    info  | ignoring event container={hex} topic=/tasks/delete type="*events.TaskDelete"
    info  | loading plugin io.containerd.runtime.v2.task, id {hex}
  `,
  warnings: `
    warn  | cleaning up after shim disconnected
    warn  | Published ports are discarded when using host network mode
  `,
  passing: [
    `+0 . info  | Attempting next endpoint for pull after error: Get "https://mirror.local/v2/": EOF
     +2 . info  | Image pulled digest=sha256:{hex}`,
  ],
});

export const syslog = service('syslog', formats.syslogLine('app-3'), {
  routine: `
    info systemd[1] | Started Session {seq} of User deploy.
    info sshd[{seq}] | Accepted publickey for deploy from {ip} port {port} ssh2
    info CRON[{seq}] | (root) CMD (run-parts /etc/cron.hourly)
    info systemd[1] | logrotate.service: Deactivated successfully.
    info ntpd[655] | clock offset 0.000{n} sec
    info kernel | [{big}.{seq}] audit: type=1400 apparmor="ALLOWED" operation="open" pid={seq}
  `,
  warnings: `
    info systemd-resolved[611] | Using degraded feature set UDP instead of UDP+EDNS0 for DNS server 10.20.0.53.
    info kernel | [{big}.{seq}] perf: interrupt took too long ({big} > {big}), lowering kernel.perf_event_max_sample_rate
  `,
  passing: [
    `+0 . info sshd[{seq}] | error: kex_exchange_identification: Connection closed by remote host
     +1 . info sshd[{seq}] | Accepted publickey for deploy from {ip} port {port} ssh2`,
    `+0 . info systemd[1] | apt-daily.service: Main process exited, code=exited, status=100/n/a
     +20 . info systemd[1] | apt-daily.service: Scheduled restart job, restart counter is at 1.
     +2 . info systemd[1] | apt-daily.service: Deactivated successfully.`,
  ],
});

export const spring = service('shop-service.log', formats.springLine, {
  routine: `
    info c.a.shop.health.HealthReporter | all indicators UP
    info c.a.shop.web.OrderController | order {order} accepted for {user}
    info c.a.shop.web.CartController | cart of {user} holds {n} items
    debug c.a.shop.db.OrderRepository | loaded {n} rows from {table} in {ms} ms
    info c.a.shop.mail.Mailer | confirmation for {order} queued
  `,
  warnings: `
    warn o.h.e.jdbc.spi.SqlExceptionHelper | SQL Warning Code: 0, SQLState: 00000
    warn c.a.shop.web.DeprecationFilter | client {client} uses /v1/cart, which is deprecated
  `,
  passing: [
    `+0 . warn c.a.shop.rates.RatesClient | attempt 1 of 3 to read rates failed: Connection reset, retrying in 500 ms
     +1 . info c.a.shop.rates.RatesClient | attempt 2 of 3 to read rates succeeded after {ms} ms`,
    `+0 . warn c.a.shop.web.ClientGoneHandler | client went away while the answer was written, ignored
     > org.apache.catalina.connector.ClientAbortException: java.io.IOException: Broken pipe
     > 	at org.apache.catalina.connector.OutputBuffer.doFlush(OutputBuffer.java:310)
     > 	at com.acme.shop.web.ExportController.stream(ExportController.java:88)
     > Caused by: java.io.IOException: Broken pipe
     > 	at java.base/sun.nio.ch.SocketDispatcher.write0(Native Method)`,
  ],
});

export const log4j = service('billing.log', formats.log4jLine, {
  routine: `
    info com.acme.billing.Heartbeat | alive, queue length {few}
    info com.acme.billing.InvoiceJob | invoice {seq} written for {user}
    info com.acme.billing.Ledger | booked {n} entries in {ms} ms
    debug com.acme.billing.TaxTable | rate of {n} % applied
  `,
  warnings: `
    warn com.acme.billing.TaxTable | no rate for region {few}, default used
  `,
  passing: [
    `+0 . warn com.acme.billing.MailGateway | mail for invoice {seq} not accepted (451 try later), kept for the next round
     +8 . info com.acme.billing.MailGateway | mail for invoice {seq} delivered`,
  ],
});

export const python = service('api.log', formats.pythonLine, {
  routine: `
    info api.health | ok, {n} requests in the last 30 s
    info api.views | GET {page} {ok} {ms}ms
    info api.tasks | enqueued task {id}
    debug api.cache | hit ratio {pct}%
    info api.auth | token of {user} refreshed
  `,
  warnings: `
    warn py.warnings | DeprecationWarning: datetime.utcnow() is deprecated
    warn api.views | slow request GET /search took {big} ms
  `,
  passing: [
    `+0 . warn urllib3.connectionpool | Retrying (Retry(total=2, connect=None, read=None)) after connection broken by 'RemoteDisconnected('Remote end closed connection without response')': /v2/rates
     +1 . info api.rates | rates updated, {n} currencies`,
    `+0 . info api.views | bad request from {client}, answered 400
     > Traceback (most recent call last):
     >   File "/app/api/views.py", line 77, in search
     >     page = int(request.args["page"])
     > ValueError: invalid literal for int() with base 10: 'two'`,
  ],
});

export const celery = service('worker.log', formats.celeryLine, {
  routine: `
    info  | Task tasks.heartbeat[{id}] succeeded in 0.0{n}s: None
    info  | Task tasks.resize_image[{id}] received
    info  | Task tasks.resize_image[{id}] succeeded in {secs}s: True
    info  | Task tasks.send_mail[{id}] received
    info  | Task tasks.send_mail[{id}] succeeded in {secs}s: 1
  `,
  warnings: `
    warn  | task tasks.resize_image used {mb} MB
  `,
  passing: [
    `+0 . info  | Task tasks.send_mail[{id}] retry: Retry in 10s: SMTPServerDisconnected('Connection unexpectedly closed')
     +11 . info  | Task tasks.send_mail[{id}] succeeded in {secs}s: 1`,
  ],
});

export const pino = service('web.log', formats.pinoLine, {
  routine: `
    info health | ready
    info http | request completed GET {page} {ok} in {ms} ms
    info http | request completed POST /cart 201 in {ms} ms
    debug cache | miss for product:{seq}
    info session | session of {user} renewed
  `,
  warnings: `
    warn http | response of {big} bytes is large
    warn node | (node:17) [DEP0040] DeprecationWarning: The punycode module is deprecated
  `,
  passing: [
    `+0 . warn rates | fetch of rates failed once, will retry
     > Error: socket hang up
     >     at Socket.socketOnEnd (node:_http_client:524:23)
     +1 . info rates | rates fetched`,
  ],
});

export const winston = service('gateway.log', formats.winstonLine, {
  routine: `
    info health | checks passed
    info proxy | GET {page} -> catalogue {ok} {ms}ms
    info proxy | POST /orders -> orders 201 {ms}ms
    debug limiter | {client} used {pct}% of its share
  `,
  warnings: `
    warn proxy | header x-legacy-id of {client} ignored
  `,
  passing: [
    `+0 . warn proxy | GET /search -> search failed: read ECONNRESET, trying the next instance
     +1 . info proxy | GET /search -> search 200 {ms}ms`,
  ],
});

export const serilog = service('inventory.log', formats.serilogLine, {
  routine: `
    info Inventory.Health.Reporter | Health check completed: Healthy
    info Microsoft.AspNetCore.Hosting.Diagnostics | Request finished HTTP/1.1 GET http://inventory/api/stock/{seq} - 200 - application/json {ms}ms
    info Inventory.Stock.StockService | Reserved {few} units of article {seq}
    debug Inventory.Cache.Layer | Cache holds {big} entries
  `,
  warnings: `
    warn Microsoft.AspNetCore.HttpsPolicy.HttpsRedirectionMiddleware | Failed to determine the https port for redirect.
  `,
  passing: [
    `+0 . warn Polly | Execution attempt. Source: 'rates/Retry', Operation Key: '', Result: 'The response ended prematurely.', Handled: 'True', Attempt: '0'
     +1 . info Inventory.Rates.Client | Rates received after retry`,
  ],
});

export const slog = service('payments.log', formats.slogLine, {
  routine: `
    info health | probe answered
    info payments | charge of {order} settled in {ms} ms
    info payments | refund of {order} booked
    debug pool | {few} idle connections
  `,
  warnings: `
    warn payments | {order} carries no locale, using default
  `,
  passing: [
    `+0 . warn bank | call to bank failed: EOF, attempt 1
     +1 . info bank | call to bank succeeded, attempt 2`,
    `+0 . info payments | request of {client} canceled by caller: context canceled
     +0.5 . info payments | charge of {order} settled in {ms} ms`,
  ],
});

export const namenode = service('namenode.log', formats.hadoopLine, {
  routine: `
    info org.apache.hadoop.hdfs.server.namenode.FSEditLog | Number of transactions: {n} Total time for transactions(ms): {few} SyncTimes(ms): {few}
    info BlockStateChange | BLOCK* addStoredBlock: 10.20.7.{few}:9866 is added to blk_10{big}_{seq} size {big}
    info org.apache.hadoop.hdfs.StateChange | BLOCK* allocate blk_10{big}_{seq}, replicas=10.20.7.11:9866, 10.20.7.12:9866 for /user/etl/part-000{n}
    info org.apache.hadoop.hdfs.StateChange | DIR* completeFile: /user/etl/part-000{n} is closed by DFSClient_{hex}
  `,
  warnings: `
    warn org.apache.hadoop.security.UserGroupInformation | No groups available for user guest
  `,
  passing: [
    `+0 . info BlockStateChange | BLOCK* neededReplications = {few}, pendingReplications = 0.
     +6 . info BlockStateChange | BLOCK* neededReplications = 0, pendingReplications = 0.`,
  ],
});

export const datanode = service('datanode.log', formats.hadoopLine, {
  routine: `
    info org.apache.hadoop.hdfs.server.datanode.DataNode | Successfully sent block report 0x{hex}, containing 1 storage report(s)
    info org.apache.hadoop.hdfs.server.datanode.DataNode | Receiving BP-88-10.20.7.1:blk_10{big}_{seq} src: /{ip}:{port} dest: /10.20.7.11:9866
    info org.apache.hadoop.hdfs.server.datanode.DataNode.clienttrace | src: /{ip}:{port}, dest: /10.20.7.11:9866, bytes: {big}, op: HDFS_WRITE, cliID: DFSClient_{hex}
    info org.apache.hadoop.hdfs.server.datanode.DataNode | PacketResponder: BP-88-10.20.7.1:blk_10{big}_{seq}, type=LAST_IN_PIPELINE terminating
  `,
  warnings: `
    warn org.apache.hadoop.hdfs.server.datanode.DataNode | Slow BlockReceiver write packet to mirror took {mb}ms (threshold=300ms)
  `,
  passing: [
    `+0 . info org.apache.hadoop.hdfs.server.datanode.DataNode | Exception for BP-88-10.20.7.1:blk_10{big}_{seq}: Premature EOF from inputStream, client closed
     +2 . info org.apache.hadoop.hdfs.server.datanode.DataNode | Receiving BP-88-10.20.7.1:blk_10{big}_{seq} src: /{ip}:{port} dest: /10.20.7.11:9866`,
  ],
});

export const yarn = service('resourcemanager.log', formats.hadoopLine, {
  routine: `
    info org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacityScheduler | queue default used {pct}% of its capacity
    info org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainerImpl | container_17_00{few}_01_0000{n} Container Transitioned from ACQUIRED to RUNNING
    info org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainerImpl | container_17_00{few}_01_0000{n} Container Transitioned from RUNNING to COMPLETED
    info org.apache.hadoop.yarn.server.resourcemanager.RMAppManager | ApplicationSummary: appId=application_17_00{few},name=etl,user=batch,queue=default,state=FINISHED
  `,
  warnings: `
    warn org.apache.hadoop.yarn.server.webproxy.WebAppProxyServlet | dr.who is accessing unchecked http://10.20.7.3:8088
  `,
  passing: [
    `+0 . info org.apache.hadoop.yarn.server.resourcemanager.rmapp.attempt.RMAppAttemptImpl | attempt_17_00{few}_m_0000{n}_0 timed out once, started again
     +9 . info org.apache.hadoop.yarn.server.resourcemanager.rmapp.attempt.RMAppAttemptImpl | attempt_17_00{few}_m_0000{n}_1 succeeded`,
  ],
});

export const hadoopJob = service('application-master.log', formats.hadoopLine, {
  routine: `
    info org.apache.hadoop.mapreduce.v2.app.rm.RMContainerAllocator | After Scheduling: PendingReds:0 ScheduledMaps:{few} ScheduledReds:0 AssignedMaps:{n} CompletedMaps:{n}
    info org.apache.hadoop.mapreduce.v2.app.job.impl.TaskAttemptImpl | attempt_17_0031_m_0000{n}_0 TaskAttempt Transitioned from RUNNING to SUCCEEDED
    info org.apache.hadoop.mapred.TaskAttemptListenerImpl | Progress of TaskAttempt attempt_17_0031_m_0000{n}_0 is : 0.{pct}
  `,
  warnings: `
    warn org.apache.hadoop.mapreduce.v2.app.speculate.DefaultSpeculator | DefaultSpeculator.addSpeculativeAttempt -- we are speculating task_17_0031_m_0000{n}
  `,
  passing: [],
});

export const nova = service('nova-compute.log', formats.osloLine, {
  routine: `
    info nova.compute.resource_tracker | Final resource view: phys_ram=65536MB used_ram={big}MB phys_disk=900GB used_disk={mb}GB
    info nova.virt.libvirt.driver | [instance: {id}] Instance spawned successfully.
    info nova.compute.manager | [instance: {id}] Took {secs} seconds to build instance.
    info nova.compute.manager | [instance: {id}] VM Started (Lifecycle Event)
    info nova.scheduler.client.report | Inventory has not changed for provider {id}
  `,
  warnings: `
    warn nova.virt.libvirt.imagecache | Unknown base file: /var/lib/nova/instances/_base/{hex}
    warn oslo_config.cfg | Deprecated: Option "use_neutron" from group "DEFAULT" is deprecated for removal
  `,
  passing: [
    `+0 . warn nova.compute.manager | [instance: {id}] While synchronizing instance power states, found {few} instances in the database and {n} instances on the hypervisor.
     +5 . info nova.compute.manager | [instance: {id}] VM Resumed (Lifecycle Event)`,
  ],
});

export const neutron = service('neutron-server.log', formats.osloLine, {
  routine: `
    info neutron.wsgi | {ip} "GET /v2.0/ports.json?device_id={id} HTTP/1.1" status: 200  len: {big} time: 0.0{n}
    info neutron.wsgi | {ip} "POST /v2.0/ports.json HTTP/1.1" status: 201  len: {big} time: 0.{n}
    info neutron.db.agents_db | agent heartbeat received from compute-{few}
  `,
  warnings: `
    warn neutron.scheduler.dhcp_agent_scheduler | DHCP agents already host network {id}, nothing to do
  `,
  passing: [
    `+0 . info neutron.wsgi | {ip} "GET /v2.0/floatingips/{id} HTTP/1.1" status: 404  len: 302 time: 0.0{n}
     +1 . info neutron.wsgi | {ip} "POST /v2.0/floatingips.json HTTP/1.1" status: 201  len: {big} time: 0.{n}`,
  ],
});

export const api = service('nova-api.log', formats.osloLine, {
  routine: `
    info nova.osapi_compute.wsgi.server | {ip} "GET /v2.1/servers/detail HTTP/1.1" status: 200 len: {big} time: 0.{n}
    info nova.osapi_compute.wsgi.server | {ip} "POST /v2.1/servers HTTP/1.1" status: 202 len: {mb} time: 0.{n}
    info nova.osapi_compute.wsgi.server | {ip} "DELETE /v2.1/servers/{id} HTTP/1.1" status: 204 len: {mb} time: 0.{n}
  `,
  warnings: `
    warn keystonemiddleware.auth_token | Using the in-process token cache is deprecated as of the 4.2.0 release
  `,
  passing: [
    `+0 . info nova.api.openstack.wsgi | HTTP exception thrown: Instance {id} could not be found.
     +1 . info nova.osapi_compute.wsgi.server | {ip} "GET /v2.1/servers/{id} HTTP/1.1" status: 404 len: {mb} time: 0.0{n}`,
  ],
});

// Runs of a CI runner: what goes before depends on the tool.

const checkout = `
  info  | Run actions/checkout@v4
  info  | Syncing repository: acme/shop
  info  | Fetching the repository
  info  | remote: Enumerating objects: {big}, done.
  info  | HEAD is now at {hex} Round prices half up
`;

export const npmRun = jobService('job-web.log', formats.runnerLine, {
  steps: `${checkout}
    info  | Run npm ci
    info  | npm warn deprecated inflight@1.0.6: This module is not supported
    info  | npm warn deprecated glob@7.2.3: Glob versions prior to v9 are no longer supported
    info  | added {mb} packages in {n}s
    info  | Run npm run build
    info  | > web@2.4.0 build
    info  | > tsc -b && vite build
  `,
  ending: `
    info  | vite v5.2.0 building for production...
    info  | 412 modules transformed.
    info  | built in {secs}s
    info  | Run npm test
    info  | Tests:       0 failed, 212 passed, 212 total
    info  | Job succeeded
  `,
  passing: [
    `+0 . info  | npm warn tar TAR_ENTRY_ERROR ENOENT: no such file or directory, open 'node_modules/.cache/x', continuing
     +1 . info  | Cache restored from key: node-{hex}`,
  ],
});

export const mavenRun = jobService('job-backend.log', formats.runnerLine, {
  steps: `${checkout}
    info  | Run mvn -B verify
    info  | [INFO] Scanning for projects...
    info  | [INFO] Building shop-core 3.1.0
    info  | [INFO] --- maven-resources-plugin:3.3.1:resources (default-resources) @ shop-core ---
    info  | [WARNING] Using platform encoding (UTF-8 actually) to copy filtered resources, i.e. build is platform dependent!
    info  | [INFO] --- maven-compiler-plugin:3.11.0:compile (default-compile) @ shop-core ---
    info  | [INFO] Compiling {mb} source files to /work/shop-core/target/classes
  `,
  ending: `
    info  | [INFO] Tests run: 388, Failures: 0, Errors: 0, Skipped: 2
    info  | [INFO] BUILD SUCCESS
    info  | [INFO] Total time:  02:1{few} min
    info  | Job succeeded
  `,
  passing: [
    `+0 . info  | [WARNING] Could not transfer metadata from mirror (attempt 1), trying central
     +1 . info  | [INFO] Downloaded from central: maven-metadata.xml`,
  ],
});

export const pythonRun = jobService('job-tests.log', formats.runnerLine, {
  steps: `${checkout}
    info  | Run pip install -r requirements.txt
    info  | Collecting requests==2.31.0
    info  | Installing collected packages: urllib3, idna, certifi, requests
    info  | Successfully installed certifi-2024.2 idna-3.6 requests-2.31.0 urllib3-2.2.1
    info  | Run pytest -q
    info  | ============================= test session starts ==============================
    info  | collected {mb} items
    info  | tests/test_cart.py ...................                                   [ {pct}%]
  `,
  ending: `
    info  | tests/test_prices.py ......................                              [100%]
    info  | ======================= 318 passed, 2 skipped in 41.20s ========================
    info  | Job succeeded
  `,
  passing: [
    `+0 . info  | WARNING: Retrying (Retry(total=4)) after connection broken by 'ReadTimeoutError', /simple/requests/
     +3 . info  | Downloading requests-2.31.0-py3-none-any.whl (62 kB)`,
  ],
});

export const makeRun = jobService('job-native.log', formats.runnerLine, {
  steps: `${checkout}
    info  | Run cmake --build build -j4
    info  | [  4%] Building CXX object src/CMakeFiles/core.dir/buffer.cpp.o
    info  | [ 11%] Building CXX object src/CMakeFiles/core.dir/clock.cpp.o
    info  | src/clock.cpp:41:9: warning: unused variable 'drift' [-Wunused-variable]
    info  | [ 19%] Building CXX object src/CMakeFiles/core.dir/index.cpp.o
    info  | [ 27%] Building CXX object src/CMakeFiles/core.dir/parser.cpp.o
  `,
  ending: `
    info  | [ 96%] Linking CXX executable engine
    info  | [100%] Built target engine
    info  | 100% tests passed, 0 tests failed out of 64
    info  | Job succeeded
  `,
  passing: [
    `+0 . info  | ccache: cache miss for parser.cpp
     +1 . info  | -- Looking for pthread_create - not found, looking in pthread library - found`,
  ],
});

/** What runs beside a job: the database it tests against, the log of the runner. */
export const runnerHost = service('runner.log', formats.letters, {
  routine: `
    info agent | alive, {few} slots free
    info agent | job {seq} streams its output
    info cache | uploaded {mb} MB in {secs} s
  `,
  warnings: `
    warn agent | clock differs from the server by 0.{few} s
  `,
  passing: [
    `+0 . warn agent | upload of a part failed with status 503, trying again
     +2 . info agent | part uploaded`,
  ],
});
