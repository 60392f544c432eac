import type { Judge } from './detector.ts';
import type { CountDeviation } from './detectors/countInvariants.ts';
import type { OrderViolation } from './detectors/orderInvariants.ts';
import { shown, strongest, type Evidence } from './evidence.ts';
import type { LogView } from './logView.ts';
import {
  furtherWeight,
  isExtra,
  modelWeight,
  orderWeight,
  type SessionModel,
  type SessionVerdict,
} from './sessionModel.ts';
import {
  describeDeviation,
  describeInvariant,
  describeOrder,
  describeSlowStep,
  describeTruncation,
  type SessionNames,
} from './sessionWords.ts';
import { sessionNoun } from './words.ts';

/** Evidence of the models below this is not worth a word. */
const leastModelBits = 4;
/** The same for a flagged session, whose reasons add up to its score. */
const leastFlaggedBits = 0.05;

/** One reason, and how much of it counts for the score of its session. */
export interface SessionReason {
  readonly evidence: Evidence;
  /** Share of the evidence's bits in the score of the session. */
  readonly weight: number;
}

/** A reason that rests on a rule that can be checked. */
interface RuleReason extends SessionReason {
  readonly about: 'counts' | 'order' | 'pause';
}

/**
 * A judge by what the sessions of a log have in common; null where that is not known. It looks at every
 * session that holds one of the records it is asked about, as a whole, and gives evidence about the
 * remarkable ones.
 */
export function sessionJudge(model: SessionModel | null): Judge {
  return {
    judge(view, _events, fromRecord) {
      const found: Evidence[] = [];
      if (model === null) return found;
      const { ids, offsets, members } = view.sessions;
      for (let session = 0; session < ids.length; session += 1) {
        const to = offsets[session + 1]!;
        if (to === offsets[session] || members[to - 1]! < fromRecord) continue;
        const verdict = model.judge(view, session);
        const { counts, order, pause } = verdict.noted;
        if (!counts && !order && !pause) continue;
        for (const { evidence, about } of ruleReasons(view, model, session, verdict)) {
          if (verdict.noted[about]) found.push(evidence);
        }
      }
      return strongest(found);
    },
  };
}

/** Records of a session that a column counts. */
function recordsWith(
  view: LogView,
  model: SessionModel,
  session: number,
  column: number,
): number[] {
  const { sessions, templates } = view;
  const wanted = model.matrix.columns[column]!.templates;
  const found: number[] = [];
  for (let at = sessions.offsets[session]!; at < sessions.offsets[session + 1]!; at += 1) {
    const record = sessions.members[at]!;
    if (wanted.includes(templates.ofRecord[record]!)) found.push(record);
  }
  return found;
}

/** Why a session is judged as it is, strongest first. */
export function sessionReasons(
  view: LogView,
  model: SessionModel,
  session: number,
  verdict: SessionVerdict,
): SessionReason[] {
  const { offsets } = view.sessions;
  if (offsets[session + 1] === offsets[session]) return [];
  const rules = ruleReasons(view, model, session, verdict);
  const byModels = modelEvidence(contextOf(view, model, session), verdict);
  if (byModels === null) return rules;
  return [...rules, { evidence: byModels, weight: modelWeight }].sort(byWeight);
}

function byWeight(a: SessionReason, b: SessionReason): number {
  return b.evidence.bits * b.weight - a.evidence.bits * a.weight;
}

function contextOf(view: LogView, model: SessionModel, session: number): ReasonContext {
  const { sessions } = view;
  const id = sessions.ids[session]!;
  const names: SessionNames = {
    noun: sessionNoun(sessions.identifier),
    id: id.length > 24 ? `${id.slice(0, 18)}…` : id,
    pattern: (column) => model.matrix.columns[column]!.text,
  };
  return { view, model, session, names };
}

/** Those that rest on rules, strongest first. */
function ruleReasons(
  view: LogView,
  model: SessionModel,
  session: number,
  verdict: SessionVerdict,
): RuleReason[] {
  const context = contextOf(view, model, session);
  const found: RuleReason[] = [];
  const missing = verdict.deviations.find(({ observed }) => observed === 0);
  for (const [index, deviation] of verdict.deviations.entries()) {
    const evidence = countEvidence(context, verdict, deviation, missing);
    found.push({ evidence, weight: index === 0 ? 1 : furtherWeight, about: 'counts' });
  }
  const [violation] = verdict.violations;
  if (violation !== undefined) {
    found.push({
      evidence: orderEvidence(context, violation, verdict.misplaced),
      weight: orderWeight,
      about: 'order',
    });
  }
  if (verdict.slow !== null)
    found.push({ evidence: slowEvidence(context, verdict), weight: 0, about: 'pause' });
  return found.sort(byWeight);
}

interface ReasonContext {
  readonly view: LogView;
  readonly model: SessionModel;
  readonly session: number;
  readonly names: SessionNames;
}

/** The record that an event which did not happen usually follows. */
function placeOf({ view, model, session }: ReasonContext, missing: number): number {
  const from = view.sessions.offsets[session]!;
  let place = from;
  for (const [at, column] of model.matrix.columnsOf(view, session).entries()) {
    if (model.order.precedes(column, missing) > 0.5) place = from + at;
  }
  return view.sessions.members[place]!;
}

function countEvidence(
  context: ReasonContext,
  verdict: SessionVerdict,
  deviation: CountDeviation,
  missing: CountDeviation | undefined,
): Evidence {
  const { view, model, session, names } = context;
  const { sessions } = view;
  const { column, observed, expected, invariant, bits } = deviation;
  const last = sessions.members[sessions.offsets[session + 1]! - 1]!;
  const holders = recordsWith(view, model, session, column);
  const partner =
    invariant.right < 0 ? -1 : invariant.left === column ? invariant.right : invariant.left;
  const others = partner < 0 ? [] : recordsWith(view, model, session, partner);
  const cited = [...holders, ...others].sort((a, b) => a - b);
  const truncated = verdict.truncated && observed < expected;
  const record = truncated
    ? last
    : observed < expected
      ? placeOf(context, column)
      : (holders[expected] ?? last);
  const kind = truncated
    ? 'truncated'
    : observed === 0
      ? 'missing'
      : observed < expected
        ? 'fewer'
        : isExtra(observed, expected)
          ? 'extra'
          : 'repeated';
  return {
    family: kind === 'extra' ? 'rarity' : 'count',
    bits,
    record,
    shows: shown(cited.length > 0 && !truncated ? cited : [record]),
    key: `session:${kind}:${column}`,
    strong: invariant.judged >= 200 && bits >= 6.5 && kind !== 'extra',
    describe: () =>
      truncated
        ? describeTruncation(
            names,
            deviation,
            view.templates.templates[view.templates.ofRecord[last]!]!.text,
          )
        : describeInvariant(names, deviation, kind === 'extra' ? missing : undefined),
  };
}

function modelEvidence(context: ReasonContext, verdict: SessionVerdict): Evidence | null {
  const { view, model, session, names } = context;
  const { modelBits } = verdict;
  if (modelBits < (verdict.flagged ? leastFlaggedBits : leastModelBits)) return null;
  const { matrix } = model;
  const counts = matrix.countsOf(matrix.columnsOf(view, session)).slice();
  const parts = model.reconstruction().contributions(counts);
  const [top] = parts;
  if (top === undefined) return null;
  const last = view.sessions.members[view.sessions.offsets[session + 1]! - 1]!;
  const holders = recordsWith(view, model, session, top.column);
  return {
    // A message that sessions do not hold is rare, which its own rarity says as well.
    family: top.observed > 0 && top.expected < 0.5 ? 'rarity' : 'count',
    bits: modelBits,
    record: holders[holders.length - 1] ?? last,
    shows: shown(holders.length > 0 ? holders : [last]),
    key: `session:model:${top.column}`,
    strong: false,
    describe: () =>
      describeDeviation(
        names,
        matrix,
        counts,
        parts.map((part) => part.column),
      ),
  };
}

function slowEvidence(context: ReasonContext, verdict: SessionVerdict): Evidence {
  const { view, session, names } = context;
  const { sessions, templates } = view;
  const slow = verdict.slow!;
  const at = sessions.offsets[session]! + slow.position;
  const record = sessions.members[at]!;
  const before = sessions.members[at - 1]!;
  const template = templates.ofRecord[record]!;
  const earlier = templates.ofRecord[before]!;
  return {
    family: 'gap',
    bits: slow.bits,
    record,
    shows: [before, record],
    key: `session:slow:${earlier}:${template}`,
    strong: false,
    describe: () =>
      describeSlowStep(
        names,
        slow,
        templates.templates[earlier]!.text,
        templates.templates[template]!.text,
      ),
  };
}

function orderEvidence(
  context: ReasonContext,
  violation: OrderViolation,
  surely: boolean,
): Evidence {
  const { view, model, session, names } = context;
  const { sessions } = view;
  const own = recordsWith(view, model, session, violation.column);
  const usual = recordsWith(view, model, session, violation.usual);
  const first = sessions.members[sessions.offsets[session]!]!;
  const last = sessions.members[sessions.offsets[session + 1]! - 1]!;
  const record = violation.kind === 'last' ? last : (own[0] ?? first);
  return {
    family: 'order',
    bits: violation.bits,
    record,
    shows: shown([record, ...usual.slice(0, 1)].sort((a, b) => a - b)),
    key: `order:${violation.kind}:${violation.column}:${violation.usual}`,
    strong: surely && violation.judged >= 200 && violation.kept >= violation.judged * 0.999,
    describe: () => describeOrder(names, violation),
  };
}
