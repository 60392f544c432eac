// The database behind `orders`. It never fails: what it shows is how few connections are left.
import { Log, spaced } from './log.mjs';
import { chance } from './random.mjs';
import { begin, end, exports, poolSizeAt, restarts } from './story.mjs';

/** @param {boolean} broken */
export function writeDatabase(broken) {
  const log = new Log((time) => `${spaced(time)} UTC`);
  const random = chance('database');
  const write = (time, process, text) => {
    log.write(time, `[${process}] ${text}`);
  };
  for (let time = begin + 3_000; time < end; time += 15_000) {
    const size = poolSizeAt(time, broken);
    const busy = random.between(1, 4);
    const stuck = size === 5 && time > exports[1] + 1_000;
    const exporting = !stuck && exports.some((began) => time > began && time < began + 80_000);
    const active = stuck ? 5 : Math.min(size, busy + (exporting ? 8 : 0));
    write(time, 811, `LOG:  sessions user=orders_app total=${size} active=${stuck ? 0 : active} idle_in_transaction=${stuck ? 5 : 0}`);
    if (stuck && time > exports[1] + 120_000 && random.happens(0.3)) {
      write(time + 400, 2_300 + random.between(0, 4), `WARNING:  session idle in transaction for ${Math.round((time - exports[1]) / 1000)} s, user=orders_app database=orders`);
    }
  }
  for (let time = begin + 95_000; time < end; time += 300_000) {
    write(time, 809, 'LOG:  checkpoint starting: time');
    const buffers = random.between(180, 940);
    write(time + random.between(14_000, 29_000), 809, `LOG:  checkpoint complete: wrote ${buffers} buffers (${(buffers / 164).toFixed(1)}%); 0 WAL files added, 0 removed, ${random.between(1, 4)} recycled`);
  }
  for (let time = begin + random.gap(20_000); time < end; time += random.gap(20_000)) {
    const table = random.pick(['orders', 'order_items', 'invoices', 'customers']);
    write(time, random.between(1_900, 2_950), `LOG:  duration: ${random.between(201, 640)}.${random.between(100, 999)} ms  statement: SELECT * FROM ${table} WHERE id = $1`);
  }
  for (let time = begin + random.gap(90_000); time < end; time += random.gap(110_000)) {
    const table = random.pick(['orders', 'order_items', 'sessions']);
    write(time, random.between(3_000, 3_900), `LOG:  automatic vacuum of table "shop.public.${table}": index scans: ${random.between(0, 1)}, tuples: ${random.between(40, 900)} removed`);
  }
  for (let time = begin + random.gap(200_000); time < end; time += random.gap(240_000)) {
    write(time, random.between(1_900, 2_950), 'LOG:  could not receive data from client: Connection reset by peer');
  }
  for (const { down, up } of restarts(broken)) {
    const before = poolSizeAt(down - 1, broken);
    for (let index = 0; index < Math.min(before, 5); index++) {
      const process = 2_300 + index;
      if (before === 5) {
        write(down + 830 + index, process, 'LOG:  unexpected EOF on client connection with an open transaction');
      } else write(down + 830 + index, process, `LOG:  disconnection: user=orders_app database=orders session time: ${random.between(1, 9)}:0${random.between(1, 9)}:11.${random.between(100, 999)}`);
    }
    for (let index = 0; index < Math.min(poolSizeAt(up, broken), 10); index++) {
      write(up - 1_900 + 35 * index, random.between(2_400, 2_950), 'LOG:  connection authorized: user=orders_app database=orders application_name=orders');
    }
  }
  return log;
}
