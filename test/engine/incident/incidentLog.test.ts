import { spawn } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nullLog } from '../../../src/engine/base/log.ts';
import { EngineError } from '../../../src/engine/base/engineError.ts';
import type { IncidentQuery, IncidentStore } from '../../../src/engine/incident/incident.ts';
import { withFolderLock } from '../../../src/engine/incident/fileLock.ts';
import { openIncidentStore } from '../../../src/engine/incident/openIncidentStore.ts';
import { vectraIndexOnly } from '../../../scripts/bundle/vectra.mjs';
import { incidentOf, letterEmbedder } from '../../support/incidents.ts';

const root = join(import.meta.dirname, '../../..');
let work: string;
let bundle: string;
let dir: string;
let serial = 0;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'faultline-memory-'));
  bundle = join(work, 'store.mjs');
  // The child processes run what the worker runs: vectra without its unused parts.
  await build({
    entryPoints: [join(root, 'test/support/incidentStoreEntry.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    plugins: [vectraIndexOnly],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
});

afterAll(async () => {
  await rm(work, { recursive: true, force: true });
});

beforeEach(() => {
  serial += 1;
  dir = join(work, `memory-${serial}`);
});

const open = (): IncidentStore =>
  openIncidentStore({ dir, embedder: letterEmbedder, now: () => 0, log: nullLog });
const ids = async (store: IncidentStore): Promise<string[]> =>
  (await store.list()).map(({ id }) => id);
const query: IncidentQuery = {
  text: 'PoolTimeout',
  templates: ['waited <*> ms for a connection', 'PoolTimeout: no connection in <*> ms'],
  exceptions: ['PoolTimeoutError'],
  components: [],
};

async function indexPath(): Promise<string> {
  const names = await readdir(join(dir, 'vectors'));
  return join(
    dir,
    'vectors',
    names.find((name) => /^index-[0-9a-f]+\.json$/.test(name))!,
  );
}

/** Runs a child that saves; resolves with the ids it acknowledged once it ended or was killed. */
function saveInChild(prefix: string, count: number, killAfter?: number): Promise<string[]> {
  const child = spawn(process.execPath, [
    join(root, 'test/support/saveIncidents.mjs'),
    bundle,
    dir,
    prefix,
    String(count),
  ]);
  let output = '';
  let failure = '';
  child.stderr.on('data', (data: Buffer) => (failure += data.toString()));
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
    if (killAfter !== undefined && output.split('\n').length > killAfter) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(failure));
      else resolve(output.split('\n').slice(0, -1));
    });
  });
}

describe('the incident log', () => {
  it('keeps every acknowledged incident when its writer is killed, and stays searchable', async () => {
    const acknowledged: string[] = [];
    for (const round of ['a', 'b', 'c']) {
      acknowledged.push(...(await saveInChild(round, 1000, 4)));
    }
    const store = open();
    const kept = await ids(store);
    expect(acknowledged.length).toBeGreaterThan(9);
    expect(kept).toEqual(expect.arrayContaining(acknowledged));
    expect((await store.search(query, 3)).length).toBe(3);
  });

  it('loses nothing when two processes save at once', async () => {
    const [one, two] = await Promise.all([saveInChild('x', 15), saveInChild('y', 15)]);
    expect(new Set(await ids(open()))).toEqual(new Set([...one, ...two]));
    expect([...one, ...two]).toHaveLength(30);
  });

  it('sees what another window saved', async () => {
    const here = open();
    const there = open();
    expect(await ids(here)).toEqual([]);
    await there.save(incidentOf({ id: 'there' }));
    expect(await ids(here)).toEqual(['there']);
    expect((await here.search(query, 1))[0]?.incident.id).toBe('there');
  });

  it('ignores a torn last line, keeps it in the file, and goes on after it', async () => {
    const store = open();
    await store.save(incidentOf({ id: 'whole' }));
    await store.save(incidentOf({ id: 'torn', title: 'torn' }));
    const file = join(dir, 'incidents.jsonl');
    const { length } = await readFile(file);
    await truncate(file, length - 30);
    expect(await ids(store)).toEqual(['whole']);
    await store.save(incidentOf({ id: 'later' }));
    expect(await ids(open())).toEqual(['whole', 'later']);
    expect(await readFile(file, 'utf8')).toContain('"torn"');
  });

  it('skips lines it does not understand', async () => {
    const store = open();
    await store.save(incidentOf({ id: 'known' }));
    await appendFile(
      join(dir, 'incidents.jsonl'),
      'nonsense\n{"schema":99,"kind":"merged"}\n{"schema":1,"kind":"saved","incident":{"id":7}}\n',
    );
    expect(await ids(open())).toEqual(['known']);
  });

  it.each(['', '{"version":1,"items":[{', '{"version":1,"items":[{"id":"pool"}]}', '\0\0\0'])(
    'builds a corrupt index again: %j',
    async (content) => {
      await open().save(incidentOf({ id: 'pool' }));
      await open().search(query, 1);
      await writeFile(await indexPath(), content);
      expect((await open().search(query, 1))[0]?.incident.id).toBe('pool');
      expect(await readFile(await indexPath(), 'utf8')).toContain('"pool"');
    },
  );

  it('finds incidents by words when the embedder fails', async () => {
    const store = openIncidentStore({
      dir,
      embedder: { ...letterEmbedder, embed: () => Promise.reject(new Error('no model')) },
      now: () => 0,
      log: nullLog,
    });
    await store.save(incidentOf({ id: 'pool' }));
    expect((await store.search(query, 1))[0]?.incident.id).toBe('pool');
  });

  it('is not led astray by a vector of zeros or of another length', async () => {
    const odd = (vector: Float32Array): IncidentStore =>
      openIncidentStore({
        dir,
        embedder: { ...letterEmbedder, embed: (texts) => Promise.resolve(texts.map(() => vector)) },
        now: () => 0,
        log: nullLog,
      });
    await open().save(incidentOf({ id: 'pool' }));
    await odd(new Float32Array(26)).search(query, 1);
    await odd(new Float32Array(3).fill(1)).search(query, 1);
    await odd(new Float32Array(26).fill(Number.NaN)).search(query, 1);
    expect((await open().search(query, 1))[0]).toMatchObject({ similarity: 1 });
  });

  it('refuses what it could not read again', async () => {
    const store = open();
    const failure: unknown = await store
      .save(incidentOf({ id: 'odd', savedAt: 'yesterday' }))
      .catch((error: unknown) => error);
    expect(EngineError.is(failure, 'invalid-argument')).toBe(true);
    expect(await ids(store)).toEqual([]);
  });

  it('reports damaged lines once, and a line that is still being written not at all', async () => {
    const warnings: string[] = [];
    const store = openIncidentStore({
      dir,
      embedder: letterEmbedder,
      now: () => 0,
      log: { ...nullLog, warn: (message) => warnings.push(message) },
    });
    await store.save(incidentOf({ id: 'known' }));
    await appendFile(join(dir, 'incidents.jsonl'), '{"schema":1,"kind":"sa');
    await store.list();
    expect(warnings).toEqual([]);
    await appendFile(join(dir, 'incidents.jsonl'), '\n');
    await store.list();
    await store.list();
    expect(warnings).toHaveLength(1);
  });

  it('outlives the loss of its lock', async () => {
    await withFolderLock(work, async () => {
      await rm(`${work}.lock`, { recursive: true });
      // The lock is renewed every five seconds; only then its loss shows.
      await new Promise((resolve) => setTimeout(resolve, 5_500));
    });
    expect(await withFolderLock(work, () => Promise.resolve('free again'))).toBe('free again');
  });

  it('says what to do when the folder cannot be made', async () => {
    await writeFile(dir, 'a file is in the way');
    const failure: unknown = await open()
      .save(incidentOf({ id: 'pool' }))
      .catch((error: unknown) => error);
    expect(EngineError.is(failure, 'store-unwritable')).toBe(true);
  });

  it('reads on where a newer version has written, writes only at the end, and says so once', async () => {
    const warnings: string[] = [];
    const store = openIncidentStore({
      dir,
      embedder: letterEmbedder,
      now: () => 0,
      log: { ...nullLog, warn: (message) => warnings.push(message) },
    });
    await store.save(incidentOf({ id: 'known' }));
    await appendFile(join(dir, 'incidents.jsonl'), '{"schema":99,"kind":"split","id":"x"}\n');
    const before = await readFile(join(dir, 'incidents.jsonl'), 'utf8');
    await store.save(incidentOf({ id: 'later' }));
    await store.search(query, 1);
    expect(await ids(store)).toEqual(['known', 'later']);
    expect((await readFile(join(dir, 'incidents.jsonl'), 'utf8')).startsWith(before)).toBe(true);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('newer version');
    expect((await store.verify()).newer).toBe(1);
  });

  it('leaves the index of a newer version alone and searches by words', async () => {
    await open().save(incidentOf({ id: 'pool' }));
    await open().search(query, 1);
    await writeFile(await indexPath(), '{"schema":99,"all":"different"}');
    expect((await open().search(query, 1))[0]?.incident.id).toBe('pool');
    expect(await readFile(await indexPath(), 'utf8')).toContain('different');
    expect((await open().verify()).problems.join()).toContain('newer version');
    expect(await open().rebuild()).toBe(1);
    expect((await open().verify()).problems).toEqual([]);
  });

  it('rewrites a log that is mostly history, keeping what it cannot read', async () => {
    const store = open();
    await store.save(incidentOf({ id: 'pool' }));
    const line = (await readFile(join(dir, 'incidents.jsonl'), 'utf8')).trim();
    const history = Array<string>(1100).fill(line).join('\n');
    await writeFile(join(dir, 'incidents.jsonl'), `torn {\n${history}\n`);
    const other = open();
    expect(await ids(other)).toEqual(['pool']);
    await store.save(incidentOf({ id: 'disk' }));
    const text = await readFile(join(dir, 'incidents.jsonl'), 'utf8');
    expect(text.split('\n')).toHaveLength(4);
    expect(text).toContain('torn {');
    expect(await ids(other)).toEqual(['pool', 'disk']);
  });
});
