import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll } from 'vitest';

/** Lines of the large log: above what the editor hands to extensions. */
export const largeLines = 700_000;

/** 0-based line that does not belong. */
export const brokenLine = 350_000;

/** When a 0-based line of the large log was written. */
export const timeAt = (index: number): string =>
  new Date(Date.UTC(2026, 4, 14, 0, 0, 0, index * 100)).toISOString();

/** A 0-based line of the large log. */
export const lineAt = (index: number): string =>
  index === brokenLine
    ? `${timeAt(index)} FATAL db  disk full: cannot write to /var/lib/orders`
    : `${timeAt(index)} INFO  web request ${100_000 + index} answered 200 in ${10 + (index % 23)} ms, cache warm`;

/** A log of 58 MB, written before the tests of a file and removed after. @returns its path */
export function largeLog(): () => string {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faultline-large-'));
    const file = createWriteStream(join(folder, 'large.log'));
    for (let from = 0; from < largeLines; from += 10_000) {
      const block = Array.from({ length: 10_000 }, (_, index) => lineAt(from + index));
      if (!file.write(`${block.join('\n')}\n`)) await once(file, 'drain');
    }
    file.end();
    await once(file, 'close');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return () => join(folder, 'large.log');
}
