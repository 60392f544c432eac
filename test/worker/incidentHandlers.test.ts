import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { nullLog } from '../../src/engine/base/log.ts';
import { IncidentMemory } from '../../src/engine/incident/incidentMemory.ts';
import { incidentHandlers } from '../../src/worker/incidentHandlers.ts';
import { Incidents } from '../../src/worker/incidents.ts';
import {
  incidentOf,
  letterEmbedder,
  MemoryEventLog,
  MemoryVectorIndex,
} from '../support/incidents.ts';

const never = new AbortController().signal;
const { templates, exceptions, components } = incidentOf({ id: 'pool' });

function handlers(options = { similarity: 0.7, limit: 5, learning: true }) {
  const incidents = new Incidents({
    open: (embedder) =>
      new IncidentMemory({
        events: new MemoryEventLog(),
        index: new MemoryVectorIndex(),
        embedder,
        now: () => 0,
        log: nullLog,
      }),
    ready: () => Promise.resolve(letterEmbedder),
    options: () => options,
    log: nullLog,
  });
  return incidentHandlers(incidents, {
    saveIncident: () => incidents.save(incidentOf({ id: 'pool' })),
    queryAt: () => Promise.resolve({ text: '', templates, exceptions, components }),
  });
}

const report = { logs: ['a'], line: null, incident: null };

it('makes an incident of a grade, and lets a person look it up and delete it', async () => {
  const asked = handlers();
  const graded = await asked.gradeReport({ ...report, grade: 'bullseye' }, never);
  expect(graded).toMatchObject({ id: 'pool', status: 'confirmed', grade: 'bullseye' });
  const found = await asked.searchIncidents(
    { words: '', example: { log: 'a', line: null } },
    never,
  );
  expect(found.map(({ similarity }) => similarity)).toEqual([1]);
  expect(await asked.searchIncidents({ words: 'pool', example: null }, never)).toHaveLength(1);
  await asked.removeIncident({ id: 'pool' }, never);
  expect(await asked.incidents(null, never)).toEqual([]);
});

it('keeps no feedback where learning is switched off', async () => {
  const asked = handlers({ similarity: 0.7, limit: 5, learning: false });
  await expect(
    Promise.resolve().then(() => asked.gradeReport({ ...report, grade: 'wrong' }, never)),
  ).rejects.toMatchObject({ reason: 'invalid-argument' });
  expect(await asked.incidents(null, never)).toEqual([]);
});

it('writes a pack to a file and takes it in elsewhere', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'faultline-packs-'));
  try {
    const here = handlers();
    const there = handlers();
    await here.gradeReport({ ...report, grade: 'bullseye' }, never);
    const path = join(folder, 'team.jsonl');
    expect(await here.exportIncidents({ path }, never)).toEqual({ incidents: 1 });
    expect(await readFile(path, 'utf8')).toContain('"name":"team"');
    expect(await there.importIncidents({ path }, never)).toMatchObject({ added: 1 });
    await expect(
      there.importIncidents({ path: join(folder, 'none.jsonl') }, never),
    ).rejects.toMatchObject({ reason: 'not-found' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
