import * as formats from '../formats.ts';
import * as home from '../homegrownServices.ts';
import * as known from '../knownServices.ts';
import { form, scenario } from '../scenario.ts';

/** Rights, settings and versions. */
export const settingIncidents = [
  scenario(
    'database password rotated',
    'auth.denied',
    form(
      { db: known.postgres, app: known.python, web: known.nginxError },
      `+0 db! fatal*2 shop@orders | password authentication failed for user "shop"
       > DETAIL:  Connection matched pg_hba.conf line 95: "host all all 10.20.0.0/16 scram-sha-256"
       +1 app error*3 api.db | connection to server at "10.20.3.9", port 5432 failed: FATAL:  password authentication failed for user "shop"
       +2 app error*4 api.views | GET /orders 500 {ms}ms
       +3 web error*3  | upstream sent status 500 while reading response header from upstream, client: {client}, server: shop.example, request: "GET /orders HTTP/1.1"`,
    ),
    form(
      {
        db: home.store(formats.letters),
        app: home.worker(formats.pipes),
        web: home.gateway(formats.jsonLines),
      },
      `+0 db! error*2 session | clerk gave the wrong secret word, not attached
       +1 app error*3 desk | ledgerd does not know us by this secret word
       +2 app error*4 desk | orders of {user} not shown
       +3 web error*3 door | {client} asked for /orders: 500 in {ms} ms`,
    ),
  ),
  scenario(
    'bucket policy changed',
    'auth.denied',
    form(
      { api: known.python, jobs: known.celery, gate: known.winston },
      `+0 jobs! error*3  | Task tasks.resize_image[{id}] raised unexpected: ClientError('An error occurred (AccessDenied) when calling the PutObject operation: User: arn:aws:iam::101:user/worker is not authorized to perform: s3:PutObject')
       +2 api error*2 api.media | picture of article {seq} missing
       > Traceback (most recent call last):
       >   File "/app/api/media.py", line 51, in show
       >     body = bucket.get(key)
       >   File "/app/api/bucket.py", line 28, in get
       >     return self.client.get_object(Bucket=self.name, Key=key)
       > botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the GetObject operation: Access Denied
       +3 gate error*3 proxy | GET /media -> api 500`,
    ),
    form(
      {
        api: home.worker(formats.compact),
        jobs: home.cruncher(formats.tabs),
        gate: home.gateway(formats.pipes),
      },
      `+0 jobs! error*3 slice | picture {seq} not put away: we may not write into silo pictures any more
       +2 api error*2 desk | picture of {order} not fetched, reading is not allowed to us
       +3 gate error*3 door | {client} asked for /media: 500 in {ms} ms`,
    ),
  ),
  scenario(
    'role of the operator removed',
    'auth.denied',
    form(
      { app: known.slog, events: known.kubeEvents, kubelet: known.kubelet },
      `+0 app! error*3 operator | deployments.apps is forbidden: User "system:serviceaccount:shop:operator" cannot list resource "deployments" in API group "apps" in the namespace "shop"
       +4 app error operator | cache did not sync, controller cannot start
       +2 events warn BackOff   pod/operator-55c | Back-off restarting failed container manager in pod operator-55c
       +5 events warn ScalingFailed   shop/search | operator did not react within 120 s`,
    ),
    form(
      { app: home.worker(formats.jsonLines), events: home.scheduler(formats.clockOnly) },
      `+0 app! error*3 desk | harbour shows us no list: our badge lacks the stamp for reading plans
       +4 app error desk | cannot begin without the plans
       +2 events warn pilot | unit clerk-55c ended by itself, started anew
       +5 events warn pilot | wish for search lies there untouched`,
    ),
  ),
  scenario(
    'web server reloaded with a typing error',
    'config.invalid',
    form(
      { web: known.nginxError, host: known.syslog, access: known.accessLog },
      `+0 host info ansible[7712] | template: dest=/etc/nginx/conf.d/shop.conf changed=True
       +2 web! fatal  | unknown directive "proxy_pas" in /etc/nginx/conf.d/shop.conf:41
       +0 host error nginx[3312] | nginx: configuration file /etc/nginx/nginx.conf test failed
       +1 host info systemd[1] | nginx.service: Control process exited, code=exited, status=1/FAILURE
       +0 host info systemd[1] | Failed to start A high performance web server and a reverse proxy server.
       +0 access stop`,
    ),
    form(
      { web: home.gateway(formats.tabs), host: home.machine(formats.compact) },
      `+0 host info timer | task deploy-doors wrote a new settings file
       +2 web! fatal door | line 41 of doors.conf: no such setting as "pas_to"
       +0 web stop
       +1 host error timer | frontdoor would not start with the new settings file`,
    ),
  ),
  scenario(
    'property of the application unbindable',
    'config.invalid',
    form(
      { app: known.spring, events: known.kubeEvents, gate: known.winston },
      `+0 events info ScalingReplicaSet   deployment/shop | Scaled up replica set shop-81b2 to 1
       +6 app! error o.s.b.d.LoggingFailureAnalysisReporter |
       > ***************************
       > APPLICATION FAILED TO START
       > ***************************
       > Description:
       > Failed to bind properties under 'shop.orders.timeout' to java.time.Duration:
       >     Property: shop.orders.timeout
       >     Value: "5 seconds please"
       >     Reason: failed to convert java.lang.String to java.time.Duration
       +1 app stop
       +2 events warn BackOff   pod/shop-81b2 | Back-off restarting failed container main in pod shop-81b2
       +6 gate error*4 proxy | POST /orders -> shop failed: connect ECONNREFUSED 10.20.3.4:8080`,
    ),
    form(
      {
        app: home.worker(formats.dayFirst),
        events: home.scheduler(formats.letters),
        gate: home.gateway(formats.epochPairs),
      },
      `+0 events info pilot | new edition of clerk goes out
       +6 app! fatal pulse | will not begin: setting orders.patience reads "5 seconds please", wanted a number
       +0 app stop
       +2 events warn pilot | unit clerk-81b2 ended by itself with 1, started anew
       +6 gate error*4 door | {client} sent a form to /orders: nobody serves there`,
    ),
  ),
  scenario(
    'broken file of scrape targets',
    'config.invalid',
    form(
      { host: known.syslog, docker: known.docker, app: known.slog },
      `+0 app! error main | Error loading config (--config.file=/etc/prometheus/prometheus.yml)
       > yaml: line 27: did not find expected key
       +1 docker warn  | container prometheus-1 exited with status 2, restarting
       +4 app error main | Error loading config (--config.file=/etc/prometheus/prometheus.yml)
       > yaml: line 27: did not find expected key
       +8 host info alertd[880] | no metrics for 2 min, alert Watchdog missing`,
    ),
    form(
      {
        host: home.machine(formats.jsonLines),
        docker: home.scheduler(formats.pipes),
        app: home.cruncher(formats.letters),
      },
      `+0 app! error cruncher | cannot make sense of targets.conf: line 27 is indented where it must not be
       +1 docker warn pilot | unit cruncher-1 ended by itself with 2, started anew
       +4 app error cruncher | cannot make sense of targets.conf: line 27 is indented where it must not be
       +8 host warn timer | no numbers arrived for 2 min`,
    ),
  ),
  scenario(
    'class built for a newer runtime',
    'version.mismatch',
    form(
      { app: known.log4j, host: known.syslog, gate: known.winston },
      `+0 host info ansible[812] | unarchive: dest=/opt/billing/lib changed=True
       +5 app! error com.acme.billing.Main | start failed
       > java.lang.UnsupportedClassVersionError: com/acme/tax/Rates has been compiled by a more recent version of the Java Runtime (class file version 65.0), this version of the Java Runtime only recognizes class file versions up to 61.0
       > 	at java.base/java.lang.ClassLoader.defineClass1(Native Method)
       > 	at com.acme.billing.TaxTable.load(TaxTable.java:33)
       +0 app stop
       +1 host info systemd[1] | billing.service: Main process exited, code=exited, status=1/FAILURE
       +3 gate error*3 proxy | GET /invoices -> billing failed: connect ECONNREFUSED 10.20.3.8:8081`,
    ),
    form(
      {
        app: home.worker(formats.pipes),
        host: home.machine(formats.tabs),
        gate: home.gateway(formats.compact),
      },
      `+0 host info timer | task new-parts unpacked
       +5 app! fatal pulse | part tax-rates was made for edition 21 of the engine, this is edition 17
       +0 app stop
       +1 host error timer | clerk ended with 1
       +3 gate error*3 door | {client} asked for /invoices: nobody serves there`,
    ),
  ),
  scenario(
    'manifest of a removed api version',
    'version.mismatch',
    form(
      { app: known.slog, events: known.kubeEvents, kubelet: known.kubelet },
      `+0 app! error*2 helm | unable to build kubernetes objects from release manifest: resource mapping not found for name: "purge" namespace: "shop": no matches for kind "CronJob" in version "batch/v1beta1" ensure CRDs are installed first
       +2 app error rollout | release 41 of shop rolled back
       +4 kubelet warn kubelet.go:1911 | client version 1.24 is incompatible with server version 1.29, update the client
       +6 events warn ReconcileFailed   release/shop | Helm upgrade failed for release shop/shop: apiVersion no longer served`,
    ),
    form(
      { app: home.worker(formats.letters), events: home.scheduler(formats.epochPairs) },
      `+0 app! error*2 desk | plan for tidy-up is in dialect 1b, harbour has spoken only dialect 2 since its renewal
       +2 app error desk | edition 41 taken back
       +6 events warn pilot | plan of clerk not carried out, its dialect is too old`,
    ),
  ),
  scenario(
    'assembly of another version',
    'version.mismatch',
    form(
      { app: known.serilog, docker: known.docker, gate: known.winston },
      `+0 app! error Inventory.Program | Host terminated unexpectedly
       > System.IO.FileLoadException: Could not load file or assembly 'Inventory.Contracts, Version=4.2.0.0, Culture=neutral, PublicKeyToken=null'. The located assembly's manifest definition does not match the assembly reference. (0x80131040)
       >    at Inventory.Stock.StockService..ctor(Options options)
       >    at Inventory.Program.Main(String[] args) in /src/Program.cs:line 21
       +0 app stop
       +2 docker warn  | container inventory-1 exited with status 134, restarting
       +3 gate error*4 proxy | GET /stock -> inventory failed: connect ECONNREFUSED 10.20.3.6:80`,
    ),
    form(
      {
        app: home.worker(formats.clockOnly),
        docker: home.scheduler(formats.dayFirst),
        gate: home.gateway(formats.tabs),
      },
      `+0 app! fatal pulse | found contracts 3.9 beside me but was made to work with contracts 4.2, will not go on
       +0 app stop
       +2 docker warn pilot | unit clerk-1 ended by itself, started anew
       +3 gate error*4 door | {client} asked for /stock: nobody serves there`,
    ),
  ),
];
