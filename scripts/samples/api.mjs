// The gateway: one line per request, key=value. It sends a part of the requests to `orders`.
import { iso, Log } from './log.mjs';
import { chance } from './random.mjs';
import { begin, end, gatewayTimeout, restarts } from './story.mjs';

/** Failures in a row after which the gateway stops asking, and how long it waits before one more try. */
const circuit = { failures: 12, pause: 30_000 };

/** Requests outside `orders`, with how often they come. */
const others = [
  ['GET', '/products', 'catalog', 200],
  ['GET', '/products', 'catalog', 200],
  ['GET', '/cart', 'cart', 200],
  ['PUT', '/cart', 'cart', 204],
  ['GET', '/search', 'search', 200],
  ['POST', '/login', 'accounts', 200],
];

/** @param {import('./orders.mjs').Orders} orders @param {boolean} broken */
export function writeApi(orders, broken) {
  const log = new Log(iso);
  const random = chance('api');
  const state = { failures: 0, openUntil: 0, open: false };
  const down = restarts(broken);

  const answer = (time, request, upstream, status, took, level = 'info') => {
    log.write(
      time,
      `${level} req=${request.id} method=${request.method} path=${request.path} status=${status} upstream=${upstream} ms=${Math.round(took)} user=${request.user}`,
    );
  };

  const fail = (time) => {
    state.failures++;
    if (state.open) state.openUntil = time + circuit.pause;
    if (!state.open && state.failures >= circuit.failures) {
      state.open = true;
      state.openUntil = time + circuit.pause;
      log.write(time + 1, `error circuit opened upstream=orders failures=${state.failures}`);
    }
  };

  const succeed = (time) => {
    if (state.open) log.write(time + 1, 'info circuit closed upstream=orders');
    state.open = false;
    state.failures = 0;
  };

  const askOrders = (time, request) => {
    // While `orders` restarts, another gateway of the pair serves these: nothing is written here.
    if (down.some((restart) => time >= restart.down && time < restart.up)) return;
    if (state.open && time < state.openUntil) {
      answer(time + 1, request, 'orders', 503, 1, 'error');
      return;
    }
    const reply = orders.handle(time + 1, request);
    if (reply.time - time > gatewayTimeout) {
      const gives = time + gatewayTimeout;
      log.write(
        gives,
        `error upstream timeout upstream=orders req=${request.id} after ${gatewayTimeout} ms`,
      );
      answer(gives + 1, request, 'orders', 504, gatewayTimeout + 1, 'error');
      fail(gives);
      return;
    }
    answer(reply.time + 1, request, 'orders', reply.status, reply.time + 1 - time);
    succeed(reply.time);
  };

  for (let time = begin + random.gap(2_000); time < end - 1_000; time += random.gap(2_100)) {
    const request = { id: random.hex(12), user: `u${random.between(1_000, 4_999)}`, method: 'GET', path: '' };
    if (random.happens(0.36)) {
      request.method = random.happens(0.3) ? 'POST' : 'GET';
      request.path = request.method === 'POST' ? '/orders' : `/orders/${random.between(70_000, 81_000)}`;
      askOrders(time, request);
      continue;
    }
    const [method, path, upstream, status] = random.pick(others);
    request.method = method;
    request.path = path === '/products' ? `${path}/${random.between(100, 990)}` : path;
    const took = random.between(4, 60);
    if (random.happens(0.015)) answer(time + took, request, upstream, 404, took, 'warn');
    else if (path === '/login' && random.happens(0.06)) {
      answer(time + took, request, upstream, 401, took, 'warn');
    } else answer(time + took, request, upstream, status, took);
  }
  for (let time = begin + 12_000; time < end; time += 120_000) {
    log.write(time, `info connections open=${random.between(38, 71)} idle=${random.between(20, 37)}`);
  }
  return log;
}
