import type { EventTable } from './events.ts';
import type { LogView } from './logView.ts';

/**
 * Records with the two before them in their stream: of their session where an identifier ties most
 * records together, else of their component.
 */
export interface EventSteps {
  readonly records: Uint32Array;
  /** The record before each; -1 where a stream begins. */
  readonly before: Int32Array;
  /** Events of the two before, the nearer first, and of the record; -1 where a stream begins. */
  readonly one: Int32Array;
  readonly two: Int32Array;
  readonly events: Uint32Array;
}

/** Least share of the records that sessions must hold to be the streams. */
const sessionShare = 0.6;
/** How far back the last records of a component are looked for. */
const lookback = 4096;

function newSteps(size: number): EventSteps {
  return {
    records: new Uint32Array(size),
    before: new Int32Array(size).fill(-1),
    one: new Int32Array(size).fill(-1),
    two: new Int32Array(size).fill(-1),
    events: new Uint32Array(size),
  };
}

function sessionSteps({ sessions }: LogView, events: EventTable, fromRecord: number): EventSteps {
  const { offsets, members } = sessions;
  /** Where the records to judge begin in each session: at its end, as sessions are in file order. */
  const starts = new Uint32Array(sessions.ids.length);
  let size = 0;
  for (let session = 0; session < starts.length; session += 1) {
    let at = offsets[session + 1]!;
    const first = offsets[session]!;
    if (fromRecord === 0) at = first;
    else while (at > first && members[at - 1]! >= fromRecord) at -= 1;
    starts[session] = at;
    size += offsets[session + 1]! - at;
  }
  const steps = newSteps(size);
  let step = 0;
  for (let session = 0; session < starts.length; session += 1) {
    const first = offsets[session]!;
    for (let at = starts[session]!; at < offsets[session + 1]!; at += 1, step += 1) {
      const record = members[at]!;
      steps.records[step] = record;
      steps.events[step] = events.ofRecord[record]!;
      if (at > first) {
        steps.before[step] = members[at - 1]!;
        steps.one[step] = events.ofRecord[members[at - 1]!]!;
      }
      if (at > first + 1) steps.two[step] = events.ofRecord[members[at - 2]!]!;
    }
  }
  return steps;
}

function componentSteps({ records }: LogView, events: EventTable, fromRecord: number): EventSteps {
  const last = new Int32Array(records.sources.length).fill(-1);
  const nextToLast = new Int32Array(records.sources.length).fill(-1);
  const steps = newSteps(records.count - fromRecord);
  for (let record = Math.max(0, fromRecord - lookback); record < records.count; record += 1) {
    const source = records.source[record]!;
    const event = events.ofRecord[record]!;
    const before = last[source]!;
    if (record >= fromRecord) {
      const step = record - fromRecord;
      steps.records[step] = record;
      steps.events[step] = event;
      steps.before[step] = before;
      if (before >= 0) steps.one[step] = events.ofRecord[before]!;
      steps.two[step] = nextToLast[source]!;
    }
    nextToLast[source] = before < 0 ? -1 : events.ofRecord[before]!;
    last[source] = record;
  }
  return steps;
}

/** Steps of all records from `fromRecord` on. */
export function eventSteps(view: LogView, events: EventTable, fromRecord: number): EventSteps {
  const { sessions, records } = view;
  const bySession =
    sessions.kind === 'identifier' && sessions.members.length >= records.count * sessionShare;
  return bySession
    ? sessionSteps(view, events, fromRecord)
    : componentSteps(view, events, fromRecord);
}
