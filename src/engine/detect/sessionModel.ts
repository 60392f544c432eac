import { once } from '../base/once.ts';
import { calibration } from './calibrate.ts';
import {
  findCountInvariants,
  type CountDeviation,
  type JudgedSessions,
} from './detectors/countInvariants.ts';
import {
  findOrderInvariants,
  type OrderInvariants,
  type OrderViolation,
} from './detectors/orderInvariants.ts';
import { reconstructSessions, type SessionReconstruction } from './detectors/sessionAutoencoder.ts';
import {
  closedBits,
  learnPauses,
  type SessionPauses,
  type SlowStep,
} from './detectors/sessionPauses.ts';
import type { LogView } from './logView.ts';
import { levelRank } from '../record/levels.ts';
import { buildSessionMatrix, taughtBy, type SessionMatrix } from './sessionMatrix.ts';

/** Heaviest share of the sessions that the model's calibration does not trust. */
const trimmed = 0.05;
const invariantSupport = 0.95;
/** Where the teaching sessions are known to be good, a rule must be kept by nearly all of them. */
const cleanSupport = 0.99;
/** Fewer sessions do not say what is usual. */
const fewestSessions = 40;
/** Evidence of a single pair of events that stands for a misplaced one. */
const certainOrder = 8.4;
/** What more than one session in 64 does is no news by itself. */
const noticedBits = 6;
const complaint = levelRank.warning;
/** Evidence of the model that confirms a broken rule, and of a rule that needs no confirmation. */
const confirming = 4;
const firmRule = 8;

/** Shares of the score: of what deviates beside the most telling count, of the model, of the order. */
export const furtherWeight = 0.25;
export const modelWeight = 0.5;
export const orderWeight = 0.25;

/** Which sessions teach what is usual, where not all do. */
export interface SessionTeaching {
  /** 1 for each session known to be good. */
  readonly trains: Uint8Array;
  /** First record of each run that the log was put together from, ascending from 0. */
  readonly runs: readonly number[];
}

/** How one session compares with the others. */
export interface SessionVerdict {
  /** Counts that break rules, what explains most first. What an open session may still do is no deviation. */
  readonly deviations: readonly CountDeviation[];
  /** The session breaks off: what it lacks comes after its last record. */
  readonly truncated: boolean;
  /** Evidence of the autoencoder, which sees the counts as a whole, in bits; worked out when asked for. */
  readonly modelBits: number;
  readonly violations: readonly OrderViolation[];
  /** Several of the violations name the same event. */
  readonly misplaced: boolean;
  readonly slow: SlowStep | null;
  /** Evidence in bits, that of the autoencoder included; comparable within one log. */
  readonly score: number;
  readonly flagged: boolean;
  /** What of it is worth a reader's look. That something rare happened at all, its own line says. */
  readonly noted: { readonly counts: boolean; readonly order: boolean; readonly pause: boolean };
}

/** What was learned of the sessions of a log. */
export interface SessionModel {
  readonly matrix: SessionMatrix;
  readonly order: OrderInvariants;
  /** Trained when it is first asked for: rules that are firm, or kept by all, need no model. */
  readonly reconstruction: () => SessionReconstruction;
  /**
   * Judges a session of the log that was learned, or of the same log grown since: templates that
   * were known then keep their ids. Costs in proportion to the session.
   */
  judge(view: LogView, session: number): SessionVerdict;
}

/** Whether something happened that should not have happened at all. */
export function isExtra(observed: number, expected: number): boolean {
  return observed > 0 && expected === 0;
}

/**
 * Tells sessions from what only has an identifier of the same kind (a daemon among the processes that
 * it starts): most of what these log no other session does.
 */
function kinship(matrix: SessionMatrix): (columns: Uint16Array) => boolean {
  const { rows, rowCount, width, weights, total, stepOf } = matrix;
  const presence = new Float64Array(width);
  for (let row = 0; row < rowCount; row += 1) {
    for (let column = 0; column < width; column += 1) {
      if (rows[row * width + column]! > 0) presence[column] = presence[column]! + weights[row]!;
    }
  }
  const least = Math.max(3, total * 0.005);
  return (columns) => {
    let familiar = 0;
    for (const column of columns) if (presence[stepOf[column]!]! >= least) familiar += 1;
    return familiar * 2 >= columns.length;
  };
}

/** Evidence from which on a session is taken to be over: no more than a log of few sessions can show. */
function closedFrom(matrix: SessionMatrix): number {
  return Math.min(closedBits, Math.log2(2 * matrix.total) - 0.1);
}

/**
 * The sessions that show what is usual: not those that the end of their run cuts off, nor what is no
 * session of this kind.
 */
function teachersAmong(
  view: LogView,
  matrix: SessionMatrix,
  isKin: (columns: Uint16Array) => boolean,
  pauses: SessionPauses,
  trains: Uint8Array | undefined,
): Uint8Array {
  const count = view.sessions.ids.length;
  const teaches = new Uint8Array(count);
  const closed = closedFrom(matrix);
  let complete = 0;
  for (let session = 0; session < count; session += 1) {
    if (trains !== undefined && trains[session] !== 1) continue;
    if (!isKin(matrix.columnsOf(view, session))) continue;
    if (pauses.over(view, session) < closed || pauses.begun(view, session) < closed) continue;
    teaches[session] = 1;
    complete += 1;
  }
  // Where most sessions are open, the identifiers stand for something that does not end.
  if (complete >= Math.max(fewestSessions, matrix.total / 2)) return teaches;
  return trains ?? new Uint8Array(count).fill(1);
}

/** The sessions beside the good ones, without those that are not all there. */
function judgedBeside(
  good: Uint8Array,
  view: LogView,
  counted: SessionMatrix,
  isKin: (columns: Uint16Array) => boolean,
  runs: readonly number[],
): JudgedSessions {
  const others = good.map((trains) => 1 - trains);
  const matrix = taughtBy(counted, others);
  const pauses = learnPauses(view, matrix, others, runs);
  const { weights } = taughtBy(matrix, teachersAmong(view, matrix, isKin, pauses, others));
  const errors = new Uint8Array(matrix.width);
  for (let session = 0; session < good.length; session += 1) {
    const from = view.sessions.offsets[session]!;
    for (const [at, column] of matrix.columnsOf(view, session).entries()) {
      if (view.records.level[view.sessions.members[from + at]!]! < levelRank.error) continue;
      errors[column] = 1;
      errors[matrix.stepOf[column]!] = 1;
    }
  }
  return { weights, errors };
}

/**
 * The good sessions and those that break none of their rules: what good runs of another day lack is
 * no fault where the log agrees about it (self-training, Scudder 1965).
 */
function withAgreeing(
  good: Uint8Array,
  judged: JudgedSessions,
  view: LogView,
  counted: SessionMatrix,
  isKin: (columns: Uint16Array) => boolean,
  runs: readonly number[],
): Uint8Array {
  const pauses = learnPauses(view, counted, good, runs);
  const matrix = taughtBy(counted, teachersAmong(view, counted, isKin, pauses, good));
  const { width, rows, rowCount, ofSession } = matrix;
  const rules = findCountInvariants(matrix, cleanSupport, judged);
  const agrees = Uint8Array.from({ length: rowCount }, (_, row) =>
    Number(rules.deviations(rows.subarray(row * width, (row + 1) * width)).length === 0),
  );
  const teaches = good.slice();
  for (let session = 0; session < good.length; session += 1) {
    const agreeing = agrees[ofSession[session]!] === 1;
    if (agreeing && isKin(matrix.columnsOf(view, session))) teaches[session] = 1;
  }
  return teaches;
}

/**
 * Learns what the sessions of a log have in common: counts (invariants, autoencoder), order and
 * pauses. Null where too few sessions are tied together by an identifier.
 */
export function learnSessions(
  view: LogView,
  seed: number,
  teaching?: SessionTeaching,
): SessionModel | null {
  const steps = learnSessionsInSteps(view, seed, teaching);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same in steps, so that others get a turn in between. */
export function* learnSessionsInSteps(
  view: LogView,
  seed: number,
  teaching?: SessionTeaching,
): Generator<0, SessionModel | null> {
  const { sessions } = view;
  if (sessions.kind !== 'identifier' || sessions.ids.length < fewestSessions) return null;
  const good = teaching?.trains;
  const counted = buildSessionMatrix(view, good);
  if (counted.total < fewestSessions) return null;
  yield 0;
  const isKin = kinship(counted);
  const runs = teaching?.runs ?? [0];
  const judged = good && judgedBeside(good, view, counted, isKin, runs);
  const trains = judged && withAgreeing(good, judged, view, counted, isKin, runs);
  const all = trains ? taughtBy(counted, trains) : counted;
  yield 0;
  const pauses = learnPauses(view, all, trains, runs);
  const closed = closedFrom(all);
  yield 0;
  const teaches = teachersAmong(view, all, isKin, pauses, trains);
  const matrix = taughtBy(all, teaches);
  const clean = teaching !== undefined;
  const support = clean ? cleanSupport : invariantSupport;
  const open = taughtBy(
    all,
    teaches.map((taught) => 1 - taught),
  ).weights;
  yield 0;
  const invariants = findCountInvariants(matrix, support, judged, clean ? undefined : open);
  yield 0;
  const order = findOrderInvariants(view, matrix, teaches);
  yield 0;
  const trim = clean ? 0 : trimmed;
  const reconstruction = once(() => reconstructSessions(matrix, { seed, trim }));

  const { width, rows, rowCount, weights } = matrix;
  const rowCounts = (row: number): Float32Array => rows.subarray(row * width, (row + 1) * width);
  const errorOf = (counts: Float32Array): number => Math.log(reconstruction().error(counts) + 1e-4);
  const learnedErrors = once(() => {
    const errors = Float64Array.from({ length: rowCount }, (_, row) => errorOf(rowCounts(row)));
    return { errors, bits: calibration(errors, weights, trim) };
  });
  const errorBitsOf = (of: LogView, session: number, row: number): number => {
    const { errors, bits } = learnedErrors();
    if (row >= 0) return bits(errors[row]!);
    return bits(errorOf(matrix.countsOf(matrix.columnsOf(of, session))));
  };
  const ofRows = Array.from({ length: rowCount }, (_, row) =>
    invariants.deviations(rowCounts(row)),
  );
  /**
   * Whether a session is of a rare kind, so that nobody knows what it should have done: it did what
   * hardly any other does, and that was no complaint.
   */
  const isRare = (of: LogView, session: number, deviations: readonly CountDeviation[]): boolean => {
    const extra = deviations.filter(({ observed, expected }) => isExtra(observed, expected));
    if (extra.length === 0) return false;
    const expressed = extra.map(({ column }) => matrix.columns[column]!.templates);
    if (expressed.some((templates) => templates.length === 0)) return true;
    const templates = new Set(expressed.flat());
    const { offsets, members } = of.sessions;
    return members
      .subarray(offsets[session], offsets[session + 1])
      .some(
        (record) =>
          of.records.level[record]! < complaint && templates.has(of.templates.ofRecord[record]!),
      );
  };
  /** Nobody else breaks the rule: all that a log with few sessions can show. */
  const isLone = ({ observed, expected, bits, invariant }: CountDeviation): boolean =>
    !isExtra(observed, expected) && bits >= Math.log2(2 * invariant.judged) - 0.1;
  return {
    matrix,
    order,
    reconstruction,
    judge(of, session) {
      const columns = matrix.columnsOf(of, session);
      if (!isKin(columns)) return unrelated;
      const row = matrix.rowOf(columns);
      const unexcused = row < 0 ? invariants.deviations(matrix.countsOf(columns)) : ofRows[row]!;
      const errorBits = once(() => errorBitsOf(of, session, row));
      const all = order.violations(columns);
      const slow = pauses.slow(of, session, columns);
      const { deviations, open, truncated } =
        unexcused.length === 0 && !all.some(({ kind }) => kind !== 'pair')
          ? complete
          : excuse(of, session, columns, unexcused, order, pauses, closed);
      const most = open ? Math.min(pauses.over(of, session), pauses.begun(of, session)) : Infinity;
      // How a session starts and ends is no news where something is missing.
      const violations =
        open || deviations.length > 0 ? all.filter(({ kind }) => kind === 'pair') : all;
      const inverted = misplaced(violations);
      const rules = deviations[0]?.bits ?? 0;
      const more = deviations.slice(1).reduce((sum, deviation) => sum + deviation.bits, 0);
      const orderBits = violations[0]?.bits ?? 0;
      const teacher = good?.[session] === 1;
      // A broken rule that the model finds unusual as well, or that hardly anybody breaks.
      const flagged = once(
        () =>
          !teacher &&
          rules > 0 &&
          (rules >= firmRule || deviations.some(isLone) || errorBits() >= confirming),
      );
      const judged = !teacher && !open && !isRare(of, session, unexcused);
      // Whether the model agrees is asked last: it is trained for the first that asks.
      const broken =
        judged &&
        deviations.some(
          ({ observed, expected, bits }) => !isExtra(observed, expected) && bits >= noticedBits,
        ) &&
        flagged();
      return {
        deviations,
        truncated,
        get modelBits() {
          return Math.min(most, errorBits());
        },
        violations,
        misplaced: inverted,
        slow,
        get score() {
          const counted = rules + furtherWeight * more + modelWeight * this.modelBits;
          return counted + orderWeight * orderBits;
        },
        get flagged() {
          return flagged();
        },
        noted: { counts: broken, order: judged && inverted, pause: !teacher && slow !== null },
      };
    },
  };
}

/** Of what is no session of this kind nothing can be said. */
const unrelated: SessionVerdict = {
  deviations: [],
  truncated: false,
  modelBits: 0,
  violations: [],
  misplaced: false,
  slow: null,
  score: 0,
  flagged: false,
  noted: { counts: false, order: false, pause: false },
};

/** What a session lacks although it is all there. */
interface Excused {
  readonly deviations: readonly CountDeviation[];
  /** The log does not hold all of it, as far as one can tell. */
  readonly open: boolean;
  readonly truncated: boolean;
}

const complete: Excused = { deviations: [], open: false, truncated: false };

/** Leaves out what a session lacks only because the log does not hold all of it. */
function excuse(
  view: LogView,
  session: number,
  columns: Uint16Array,
  deviations: readonly CountDeviation[],
  order: OrderInvariants,
  pauses: SessionPauses,
  closed: number,
): Excused {
  if (columns.length === 0) return { ...complete, open: true };
  const first = columns[0]!;
  const last = columns[columns.length - 1]!;
  const over = pauses.over(view, session);
  const begun = pauses.begun(view, session);
  let open = over < closed || begun < closed;
  let lacking = 0;
  let after = 0;
  const kept: CountDeviation[] = [];
  for (const deviation of deviations) {
    const { column, observed, expected } = deviation;
    let { bits } = deviation;
    if (observed < expected) {
      lacking += 1;
      const behind = order.precedes(last, column) > 0.5;
      const ahead = order.precedes(column, first) > 0.5;
      if (behind && observed === 0) after += 1;
      if (behind || observed > 0) bits = Math.min(bits, over);
      if (ahead || observed > 0) {
        bits = Math.min(bits, begun);
      }
    }
    if (bits < Math.min(deviation.bits, closed)) open = true;
    else kept.push({ ...deviation, bits });
  }
  return { deviations: kept, open, truncated: lacking > 0 && after === lacking };
}

/**
 * Whether events were misplaced: one that stands before several others which nearly always precede
 * it, or before one that always did in hundreds of sessions. Before one of fewer it may just have won
 * a race.
 */
function misplaced(violations: readonly OrderViolation[]): boolean {
  if (violations.length === 0) return false;
  const early = new Map<number, number>();
  const late = new Map<number, number>();
  for (const { kind, column, usual, judged, kept, bits } of violations) {
    if (kind !== 'pair' || judged - kept > Math.max(1.5, judged * 0.005)) continue;
    const ahead = (early.get(column) ?? 0) + 1;
    const behind = (late.get(usual) ?? 0) + 1;
    if (ahead >= 2 || behind >= 2 || bits >= certainOrder) return true;
    early.set(column, ahead);
    late.set(usual, behind);
  }
  return false;
}
