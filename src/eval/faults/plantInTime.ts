import type { Changing, Planter, Workpiece } from './fault.ts';
import { someEntry } from './plantLines.ts';
import { sessionFacts } from './sessionFacts.ts';
import { between, pick } from './values.ts';

/** Entries outside of sessions, by event. */
function freeEvents(work: Workpiece): Changing[][] {
  const byEvent = new Map<string, Changing[]>();
  for (const entry of work.entries) {
    if (entry.session !== null || work.used.has(entry)) continue;
    const list = byEvent.get(entry.event);
    if (list === undefined) byEvent.set(entry.event, [entry]);
    else list.push(entry);
  }
  return [...byEvent.values()];
}

export const plantBurst: Planter = (work) => {
  const { random } = work;
  const events = freeEvents(work).filter((list) => list.length >= 12);
  if (events.length === 0) return null;
  const list = pick(random, events);
  const place = someEntry(work, () => true);
  if (place === undefined) return null;
  const whole = work.entries.at(-1)!.at - work.entries[0]!.at;
  const span = whole / between(random, 200, 600);
  const count = Math.min(400, Math.max(40, Math.ceil(list.length / 240) * between(random, 30, 90)));
  const shows = Array.from({ length: count }, (): Changing => {
    const model = pick(random, list);
    return { ...model, at: Math.round(place.at + random() * span) };
  });
  work.entries.push(...shows);
  work.entries.sort((a, b) => a.at - b.at);
  return { kind: 'burst', shows, beside: [], session: null };
};

/** Whether an event keeps a beat: hardly any distance is far from the median. */
function keepsBeat(list: readonly Changing[]): boolean {
  const distances = list.slice(1).map((entry, index) => entry.at - list[index]!.at);
  distances.sort((a, b) => a - b);
  const median = distances[distances.length >>> 1]!;
  return median > 0 && distances.at(-1)! < median * 1.5 && distances[0]! > median * 0.5;
}

export const plantSilence: Planter = (work) => {
  const { random, base } = work;
  if (!base.clock) return null;
  const events = freeEvents(work).filter((list) => list.length >= 45 && keepsBeat(list));
  if (events.length === 0) return null;
  const list = pick(random, events);
  const from = between(random, Math.floor(list.length * 0.4), Math.floor(list.length * 0.6));
  const length = between(random, 14, Math.floor(list.length * 0.35));
  const gone = new Set(list.slice(from, from + length));
  const beside = [list[from - 1], list[from + length]].filter((entry) => entry !== undefined);
  work.entries = work.entries.filter((entry) => !gone.has(entry));
  return { kind: 'silence', shows: beside, beside, session: null };
};

/** Everything stops for a while and then goes on. */
const pauseOfAll: Planter = (work) => {
  const { random, entries } = work;
  let longest = 0;
  for (let at = 1; at < entries.length; at += 1) {
    longest = Math.max(longest, entries[at]!.at - entries[at - 1]!.at);
  }
  const after = someEntry(work, () => true);
  if (after === undefined) return null;
  const at = entries.indexOf(after);
  const before = entries[at - 1]!;
  const pause = Math.max(60_000, longest * (8 + 20 * random()));
  for (const entry of entries.slice(at)) entry.at += Math.round(pause);
  // Sessions under way wait as well.
  const waiting = new Set(entries.slice(0, at).map((entry) => entry.session));
  const late = new Map<number, Changing>();
  for (const entry of entries.slice(at)) {
    const { session } = entry;
    if (session !== null && waiting.has(session) && !late.has(session)) late.set(session, entry);
  }
  const shows = [before, after, ...late.values()];
  return { kind: 'slow gap', shows, beside: [before, after], session: null };
};

/** One session waits while the others go on. */
const pauseOfOne: Planter = (work) => {
  const { random } = work;
  const { sessions } = sessionFacts(work);
  const last = work.entries.at(-1)!.at;
  const longest = new Map<string, { pause: number; seen: number }>();
  const pairOf = (session: readonly Changing[], at: number): string =>
    `${session[at - 1]!.event}\n${session[at]!.event}`;
  for (const session of sessions) {
    for (let at = 1; at < session.length; at += 1) {
      const pair = pairOf(session, at);
      const known = longest.get(pair) ?? { pause: 0, seen: 0 };
      const pause = Math.max(known.pause, session[at]!.at - session[at - 1]!.at);
      longest.set(pair, { pause, seen: known.seen + 1 });
    }
  }
  for (let attempt = 0; attempt < 50 && sessions.length > 0; attempt += 1) {
    const session = pick(random, sessions);
    if (session.length < 3) continue;
    const at = between(random, 1, session.length - 1);
    const known = longest.get(pairOf(session, at))!;
    const pause = Math.max(30_000, known.pause * (8 + 20 * random()));
    if (known.seen < 100 || session.at(-1)!.at + pause > last) continue;
    for (const entry of session.slice(at)) entry.at += Math.round(pause);
    work.entries.sort((a, b) => a.at - b.at);
    const shows = [session[at - 1]!, session[at]!];
    return { kind: 'slow gap', shows, beside: [], session: session[0]!.session };
  }
  return null;
};

export const plantSlowGap: Planter = (work) => {
  if (!work.base.clock) return null;
  return work.random() < 0.6 ? pauseOfAll(work) : (pauseOfOne(work) ?? pauseOfAll(work));
};
