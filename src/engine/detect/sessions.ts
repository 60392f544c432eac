import type { LogText } from '../record/logText.ts';
import type { RecordTable } from '../record/recordTable.ts';
import type { TemplateTable } from '../template/templateTable.ts';
import {
  beginsAnew,
  findIdentifierKind,
  longestSession,
  type IdentifierKind,
} from './identifierKinds.ts';
import { scanIdentifiers } from './identifiers.ts';
import { noSessions, type SessionTable } from './logView.ts';

/** A log shorter than this is not worth grouping. */
const fewestRecords = 40;
/** Records of a window where the log has no identifier. */
const windowRecords = 100;

function windows(records: RecordTable): SessionTable {
  const sessions = Math.ceil(records.count / windowRecords);
  const offsets = new Uint32Array(sessions + 1);
  const ids: string[] = [];
  for (let index = 0; index < sessions; index += 1) {
    offsets[index] = index * windowRecords;
    const last = Math.min(records.count, (index + 1) * windowRecords) - 1;
    const from = records.firstLine[index * windowRecords]! + 1;
    const to = records.firstLine[last + 1]!;
    ids.push(`lines ${from}-${to}`);
  }
  offsets[sessions] = records.count;
  const members = Uint32Array.from({ length: records.count }, (_, record) => record);
  return {
    kind: 'window',
    identifier: `${windowRecords} records`,
    ids,
    offsets,
    members,
    coverage: 1,
  };
}

/**
 * Groups the records of a log, and goes on when it grows. The kind of identifier is found at the first
 * look and kept: sessions keep their index and their id.
 */
export class SessionGrouping {
  readonly #kind: IdentifierKind | null;
  #table: SessionTable = noSessions;
  /** The latest session of each identifier. */
  readonly #sessionOf = new Map<number, number>();
  /** Identifier of each session, the session that it had before (-1 for none), and which turn it is. */
  readonly #value: number[] = [];
  readonly #before: number[] = [];
  readonly #turn: number[] = [];

  constructor(log: LogText, records: RecordTable, templates: TemplateTable) {
    this.#kind = records.count < fewestRecords ? null : findIdentifierKind(log, records, templates);
    this.extend(log, records, templates, 0);
  }

  get table(): SessionTable {
    return this.#table;
  }

  /**
   * Groups what is new.
   *
   * @param from the first record that was not there, or read otherwise, when the log was grouped last
   */
  extend(log: LogText, records: RecordTable, templates: TemplateTable, from: number): SessionTable {
    if (this.#kind === null) this.#table = windows(records);
    else this.#table = this.#grown(this.#kind, log, records, templates, from);
    return this.#table;
  }

  #grown(
    { place, label, reuse }: IdentifierKind,
    log: LogText,
    records: RecordTable,
    templates: TemplateTable,
    from: number,
  ): SessionTable {
    const before = this.#table;
    // Sessions stand in the order of their first records: those that begin later are forgotten.
    let known = before.ids.length;
    while (known > 0 && before.members[before.offsets[known - 1]!]! >= from) known -= 1;
    this.#forget(known);
    const ids = before.ids.slice(0, known);
    /** Members of each session that stay. */
    const kept = new Uint32Array(known);
    const sizes: number[] = [];
    const last: number[] = [];
    for (let session = 0; session < known; session += 1) {
      const start = before.offsets[session]!;
      let end = before.offsets[session + 1]!;
      while (before.members[end - 1]! >= from) end -= 1;
      kept[session] = end - start;
      sizes.push(end - start);
      last.push(before.members[end - 1]!);
    }
    let sessionOf = new Uint32Array(records.count - from + 16);
    let recordOf = new Uint32Array(records.count - from + 16);
    let pairs = 0;
    let record = from;
    const open = (value: number, start: number, end: number): number => {
      const session = ids.length;
      let id = '';
      for (let at = start; at < end; at += 1) id += String.fromCharCode(log.bytes[at]!);
      const previous = this.#sessionOf.get(value) ?? -1;
      const turn = previous < 0 ? 1 : this.#turn[previous]! + 1;
      this.#sessionOf.set(value, session);
      this.#value.push(value);
      this.#before.push(previous);
      this.#turn.push(turn);
      ids.push(turn > 1 ? `${id} (${turn})` : id);
      sizes.push(0);
      last.push(-1);
      return session;
    };
    const report = (_kind: number, value: number, start: number, end: number): void => {
      let session = this.#sessionOf.get(value) ?? open(value, start, end);
      const previous = last[session]!;
      if (previous === record) return;
      const isNew =
        sizes[session]! >= longestSession ||
        (reuse !== null &&
          previous >= 0 &&
          beginsAnew(reuse, templates.ofRecord[previous]!, templates.ofRecord[record]!));
      if (isNew) session = open(value, start, end);
      last[session] = record;
      sizes[session] = sizes[session]! + 1;
      if (pairs === sessionOf.length) {
        sessionOf = doubled(sessionOf);
        recordOf = doubled(recordOf);
      }
      sessionOf[pairs] = session;
      recordOf[pairs] = record;
      pairs += 1;
    };
    for (; record < records.count; record += 1)
      scanIdentifiers(log, records, record, report, place);

    const offsets = new Uint32Array(ids.length + 1);
    for (let session = 0; session < ids.length; session += 1) {
      offsets[session + 1] = offsets[session]! + sizes[session]!;
    }
    const members = new Uint32Array(offsets[ids.length]!);
    const next = offsets.slice(0, ids.length);
    // Neighbours that stay as they are move together.
    let first = 0;
    for (let session = 0; session < known; session += 1) {
      next[session] = next[session]! + kept[session]!;
      const size = before.offsets[session + 1]! - before.offsets[session]!;
      const isSame = kept[session] === size && sizes[session] === size;
      if (isSame && session + 1 < known) continue;
      const end = before.offsets[session]! + kept[session]!;
      members.set(before.members.subarray(before.offsets[first], end), offsets[first]);
      first = session + 1;
    }
    for (let pair = 0; pair < pairs; pair += 1) {
      const session = sessionOf[pair]!;
      members[next[session]!] = recordOf[pair]!;
      next[session] = next[session]! + 1;
    }
    return {
      kind: 'identifier',
      identifier: label,
      ids,
      offsets,
      members,
      coverage: coverageOf(members, records.count),
    };
  }

  /** Forgets the sessions from this one on. */
  #forget(session: number): void {
    while (this.#value.length > session) {
      const value = this.#value.pop()!;
      const before = this.#before.pop()!;
      this.#turn.pop();
      if (before < 0) this.#sessionOf.delete(value);
      else this.#sessionOf.set(value, before);
    }
  }
}

function doubled(list: Uint32Array): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(list.length * 2);
  grown.set(list);
  return grown;
}

/** Share of the records that are in a session. */
function coverageOf(members: Uint32Array, count: number): number {
  const held = new Uint8Array(count);
  for (const record of members) held[record] = 1;
  let covered = 0;
  for (const flag of held) covered += flag;
  return count === 0 ? 0 : covered / count;
}

/**
 * Groups records by the identifier that ties most of them together, or, where there is none, by
 * windows of `windowRecords` records.
 */
export function findSessions(
  log: LogText,
  records: RecordTable,
  templates: TemplateTable,
): SessionTable {
  return new SessionGrouping(log, records, templates).table;
}
