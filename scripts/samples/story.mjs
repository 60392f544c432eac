// What happened. All times are milliseconds since the epoch, UTC.
//
// Four services of a shop. A release at noon lowers the size of the connection pool of `orders` from 50
// to 5 by mistake. Three minutes later the half-hourly invoice export takes all five connections and
// waits for a sixth that never comes. Requests wait, time out, the gateway answers 504, opens its
// circuit, answers 503. Somebody rolls the release back; the pool is large again; all is well.
// In the healthy twin the same release leaves the pool alone, and the same export goes unnoticed.

const at = (clock) => Date.parse(`2026-03-12T${clock}Z`);

export const begin = at('11:30:00');
export const end = at('12:30:00');

/** Half-hourly invoice exports, by eight readers with one connection each. */
export const exports = [at('11:33:00'), at('12:03:00')];
export const exportReaders = 8;

export const release = {
  version: '2.14.0',
  previous: '2.13.4',
  announced: at('12:00:12'),
  /** When `orders` stops and has come back with the new release. */
  down: at('12:01:05'),
  up: at('12:01:12'),
};

/** Only in the incident. */
export const rollBack = {
  alarm: at('12:12:40'),
  announced: at('12:16:21'),
  down: at('12:17:06'),
  up: at('12:17:13'),
};

/** How long a request waits for a connection, and the gateway for `orders`. */
export const poolTimeout = 30_000;
export const gatewayTimeout = 10_000;

/** @param {boolean} broken The incident, or its healthy twin. */
export function poolSizeAt(time, broken) {
  return broken && time >= release.up && time < rollBack.up ? 5 : 50;
}

/** Restarts of `orders`, in order. */
export function restarts(broken) {
  const first = { ...release, from: release.previous, to: release.version };
  return broken
    ? [first, { ...rollBack, from: release.version, to: release.previous }]
    : [first];
}
