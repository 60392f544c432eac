import { seededRandom } from '../../../src/engine/base/random.ts';
import { findSessions } from '../../../src/engine/detect/sessions.ts';
import type { LogView } from '../../../src/engine/detect/logView.ts';
import { decodeLog } from '../../../src/engine/record/decodeLog.ts';
import { parseRecords } from '../../../src/engine/record/parseRecords.ts';
import { mineTemplates } from '../../../src/engine/template/mineTemplates.ts';

/** A record to be written: milliseconds since the start, then everything after the timestamp. */
export interface Entry {
  readonly at: number;
  readonly text: string;
}

const start = Date.UTC(2024, 2, 4, 9, 0, 0);

export function write(entries: readonly Entry[]): string {
  return [...entries]
    .sort((a, b) => a.at - b.at)
    .map(({ at, text }) => {
      const stamp = new Date(start + at).toISOString().replace('T', ' ').replace('Z', '');
      return `${stamp} ${text}`;
    })
    .join('\n')
    .concat('\n');
}

/**
 * A healthy service: requests of four steps that interleave, a heartbeat every ten seconds, and
 * optional cache messages. Around six records a request.
 */
export function healthyService(requests: number, seed: number): Entry[] {
  const random = seededRandom(seed);
  const entries: Entry[] = [];
  let now = 0;
  for (let index = 0; index < requests; index += 1) {
    now += 40 + random() * 400;
    const id = `req-${(100_000 + index * 7).toString(16)}${String(index % 10)}`;
    const took = Math.round(20 + random() * random() * 180);
    let at = now;
    const step = (text: string): void => {
      entries.push({ at: Math.round(at), text });
      at += 2 + random() * 12;
    };
    step(`INFO  [api] Gateway: accepted ${id} from 10.0.${index % 4}.${index % 200}`);
    step(
      `INFO  [auth] Tokens: verified token for ${id} scope=${random() < 0.5 ? 'read' : 'write'}`,
    );
    if (random() < 0.4) step(`DEBUG [cache] Store: hit for ${id} key orders/${index % 50}`);
    step(`INFO  [db] Pool: query for ${id} took ${took} ms rows=${Math.floor(random() * 40)}`);
    step(
      `INFO  [api] Gateway: responded to ${id} status=200 bytes=${400 + Math.floor(random() * 900)}`,
    );
  }
  for (let beat = 0; beat < now; beat += 10_000) {
    entries.push({ at: beat, text: 'INFO  [core] Health: heartbeat ok, all components up' });
  }
  return entries;
}

export async function viewOf(text: string): Promise<LogView> {
  const log = decodeLog('service.log', new TextEncoder().encode(text));
  const records = await parseRecords(log);
  const templates = await mineTemplates(log, records);
  const sessions = findSessions(log, records, templates);
  return { log, records, templates, sessions, vectors: null };
}

/** 1-based number of the first line that holds `part`. */
export function lineWith(text: string, part: string): number {
  const index = text.split('\n').findIndex((line) => line.includes(part));
  if (index < 0) throw new Error(`No line holds ${part}.`);
  return index + 1;
}
