import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { nullLog } from '../../engine/base/log.ts';
import { type Random, seededRandom } from '../../engine/base/random.ts';
import type { Embedder } from '../../engine/embed/embedder.ts';
import { hashingEmbedder } from '../../engine/embed/hashingEmbedder.ts';
import type { Incident, IncidentStore } from '../../engine/incident/incident.ts';
import { encodeEvent } from '../../engine/incident/incidentEvents.ts';
import { mostIncidents } from '../../engine/incident/incidentMemory.ts';
import { openIncidentStore } from '../../engine/incident/openIncidentStore.ts';
import type { Benchmark, BenchmarkResult, Row } from '../benchmark.ts';
import { median, row } from '../rows.ts';

const searches = 60;
const writers = 4;
const savesEach = 50;
const kills = 100;
/** Children that are killed at the same time: two cores are enough to keep busy. */
const atOnce = 2;
const savedAt = '2026-01-01T00:00:00.000Z';

/** How fast a full memory answers, and what it keeps when processes write at once or are killed. */
export const memory: Benchmark = {
  name: 'memory',
  title: 'The incident memory: speed of a search and what survives',
  dataSet: 'memory',
  alone: true,
  run: async ({ onProgress }): Promise<BenchmarkResult> => {
    const folder = await mkdtemp(join(tmpdir(), 'faultline-memory-'));
    try {
      onProgress(`searching among ${mostIncidents} incidents`);
      const times = await timedSearches(join(folder, 'full'));
      const program = process.argv[1] ?? '';
      const canSave = program.endsWith('cli.mjs');
      return {
        rows: [
          ...searchRows(times),
          ...(canSave ? await survivalRows(program, folder, onProgress) : []),
        ],
        notes: [
          `Searches in a memory that was read and indexed before, one after the other; the query's vector is made by ${hashingEmbedder.id} and counts, a transformer's comes on top.`,
          canSave
            ? 'Saves are those of `faultline incidents add` in processes of their own; one is acknowledged when its line is printed.'
            : 'What survives is measured from the command line only: it needs processes of its own.',
        ],
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function searchRows(times: readonly number[]): Row[] {
  const sorted = times.toSorted((a, b) => a - b);
  return [
    row({
      measure: `similar incidents among ${mostIncidents}: median`,
      unit: 'ms',
      better: 'less',
      all: median(times),
      must: 50,
      stretch: 10,
      wholeJudged: true,
    }),
    row({
      measure: `similar incidents among ${mostIncidents}: slowest of ${times.length}`,
      unit: 'ms',
      better: 'less',
      all: sorted.at(-1) ?? Number.NaN,
    }),
  ];
}

/** Milliseconds of each search in a full memory. */
async function timedSearches(dir: string): Promise<number[]> {
  const random = seededRandom(7);
  const incidents = Array.from({ length: mostIncidents }, (_, at) => inventedIncident(random, at));
  await mkdir(dir, { recursive: true });
  const lines = incidents.map((incident) => encodeEvent({ kind: 'saved', at: savedAt, incident }));
  await writeFile(join(dir, 'incidents.jsonl'), `${lines.join('\n')}\n`);
  const store = openStore(dir, hashingEmbedder);
  await store.rebuild();
  const times: number[] = [];
  for (let at = 0; at < searches + 5; at += 1) {
    const past = incidents[below(random, mostIncidents)];
    const other = incidents[below(random, mostIncidents)];
    if (past === undefined || other === undefined) continue;
    // Like one incident, with a part of another: the ordinary case of a failure that came back.
    const query = {
      text: past.title,
      templates: [...past.templates.slice(2), ...other.templates.slice(0, 6)],
      exceptions: past.exceptions,
      components: past.components,
    };
    const started = performance.now();
    await store.search(query, 5);
    // The first ones compile and fill caches.
    if (at >= 5) times.push(performance.now() - started);
  }
  return times;
}

async function survivalRows(
  program: string,
  folder: string,
  onProgress: (text: string) => void,
): Promise<Row[]> {
  onProgress(`${writers} processes save ${savesEach} incidents each`);
  const shared = join(folder, 'shared');
  const saved = await Promise.all(
    Array.from({ length: writers }, (_, writer) =>
      saveInChild(program, shared, { prefix: `w${writer}-`, count: savesEach }),
    ),
  );
  const kept = await keptOf(shared, saved.flat());
  const random = seededRandom(11);
  let acknowledged = 0;
  let lost = 0;
  for (let kill = 0; kill < kills; kill += atOnce) {
    onProgress(`killing a writer for the ${kill + 1}th time`);
    const rounds = Array.from({ length: Math.min(atOnce, kills - kill) }, (_, at) => ({
      dir: join(folder, `killed-${kill + at}`),
      killAfter: { saves: below(random, 6), milliseconds: below(random, 8) },
    }));
    await Promise.all(
      rounds.map(async ({ dir, killAfter }) => {
        const ids = await saveInChild(program, dir, { prefix: 'k', count: 400, killAfter });
        acknowledged += ids.length;
        lost += ids.length - (await keptOf(dir, ids));
      }),
    );
  }
  const total = writers * savesEach;
  return [
    row({
      measure: `${writers} processes save ${savesEach} each: kept`,
      unit: 'count',
      floors: [{ name: 'vectra alone', value: 50 }],
      all: kept,
      must: total,
      stretch: total,
      wholeJudged: true,
    }),
    row({
      measure: `${kills} kills during saves: acknowledged incidents lost`,
      unit: 'count',
      better: 'less',
      all: lost,
      must: 0,
      stretch: 0,
      wholeJudged: true,
    }),
    row({
      measure: `${kills} kills during saves: incidents acknowledged before`,
      unit: 'count',
      all: acknowledged,
    }),
  ];
}

interface Saving {
  readonly prefix: string;
  readonly count: number;
  /** Killed that many milliseconds after so many saves were acknowledged. */
  readonly killAfter?: { readonly saves: number; readonly milliseconds: number };
}

/** Ids that a process acknowledged before it ended or was killed. */
function saveInChild(
  program: string,
  dir: string,
  { prefix, count, killAfter }: Saving,
): Promise<readonly string[]> {
  const random = seededRandom(prefix.length + count);
  const child = spawn(process.execPath, [program, 'incidents', 'add', '--dir', dir], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // A killed reader closes the pipe while it is written to.
  child.stdin.on('error', () => undefined);
  for (let at = 0; at < count; at += 1) {
    const incident = { ...inventedIncident(random, at), id: `${prefix}${at}` };
    child.stdin.write(`${JSON.stringify(incident)}\n`);
  }
  child.stdin.end();
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const before = output.split('\n').length - 1;
    output += text;
    if (killAfter === undefined || before > killAfter.saves) return;
    if (output.split('\n').length - 1 > killAfter.saves) {
      setTimeout(() => child.kill('SIGKILL'), killAfter.milliseconds);
    }
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      // A last line without its end was not acknowledged.
      const lines = output.split('\n').slice(0, -1);
      resolve(lines.map((line) => line.replace(/^saved /, '')));
    });
  });
}

/** How many of the ids the memory still knows. */
async function keptOf(dir: string, ids: readonly string[]): Promise<number> {
  const known = new Set((await openStore(dir, hashingEmbedder).list()).map(({ id }) => id));
  return ids.filter((id) => known.has(id)).length;
}

function openStore(dir: string, embedder: Embedder): IncidentStore {
  return openIncidentStore({ dir, embedder, now: () => Date.parse(savedAt), log: nullLog });
}

const things = 'pool disk lease node shard token volume socket queue cache index broker'.split(' ');
const doings = 'refused dropped expired stalled leaked missed rejected overran lost failed'.split(
  ' ',
);
const places = 'orders billing search gateway mail ledger stock login media report'.split(' ');

/** An incident of ordinary size: some twenty patterns, a dozen places in code. */
function inventedIncident(random: Random, at: number): Incident {
  const one = (words: readonly string[]): string => words[below(random, words.length)] ?? '';
  const word = (): string => `${one(things)}${below(random, 400)}`;
  const place = one(places);
  return {
    id: `i${at}`,
    savedAt,
    title: `${place}: ${one(things)} ${one(doings)}`,
    logs: [`${place}.log`],
    templates: Array.from(
      { length: 12 + below(random, 16) },
      () =>
        `${one(places)} ${one(things)} ${word()} ${one(doings)} after <*> ms, ${word()} ${one(doings)} <*> of <*>`,
    ),
    exceptions: Array.from(
      { length: 4 + below(random, 12) },
      () => `${one(places)}/${one(things)}${below(random, 20)}.py ${one(doings)}_${one(things)}`,
    ),
    components: [place, one(places)],
    category: 'unknown',
    rootCause: `The ${one(things)} of ${place} ${one(doings)}.`,
    resolution: '',
    status: below(random, 2) === 0 ? 'confirmed' : 'unconfirmed',
    grade: null,
    origin: '',
    merged: [],
  };
}

/** A whole number from 0 to `end`, `end` left out. */
function below(random: Random, end: number): number {
  return Math.floor(random() * end);
}
