import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

import { chance } from '../../scripts/samples/random.mjs';

const services = ['orders', 'billing', 'search', 'accounts', 'mail'];
const verbs = ['loaded', 'stored', 'sent', 'queued', 'checked', 'indexed'];
const things = ['order', 'invoice', 'customer', 'message', 'product', 'session'];

/**
 * Writes a log of about `bytes`: ordinary traffic of 180 kinds, and at two thirds of it a minute in which
 * the disk is full. Its first fault lies far from its start, so that nothing is found by chance.
 */
export async function writeBigLog(path: string, bytes: number): Promise<void> {
  const random = chance('big log');
  const out = createWriteStream(path);
  let written = 0;
  let faulty = 0;
  let piece = '';
  for (let index = 0; written + piece.length < bytes; index++) {
    const time = new Date(Date.UTC(2026, 0, 5) + index * 37).toISOString();
    const service = random.pick(services);
    const kind = `${random.pick(verbs)} ${random.pick(things)}`;
    piece += `${time} INFO  [${service}-${random.between(1, 8)}] ${service}.Worker - ${kind} ${random.between(1, 90_000)} in ${random.between(2, 80)} ms req=${random.hex(10)}\n`;
    if (written > bytes * 0.66 && faulty < 40) {
      faulty++;
      piece += `${time} ERROR [${service}-9] ${service}.Store - write failed: no space left on device, segment ${random.between(1, 99)}\n`;
    }
    if (piece.length > 1_000_000) {
      written += piece.length;
      if (!out.write(piece)) await once(out, 'drain');
      piece = '';
    }
  }
  out.end(piece);
  await once(out, 'finish');
}
