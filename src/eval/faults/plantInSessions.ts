import type { Changing, Plant, Planter, Workpiece } from './fault.ts';
import { sessionFacts, type SessionFacts } from './sessionFacts.ts';
import { between, pick } from './values.ts';

/** Sessions that are tried before a log is given up. */
const attempts = 60;

/** Tries sessions from the middle of the log until one allows the fault. */
function inSomeSession(
  work: Workpiece,
  change: (session: readonly Changing[], facts: SessionFacts) => Plant | null,
): Plant | null {
  const facts = sessionFacts(work);
  const from = work.entries[Math.floor(work.entries.length * 0.05)];
  const until = work.entries[Math.floor(work.entries.length * 0.93)];
  if (from === undefined || until === undefined) return null;
  const inside = facts.sessions.filter(
    (session) => session.length >= 3 && session[0]!.at > from.at && session.at(-1)!.at < until.at,
  );
  for (let attempt = 0; attempt < attempts && inside.length > 0; attempt += 1) {
    const plant = change(pick(work.random, inside), facts);
    if (plant !== null) return plant;
  }
  return null;
}

/** The entries that stand beside what was taken away. */
function neighboursOf(work: Workpiece, entry: Changing): Changing[] {
  const at = work.entries.indexOf(entry);
  return [work.entries[at - 1], work.entries[at + 1]].filter((one) => one !== undefined);
}

export const plantWrongOrder: Planter = (work) =>
  inSomeSession(work, (session, facts) => {
    const first = pick(work.random, session);
    const second = pick(work.random, session);
    if (first.at >= second.at || !facts.precedes(first.event, second.event)) return null;
    [first.at, second.at] = [second.at, first.at];
    work.entries.sort((a, b) => a.at - b.at);
    const crossed = session.filter((entry) => entry.at >= second.at && entry.at <= first.at);
    return { kind: 'wrong order', shows: crossed, beside: [], session: first.session };
  });

export const plantMissingEvent: Planter = (work) =>
  inSomeSession(work, (session, facts) => {
    const gone = pick(work.random, session.slice(1, -1));
    const witness = session.find(
      (entry) => entry !== gone && facts.mandatory(gone.event, entry.event),
    );
    if (witness === undefined || witness.event === gone.event) return null;
    const beside = neighboursOf(work, gone);
    work.entries.splice(work.entries.indexOf(gone), 1);
    return { kind: 'missing event', shows: [], beside, session: gone.session };
  });

export const plantTruncatedSession: Planter = (work) =>
  inSomeSession(work, (session, facts) => {
    const kept = between(work.random, 1, session.length - 2);
    const lost = session.slice(kept);
    const promised = lost.some((entry) =>
      session
        .slice(0, kept)
        .some((one) => one.event !== entry.event && facts.mandatory(entry.event, one.event)),
    );
    if (!promised) return null;
    const gone = new Set(lost);
    const beside = neighboursOf(work, lost[0]!).filter((entry) => !gone.has(entry));
    work.entries = work.entries.filter((entry) => !gone.has(entry));
    return { kind: 'truncated session', shows: [], beside, session: session[0]!.session };
  });

export const plantDuplicatedEvent: Planter = (work) =>
  inSomeSession(work, (session, facts) => {
    const original = pick(work.random, session);
    if (!facts.constant(original.event)) return null;
    const copies = Array.from({ length: between(work.random, 1, 3) }, (_, index) => ({
      ...original,
      at: original.at + (index + 1) * between(work.random, 1, 4),
    }));
    work.entries.push(...copies);
    work.entries.sort((a, b) => a.at - b.at);
    return {
      kind: 'duplicated event',
      shows: [original, ...copies],
      beside: [],
      session: original.session,
    };
  });
