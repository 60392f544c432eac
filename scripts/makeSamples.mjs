// node scripts/makeSamples.mjs [FOLDER]: writes the sample incident and its healthy twin, by default
// into samples/. The same files on every machine: chance is seeded, and no clock is read.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './lib/root.mjs';
import { writeApi } from './samples/api.mjs';
import { writeDatabase } from './samples/database.mjs';
import { writeDeploy } from './samples/deploy.mjs';
import { Orders } from './samples/orders.mjs';

const target = process.argv[2] ?? join(root, 'samples');
for (const [name, broken] of [
  ['incident', true],
  ['healthy', false],
]) {
  const orders = new Orders(broken);
  const logs = {
    api: writeApi(orders, broken),
    orders,
    db: writeDatabase(broken),
    deploy: writeDeploy(broken),
  };
  mkdirSync(join(target, name), { recursive: true });
  for (const [service, log] of Object.entries(logs)) {
    writeFileSync(join(target, name, `${service}.log`), log.toString());
  }
}
