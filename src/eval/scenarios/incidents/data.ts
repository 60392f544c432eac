import * as formats from '../formats.ts';
import * as home from '../homegrownServices.ts';
import * as known from '../knownServices.ts';
import { form, scenario } from '../scenario.ts';

/** Data that is not there, or not what was written. */
export const dataIncidents = [
  scenario(
    'blocks of the input missing',
    'data.missing',
    form(
      { data: known.datanode, name: known.namenode, job: known.hadoopJob },
      `+0 name! warn org.apache.hadoop.hdfs.server.namenode.FSNamesystem | Missing blocks: 3, under-replicated: 12, file /user/etl/in/part-00007 has no live replica
       +3 job! warn*3 org.apache.hadoop.hdfs.DFSClient | Could not obtain block: BP-88-10.20.7.1:blk_1073741841_1017 file=/user/etl/in/part-00007 No live nodes contain current block. Throwing a BlockMissingException
       > org.apache.hadoop.hdfs.BlockMissingException: Could not obtain block: BP-88-10.20.7.1:blk_1073741841_1017 file=/user/etl/in/part-00007
       > 	at org.apache.hadoop.hdfs.DFSInputStream.refetchLocations(DFSInputStream.java:871)
       +3 job error*3 org.apache.hadoop.mapreduce.v2.app.job.impl.TaskAttemptImpl | attempt_17_0031_m_000007_0 transitioned from RUNNING to FAILED
       +6 job error org.apache.hadoop.mapreduce.v2.app.job.impl.JobImpl | Job job_17_0031 failed, map tasks failed: 1`,
    ),
    form(
      { name: home.vault(formats.dayFirst), job: home.cruncher(formats.compact) },
      `+0 name! warn shelf | part 7a10bc02: none of its three copies is to be found
       +3 job! warn*3 slice | slice 7 asked for part 7a10bc02 and got nothing
       +3 job error*3 slice | slice 7 given up
       +6 job error cruncher | run 31 did not succeed, input incomplete`,
    ),
  ),
  scenario(
    'nightly file did not arrive',
    'data.missing',
    form(
      { jobs: known.celery, api: known.python, host: known.syslog },
      `+0 jobs! error*3  | Task tasks.load_prices[{id}] raised unexpected: FileNotFoundError(2, 'No such file or directory')
       > Traceback (most recent call last):
       >   File "/app/tasks/prices.py", line 22, in load_prices
       >     with open(path) as source:
       > FileNotFoundError: [Errno 2] No such file or directory: '/data/in/prices-2024-05-14.csv'
       +4 api error*3 api.prices | no prices for 2024-05-14
       +2 api error*3 api.views | GET /prices 500 {ms}ms
       +5 host info monit[512] | 'prices' last update was 26 hours ago`,
    ),
    form(
      {
        jobs: home.cruncher(formats.letters),
        api: home.worker(formats.tabs),
        host: home.machine(formats.jsonLines),
      },
      `+0 jobs! error*3 slice | today's price sheet is not in the inbox, nothing to read
       +4 api error*3 desk | asked for a price of today, there is none
       +5 host warn timer | price sheet is 26 hours old`,
    ),
  ),
  scenario(
    'table absent after a migration',
    'data.missing',
    form(
      { db: known.mysql, app: known.spring, web: known.accessLog },
      `+0 app! error*3 o.h.e.jdbc.spi.SqlExceptionHelper | Table 'shop.order_archive' doesn't exist
       > java.sql.SQLSyntaxErrorException: Table 'shop.order_archive' doesn't exist
       > 	at com.mysql.cj.jdbc.exceptions.SQLError.createSQLException(SQLError.java:120)
       > 	at com.acme.shop.db.ArchiveRepository.find(ArchiveRepository.java:48)
       +2 app error*2 c.a.shop.web.OrderController | history of {user} not shown
       +1 web info*4 {client} | "GET /orders/history HTTP/1.1" 500 112 "-" "Mozilla/5.0"`,
    ),
    form(
      { app: home.worker(formats.pipes), web: home.gateway(formats.clockOnly) },
      `+0 app! error*3 desk | ledgerd knows no table of that name: archive
       +2 app error*2 desk | history of {user} not shown
       +1 web error*4 door | {client} asked for /orders/history: 500 in {ms} ms`,
    ),
  ),
  scenario(
    'damaged page in the database',
    'data.corrupt',
    form(
      { db: known.postgres, app: known.python, web: known.nginxError },
      `+0 db warn shop@orders | page verification failed, calculated checksum 41022 but expected 8817
       +0 db! error*3 shop@orders | invalid page in block 8819 of relation base/16401/24910
       +1 app error*3 api.db | psycopg2.errors.DataCorrupted: invalid page in block 8819 of relation base/16401/24910
       +2 app error*4 api.views | GET /orders 500 {ms}ms
       +3 web error*3  | upstream sent status 500 while reading response header from upstream, client: {client}, server: shop.example, request: "GET /orders HTTP/1.1"`,
    ),
    form(
      {
        db: home.store(formats.jsonLines),
        app: home.worker(formats.letters),
        web: home.gateway(formats.compact),
      },
      `+0 db! error*3 engine | leaf 8819 of orders holds rubbish, its seal does not match its content
       +1 app error*3 desk | ledgerd could not read the leaf for {order}
       +2 app error*4 desk | orders of {user} not shown
       +3 web error*3 door | {client} asked for /orders: 500 in {ms} ms`,
    ),
  ),
  scenario(
    'damaged segment of a topic',
    'data.corrupt',
    form(
      { broker: known.kafka, jobs: known.log4j, host: known.syslog },
      `+0 broker! error kafka.server.ReplicaManager | [ReplicaManager broker=1] Error processing fetch with max size 1048576 from consumer on partition payments-2
       > org.apache.kafka.common.errors.CorruptRecordException: Record size 0 is less than the minimum record overhead (14)
       +1 jobs error*3 com.acme.billing.Ledger | Received exception when fetching the next record from payments-2. If needed, please seek past the record to continue consumption.
       > org.apache.kafka.common.KafkaException: Record batch for partition payments-2 at offset 88120 is invalid, cause: Record is corrupt (stored crc = 3012, computed crc = 81022)
       > 	at com.acme.billing.Ledger.poll(Ledger.java:61)
       +4 jobs error*2 com.acme.billing.InvoiceJob | invoices wait for payments-2 since 60 s`,
    ),
    form(
      { broker: home.broker(formats.tabs), jobs: home.worker(formats.epochPairs) },
      `+0 broker! error lane | lane payments: parcel at mark 88120 is mangled, its sum does not come out right
       +1 jobs error*3 post | lane payments gave a parcel that cannot be opened
       +4 jobs error*2 desk | bills wait for lane payments since 60 s`,
    ),
  ),
  scenario(
    'file system with damaged inodes',
    'data.corrupt',
    form(
      { host: known.syslog, app: known.slog, access: known.accessLog },
      `+0 host! error kernel | [90218.410] EXT4-fs error (device sdb1): ext4_lookup:1855: inode #1318814: comm payments: iget: checksum invalid
       +0 host! error kernel | [90218.912] EXT4-fs (sdb1): Remounting filesystem read-only
       +2 app error*3 store | open /data/receipts/{seq}.pdf: bad message
       +2 app error*2 payments | receipt of {order} not written: read-only file system
       +3 access info*4 {client} | "GET /receipts HTTP/1.1" 500 112 "-" "Mozilla/5.0"`,
    ),
    form(
      {
        host: home.machine(formats.pipes),
        app: home.vault(formats.clockOnly),
        access: home.gateway(formats.dayFirst),
      },
      `+0 host! error core | catalogue of platter b contradicts itself, platter b may only be read from now on
       +2 app error*3 shelf | part {hex} comes back garbled
       +2 app error*2 shelf | part {hex} not stored, platter b takes nothing
       +3 access error*4 door | {client} asked for /receipts: 500 in {ms} ms`,
    ),
  ),
];
