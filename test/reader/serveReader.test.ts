import { appendFile, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ReaderEvents, ReaderSide } from '../../src/protocol/readerApi.ts';
import type { SilentSide } from '../../src/protocol/rpc.ts';
import { RpcPeer } from '../../src/protocol/rpc.ts';
import { serveReader } from '../../src/reader/serveReader.ts';

let folder: string;
let peer: RpcPeer<SilentSide, ReaderSide>;
let close: () => void;
let changes: ReaderEvents['changed'][];
let wake: () => void = () => undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faultline-reader-'));
  const { port1, port2 } = new MessageChannel();
  serveReader(port2, { spoolDir: join(folder, 'spool'), formats: [] });
  changes = [];
  peer = new RpcPeer<SilentSide, ReaderSide>({
    post: (message, transfer) => {
      port1.postMessage(message, [...transfer]);
    },
    requests: {},
    events: {
      indexed: () => undefined,
      found: () => undefined,
      changed: (event) => {
        changes.push(event);
        wake();
      },
      output: ({ message }) => {
        throw new Error(message);
      },
    },
    onProblem: (message, cause) => {
      throw new Error(message, { cause });
    },
  });
  port1.on('message', (message: unknown) => {
    peer.receive(message);
  });
  close = () => {
    port1.close();
  };
});

afterEach(async () => {
  close();
  await rm(folder, { recursive: true, force: true });
});

async function open(
  files: Readonly<Record<string, string>>,
  joining: 'merged' | 'concatenated' | null = Object.keys(files).length > 1 ? 'concatenated' : null,
): Promise<Awaited<ReturnType<typeof peer.request<'open'>>>> {
  const paths: string[] = [];
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await writeFile(path, text);
    paths.push(path);
  }
  return peer.request('open', { view: 'v', paths, joining, rotated: false });
}

async function allRows(): Promise<string[]> {
  const { rows } = await peer.request('rows', {
    view: 'v',
    place: { kind: 'byte', byte: 0 },
    before: 0,
    after: 100,
    maxChars: 1000,
  });
  return rows.map(({ text, lane }) => (lane === null ? text : `${lane} ${text}`));
}

async function changed(kind: string): Promise<void> {
  while (!changes.some(({ change }) => change.kind === kind)) {
    await new Promise<void>((resolve) => (wake = resolve));
  }
}

const query = { regex: false, matchCase: true, wholeWord: false };

describe('the reading thread', () => {
  it('opens a log, shows its lines and finds in them', async () => {
    const text = Array.from(
      { length: 50 },
      (_, at) => `2026-01-05T10:00:${String(at).padStart(2, '0')}Z INFO step ${at}\n`,
    ).join('');
    expect(await open({ 'a.log': text })).toMatchObject({
      bytes: text.length,
      timed: true,
      lanes: [],
    });
    expect(await allRows()).toEqual(text.trimEnd().split('\n'));
    const count = await peer.request('search', {
      view: 'v',
      run: 1,
      query: { ...query, text: 'step 1' },
    });
    expect(count).toMatchObject({ matches: 11, lines: 11, done: true, scanned: text.length });
    const hits = await peer.request('hits', {
      view: 'v',
      query: { ...query, text: 'step 1' },
      first: 9,
      count: 5,
    });
    expect(hits.rows.map(({ line }) => line)).toEqual([19, 20]);
    await peer.request('close', { view: 'v' });
    await expect(allRows()).rejects.toMatchObject({ reason: 'invalid-argument' });
  });

  it('tells what is wrong with a path and with an expression', async () => {
    const paths = [join(folder, 'none.log')];
    await expect(
      peer.request('open', { view: 'v', paths, joining: 'merged', rotated: false }),
    ).rejects.toMatchObject({ reason: 'not-found' });
    await open({ 'a.log': 'one\n' });
    await expect(
      peer.request('search', { view: 'v', run: 1, query: { ...query, regex: true, text: '[' } }),
    ).rejects.toMatchObject({ reason: 'invalid-argument' });
  });

  it('shows what is written to a log that it follows, and starts again where it is cut', async () => {
    await open({ 'a.log': 'one\n' });
    await peer.request('follow', { view: 'v', on: true });
    await appendFile(join(folder, 'a.log'), 'two\n');
    await changed('grew');
    expect(await allRows()).toEqual(['one', 'two']);
    await truncate(join(folder, 'a.log'), 4);
    await changed('truncated');
    expect(await allRows()).toEqual(['one']);
  });

  it('joins logs one behind the other, each on lines of its own', async () => {
    const { lanes } = await open({ 'a.log': 'a1\na2', 'b.log': 'b1\n' });
    expect(lanes.map(({ name }) => name)).toEqual(['a.log', 'b.log']);
    expect(await allRows()).toEqual(['0 a1', '0 a2', '1 b1']);
  });

  it('joins logs by time', async () => {
    const at = (second: number, text: string): string =>
      `2026-01-05T10:00:0${second}Z INFO ${text}\n`;
    const opened = await open(
      { 'a.log': at(1, 'a1') + at(3, 'a3'), 'b.log': at(2, 'b2') + at(4, 'b4') },
      'merged',
    );
    expect(opened.lanes.map(({ timed }) => timed)).toEqual([true, true]);
    expect((await allRows()).map((row) => `${row[0]} ${row.slice(-2)}`)).toEqual([
      '0 a1',
      '1 b2',
      '0 a3',
      '1 b4',
    ]);
  });
});
