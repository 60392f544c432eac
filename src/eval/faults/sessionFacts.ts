import type { Changing, Workpiece } from './fault.ts';

/** Sessions that must have shown a regularity before a fault may break it. */
const fewestWitnesses = 30;

/** What holds in all sessions of a log without exception. */
export interface SessionFacts {
  /** Entries of each session, in file order. */
  readonly sessions: readonly (readonly Changing[])[];
  /** Whether the event comes equally often in every session that holds the witness. */
  mandatory(event: string, witness: string): boolean;
  /** Whether the event comes equally often in every session that holds it. */
  constant(event: string): boolean;
  /** Whether the first event never came after the second one. */
  precedes(first: string, second: string): boolean;
}

export function sessionFacts(work: Workpiece): SessionFacts {
  const bySession = new Map<number, Changing[]>();
  for (const entry of work.entries) {
    if (entry.session === null) continue;
    const list = bySession.get(entry.session);
    if (list === undefined) bySession.set(entry.session, [entry]);
    else list.push(entry);
  }
  const sessions = [...bySession.values()];
  const untouched = sessions.filter((list) => !list.some((entry) => work.used.has(entry)));
  const counts = untouched.map((list) => {
    const count = new Map<string, number>();
    for (const entry of list) count.set(entry.event, (count.get(entry.event) ?? 0) + 1);
    return count;
  });
  const orders = untouched.map((list) => {
    const place = new Map<string, { first: number; last: number }>();
    for (const [index, entry] of list.entries()) {
      const known = place.get(entry.event);
      if (known === undefined) place.set(entry.event, { first: index, last: index });
      else known.last = index;
    }
    return place;
  });
  const memo = new Map<string, boolean>();
  const known = (key: string, find: () => boolean): boolean => {
    const answer = memo.get(key) ?? find();
    memo.set(key, answer);
    return answer;
  };
  const alike = (values: readonly number[]): boolean =>
    values.length >= fewestWitnesses && values[0]! > 0 && values.every((one) => one === values[0]);
  return {
    sessions: untouched,
    mandatory: (event, witness) =>
      known(`m\n${event}\n${witness}`, () =>
        alike(counts.filter((one) => one.has(witness)).map((one) => one.get(event) ?? 0)),
      ),
    constant: (event) =>
      known(`c\n${event}`, () =>
        alike(counts.filter((one) => one.has(event)).map((one) => one.get(event)!)),
      ),
    precedes: (first, second) =>
      known(`p\n${first}\n${second}`, () => {
        let seen = 0;
        for (const order of orders) {
          const a = order.get(first);
          const b = order.get(second);
          if (a === undefined || b === undefined) continue;
          if (a.last >= b.first) return false;
          seen += 1;
        }
        return seen >= fewestWitnesses;
      }),
  };
}
