import {
  appendFileSync,
  chmodSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isDiskHanging, localDisk } from '../../src/engine/source/adapters/disk.ts';
import { openSource } from '../../src/engine/source/adapters/openSource.ts';
import type { ByteSource } from '../../src/engine/source/byteSource.ts';
import { logFiles, reasonOf } from '../support/logFiles.ts';
import { archives, packedLines } from '../engine/source/packedText.ts';

const { folder, file } = logFiles();
const spoolDir = join(folder, 'spool');

async function textOf(source: ByteSource): Promise<string> {
  const bytes = new Uint8Array(source.size);
  expect(await source.read(bytes, 0)).toBe(source.size);
  return Buffer.from(bytes).toString();
}

const text = `${packedLines}grüße 漢字 🙂\n`;
const wide = Buffer.from(`\ufeff${text}`, 'utf16le');

const implementations: [string, string, () => string][] = [
  ['a plain file', text, () => file('plain.log', text)],
  ['a file with a byte order mark', text, () => file('bom.log', `\ufeff${text}`)],
  ['UTF-16 LE', text, () => file('wide.log', wide)],
  ['UTF-16 BE', text, () => file('big.log', Buffer.from(wide).swap16())],
  ['gzip', text, () => file('a.gz', gzipSync(text))],
  ['UTF-16 in gzip', text, () => file('wide.gz', gzipSync(wide))],
  ['zstd', packedLines, () => file('a.zst', archives.zstd)],
  ['bzip2', packedLines, () => file('a.bz2', archives.bzip2)],
  ['xz', packedLines, () => file('a.xz', archives.xz)],
  [
    'a rotated set',
    `one\ntwo\nthree\n${text}`,
    () => {
      file('set.log.2.gz', gzipSync('one\n'));
      // Cut in the middle of a line: the next part begins a line of its own.
      file('set.log.1', 'two\nthree');
      return file('set.log', text);
    },
  ],
];

describe.each(implementations)('%s', (_name, expected, make) => {
  const open = () => openSource(make(), { spoolDir, rotated: true });

  it('reads the slice that is asked for, wherever it lies', async () => {
    const source = await open();
    const whole = Buffer.from(expected);
    expect(source.size).toBe(whole.length);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length + 10), fc.nat(whole.length + 10), async (at, length) => {
        const into = new Uint8Array(length);
        const read = await source.read(into, at);
        const slice = whole.subarray(at, at + length);
        expect(read).toBe(slice.length);
        expect(Buffer.compare(into.subarray(0, read), slice)).toBe(0);
      }),
    );
    await source.close();
  });

  it('says that nothing changed, and leaves nothing behind', async () => {
    const source = await open();
    expect(await source.refresh()).toEqual({ kind: 'same' });
    expect(source.notes).toEqual([]);
    expect(source.parts[0]?.start).toBe(0);
    await source.close();
    expect(readdirSync(folder).includes('spool') ? readdirSync(spoolDir) : []).toEqual([]);
  });

  it('notices that its file is gone and keeps what was opened', async () => {
    const source = await open();
    const before = await textOf(source);
    rmSync(source.path);
    expect(await source.refresh()).toEqual({ kind: 'gone' });
    expect(await textOf(source)).toBe(before);
    await source.close();
  });
});

describe('an archive that several threads open', () => {
  const openShared = (path: string) => openSource(path, { spoolDir, shared: true });
  const texts = (): string[] => readdirSync(spoolDir).filter((name) => !name.startsWith('text-'));

  it('is unpacked to one file, which stays readable when its maker closes it', async () => {
    const path = file('shared.gz', gzipSync(packedLines));
    const sources = await Promise.all([openShared(path), openShared(path), openShared(path)]);
    expect(texts()).toHaveLength(1);
    for (const source of sources) {
      expect(await textOf(source)).toBe(packedLines);
      await source.close();
    }
    expect(texts()).toEqual([]);
  });

  it('has the same notes and encoding for all of them', async () => {
    const late = Buffer.concat([Buffer.from(packedLines.repeat(30)), Buffer.of(0xfc, 0x0a)]);
    const packed = gzipSync(late);
    const path = file('shared-cut.gz', packed.subarray(0, packed.length - 4));
    const first = await openShared(path);
    const second = await openShared(path);
    expect(first.encoding).toBe('latin1');
    expect(first.notes).toHaveLength(1);
    expect([second.encoding, second.notes, second.size]).toEqual([
      first.encoding,
      first.notes,
      first.size,
    ]);
    await first.close();
    await second.close();
  });

  it('is unpacked again when it was written anew', async () => {
    const path = file('shared-new.gz', gzipSync('one\n'));
    const before = await openShared(path);
    writeFileSync(path, gzipSync('one and two\n'));
    const after = await openShared(path);
    expect(await textOf(after)).toBe('one and two\n');
    await before.close();
    await after.close();
  });

  it('does not wait for ever for a thread that went away', async () => {
    const path = file('shared-left.gz', gzipSync('left\n'));
    const { dev, ino, size, mtimeNs } = statSync(path, { bigint: true });
    const left = join(spoolDir, `unpacked-${dev}-${ino}-${size}-${mtimeNs}.part`);
    writeFileSync(left, 'half');
    const source = await openShared(path);
    expect(await textOf(source)).toBe('left\n');
    await source.close();
    rmSync(left);
  });
});

describe('a file that changes', () => {
  const growing: [string, (text: string) => Uint8Array][] = [
    ['UTF-8', (part) => Buffer.from(part)],
    ['UTF-16', (part) => Buffer.from(part, 'utf16le')],
  ];
  it.each(growing)('grows: %s', async (name, encode) => {
    const path = file(`grows-${name}.log`, encode('one two three\n'));
    const source = await openSource(path, { spoolDir });
    appendFileSync(path, encode('four\n'));
    expect(source.size).toBe(14);
    expect(await source.refresh()).toEqual({ kind: 'grew', from: 14, to: 19 });
    expect(await textOf(source)).toBe('one two three\nfour\n');
    await source.close();
  });

  it('grows from nothing, and shows its encoding then', async () => {
    const path = file('empty.log', '');
    const source = await openSource(path, { spoolDir });
    writeFileSync(path, wide);
    const to = Buffer.byteLength(text);
    expect(await source.refresh()).toEqual({ kind: 'grew', from: 0, to });
    expect(source.encoding).toBe('utf-16le');
    expect(await textOf(source)).toBe(text);
    await source.close();
  });

  it('is cut', async () => {
    const path = file('cut.log', 'one\ntwo\n');
    const source = await openSource(path, { spoolDir });
    truncateSync(path, 4);
    expect(await reasonOf(source.read(new Uint8Array(8), 0))).toBe('changed-while-reading');
    expect(await source.refresh()).toEqual({ kind: 'truncated', to: 4 });
    expect(await textOf(source)).toBe('one\n');
    await source.close();
  });

  it.each(['other\n', 'other\nand longer than before\n'])(
    'is cut and written anew under the same number: %j',
    async (content) => {
      const path = file('copied.log', 'first lines\n');
      const source = await openSource(path, { spoolDir });
      writeFileSync(path, content);
      expect(await source.refresh()).toEqual({ kind: 'replaced', to: content.length });
      expect(await textOf(source)).toBe(content);
      await source.close();
    },
  );

  it('is renamed, and another one takes its name, as an archive', async () => {
    const path = file('renamed.log', 'old\n');
    const source = await openSource(path, { spoolDir });
    renameSync(path, `${path}.1`);
    writeFileSync(path, gzipSync('new text\n'));
    expect(await source.refresh()).toEqual({ kind: 'replaced', to: 9 });
    expect(await textOf(source)).toBe('new text\n');
    expect(source.parts[0]?.packing).toBe('gzip');
    await source.close();
  });

  it('may not be read any more', async () => {
    const path = file('secret.log', 'x\n');
    chmodSync(path, 0);
    // The superuser may read everything, so the test becomes somebody else for a moment.
    const superuser = process.geteuid?.() === 0;
    if (superuser) process.seteuid?.(65_534);
    try {
      expect(await reasonOf(openSource(path, { spoolDir }))).toBe('no-permission');
    } finally {
      if (superuser) process.seteuid?.(0);
    }
  });
});

describe('a disk that changes its mind', () => {
  it('takes the permission away and gives it back while the file is open', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const path = file('withdrawn.log', 'one\n');
      const state = { allowed: true };
      const refused = Object.assign(new Error('refused'), { code: 'EACCES' });
      const open = (name: string) =>
        state.allowed ? localDisk.open(name) : Promise.reject(refused);
      const source = await openSource(path, { spoolDir, disk: { ...localDisk, open } });
      state.allowed = false;
      // Longer than an unused file stays open.
      await vi.advanceTimersByTimeAsync(3000);
      expect(await reasonOf(source.read(new Uint8Array(4), 0))).toBe('no-permission');
      appendFileSync(path, 'two\n');
      const change = await source.refresh();
      expect(change).toMatchObject({
        kind: 'unreadable',
        message: `${path} may not be read by this user.`,
      });
      state.allowed = true;
      expect(await source.refresh()).toEqual({ kind: 'grew', from: 4, to: 8 });
      expect(await textOf(source)).toBe('one\ntwo\n');
      await source.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('does not answer any more while the file is open', async () => {
    const path = file('asleep.log', 'one\n');
    const state = { answers: true };
    const stat: typeof localDisk.stat = (name) =>
      state.answers ? localDisk.stat(name) : new Promise(() => undefined);
    const source = await openSource(path, {
      spoolDir,
      disk: { ...localDisk, stat },
      patience: 200,
    });
    state.answers = false;
    const change = await source.refresh();
    expect(change.kind === 'unreadable' && change.message).toContain('did not answer');
    await source.close();
  });
});

describe('what is no good file', () => {
  it('says that a link leads to itself', async () => {
    const path = join(folder, 'round.log');
    symlinkSync(path, path);
    const failure = await openSource(path, { spoolDir }).catch((error: unknown) => error);
    expect(String(failure)).toContain('leads to itself');
  });

  it('shows what is no text byte by byte', async () => {
    const bytes = Uint8Array.from({ length: 3000 }, (_, at) => at % 32);
    const source = await openSource(file('program.bin', bytes), { spoolDir });
    expect([source.encoding, source.size]).toEqual(['binary', 3000]);
    await source.close();
  });

  it('names what is not a file', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    for (const path of [folder, '/dev/null', pipe]) {
      expect(await reasonOf(openSource(path, { spoolDir }))).toBe('not-a-file');
    }
    expect(await reasonOf(openSource(join(folder, 'absent'), { spoolDir }))).toBe('not-found');
  });

  it('does not wait for a disk that does not answer', async () => {
    const never = new Promise<never>(() => undefined);
    const deafToStat = { ...localDisk, stat: () => never };
    const deafToOpen = { ...localDisk, open: () => never };
    for (const [name, disk] of Object.entries({ deafToStat, deafToOpen })) {
      const path = file(`${name}.log`, 'x\n');
      expect(await reasonOf(openSource(path, { spoolDir, disk, patience: 5 }))).toBe('timed-out');
    }
  });

  it('asks no second time while a call hangs, and does when it has ended', async () => {
    const path = file('slow.log', 'x\n');
    let calls = 0;
    let answer = (): void => undefined;
    const stat: typeof localDisk.stat = async (name) => {
      calls += 1;
      if (calls === 1) await new Promise<void>((resolve) => (answer = resolve));
      return localDisk.stat(name);
    };
    const open = () => openSource(path, { spoolDir, disk: { ...localDisk, stat }, patience: 5 });
    expect(await reasonOf(open())).toBe('timed-out');
    expect(await reasonOf(open())).toBe('timed-out');
    expect(calls).toBe(1);
    expect(isDiskHanging()).toBe(true);
    answer();
    await expect
      .poll(async () => {
        const source = await openSource(path, { spoolDir }).catch(() => null);
        await source?.close();
        return source?.size;
      })
      .toBe(2);
  });

  it('reads files of the system that say they are empty', async () => {
    const source = await openSource('/proc/self/status', { spoolDir });
    expect(await textOf(source)).toContain('Pid:');
    await source.close();
  });

  it('keeps what a truncated archive holds and says so', async () => {
    const packed = gzipSync(packedLines.repeat(50));
    const path = file('truncated.gz', packed.subarray(0, packed.length - 20));
    const source = await openSource(path, { spoolDir });
    expect(source.notes).toHaveLength(1);
    expect(source.notes[0]).toContain('ends in the middle');
    expect(packedLines.repeat(50).startsWith(await textOf(source))).toBe(true);
    expect(source.size).toBeGreaterThan(packedLines.length);
    await source.close();
  });

  it('refuses an archive of which nothing can be read', async () => {
    const damaged = file('damaged.gz', Uint8Array.of(0x1f, 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9));
    expect(await reasonOf(openSource(damaged, { spoolDir }))).toBe('unreadable');
    const cut = file('cut.xz', archives.xz.subarray(0, 20));
    expect(await reasonOf(openSource(cut, { spoolDir }))).toBe('truncated-archive');
  });

  it('stops unpacking a bomb and says so', async () => {
    const block = gzipSync(new Uint8Array(64 << 20));
    const path = file('bomb.gz', Buffer.concat(Array<Buffer>(8).fill(block)));
    const source = await openSource(path, { spoolDir });
    expect(source.notes[0]).toContain('200 times');
    expect(source.size).toBeLessThan(300 << 20);
    await source.close();
  });

  it('can be cancelled', async () => {
    const stop = new AbortController();
    stop.abort();
    const path = file('long.gz', gzipSync(text));
    expect(await reasonOf(openSource(path, { spoolDir, signal: stop.signal }))).toBe('aborted');
    expect(readdirSync(spoolDir)).toEqual([]);
  });

  it('reads Latin-1 byte by byte, also when its letters come late in an archive', async () => {
    const late = Buffer.concat([
      Buffer.from(packedLines.repeat(30)),
      Buffer.from('Gr\u00fc\u00dfe\n', 'latin1'),
    ]);
    for (const [name, content] of [
      ['late.log', late],
      ['late.gz', gzipSync(late)],
    ] as const) {
      const source = await openSource(file(name, content), { spoolDir });
      expect([source.encoding, source.size]).toEqual(['latin1', late.length]);
      await source.close();
    }
  });
});
