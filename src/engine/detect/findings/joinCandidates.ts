import { evidenceWeights } from '../evidenceWeights.ts';
import { addressesModel } from '../detectors/instructions.ts';
import { describeTwins } from '../baseEvidence.ts';
import { constantWords, sameFailure } from '../failureTwins.ts';
import type { Family, Reason } from '../finding.ts';
import { mediumScore, scoreOf, type Claim } from '../fuse.ts';
import { fitted } from '../words.ts';
import {
  firstLinesOf,
  strongestReasons,
  sumOfBits,
  type Candidate,
  type Collected,
} from './candidate.ts';

/** Events from here on state a failure; others are never joined for what they say. */
const failurePrior = 2;
/** Failures compared with each other. */
const mostTwins = 300;
/** Lines of a span that joins neighbours; a single record keeps all its lines. */
const joinedLines = 14;

/** One finding before it is written down. */
export interface Joined {
  readonly lead: Candidate;
  readonly score: number;
  readonly reasons: readonly Reason[];
  readonly bits: number;
  /** First and last record of its span. */
  readonly first: number;
  readonly last: number;
}

function united(members: readonly Candidate[]): Pick<Candidate, 'reasons' | 'claims' | 'bits'> {
  const claims = new Map<Family, Claim>();
  for (const [family, claim] of members.flatMap((member) => [...member.claims])) {
    if (claim.bits > (claims.get(family)?.bits ?? -1)) claims.set(family, claim);
  }
  const reasons = strongestReasons(members.flatMap((member) => member.reasons));
  return { reasons, claims, bits: sumOfBits(reasons) };
}

/** One line, one finding: candidates with the same first record become one. */
function joinSamePlace(candidates: readonly Candidate[]): Candidate[] {
  const byPlace = new Map<number, Candidate[]>();
  for (const candidate of candidates) {
    const list = byPlace.get(candidate.main);
    if (list === undefined) byPlace.set(candidate.main, [candidate]);
    else list.push(candidate);
  }
  return [...byPlace.values()].map((members) => {
    const [widest] = [...members].sort(
      (a, b) => b.records.length - a.records.length || b.bits - a.bits,
    );
    return members.length === 1 ? widest! : { ...widest!, ...united(members) };
  });
}

/** Candidates that say the same, or stand at the same place, become one. */
export function joinAlike(collected: Collected, candidates: readonly Candidate[]): Candidate[] {
  return joinSamePlace(joinTwins(collected, candidates));
}

/**
 * Failures of one level whose patterns say the same become one finding that begins where the first
 * of them does. How rare its parts are is not told then: only how often all of them came.
 */
function joinTwins(collected: Collected, candidates: readonly Candidate[]): Candidate[] {
  const { view, events } = collected;
  const whole = candidates
    .filter(
      ({ event, records, prior }) =>
        prior >= failurePrior && records.length === events.records[event]!,
    )
    .sort((a, b) => b.bits - a.bits || a.main - b.main);
  const wordsOf = new Map(
    whole.map((candidate) => {
      const { text } = view.templates.templates[events.template[candidate.event]!]!;
      return [candidate, constantWords(text)] as const;
    }),
  );
  const groups: Candidate[][] = [];
  for (const candidate of whole) {
    const words = wordsOf.get(candidate)!;
    // Compared with the strongest groups only: bounded work where everything fails.
    const group = groups
      .slice(0, mostTwins)
      .find(
        ([lead]) =>
          events.level[lead!.event] === events.level[candidate.event] &&
          lead!.event !== candidate.event &&
          sameFailure(wordsOf.get(lead!)!, words),
      );
    if (group === undefined) groups.push([candidate]);
    else group.push(candidate);
  }
  const merged = new Map<Candidate, Candidate | null>();
  for (const members of groups) {
    if (members.length < 2) continue;
    const lead = members[0]!;
    const records = Uint32Array.from(members.flatMap((one) => Array.from(one.records))).sort();
    const { reasons, claims, bits } = united(members);
    const words = fitted(
      describeTwins(view, members.length, records.length, records[0]!, collected.typical),
    );
    const lines = firstLinesOf(view, records);
    for (const member of members) merged.set(member, null);
    merged.set(lead, {
      ...lead,
      records,
      main: records[0]!,
      reasons: reasons.map((reason) =>
        reason.family === 'rarity' ? { ...reason, ...words, lines } : reason,
      ),
      claims,
      bits,
    });
  }
  return candidates.flatMap((candidate) => {
    const other = merged.get(candidate);
    return other === undefined ? [candidate] : other === null ? [] : [other];
  });
}

/** A stranger's text beside a failure neither belongs to it nor makes it any surer. */
function speaksToModel(reasons: readonly Reason[]): boolean {
  return reasons.some(({ observed }) => observed === addressesModel);
}

/**
 * Joins candidates that stand next to each other and occur equally often: a failure that is written
 * in several records is one finding. Reasons of a join are the strongest of each family, so its bits
 * still add up.
 */
export function joinCandidates(collected: Collected, candidates: readonly Candidate[]): Joined[] {
  const { firstLine, count } = collected.view.records;
  const ordered = [...candidates].sort((a, b) => a.main - b.main || b.bits - a.bits);
  const joined: Joined[] = [];
  for (const lead of ordered) {
    const { main, reasons, bits } = lead;
    const score = scoreOf(evidenceWeights, bits, count);
    const before = joined[joined.length - 1];
    const isNear =
      before !== undefined &&
      Math.min(score, before.score) >= mediumScore &&
      main - before.last <= 1 &&
      lead.records.length === before.lead.records.length &&
      !speaksToModel(reasons) &&
      !speaksToModel(before.reasons) &&
      firstLine[main + 1]! - firstLine[before.first]! <= joinedLines;
    if (!isNear) {
      joined.push({ lead, score, reasons, bits, first: main, last: main });
      continue;
    }
    const all = strongestReasons([...before.reasons, ...reasons]);
    const sum = sumOfBits(all);
    joined[joined.length - 1] = {
      lead: bits > before.lead.bits ? lead : before.lead,
      score: scoreOf(evidenceWeights, sum, count),
      reasons: all,
      bits: sum,
      first: before.first,
      last: main,
    };
  }
  return joined;
}
