import { describe, expect, it } from 'vitest';
import { nullLog } from '../../../src/engine/base/log.ts';
import type { Embedder } from '../../../src/engine/embed/embedder.ts';
import { IncidentMemory } from '../../../src/engine/incident/incidentMemory.ts';
import {
  incidentOf,
  letterEmbedder,
  MemoryEventLog,
  MemoryVectorIndex,
} from '../../support/incidents.ts';

const query = { text: 'pool', templates: [], exceptions: [], components: [] };

function memoryWith(events: MemoryEventLog, embedder: Embedder, index = new MemoryVectorIndex()) {
  return new IncidentMemory({
    events,
    index,
    embedder: () => Promise.resolve(embedder),
    now: () => 0,
    log: nullLog,
  });
}

describe('IncidentMemory', () => {
  it('lets the oldest unconfirmed incident go when there are more than 5,000', async () => {
    const events = new MemoryEventLog();
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
    for (let index = 0; index < 5000; index += 1) {
      const status = index === 0 ? 'confirmed' : 'unconfirmed';
      events.events.push({
        kind: 'saved',
        at: at(index),
        incident: incidentOf({ id: `i${index}`, savedAt: at(index), status }),
      });
    }
    const memory = memoryWith(events, letterEmbedder);
    await memory.save(incidentOf({ id: 'new', savedAt: at(6000) }));
    const ids = new Set((await memory.list()).map(({ id }) => id));
    expect(ids.size).toBe(5000);
    expect(ids.has('i0')).toBe(true);
    expect(ids.has('i1')).toBe(false);
    expect(ids.has('new')).toBe(true);
    await memory.save(incidentOf({ id: 'new', title: 'again', savedAt: at(6001) }));
    expect(await memory.list()).toHaveLength(5000);
  });

  it('embeds a bounded number before it answers, until all are indexed', async () => {
    const events = new MemoryEventLog();
    for (let index = 0; index < 450; index += 1) {
      events.events.push({
        kind: 'saved',
        at: '2026-03-01T10:00:00.000Z',
        incident: incidentOf({ id: `i${index}` }),
      });
    }
    const sizes: number[] = [];
    const counting: Embedder = {
      ...letterEmbedder,
      embed(texts) {
        sizes.push(texts.length);
        return letterEmbedder.embed(texts);
      },
    };
    const index = new MemoryVectorIndex();
    const memory = memoryWith(events, counting, index);
    for (let round = 0; round < 4; round += 1) await memory.search(query, 1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(200);
    expect((await index.keys(letterEmbedder)).size).toBe(450);
  });

  it('makes the vectors anew when the embedder changes', async () => {
    const events = new MemoryEventLog();
    const index = new MemoryVectorIndex();
    await memoryWith(events, letterEmbedder, index).save(incidentOf({ id: 'pool' }));
    await memoryWith(events, letterEmbedder, index).search(query, 1);
    await memoryWith(events, { ...letterEmbedder, id: 'letters-2' }, index).search(query, 1);
    expect([...(await index.keys({ id: 'letters-2', dimensions: 26 })).keys()]).toEqual(['pool']);
  });

  it('takes removed incidents out of the index', async () => {
    const index = new MemoryVectorIndex();
    const memory = memoryWith(new MemoryEventLog(), letterEmbedder, index);
    await memory.save(incidentOf({ id: 'pool' }));
    await memory.save(incidentOf({ id: 'disk', title: 'Disk full' }));
    await memory.search(query, 1);
    await memory.remove('pool');
    await memory.search(query, 1);
    expect([...(await index.keys(letterEmbedder)).keys()]).toEqual(['disk']);
  });
});
