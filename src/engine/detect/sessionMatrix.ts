import type { SessionTable } from './logView.ts';
import type { TemplateTable } from '../template/templateTable.ts';

/** Columns kept one by one; rarer templates share the hashed ones. */
const ownColumns = 112;
const hashedColumns = 16;

/** How often each session holds each template: equal sessions share one row. */
export interface SessionMatrix {
  readonly width: number;
  /** Row-major counts, `rowCount * width`. */
  readonly rows: Float32Array;
  readonly rowCount: number;
  /** Sessions that share the row, among those that train. */
  readonly weights: Float64Array;
  /** Row of each session. */
  readonly ofSession: Uint32Array;
  /** Template of each column; -1 for the hashed ones. */
  readonly columnTemplate: Int32Array;
  /** Column of each template. */
  readonly columnOf: Uint32Array;
  /** Sessions that train: the sum of the weights. */
  readonly total: number;
}

function mix(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** Template id to column: the templates that most sessions hold get their own. */
function chooseColumns(
  sessions: SessionTable,
  templates: TemplateTable,
): { columnOf: Uint32Array; columnTemplate: Int32Array; width: number } {
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
  const width = own.length + (present.length > own.length ? hashedColumns : 0);
  const columnTemplate = new Int32Array(width).fill(-1);
  const columnOf = new Uint32Array(count);
  for (const [column, template] of own.entries()) {
    columnTemplate[column] = template;
    columnOf[template] = column;
  }
  for (const template of present.slice(own.length)) {
    columnOf[template] = own.length + (mix(template) % hashedColumns);
  }
  return { columnOf, columnTemplate, width };
}

/**
 * Counts templates per session and folds equal sessions.
 *
 * @param trains 1 for each session that teaches what is usual; all of them when absent
 */
export function buildSessionMatrix(
  sessions: SessionTable,
  templates: TemplateTable,
  trains?: Uint8Array,
): SessionMatrix {
  const { columnOf, columnTemplate, width } = chooseColumns(sessions, templates);
  const sessionCount = sessions.ids.length;
  const ofSession = new Uint32Array(sessionCount);
  const rowOf = new Map<number, number>();
  let rows = new Float32Array(Math.max(1, width) * 256);
  const weights: number[] = [];
  const counts = new Float32Array(width);
  let rowCount = 0;
  let total = 0;
  for (let session = 0; session < sessionCount; session += 1) {
    const from = sessions.offsets[session]!;
    const to = sessions.offsets[session + 1]!;
    counts.fill(0);
    for (let at = from; at < to; at += 1) {
      const column = columnOf[templates.ofRecord[sessions.members[at]!]!]!;
      counts[column] = counts[column]! + 1;
    }
    // A sum of mixed pairs does not depend on the order, two lanes keep collisions out.
    let low = 0;
    let high = 0;
    for (let column = 0; column < width; column += 1) {
      const count = counts[column]!;
      if (count === 0) continue;
      const hash = mix(column * 65_599 + count);
      low = (low + hash) >>> 0;
      high = (high + mix(hash ^ 0x5bd1e995)) >>> 0;
    }
    const key = low * 0x100000 + (high >>> 12);
    let row = rowOf.get(key);
    if (row === undefined) {
      row = rowCount;
      rowCount += 1;
      rowOf.set(key, row);
      weights.push(0);
      if (rowCount * width > rows.length) {
        const grown = new Float32Array(rows.length * 2);
        grown.set(rows);
        rows = grown;
      }
      rows.set(counts, row * width);
    }
    ofSession[session] = row;
    if (trains === undefined || trains[session] === 1) {
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
    columnOf,
    total,
  };
}
