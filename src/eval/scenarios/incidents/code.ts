import * as formats from '../formats.ts';
import * as home from '../homegrownServices.ts';
import * as known from '../knownServices.ts';
import { form, scenario } from '../scenario.ts';

/** Faults in the program itself: exceptions, broken assumptions, threads in each other's way. */
export const codeIncidents = [
  scenario(
    'null where a customer should be',
    'code.exception',
    form(
      { app: known.spring, web: known.accessLog, db: known.postgres },
      `+0 app! error*3 o.a.c.c.C.[.[.[/].[dispatcherServlet] | Servlet.service() for servlet [dispatcherServlet] in context with path [] threw exception
       > java.lang.NullPointerException: Cannot invoke "com.acme.shop.Customer.address()" because "customer" is null
       > 	at com.acme.shop.ship.LabelPrinter.print(LabelPrinter.java:58)
       > 	at com.acme.shop.web.OrderController.create(OrderController.java:71)
       > 	at java.base/java.lang.reflect.Method.invoke(Method.java:568)
       +1 web info*4 {client} | "POST /orders HTTP/1.1" 500 112 "https://shop.example/cart" "Mozilla/5.0"
       +3 app warn c.a.shop.alerts.ErrorBudget | error rate 18 % in the last minute`,
    ),
    form(
      { app: home.worker(formats.tabs), web: home.gateway(formats.clockOnly) },
      `+0 app! error*3 desk | label of {order}: customer is nothing, yet its address was wanted
       >   in Label.print (label.clerk:58)
       >   in Desk.take (desk.clerk:71)
       +1 web error*4 door | {client} sent a form to /orders: 500 in {ms} ms
       +3 app warn pulse | 18 of 100 go wrong`,
    ),
  ),
  scenario(
    'key missing in a task',
    'code.exception',
    form(
      { jobs: known.celery, api: known.python, mq: known.rabbit },
      `+0 jobs! error*3  | Task tasks.invoice[{id}] raised unexpected: KeyError('vat_id')
       > Traceback (most recent call last):
       >   File "/usr/lib/python3/dist-packages/celery/app/trace.py", line 477, in trace_task
       >     R = retval = fun(*args, **kwargs)
       >   File "/app/tasks/invoice.py", line 44, in invoice
       >     number = customer["vat_id"].strip()
       > KeyError: 'vat_id'
       +4 api error*3 api.views | GET /invoices/{seq} 500 {ms}ms
       +5 mq warn  | queue 'invoice' in vhost '/': message redelivered 10 times, dropped to dead-letter exchange`,
    ),
    form(
      {
        jobs: home.cruncher(formats.pipes),
        api: home.worker(formats.jsonLines),
        mq: home.broker(formats.letters),
      },
      `+0 jobs! error*3 slice | slice {seq} fell over in bill.py at 44: the customer card has no entry named vat_id
       +4 api error*3 desk | bill for {order} not there
       +5 mq warn lane | lane bills: parcel came back ten times, put aside`,
    ),
  ),
  scenario(
    'undefined is not a function',
    'code.exception',
    form(
      { app: known.pino, gate: known.winston, events: known.kubeEvents },
      `+0 app! error*3 cart | Cannot read properties of undefined (reading 'price')
       > TypeError: Cannot read properties of undefined (reading 'price')
       >     at sum (/srv/web/src/cart/total.js:12:31)
       >     at Array.reduce (<anonymous>)
       >     at CartView.render (/srv/web/src/cart/view.js:40:18)
       +2 gate error*4 proxy | GET /cart -> web 500
       +6 app fatal process | unhandledRejection, shutting down
       > TypeError: Cannot read properties of undefined (reading 'price')
       >     at sum (/srv/web/src/cart/total.js:12:31)
       +2 events warn BackOff   pod/cart-7d9f | Back-off restarting failed container main in pod cart-7d9f`,
    ),
    form(
      {
        app: home.worker(formats.epochPairs),
        gate: home.gateway(formats.dayFirst),
        events: home.scheduler(formats.compact),
      },
      `+0 app! error*3 desk | total.js 12: wanted the price of something that was never set
       +2 gate error*4 door | {client} asked for /cart: 500 in {ms} ms
       +6 app fatal pulse | a mistake nobody caught, ending
       +2 events warn pilot | unit cart-7d9f ended by itself with 1, started anew`,
    ),
  ),
  scenario(
    'stock reservation fails in code',
    'code.exception',
    form(
      { app: known.serilog, gate: known.winston, db: known.mysql },
      `+0 app! error*3 Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware | An unhandled exception has occurred while executing the request.
       > System.InvalidOperationException: Sequence contains no elements
       >    at System.Linq.ThrowHelper.ThrowNoElementsException()
       >    at Inventory.Stock.StockService.FirstShelf(Int32 article) in /src/Stock/StockService.cs:line 93
       >    at Inventory.Api.StockController.Reserve(Int32 article) in /src/Api/StockController.cs:line 37
       +2 gate error*4 proxy | POST /stock -> inventory 500
       +5 app warn Inventory.Health.Reporter | Health check completed: Degraded`,
    ),
    form(
      { app: home.worker(formats.compact), gate: home.gateway(formats.tabs) },
      `+0 app! error*3 desk | took the first of an empty list
       >   in Stock.firstShelf (stock.clerk:93)
       >   in Desk.reserve (desk.clerk:37)
       +2 gate error*4 door | {client} sent a form to /stock: 500 in {ms} ms
       +5 app warn pulse | many go wrong`,
    ),
  ),
  scenario(
    'assertion in the storage engine',
    'code.assertion',
    form(
      { host: known.syslog, app: known.slog, gate: known.winston },
      `+0 host! error storaged[4102] | storaged: /src/engine/page.cpp:318: void Page::link(Page*): Assertion \`next->prev == nullptr' failed.
       +0 host error kernel | [88102.2204] traps: storaged[4102] trap int3
       +1 host info systemd[1] | storaged.service: Main process exited, code=dumped, status=6/ABRT
       +2 app error*3 storage | rpc error: code = Unavailable desc = error reading from server: EOF
       +2 gate error*4 proxy | GET /files -> files 502`,
    ),
    form(
      {
        host: home.machine(formats.letters),
        app: home.vault(formats.tabs),
        gate: home.gateway(formats.epochPairs),
      },
      `+0 app! fatal shelf | this should never be: page 318 has two neighbours on one side, stopping before it gets worse
       +1 host error core | silo ended itself with signal 6
       +2 gate error*4 door | {client} asked for /files: silo hung up`,
    ),
  ),
  scenario(
    'ledger does not balance',
    'code.assertion',
    form(
      { jobs: known.celery, api: known.python, db: known.postgres },
      `+0 jobs! error*2  | Task tasks.close_day[{id}] raised unexpected: AssertionError('debit 81200 != credit 81150')
       > Traceback (most recent call last):
       >   File "/app/tasks/ledger.py", line 130, in close_day
       >     assert debit == credit, f"debit {debit} != credit {credit}"
       > AssertionError: debit 81200 != credit 81150
       +3 api error*3 api.views | GET /reports/day 500 {ms}ms
       +4 jobs warn  | close_day for 2024-05-14 is still open`,
    ),
    form(
      { jobs: home.cruncher(formats.jsonLines), api: home.worker(formats.dayFirst) },
      `+0 jobs! error*2 slice | invariant of the day broken: both sides of the book must be equal, are 81200 and 81150
       +3 api error*3 desk | report of the day not there
       +4 jobs warn slice | day stays open`,
    ),
  ),
  scenario(
    'panic on unequal halves',
    'code.assertion',
    form(
      { app: known.slog, docker: known.docker, gate: known.winston },
      `+0 docker! error  | container pricing-1: thread 'main' panicked at src/merge.rs:77:9:\\nassertion \`left == right\` failed\\n  left: 3\\n right: 4
       +1 docker warn  | container pricing-1 exited with status 101, restarting
       +1 app error*3 pricing | transport is closing: pricing went away
       +2 gate error*4 proxy | GET /prices -> pricing 503`,
    ),
    form(
      {
        app: home.worker(formats.pipes),
        docker: home.scheduler(formats.tabs),
        gate: home.gateway(formats.letters),
      },
      `+0 app! fatal desk | self-check in merge 77 did not hold: expected 4 parts, have 3; giving up
       +1 docker warn pilot | unit clerk-1 ended by itself with 101, started anew
       +2 gate error*4 door | {client} asked for /prices: nobody serves there`,
    ),
  ),
  scenario(
    'deadlock between orders and stock',
    'concurrency',
    form(
      { db: known.mysql, app: known.spring, web: known.accessLog },
      `+0 db! info MY-012468 | InnoDB: Transactions deadlock detected, dumping detailed information.
       +0 db info MY-012469 | InnoDB: *** WE ROLL BACK TRANSACTION (2)
       +1 app error*4 o.h.e.jdbc.spi.SqlExceptionHelper | Deadlock found when trying to get lock; try restarting transaction
       > org.springframework.dao.CannotAcquireLockException: could not execute statement; SQL [update stock set free = free - ? where article = ?]
       > 	at com.acme.shop.db.StockRepository.take(StockRepository.java:66)
       > Caused by: com.mysql.cj.jdbc.exceptions.MySQLTransactionRollbackException: Deadlock found when trying to get lock; try restarting transaction
       +2 web info*4 {client} | "POST /orders HTTP/1.1" 500 112 "https://shop.example/cart" "Mozilla/5.0"`,
    ),
    form(
      {
        db: home.store(formats.compact),
        app: home.worker(formats.clockOnly),
        web: home.gateway(formats.pipes),
      },
      `+0 db! error*2 engine | two sessions hold what the other one wants, session {seq} has to give way
       +1 app error*4 desk | {order} undone, ledgerd chose us to give way
       +2 web error*4 door | {client} sent a form to /orders: 500 in {ms} ms`,
    ),
  ),
  scenario(
    'list changed while it was read',
    'concurrency',
    form(
      { app: known.log4j, gate: known.winston, host: known.syslog },
      `+0 app! error*2 com.acme.billing.Ledger | booking failed
       > java.util.ConcurrentModificationException
       > 	at java.base/java.util.ArrayList$Itr.checkForComodification(ArrayList.java:1013)
       > 	at com.acme.billing.Ledger.sum(Ledger.java:121)
       > 	at com.acme.billing.Ledger.book(Ledger.java:87)
       +2 app error*2 com.acme.billing.InvoiceJob | invoices of batch {seq} incomplete
       +3 gate error*3 proxy | POST /invoices -> billing 500`,
    ),
    form(
      { app: home.worker(formats.letters), gate: home.gateway(formats.jsonLines) },
      `+0 app! error*2 desk | somebody else altered the list of entries while I was walking through it
       +2 app error*2 desk | bills of batch {seq} incomplete
       +3 gate error*3 door | {client} sent a form to /invoices: 500 in {ms} ms`,
    ),
  ),
  scenario(
    'concurrent writes to a map',
    'concurrency',
    form(
      { app: known.slog, events: known.kubeEvents, gate: known.winston },
      `+0 app! error stderr | fatal error: concurrent map writes
       >
       > goroutine 8123 [running]:
       > main.(*RateTable).set(...)
       > 	/src/rates/table.go:48 +0x1d4
       > main.(*RateTable).refresh(0xc0001a2000)
       > 	/src/rates/refresh.go:31 +0x88
       +0 app stop
       +1 gate error*4 proxy | GET /rates -> rates failed: socket hang up
       +3 events warn BackOff   pod/rates-6f0a | Back-off restarting failed container main in pod rates-6f0a
       +15 app start
       +0 app info main | listening on :8080`,
    ),
    form(
      {
        app: home.worker(formats.epochPairs),
        events: home.scheduler(formats.pipes),
        gate: home.gateway(formats.clockOnly),
      },
      `+0 app! fatal desk | two hands wrote into the table of rates at the same moment, table unusable
       +0 app stop
       +1 gate error*4 door | {client} asked for /rates: line dropped
       +3 events warn pilot | unit rates-6f0a ended by itself with 2, started anew
       +15 app start
       +0 app info pulse | clerk is up`,
    ),
  ),
];
