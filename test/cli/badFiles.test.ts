import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { beforeAll, describe, expect, it } from 'vitest';

import { trafficWith } from '../support/traffic.ts';
import { buildCli, inFolder, runCli } from './runCli.ts';

beforeAll(buildCli, 120_000);

const traffic = trafficWith(['FATAL store cannot write /var/lib/orders: disk full'], 221);
const packed = gzipSync(traffic);

/** Nothing of it can be unpacked. */
const stump = packed.subarray(0, 12);

describe('the program on files that cannot be read as they should', () => {
  it.each(['scan', 'explain'])('%s says that an archive ends too early', async (command) => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'cut.log.gz'), packed.subarray(0, -400));
      const run = await runCli(folder, command, 'cut.log.gz');
      expect(run.status).toBe(0);
      expect(run.stdout).toContain('cut.log.gz ends in the middle of its compressed data');
      expect(run.stdout).not.toContain('cut.log.gz: cut.log.gz');
    });
  });

  it.each(['scan', 'explain'])('%s reads the others of several logs', async (command) => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, 'logs'));
      await writeFile(join(folder, 'logs', 'stump.log.gz'), stump);
      await writeFile(join(folder, 'logs', 'app.log'), traffic);
      const all = await runCli(folder, command, 'logs');
      expect(all.status).toBe(0);
      expect(all.stdout).toContain('disk full');
      expect(all.stderr).toMatch(/^faultline: left out: logs\/stump\.log\.gz ends .*again\.\n$/);
      const named = await runCli(folder, command, 'logs/stump.log.gz', 'logs/app.log');
      expect(named.status).toBe(2);
      expect(named.stdout).toContain('disk full');
      const alone = await runCli(folder, command, 'logs/stump.log.gz');
      expect([alone.status, alone.stdout]).toEqual([2, '']);
      expect(alone.stderr.trim().split('\n')).toHaveLength(1);
    });
  });

  it('says why a folder has no logs', async () => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, 'logs'));
      await writeFile(join(folder, 'logs', 'empty.log'), '');
      const run = await runCli(folder, 'scan', 'logs');
      expect(run.status).toBe(2);
      expect(run.stderr).toContain('logs/empty.log: empty');
    });
  });

  it('takes a loop of links for what it is', async () => {
    await inFolder(async (folder) => {
      await symlink('self.log', join(folder, 'self.log'));
      const run = await runCli(folder, 'scan', 'self.log');
      expect([run.status, run.stderr]).toEqual([
        2,
        'faultline: self.log: a loop of links. Check the path.\n',
      ]);
    });
  });

  // Names are bytes on Linux only; elsewhere the system takes none that is no text.
  it.runIf(process.platform === 'linux')('says where a name is no UTF-8', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'app.log'), traffic);
      await writeFile(Buffer.concat([Buffer.from(`${folder}/b`), Buffer.of(0xff)]), traffic);
      const run = await runCli(folder, 'scan', '.', '--no-embeddings');
      expect(run.status).toBe(0);
      expect(run.stderr).toContain('a name that is no UTF-8; rename it');
    });
  });
});
