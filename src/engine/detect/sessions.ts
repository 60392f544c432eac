import { NumberIndex } from '../base/numberIndex.ts';
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
  /** Identifiers, and the latest session of each; -1 where it has none any more. */
  readonly #identifiers = new NumberIndex();
  readonly #latest: number[] = [];
  /** Identifier of each session, the session that it had before (-1 for none), and which turn it is. */
  readonly #identifier: number[] = [];
  readonly #before: number[] = [];
  readonly #turn: number[] = [];
  /** Records of each session, and the last of them. */
  #sizes = new Uint32Array(1024);
  #last = new Int32Array(1024);
  /** Which record is in which session, by record. */
  #pairSession = new Uint32Array(1024);
  #pairRecord = new Uint32Array(1024);
  #pairs = 0;
  /** Records that are in a session. */
  #covered = 0;
  /** The first session that is not as the table has it. */
  #touched = 0;

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
    this.#takeBack(from);
    const ids = this.#table.ids.slice(0, this.#identifier.length);
    const known = this.#pairs;
    let record = from;
    const { buffer, byteOffset, byteLength } = log.bytes;
    const text = Buffer.from(buffer, byteOffset, byteLength);
    const open = (identifier: number, start: number, end: number): number => {
      const id = text.toString('latin1', start, end);
      const turn = this.#open(identifier);
      ids.push(turn > 1 ? `${id} (${turn})` : id);
      return ids.length - 1;
    };
    const report = (_kind: number, value: number, start: number, end: number): void => {
      const identifier = this.#identifiers.add(value);
      let session = this.#latest[identifier] ?? -1;
      if (session < 0) session = open(identifier, start, end);
      const previous = this.#last[session]!;
      if (previous === record) return;
      const isNew =
        this.#sizes[session]! >= longestSession ||
        (reuse !== null &&
          previous >= 0 &&
          beginsAnew(reuse, templates.ofRecord[previous]!, templates.ofRecord[record]!));
      if (isNew) session = open(identifier, start, end);
      this.#add(session, record);
    };
    for (; record < records.count; record += 1)
      scanIdentifiers(log, records, record, report, place);
    const { offsets, members } = this.#listed(ids.length, known);
    const coverage = records.count === 0 ? 0 : this.#covered / records.count;
    this.#touched = ids.length;
    return { kind: 'identifier', identifier: label, ids, offsets, members, coverage };
  }

  #add(session: number, record: number): void {
    const pair = this.#pairs;
    if (pair === this.#pairRecord.length) {
      this.#pairSession = grown(this.#pairSession, new Uint32Array(pair * 2));
      this.#pairRecord = grown(this.#pairRecord, new Uint32Array(pair * 2));
    }
    if (pair === 0 || this.#pairRecord[pair - 1] !== record) this.#covered += 1;
    this.#pairSession[pair] = session;
    this.#pairRecord[pair] = record;
    this.#pairs = pair + 1;
    this.#sizes[session] = this.#sizes[session]! + 1;
    this.#last[session] = record;
    if (session < this.#touched) this.#touched = session;
  }

  /** Forgets the records from this one on, and the sessions that began there. */
  #takeBack(from: number): void {
    const { offsets, members } = this.#table;
    while (this.#pairs > 0 && this.#pairRecord[this.#pairs - 1]! >= from) {
      this.#pairs -= 1;
      const session = this.#pairSession[this.#pairs]!;
      const size = this.#sizes[session]! - 1;
      this.#sizes[session] = size;
      this.#last[session] = size === 0 ? -1 : members[offsets[session]! + size - 1]!;
      const record = this.#pairRecord[this.#pairs]!;
      if (this.#pairs === 0 || this.#pairRecord[this.#pairs - 1] !== record) this.#covered -= 1;
      if (session < this.#touched) this.#touched = session;
    }
    // Sessions stand in the order of their first records: the last ones may have none now.
    let count = this.#identifier.length;
    while (count > 0 && this.#sizes[count - 1] === 0) count -= 1;
    this.#forget(count);
  }

  /** Opens the next session for an identifier; says which turn of it that is, from 1. */
  #open(identifier: number): number {
    const session = this.#identifier.length;
    if (session === this.#sizes.length) {
      this.#sizes = grown(this.#sizes, new Uint32Array(session * 2));
      this.#last = grown(this.#last, new Int32Array(session * 2));
    }
    this.#sizes[session] = 0;
    this.#last[session] = -1;
    const previous = this.#latest[identifier] ?? -1;
    const turn = previous < 0 ? 1 : this.#turn[previous]! + 1;
    this.#latest[identifier] = session;
    this.#identifier.push(identifier);
    this.#before.push(previous);
    this.#turn.push(turn);
    return turn;
  }

  /**
   * The members of all sessions. What stands before the first session that has changed is copied.
   *
   * @param known pairs that were there before this extension
   */
  #listed(count: number, known: number): { offsets: Uint32Array; members: Uint32Array } {
    const before = this.#table;
    const touched = Math.min(this.#touched, count, before.ids.length);
    const offsets = new Uint32Array(count + 1);
    offsets.set(before.offsets.subarray(0, touched + 1));
    for (let session = touched; session < count; session += 1) {
      offsets[session + 1] = offsets[session]! + this.#sizes[session]!;
    }
    const members = new Uint32Array(offsets[count]!);
    members.set(before.members.subarray(0, offsets[touched]));
    // New records fill their sessions from the end; what is left in front of them was there before.
    const ends = offsets.slice(touched + 1);
    for (let pair = this.#pairs - 1; pair >= known; pair -= 1) {
      const session = this.#pairSession[pair]! - touched;
      ends[session] = ends[session]! - 1;
      members[ends[session]] = this.#pairRecord[pair]!;
    }
    // Neighbours that stay as they are move together.
    let first = touched;
    const old = Math.min(count, before.ids.length);
    for (let session = touched; session < old; session += 1) {
      const kept = ends[session - touched]! - offsets[session]!;
      const end = before.offsets[session]! + kept;
      const isSame = end === before.offsets[session + 1]! && kept === this.#sizes[session]!;
      if (isSame && session + 1 < old) continue;
      members.set(before.members.subarray(before.offsets[first], end), offsets[first]);
      first = session + 1;
    }
    return { offsets, members };
  }

  /** Forgets the sessions from this one on. */
  #forget(session: number): void {
    while (this.#identifier.length > session) {
      this.#latest[this.#identifier.pop()!] = this.#before.pop()!;
      this.#turn.pop();
    }
  }
}

function grown<A extends { set(other: A): void }>(from: A, to: A): A {
  to.set(from);
  return to;
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
