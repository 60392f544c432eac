import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

test('the committed samples are what the generator writes', async () => {
  const written = await mkdtemp(join(tmpdir(), 'faultline-samples-'));
  try {
    const script = join(root, 'scripts', 'makeSamples.mjs');
    await promisify(execFile)(process.execPath, [script, written]);
    for (const story of ['incident', 'healthy']) {
      const names = await readdir(join(root, 'samples', story));
      expect(names.sort()).toEqual(['api.log', 'db.log', 'deploy.log', 'orders.log']);
      for (const name of names) {
        const committed = await readFile(join(root, 'samples', story, name), 'utf8');
        const generated = await readFile(join(written, story, name), 'utf8');
        expect(committed === generated, `${story}/${name}: run node scripts/makeSamples.mjs`).toBe(
          true,
        );
      }
    }
  } finally {
    await rm(written, { recursive: true, force: true });
  }
});
