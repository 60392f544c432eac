import { describeTwins } from '../baseEvidence.ts';
import { sameFailure } from '../failureTwins.ts';
import type { Family, Reason, Severity } from '../finding.ts';
import { severityOf, severityOrder, type Voice } from '../fuse.ts';
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
  readonly severity: Severity;
  readonly reasons: readonly Reason[];
  readonly bits: number;
  /** First and last record of its span. */
  readonly first: number;
  readonly last: number;
}

/** The strongest reason of each family; voices likewise, so that all that spoke is still heard. */
function united(members: readonly Candidate[]): Pick<Candidate, 'reasons' | 'voices' | 'bits'> {
  const voices = new Map<Family, Voice>();
  for (const voice of members.flatMap((member) => member.voices)) {
    const known = voices.get(voice.family);
    voices.set(voice.family, {
      family: voice.family,
      bits: Math.max(voice.bits, known?.bits ?? 0),
      discovered: voice.discovered || known?.discovered === true,
      strong: voice.strong || known?.strong === true,
    });
  }
  const reasons = strongestReasons(members.flatMap((member) => member.reasons));
  return { reasons, voices: [...voices.values()], bits: sumOfBits(reasons) };
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

/**
 * Failures of one level whose patterns say the same become one finding that begins where the first
 * of them does. How rare its parts are is not told then: only how often all of them came.
 */
function joinTwins(collected: Collected, candidates: readonly Candidate[]): Candidate[] {
  const { view, events } = collected;
  const patternOf = (candidate: Candidate): string =>
    view.templates.templates[events.template[candidate.event]!]!.text;
  const whole = candidates
    .filter(
      ({ event, records, prior }) =>
        prior >= failurePrior && records.length === events.records[event]!,
    )
    .sort((a, b) => b.bits - a.bits || a.main - b.main);
  const groups: Candidate[][] = [];
  for (const candidate of whole) {
    const pattern = patternOf(candidate);
    // Compared with the strongest groups only: bounded work where everything fails.
    const group = groups
      .slice(0, mostTwins)
      .find(
        ([lead]) =>
          events.level[lead!.event] === events.level[candidate.event] &&
          lead!.event !== candidate.event &&
          sameFailure(patternOf(lead!), pattern),
      );
    if (group === undefined) groups.push([candidate]);
    else group.push(candidate);
  }
  const merged = new Map<Candidate, Candidate | null>();
  for (const members of groups) {
    if (members.length < 2) continue;
    const lead = members[0]!;
    const records = Uint32Array.from(members.flatMap((one) => Array.from(one.records))).sort();
    const { reasons, voices, bits } = united(members);
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
      voices,
      bits,
    });
  }
  return candidates.flatMap((candidate) => {
    const other = merged.get(candidate);
    return other === undefined ? [candidate] : other === null ? [] : [other];
  });
}

function severityIn(collected: Collected, candidate: Candidate): Severity {
  return severityOf(candidate.voices, {
    records: collected.view.records.count,
    prior: candidate.prior,
    severeShare: candidate.severeShare,
  });
}

/**
 * Joins candidates that stand next to each other and occur equally often: a failure that is written
 * in several records is one finding. Reasons of a join are the strongest of each family, so its bits
 * still add up.
 */
export function joinCandidates(collected: Collected, candidates: readonly Candidate[]): Joined[] {
  const { firstLine } = collected.view.records;
  const ordered = joinSamePlace(joinTwins(collected, candidates))
    .map((candidate) => ({ candidate, severity: severityIn(collected, candidate) }))
    .sort((a, b) => a.candidate.main - b.candidate.main || b.candidate.bits - a.candidate.bits);
  const joined: Joined[] = [];
  for (const { candidate, severity } of ordered) {
    const { main, reasons, bits } = candidate;
    const before = joined[joined.length - 1];
    const near =
      before !== undefined &&
      severity !== 'low' &&
      before.severity !== 'low' &&
      main - before.last <= 1 &&
      candidate.records.length === before.lead.records.length &&
      firstLine[main + 1]! - firstLine[before.first]! <= joinedLines;
    if (!near) {
      joined.push({ lead: candidate, severity, reasons, bits, first: main, last: main });
      continue;
    }
    const all = strongestReasons([...before.reasons, ...reasons]);
    joined[joined.length - 1] = {
      lead: bits > before.lead.bits ? candidate : before.lead,
      severity:
        severityOrder[severity] < severityOrder[before.severity] ? severity : before.severity,
      reasons: all,
      bits: sumOfBits(all),
      first: before.first,
      last: main,
    };
  }
  return joined;
}
