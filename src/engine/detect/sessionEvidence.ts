import { calibrate, discoveryThreshold } from './calibrate.ts';
import { findCountInvariants, type CountInvariants } from './detectors/countInvariants.ts';
import { countSurprise, type CountSurprise } from './detectors/countSurprise.ts';
import {
  findOrderInvariants,
  type OrderInvariants,
  type OrderViolation,
} from './detectors/orderInvariants.ts';
import { reconstructSessions, type SessionReconstruction } from './detectors/sessionAutoencoder.ts';
import { shown, type Evidence } from './evidence.ts';
import type { LogView } from './logView.ts';
import { buildSessionMatrix, type SessionMatrix } from './sessionMatrix.ts';
import {
  describeDeviation,
  describeInvariant,
  describeOrder,
  type SessionNames,
} from './sessionWords.ts';
import { sessionNoun } from './words.ts';

/** Heaviest share of the sessions that the autoencoder's calibration does not trust. */
const trimmed = 0.05;
const invariantSupport = 0.95;
/** Where the training sessions are known to be good, a rule must be kept by nearly all of them. */
const cleanSupport = 0.995;
/** What more than one session in 64 does is no news by itself. */
const noticedBits = 6;
/** Fewer sessions do not say what is usual. */
const fewestSessions = 40;

/** What is known about every session of a log. */
export interface SessionEvidence {
  /** Evidence in bits per session; comparable within one log. */
  readonly scores: Float64Array;
  readonly flagged: Uint8Array;
  /** Flagged, or out of order in a way that hardly any session is. */
  readonly noted: Uint8Array;
  /** Reasons of one session, strongest first. */
  evidenceOf(session: number): Evidence[];
  /** What a session that is like the others says about itself. */
  readonly teachers: number;
}

interface Detectors {
  readonly matrix: SessionMatrix;
  readonly invariants: CountInvariants;
  readonly surprise: CountSurprise;
  readonly surpriseBits: Float64Array;
  readonly reconstruction: SessionReconstruction;
  readonly errorBits: Float64Array;
  readonly order: OrderInvariants;
}

function quiet(sessions: number): SessionEvidence {
  return {
    scores: new Float64Array(sessions),
    flagged: new Uint8Array(sessions),
    noted: new Uint8Array(sessions),
    evidenceOf: () => [],
    teachers: 0,
  };
}

/**
 * Looks at sessions as wholes: counts (invariants, entropy-normalised surprise, autoencoder) and
 * order. Only for sessions that an identifier ties together; windows give no such evidence.
 *
 * @param trains 1 for each session known to be good: only those teach then; without it all do, and
 *   the most unusual ones are trimmed
 */
export function sessionEvidence(view: LogView, seed: number, trains?: Uint8Array): SessionEvidence {
  const { sessions, templates } = view;
  const count = sessions.ids.length;
  if (sessions.kind !== 'identifier') return quiet(count);
  const matrix = buildSessionMatrix(sessions, templates, trains);
  if (matrix.total < fewestSessions) return quiet(count);
  const clean = trains !== undefined;
  const invariants = findCountInvariants(matrix, {
    support: clean ? cleanSupport : invariantSupport,
    unbroken: clean,
  });
  const surprise = countSurprise(matrix);
  const trim = clean ? 0 : trimmed;
  const reconstruction = reconstructSessions(matrix, { seed, trim });
  const detectors: Detectors = {
    matrix,
    invariants,
    surprise,
    surpriseBits: calibrate(surprise.scores, matrix.weights, trim),
    reconstruction,
    errorBits: calibrate(
      reconstruction.errors.map((error) => Math.log(error + 1e-4)),
      matrix.weights,
      trim,
    ),
    order: findOrderInvariants(sessions, templates, matrix, trains),
  };
  return judge(view, detectors, clean, trains);
}

function judge(
  view: LogView,
  detectors: Detectors,
  clean: boolean,
  trains: Uint8Array | undefined,
): SessionEvidence {
  const { matrix, invariants, surpriseBits, errorBits, order } = detectors;
  const count = view.sessions.ids.length;
  const ruleBits = new Float64Array(matrix.rowCount);
  for (let row = 0; row < matrix.rowCount; row += 1) {
    const strongest = invariants.violated[row]![0];
    if (strongest !== undefined) ruleBits[row] = invariants.invariants[strongest]!.bits;
  }
  const errorThreshold = discoveryThreshold(
    Array.from(matrix.ofSession, (row) => errorBits[row]!).filter((bits) => bits >= 4),
    count,
    0.01,
  );
  const scores = new Float64Array(count);
  const flagged = new Uint8Array(count);
  const noted = new Uint8Array(count);
  for (let session = 0; session < count; session += 1) {
    const row = matrix.ofSession[session]!;
    const rules = ruleBits[row]!;
    const error = errorBits[row]!;
    const surprise = surpriseBits[row]!;
    const violations = order.violations(session);
    const orderBits = violations[0]?.bits ?? 0;
    scores[session] = rules + 0.5 * error + 0.5 * surprise + 0.25 * orderBits;
    const teaches = trains?.[session] === 1;
    if (teaches) continue;
    // A broken rule that a model finds unusual as well; or two models alone, which must be surer
    // where there are rules that the session keeps.
    const byRule = rules > 0 && (error >= 4 || surprise >= 4);
    const lone = invariants.invariants.length >= 3 ? 12 : clean ? 6 : 7;
    const byModels = error >= Math.max(errorThreshold, lone) && surprise >= lone;
    flagged[session] = byRule || byModels ? 1 : 0;
    noted[session] = byRule || byModels || misplaced(violations) ? 1 : 0;
  }
  return {
    scores,
    flagged,
    noted,
    teachers: matrix.total,
    evidenceOf: (session) => {
      const found = evidenceOf(view, detectors, session);
      return flagged[session] === 1 ? found : found.filter((item) => item.family === 'order');
    },
  };
}

/**
 * An event that stands before several others which nearly always precede it was misplaced; before
 * one it may just have won a race.
 */
function misplaced(violations: readonly OrderViolation[]): boolean {
  const early = new Map<number, number>();
  const late = new Map<number, number>();
  for (const { kind, template, usual, judged, kept } of violations) {
    if (kind !== 'pair' || kept < judged * 0.995) continue;
    const ahead = (early.get(template) ?? 0) + 1;
    const behind = (late.get(usual) ?? 0) + 1;
    if (ahead >= 2 || behind >= 2) return true;
    early.set(template, ahead);
    late.set(usual, behind);
  }
  return false;
}

function recordsWith(view: LogView, session: number, template: number): number[] {
  const { sessions, templates } = view;
  const found: number[] = [];
  for (let at = sessions.offsets[session]!; at < sessions.offsets[session + 1]!; at += 1) {
    const record = sessions.members[at]!;
    if (templates.ofRecord[record] === template) found.push(record);
  }
  return found;
}

function evidenceOf(view: LogView, detectors: Detectors, session: number): Evidence[] {
  const { sessions, templates } = view;
  const { matrix, invariants, surpriseBits, errorBits, reconstruction, order } = detectors;
  const row = matrix.ofSession[session]!;
  const id = sessions.ids[session]!;
  const from = sessions.offsets[session]!;
  const to = sessions.offsets[session + 1]!;
  if (to === from) return [];
  const last = sessions.members[to - 1]!;
  const names: SessionNames = {
    noun: sessionNoun(sessions.identifier),
    id: id.length > 24 ? `${id.slice(0, 18)}…` : id,
    pattern: (column) => templates.templates[matrix.columnTemplate[column]!]?.text ?? '',
  };
  const anchorOf = (column: number): number[] => {
    const template = matrix.columnTemplate[column]!;
    return template < 0 ? [] : recordsWith(view, session, template);
  };
  const found: Evidence[] = [];

  const broken = invariants.violated[row]!;
  // What should never be there explains more than what is missing because of it.
  const strangers = broken.filter((index) => {
    const invariant = invariants.invariants[index]!;
    return (
      invariant.kind === 'constant' &&
      matrix.rows[row * matrix.width + invariant.left]! > invariant.value
    );
  });
  const strongest = broken[0];
  if (strongest !== undefined) {
    const best = invariants.invariants[strongest]!;
    const lead = strangers[0];
    const chosen =
      lead !== undefined && invariants.invariants[lead]!.bits >= best.bits - 1
        ? invariants.invariants[lead]!
        : best;
    const left = matrix.rows[row * matrix.width + chosen.left]!;
    const right = chosen.right < 0 ? 0 : matrix.rows[row * matrix.width + chosen.right]!;
    const holders = anchorOf(chosen.left);
    const others = chosen.right < 0 ? [] : anchorOf(chosen.right);
    const surplus =
      holders.length > 0
        ? holders[
            Math.min(
              holders.length - 1,
              Math.max(0, chosen.kind === 'constant' ? chosen.value : holders.length - 1),
            )
          ]!
        : last;
    const record = chosen.kind === 'constant' && left < chosen.value ? last : surplus;
    const cited = [...holders, ...others].sort((a, b) => a - b);
    found.push({
      family: chosen.kind === 'constant' && chosen.value === 0 ? 'rarity' : 'count',
      bits: chosen.bits,
      record,
      shows: shown(cited.length > 0 ? cited : [last]),
      key: `session:${chosen.kind}:${chosen.left}:${chosen.right}:${Math.sign(left - chosen.value)}`,
      discovered: chosen.bits >= noticedBits,
      strong: chosen.judged >= 200 && chosen.kept >= chosen.judged * 0.99 && chosen.value !== 0,
      describe: () => describeInvariant(names, chosen, left, right),
    });
  }

  const modelBits = Math.min(errorBits[row]!, surpriseBits[row]! + 2);
  if (modelBits >= 4) {
    const parts = reconstruction.contributions(row);
    const top = parts[0];
    if (top !== undefined) {
      const holders = anchorOf(top.column);
      found.push({
        // A message that sessions do not hold is rare, which its own rarity says as well.
        family: top.observed > 0 && top.expected < 0.5 ? 'rarity' : 'count',
        bits: modelBits,
        record: holders[holders.length - 1] ?? last,
        shows: shown(holders.length > 0 ? holders : [last]),
        key: `session:model:${top.column}`,
        strong: false,
        discovered: modelBits >= noticedBits,
        describe: () => {
          const columns = parts.map((part) => part.column);
          return describeDeviation(names, matrix, row, columns);
        },
      });
    }
  }

  const violations = order.violations(session);
  const violation = violations[0];
  if (violation !== undefined) {
    found.push(orderEvidence(view, session, violation, names, misplaced(violations)));
  }
  return found.sort((a, b) => b.bits - a.bits);
}

function orderEvidence(
  view: LogView,
  session: number,
  violation: OrderViolation,
  names: SessionNames,
  surely: boolean,
): Evidence {
  const { sessions, templates } = view;
  const pattern = (template: number): string => templates.templates[template]?.text ?? '';
  const own = recordsWith(view, session, violation.template);
  const usual = recordsWith(view, session, violation.usual);
  const first = sessions.members[sessions.offsets[session]!]!;
  const last = sessions.members[sessions.offsets[session + 1]! - 1]!;
  const record = violation.kind === 'last' ? last : (own[0] ?? first);
  return {
    family: 'order',
    bits: violation.bits,
    record,
    shows: shown([record, ...usual.slice(0, 1)].sort((a, b) => a - b)),
    key: `order:${violation.kind}:${violation.template}:${violation.usual}`,
    strong: surely && violation.judged >= 200 && violation.kept >= violation.judged * 0.999,
    discovered: surely || violation.bits >= 8,
    describe: () =>
      describeOrder(names, violation, pattern(violation.template), pattern(violation.usual)),
  };
}
