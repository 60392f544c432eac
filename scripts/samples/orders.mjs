// The service at the centre: a Java program with a connection pool.
import { Log, spaced } from './log.mjs';
import { chance } from './random.mjs';
import {
  begin,
  end,
  exportReaders,
  exports,
  poolSizeAt,
  poolTimeout,
  restarts,
} from './story.mjs';

const line = (level, thread, logger, message) =>
  `${level.padEnd(5)} [${thread}] ${logger} - ${message}`;

const borrowFrames = [
  '\tat shop.pool.ConnectionPool.borrow(ConnectionPool.java:214)',
  '\tat shop.pool.PooledDataSource.getConnection(PooledDataSource.java:88)',
];

const requestFrames = [
  '\tat shop.orders.store.OrderStore.withConnection(OrderStore.java:61)',
  '\tat shop.orders.store.OrderStore.find(OrderStore.java:97)',
  '\tat shop.orders.web.OrderController.show(OrderController.java:142)',
  '\tat shop.http.Dispatcher.dispatch(Dispatcher.java:233)',
];

const exportFrames = [
  '\tat shop.orders.export.InvoiceReader.open(InvoiceReader.java:52)',
  '\tat shop.orders.export.InvoiceExport.lambda$start$3(InvoiceExport.java:118)',
  '\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)',
];

/** The connection pool: who holds one, and until when. */
class Pool {
  /** @type {number[]} */
  #until = [];

  inUse(time) {
    this.#until = this.#until.filter((until) => until > time);
    return this.#until.length;
  }

  hold(until) {
    this.#until.push(until);
  }

  /** A restart forgets every connection. */
  clear() {
    this.#until = [];
  }
}

/**
 * `orders` under the requests that the gateway sends, in order of time; the gateway needs each answer
 * before it decides about the next request.
 */
export class Orders {
  #log = new Log(spaced);
  #chance = chance('orders');
  #pool = new Pool();
  #broken;
  #pending;
  /** Requests that wait now: the time when each gives up. */
  #waiting = [];

  constructor(broken) {
    this.#broken = broken;
    this.#pending = restarts(broken).map((restart) => ({ time: restart.down, restart }));
    for (const time of exports) this.#pending.push({ time, restart: undefined });
    this.#pending.sort((a, b) => a.time - b.time);
    this.#background();
  }

  /** Lets everything happen that is due before `time`. */
  #advance(time) {
    while (this.#pending.length > 0 && this.#pending[0].time <= time) {
      const due = this.#pending.shift();
      if (due.restart === undefined) this.#export(due.time);
      else this.#restart(due.restart);
    }
  }

  /**
   * One request. @returns when it answers, and with what; the gateway may have given up before.
   */
  handle(time, { id, method, path, user }) {
    this.#advance(time);
    const random = this.#chance;
    const thread = `http-${random.between(1, 24)}`;
    const size = poolSizeAt(time, this.#broken);
    const work = random.between(6, 70);
    const order = path.split('/')[2] ?? 'new';
    this.#log.write(
      time,
      line('INFO', thread, 'orders.web.OrderController', `${method} ${path} user=${user} req=${id}`),
    );
    const used = this.#pool.inUse(time);
    if (used >= size) return this.#starve(time, { id, method, path, thread, size });
    const taken = time + random.between(1, 4);
    this.#log.write(
      taken,
      line('DEBUG', thread, 'shop.pool.ConnectionPool', `acquired connection ${used + 1}/${size}`),
    );
    this.#pool.hold(taken + work);
    const done = taken + work;
    if (method === 'POST') {
      const items = random.between(1, 9);
      this.#log.write(
        done - 3,
        line('INFO', thread, 'orders.store.OrderStore', `stored order ${random.between(81_000, 99_999)} items=${items} total=${items * random.between(7, 90)}.${random.between(10, 99)} EUR`),
      );
    } else {
      this.#log.write(
        done - 2,
        line('INFO', thread, 'orders.store.OrderStore', `loaded order ${order} rows=${random.between(1, 12)}`),
      );
    }
    this.#log.write(
      done,
      line('INFO', thread, 'orders.web.OrderController', `answered ${method === 'POST' ? 201 : 200} in ${Math.round(done - time)} ms req=${id}`),
    );
    return { time: done, status: method === 'POST' ? 201 : 200 };
  }

  /** No connection is free: the request waits, complains, gives up. */
  #starve(time, { id, method, path, thread, size }) {
    this.#waiting = this.#waiting.filter((until) => until > time);
    this.#waiting.push(time + poolTimeout);
    const waiting = this.#waiting.length;
    const complains = time + 4_800 + this.#chance.between(0, 400);
    this.#log.write(
      complains,
      line('WARN', thread, 'shop.pool.ConnectionPool', `waited ${Math.round(complains - time)} ms for a connection, ${size}/${size} in use, ${waiting} waiting req=${id}`),
    );
    const gives = time + poolTimeout + this.#chance.between(0, 20);
    const stop = restarts(this.#broken).find(({ down }) => down > time && down < gives);
    // The process is gone before it can say anything.
    if (stop !== undefined) return { time: stop.down + 420, status: 502 };
    this.#log.write(
      gives,
      line('ERROR', thread, 'orders.web.OrderController', `${method} ${path} failed with 500 req=${id}`),
      `shop.pool.PoolTimeoutException: orders-db: no connection in ${poolTimeout} ms (size=${size}, active=${size}, idle=0, waiting=${waiting})`,
      ...borrowFrames,
      ...requestFrames,
      `Caused by: java.util.concurrent.TimeoutException: semaphore not acquired`,
      '\tat shop.pool.ConnectionPool.await(ConnectionPool.java:187)',
      '\t... 5 more',
    );
    return { time: gives, status: 500 };
  }

  #export(time) {
    const size = poolSizeAt(time, this.#broken);
    const logger = 'orders.export.InvoiceExport';
    const random = this.#chance;
    this.#log.write(
      time,
      line('INFO', 'scheduler-1', logger, `invoice export started, readers=${exportReaders}`),
    );
    const held = Math.min(exportReaders, size - this.#pool.inUse(time));
    let last = time;
    for (let reader = 1; reader <= exportReaders; reader++) {
      const thread = `export-${reader}`;
      const opens = time + 40 * reader + random.between(0, 25);
      if (reader <= held) {
        const work = random.between(38_000, 86_000);
        this.#log.write(
          opens,
          line('DEBUG', thread, 'shop.pool.ConnectionPool', `acquired connection ${this.#pool.inUse(opens) + 1}/${size}`),
        );
        if (held < exportReaders) {
          // It waits for its siblings and keeps its connection: this is what dries the pool.
          this.#pool.hold(end);
          this.#log.write(
            opens + work,
            line('INFO', thread, logger, `reader ${reader} read ${random.between(310, 420)} invoices, waiting for ${exportReaders - held} readers`),
          );
        } else {
          this.#pool.hold(opens + work);
          last = Math.max(last, opens + work);
          this.#log.write(
            opens + work,
            line('INFO', thread, logger, `reader ${reader} read ${random.between(310, 420)} invoices`),
          );
        }
        continue;
      }
      for (let attempt = 1; attempt <= 3; attempt++) {
        const gives = opens + attempt * poolTimeout + random.between(0, 30);
        this.#log.write(
          gives,
          line('ERROR', thread, logger, `reader ${reader} could not open, attempt ${attempt} of 3`),
          `shop.pool.PoolTimeoutException: orders-db: no connection in ${poolTimeout} ms (size=${size}, active=${size}, idle=0, waiting=${exportReaders - held})`,
          ...borrowFrames,
          ...exportFrames,
        );
      }
    }
    if (held === exportReaders) {
      this.#log.write(
        last + 900,
        line('INFO', 'scheduler-1', logger, `invoice export finished in ${Math.round((last - time) / 1000)} s, ${random.between(2_600, 3_100)} invoices`),
      );
    }
  }

  #restart({ down, up, to }) {
    const size = poolSizeAt(up, this.#broken);
    this.#pool.clear();
    this.#waiting = [];
    const main = (time, level, logger, message) => {
      this.#log.write(time, line(level, 'main', logger, message));
    };
    main(down, 'INFO', 'orders.Application', 'received SIGTERM, finishing open requests');
    main(down + 840, 'INFO', 'shop.pool.ConnectionPool', 'pool orders-db closed');
    main(down + 910, 'INFO', 'orders.Application', 'stopped');
    main(down + 3_120, 'INFO', 'orders.Application', `starting orders ${to} on Java 21.0.6`);
    main(down + 4_310, 'INFO', 'orders.Configuration', 'loaded 41 settings from /etc/orders/application.yaml');
    main(down + 5_020, 'INFO', 'shop.pool.ConnectionPool', `pool orders-db started, maximum ${size} connections`);
    main(up - 300, 'INFO', 'orders.cache.CatalogCache', 'warmed 1204 products');
    main(up, 'INFO', 'orders.Application', `listening on 0.0.0.0:8081, ready in ${((up - down - 3_120) / 1000).toFixed(1)} s`);
  }

  /** What it writes whether anybody asks or not. */
  #background() {
    const random = chance('orders-background');
    const down = (time) =>
      restarts(this.#broken).some((restart) => time >= restart.down && time <= restart.up);
    const write = (time, ...rest) => {
      if (!down(time)) this.#log.write(time, line(...rest));
    };
    for (let time = begin + 7_000; time < end; time += 60_000) {
      const share = (0.86 + random.next() * 0.1).toFixed(2);
      write(time, 'INFO', 'metrics-1', 'orders.cache.CatalogCache', `hit ratio ${share}, ${random.between(1_180, 1_230)} entries`);
    }
    for (let time = begin + 21_000; time < end; time += 30_000) {
      write(time, 'DEBUG', 'health-1', 'orders.web.HealthController', `alive, heap ${random.between(410, 690)} of 1024 MB`);
    }
    for (let time = begin + random.gap(150_000); time < end; time += 20_000 + random.gap(150_000)) {
      write(time, 'WARN', `http-${random.between(1, 24)}`, 'orders.payment.PaymentClient', `payment provider answered 429, retry 1 of 3 in ${random.between(180, 260)} ms`);
      write(time + 240, 'INFO', `http-${random.between(1, 24)}`, 'orders.payment.PaymentClient', `payment ${random.hex(8)} accepted after retry`);
    }
    for (let time = begin + random.gap(200_000); time < end; time += 30_000 + random.gap(200_000)) {
      write(time, 'INFO', 'gc-1', 'orders.Runtime', `pause young ${random.between(9, 38)} ms, ${random.between(180, 320)} MB freed`);
    }
    for (let time = begin + random.gap(90_000); time < end; time += 20_000 + random.gap(120_000)) {
      write(time, 'WARN', `http-${random.between(1, 24)}`, 'orders.web.OrderController', `voucher ${random.hex(6).toUpperCase()} is expired, ignored`);
    }
  }

  toString() {
    this.#advance(end);
    return this.#log.toString();
  }
}
