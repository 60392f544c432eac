import { NumberIndex } from '../base/numberIndex.ts';
import type { LogView, SessionTable } from './logView.ts';
import type { TemplateTable } from '../template/templateTable.ts';
import { findSteps, type SessionStep } from './sessionSteps.ts';

/** Columns kept one by one; rarer templates share the hashed ones. */
const ownColumns = 112;
const hashedColumns = 16;
/** Distinct columns of one row that are compared in pairs: bounded work for long sessions. */
const comparedColumns = 48;

/** What is counted of a session. */
export interface SessionColumn {
  /** Pattern; empty where templates of all kinds share the column. */
  readonly text: string;
  /** One, several where they are wordings of one step, none where the column is shared. */
  readonly templates: readonly number[];
}

/** How often each session holds each template: equal sessions share one row. */
export interface SessionMatrix {
  readonly width: number;
  /**
   * First one for each template, then the shared ones, the last of which counts templates that no
   * session held when the columns were chosen; then steps that have several wordings.
   */
  readonly columns: readonly SessionColumn[];
  /** Column of the step that a template's column is a wording of; itself where it is none. */
  readonly stepOf: Uint16Array;
  /** Row-major counts, `rowCount * width`. */
  readonly rows: Float32Array;
  readonly rowCount: number;
  /** Sessions that share the row, among those that teach. */
  readonly weights: Float64Array;
  /** Row of each session. */
  readonly ofSession: Uint32Array;
  /** Sessions that teach: the sum of the weights. */
  readonly total: number;
  /**
   * Column of each record of a session, of the log that was counted or of the same log grown since.
   * The array is used again by the next call.
   */
  readonly columnsOf: (view: SessionView, session: number) => Uint16Array;
  /** Column of one record. */
  readonly columnOf: (view: SessionView, record: number) => number;
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
  const single = columnTemplate.length;
  const sessionCount = view.sessions.ids.length;
  const ofSession = new Uint32Array(sessionCount);
  const rowOfKey = new NumberIndex();
  let buffer = new Uint16Array(256);
  const tally = new Uint32Array(single);

  const columnOf: SessionMatrix['columnOf'] = ({ templates }, record) => {
    const template = templates.ofRecord[record]!;
    return template < columns.length ? columns[template]! : single - 1;
  };
  const columnsOf: SessionMatrix['columnsOf'] = ({ sessions, templates }, session) => {
    const from = sessions.offsets[session]!;
    const length = sessions.offsets[session + 1]! - from;
    if (length > buffer.length) buffer = new Uint16Array(length * 2);
    const { members } = sessions;
    const { ofRecord } = templates;
    for (let at = 0; at < length; at += 1) {
      const template = ofRecord[members[from + at]!]!;
      buffer[at] = template < columns.length ? columns[template]! : single - 1;
    }
    return buffer.subarray(0, length);
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

  /** The first session of each row. */
  const examples: number[] = [];
  const weights: number[] = [];
  let total = 0;
  for (let session = 0; session < sessionCount; session += 1) {
    const row = rowOfKey.add(keyOf(columnsOf(view, session)));
    if (row === examples.length) {
      examples.push(session);
      weights.push(0);
    }
    ofSession[session] = row;
    if (teaches === undefined || teaches[session] === 1) {
      weights[row] = weights[row]! + 1;
      total += 1;
    }
  }
  const rowCount = examples.length;
  const steps = stepsAmong(view, columnTemplate, examples, weights, (session) =>
    columnsOf(view, session),
  );
  const width = single + steps.length;
  const stepOf = Uint16Array.from({ length: width }, (_, column) => column);
  for (const [index, step] of steps.entries()) {
    for (const column of step.columns) stepOf[column] = single + index;
  }
  const counts = new Float32Array(width);
  const countsOf: SessionMatrix['countsOf'] = (list) => {
    counts.fill(0);
    for (const column of list) {
      counts[column] = counts[column]! + 1;
      const step = stepOf[column]!;
      if (step !== column) counts[step] = counts[step]! + 1;
    }
    return counts;
  };
  const rows = new Float32Array(rowCount * width);
  for (const [row, session] of examples.entries()) {
    rows.set(countsOf(columnsOf(view, session)), row * width);
  }
  return {
    width,
    columns: [
      ...Array.from(columnTemplate, (template) =>
        template < 0
          ? { text: '', templates: [] }
          : { text: view.templates.templates[template]!.text, templates: [template] },
      ),
      ...steps.map(({ text, columns: wordings }) => ({
        text,
        templates: wordings.map((column) => columnTemplate[column]!),
      })),
    ],
    stepOf,
    rows,
    rowCount,
    weights: Float64Array.from(weights),
    ofSession,
    total,
    columnOf,
    columnsOf,
    countsOf,
    rowOf: (list) => rowOfKey.find(keyOf(list)),
  };
}

/** Steps with several wordings, by the sessions that hold these. */
function stepsAmong(
  { templates }: SessionView,
  columnTemplate: Int32Array,
  examples: readonly number[],
  weights: readonly number[],
  held: (session: number) => Uint16Array,
): SessionStep[] {
  const width = columnTemplate.length;
  const together = new Float64Array(width * width);
  for (const [row, session] of examples.entries()) {
    const distinct = [...new Set(held(session))].slice(0, comparedColumns);
    for (const left of distinct) {
      for (const right of distinct) {
        const cell = left * width + right;
        together[cell] = together[cell]! + weights[row]!;
      }
    }
  }
  return findSteps(
    Array.from(columnTemplate, (id) => (id < 0 ? null : templates.templates[id]!)),
    (column) => together[column * width + column]!,
    (left, right) => together[left * width + right]!,
  );
}

/** The same counts with other teachers. */
export function taughtBy(matrix: SessionMatrix, teaches: Uint8Array): SessionMatrix {
  const weights = new Float64Array(matrix.rowCount);
  let total = 0;
  const { ofSession } = matrix;
  for (let session = 0; session < ofSession.length; session += 1) {
    if (teaches[session] !== 1) continue;
    const row = ofSession[session]!;
    weights[row] = weights[row]! + 1;
    total += 1;
  }
  return { ...matrix, weights, total };
}
