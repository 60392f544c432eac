import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { appendLog, lineText, rawLength } from '../../../src/engine/record/decodeLog.ts';
import { readLogFile, readLogTail } from '../../../src/engine/record/logFile.ts';
import { localDisk } from '../../../src/engine/source/adapters/disk.ts';
import { logFiles, reasonOf } from '../../support/logFiles.ts';
import { archives, packedLines } from '../source/packedText.ts';

const { folder, file } = logFiles();

describe('readLogFile', () => {
  it('does not wait for a disk that stops answering in the middle of a file', async () => {
    const path = file('share.log', 'one\ntwo\n'.repeat(1_000_000));
    const open: typeof localDisk.open = async (name) => {
      const handle = await localDisk.open(name);
      let reads = 0;
      const read = (...request: Parameters<typeof handle.read>) => {
        reads += 1;
        return reads > 2 ? new Promise(() => undefined) : handle.read(...request);
      };
      return Object.assign(Object.create(handle) as typeof handle, { read });
    };
    const disk = { ...localDisk, open };
    expect(await reasonOf(readLogFile(path, { disk, patience: 50 }))).toBe('timed-out');
  });

  it('reads a plain file and says how far it is', async () => {
    const shares: number[] = [];
    const path = file('plain.log', 'one\ntwo\n'.repeat(700_000));
    const log = await readLogFile(path, { onProgress: (share) => shares.push(share) });
    expect([log.path, log.lineCount]).toEqual([path, 1_400_000]);
    expect(shares.length).toBeGreaterThan(1);
    expect(shares.at(-1)).toBe(1);
  });

  it('reads an empty file', async () => {
    expect((await readLogFile(file('empty.log', ''))).lineCount).toBe(0);
  });

  it('reads gzip by its first bytes, members in a row as one', async () => {
    const packed = Buffer.concat([gzipSync('one\n'), gzipSync('two\n')]);
    const log = await readLogFile(file('no-suffix', packed));
    expect([log.lineCount, lineText(log, 1)]).toEqual([2, 'two']);
  });

  it.each(['zstd', 'bzip2', 'xz'] as const)(
    'reads %s, and refuses a part of it',
    async (packing) => {
      const log = await readLogFile(file(`whole.${packing}`, archives[packing]));
      expect(Buffer.from(log.bytes).toString()).toBe(packedLines);
      const cut = file(`cut.${packing}`, archives[packing].subarray(0, 400));
      expect(await reasonOf(readLogFile(cut))).toBe('truncated-archive');
    },
  );

  it.each([
    ['not-found', () => join(folder, 'absent.log')],
    ['not-found', () => join(file('a-file', 'x'), 'below.log')],
    ['not-a-file', () => folder],
    ['not-a-file', () => '/dev/null'],
    ['truncated-archive', () => file('cut.gz', gzipSync('line\n'.repeat(9999)).subarray(0, 60))],
    ['unreadable', () => file('bad.gz', Uint8Array.of(0x1f, 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9))],
  ])('says %s', async (reason, path) => {
    expect(await reasonOf(readLogFile(path()))).toBe(reason);
  });

  it('does not wait for a pipe', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    expect(await reasonOf(readLogFile(pipe))).toBe('not-a-file');
  });

  it('says no-permission', async () => {
    const path = file('secret.log', 'x');
    chmodSync(path, 0);
    // The superuser may read everything, so the test becomes somebody else for a moment.
    const superuser = process.geteuid?.() === 0;
    if (superuser) process.seteuid?.(65_534);
    try {
      expect(await reasonOf(readLogFile(path))).toBe('no-permission');
    } finally {
      if (superuser) process.seteuid?.(0);
    }
  });

  it('stops a gzip bomb and a file above the limit', async () => {
    const bomb = file('bomb.gz', gzipSync(new Uint8Array(20_000_000)));
    expect(await reasonOf(readLogFile(bomb, { maxBytes: 1_000_000 }))).toBe('too-large');
    const large = file('large.log', 'x'.repeat(2000));
    expect(await reasonOf(readLogFile(large, { maxBytes: 1000 }))).toBe('too-large');
  });

  it('says that a file shrank while it was read', async () => {
    const path = file('shrinking.log', 'x'.repeat(9_000_000));
    const reading = readLogFile(path, {
      onProgress: () => {
        truncateSync(path, 10);
      },
    });
    expect(await reasonOf(reading)).toBe('changed-while-reading');
  });

  it('reads what was there when it was opened, also when the file is deleted or grows', async () => {
    const deleted = file('deleted.log', 'x'.repeat(9_000_000));
    const log = await readLogFile(deleted, {
      onProgress: () => {
        rmSync(deleted, { force: true });
      },
    });
    expect(log.bytes.length).toBe(9_000_000);
    const grown = file('growing.log', 'y'.repeat(9_000_000));
    const before = await readLogFile(grown, {
      onProgress: () => {
        appendFileSync(grown, 'more');
      },
    });
    expect(before.bytes.length).toBe(9_000_000);
  });

  it('can be cancelled', async () => {
    const abort = new AbortController();
    const path = file('long.log', 'x'.repeat(9_000_000));
    const reading = readLogFile(path, {
      signal: abort.signal,
      onProgress: () => {
        abort.abort();
      },
    });
    expect(await reasonOf(reading)).toBe('aborted');
  });
});

describe('readLogTail', () => {
  it('gives what was appended since', async () => {
    const path = file('tail.log', '\ufeffone\ntw');
    const log = await readLogFile(path);
    appendFileSync(path, 'o\nthree\n');
    const whole = appendLog(log, await readLogTail(path, rawLength(log)));
    expect([whole.lineCount, lineText(whole, 1)]).toEqual([3, 'two']);
  });

  it('notices that the file was truncated', async () => {
    expect(await reasonOf(readLogTail(file('rotated.log', 'new'), 100))).toBe(
      'changed-while-reading',
    );
  });
});
