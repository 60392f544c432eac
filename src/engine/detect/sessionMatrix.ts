import type { LogView, SessionTable } from './logView.ts';
import type { TemplateTable } from '../template/templateTable.ts';

/** Columns kept one by one; rarer templates share the hashed ones. */
const ownColumns = 112;
const hashedColumns = 16;

/** How often each session holds each template: equal sessions share one row. */
export interface SessionMatrix {
  /** The last column counts templates that no session held when the columns were chosen. */
  readonly width: number;
  /** Row-major counts, `rowCount * width`. */
  readonly rows: Float32Array;
  readonly rowCount: number;
  /** Sessions that share the row, among those that teach. */
  readonly weights: Float64Array;
  /** Row of each session. */
  readonly ofSession: Uint32Array;
  /** Template of each column; -1 for the shared ones. */
  readonly columnTemplate: Int32Array;
  /** Sessions that teach: the sum of the weights. */
  readonly total: number;
  /**
   * Column of each record of a session, of the log that was counted or of the same log grown since.
   * The array is used again by the next call.
   */
  readonly columnsOf: (view: SessionView, session: number) => Uint16Array;
  /** Counts of a session, a row of `width` entries that the next call uses again. */
  readonly countsOf: (columns: Uint16Array) => Float32Array;
  /** The row that holds the same counts, -1 where no session of the matrix does. */
  readonly rowOf: (columns: Uint16Array) => number;
}

/** What of a log view sessions are read from. */
export type SessionView = Pick<LogView, 'sessions' | 'templates'>;

function mix(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** Column per template id: the templates that most sessions hold get their own. */
function chooseColumns(
  sessions: SessionTable,
  templates: TemplateTable,
): { columns: Uint16Array; columnTemplate: Int32Array } {
  const count = templates.templates.length;
  const presence = new Float64Array(count);
  const seenIn = new Int32Array(count).fill(-1);
  for (let session = 0; session < sessions.ids.length; session += 1) {
    for (let at = sessions.offsets[session]!; at < sessions.offsets[session + 1]!; at += 1) {
      const template = templates.ofRecord[sessions.members[at]!]!;
      if (seenIn[template] === session) continue;
      seenIn[template] = session;
      presence[template] = presence[template]! + 1;
    }
  }
  const present: number[] = [];
  for (let template = 0; template < count; template += 1) {
    if (presence[template]! > 0) present.push(template);
  }
  present.sort((a, b) => presence[b]! - presence[a]! || a - b);
  const own = present.slice(0, ownColumns);
  const rest = present.slice(own.length);
  const width = own.length + (rest.length > 0 ? hashedColumns : 0) + 1;
  const columnTemplate = new Int32Array(width).fill(-1);
  const columns = new Uint16Array(count).fill(width - 1);
  for (const [column, template] of own.entries()) {
    columnTemplate[column] = template;
    columns[template] = column;
  }
  for (const template of rest) columns[template] = own.length + (mix(template) % hashedColumns);
  return { columns, columnTemplate };
}

/**
 * Counts templates per session and folds equal sessions.
 *
 * @param teaches 1 for each session that shows what is usual; all of them when absent
 */
export function buildSessionMatrix(view: SessionView, teaches?: Uint8Array): SessionMatrix {
  const { columns, columnTemplate } = chooseColumns(view.sessions, view.templates);
  const width = columnTemplate.length;
  const sessionCount = view.sessions.ids.length;
  const ofSession = new Uint32Array(sessionCount);
  const rowOfKey = new Map<number, number>();
  let buffer = new Uint16Array(256);
  const counts = new Float32Array(width);
  const tally = new Uint32Array(width);

  const columnsOf: SessionMatrix['columnsOf'] = ({ sessions, templates }, session) => {
    const from = sessions.offsets[session]!;
    const length = sessions.offsets[session + 1]! - from;
    if (length > buffer.length) buffer = new Uint16Array(length * 2);
    const { members } = sessions;
    const { ofRecord } = templates;
    for (let at = 0; at < length; at += 1) {
      const template = ofRecord[members[from + at]!]!;
      buffer[at] = template < columns.length ? columns[template]! : width - 1;
    }
    return buffer.subarray(0, length);
  };
  const countsOf: SessionMatrix['countsOf'] = (list) => {
    counts.fill(0);
    for (const column of list) counts[column] = counts[column]! + 1;
    return counts;
  };
  /** A sum of mixed pairs does not depend on the order; two lanes keep collisions out. */
  const keyOf = (list: Uint16Array): number => {
    for (const column of list) tally[column] = tally[column]! + 1;
    let low = 0;
    let high = 0;
    for (const column of list) {
      const count = tally[column]!;
      if (count === 0) continue;
      tally[column] = 0;
      const hash = mix(column * 65_599 + count);
      low = (low + hash) >>> 0;
      high = (high + mix(hash ^ 0x5bd1e995)) >>> 0;
    }
    return low * 0x100000 + (high >>> 12);
  };

  let rows = new Float32Array(width * 256);
  const weights: number[] = [];
  let rowCount = 0;
  let total = 0;
  for (let session = 0; session < sessionCount; session += 1) {
    const list = columnsOf(view, session);
    const key = keyOf(list);
    let row = rowOfKey.get(key);
    if (row === undefined) {
      row = rowCount;
      rowCount += 1;
      rowOfKey.set(key, row);
      weights.push(0);
      if (rowCount * width > rows.length) {
        const grown = new Float32Array(rows.length * 2);
        grown.set(rows);
        rows = grown;
      }
      rows.set(countsOf(list), row * width);
    }
    ofSession[session] = row;
    if (teaches === undefined || teaches[session] === 1) {
      weights[row] = weights[row]! + 1;
      total += 1;
    }
  }
  return {
    width,
    rows: rows.slice(0, rowCount * width),
    rowCount,
    weights: Float64Array.from(weights),
    ofSession,
    columnTemplate,
    total,
    columnsOf,
    countsOf,
    rowOf: (list) => rowOfKey.get(keyOf(list)) ?? -1,
  };
}

/** The same counts with other teachers. */
export function taughtBy(matrix: SessionMatrix, teaches: Uint8Array): SessionMatrix {
  const weights = new Float64Array(matrix.rowCount);
  let total = 0;
  for (const [session, row] of matrix.ofSession.entries()) {
    if (teaches[session] !== 1) continue;
    weights[row] = weights[row]! + 1;
    total += 1;
  }
  return { ...matrix, weights, total };
}
