import { describeRarity, describeSeverity } from '../baseEvidence.ts';
import { recordsOf } from '../events.ts';
import type { SeverityPrior } from '../detectors/severity.ts';
import type { Description, Evidence } from '../evidence.ts';
import type { Family, Reason } from '../finding.ts';
import { evidenceWeights } from '../evidenceWeights.ts';
import { kindOf, worth, type Claim } from '../fuse.ts';
import { fitted } from '../words.ts';
import { byTelling, firstLinesOf, sumOfBits, type Candidate, type Collected } from './candidate.ts';
import { failingLog } from './failingLog.ts';
import { raisedLevels } from './raisedLevels.ts';

/** Evidence below this is not told as a reason. */
const leastReason = 0.4;
/** An event whose own evidence reaches this is a finding without further signals. */
const eventBits = 5;

function byKey<Key, Item>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** What every candidate of a log is weighed by. */
interface Basis extends Collected {
  /** `Claim.crowd` by kind of evidence. */
  readonly crowds: ReadonlyMap<string, number>;
  readonly raised: ReadonlySet<number>;
}

function basisOf(collected: Collected): Basis {
  const failing = failingLog(collected);
  const evidence = failing === null ? collected.evidence : [...collected.evidence, failing];
  const raised = raisedLevels(collected.events);
  const per10k = Math.max(1, collected.view.records.count / 10_000);
  const crowd = (things: number): number => Math.log2(Math.max(1, things / per10k));
  const keys = byKey(new Set(evidence.map((item) => item.key)), kindOf);
  const crowds = new Map([...keys].map(([kind, list]) => [kind, crowd(list.length)]));
  crowds.set('raised', crowd(raised.size));
  return { ...collected, evidence, raised, crowds };
}

function claimOf({ crowds }: Basis, kind: string, bits: number, strong = false): Claim {
  return { kind, bits, strong, crowd: crowds.get(kind) ?? 0 };
}

/** The evidence of each family that is worth most, with what it claims. */
function bestOf(
  basis: Basis,
  evidence: readonly Evidence[],
): Map<Family, { item: Evidence; claim: Claim }> {
  const best = new Map<Family, { item: Evidence; claim: Claim; value: number }>();
  for (const item of evidence) {
    const claim = claimOf(basis, kindOf(item.key), item.bits, item.strong);
    const value = worth(evidenceWeights, claim);
    const known = best.get(item.family);
    if (known === undefined || value > known.value) best.set(item.family, { item, claim, value });
  }
  return best;
}

/**
 * Bits by which an event states a failure: what it says, worth more where hardly anything in the
 * log is as grave.
 */
function stated({ bits, share }: SeverityPrior, event: number): number {
  const seldom = -Math.log2(Math.max(share[event]!, 1e-6));
  return bits[event]! * Math.min(1.5, 0.5 + seldom / 9);
}

function buildCandidate(
  basis: Basis,
  event: number,
  records: ArrayLike<number>,
  main: number,
  evidence: readonly Evidence[],
): Candidate {
  const { view, events, severity, rarity, text } = basis;
  const reasons: Reason[] = [];
  const claims = new Map<Family, Claim>();
  const own = firstLinesOf(view, records);
  const add = (
    family: Family,
    claim: Claim,
    lines: readonly number[],
    words: () => Description,
  ): void => {
    claims.set(family, claim);
    const bits = Math.round(worth(evidenceWeights, claim) * 100) / 100;
    if (bits >= leastReason) reasons.push({ family, bits, ...fitted(words()), lines });
  };
  const simple = (family: Family, bits: number, words: () => Description): void => {
    add(family, claimOf(basis, family, bits), own, words);
  };
  const best = bestOf(basis, evidence);
  if (!best.has('severity')) {
    const words = (): Description => describeSeverity(view, events, severity, event);
    simple('severity', stated(severity, event), words);
  }
  // How rare an event is says nothing about a few of its many records.
  const whole = records.length * 3 >= events.records[event]!;
  const rarityBits = whole ? rarity[event]! : 0;
  const rare = claimOf(basis, basis.raised.has(event) ? 'raised' : 'rarity', rarityBits);
  const strange = best.get('rarity');
  if (strange === undefined || strange.claim.bits <= rarityBits) {
    best.delete('rarity');
    add('rarity', rare, own, () => describeRarity(view, events, event, basis.typical));
  } else if (worth(evidenceWeights, strange.claim) < worth(evidenceWeights, rare)) {
    // What the sessions say tells more; how rare the event is may still be worth more.
    best.set('rarity', { ...strange, claim: rare });
  }
  if (text !== null && whole && !best.has('text')) {
    // Both say that something is new: only what the text adds to the rarity counts.
    const added = text.bits[event]! - Math.max(rarityBits, strange?.claim.bits ?? 0);
    // Next to a level or words of failure, odd wording says where a failure is described, not how
    // bad it is: dumps of state are worded more oddly than the failure itself.
    const share = severity.prior[event]! >= 1 ? 0.25 : 1;
    simple('text', added * share, () => text.describe(event));
  }
  for (const [family, { item, claim }] of best) {
    add(family, claim, firstLinesOf(view, item.shows), item.describe);
  }
  reasons.sort(byTelling);
  return {
    event,
    records,
    main,
    reasons,
    claims,
    prior: severity.prior[event]!,
    bits: sumOfBits(reasons),
  };
}

/** Whether an event is notable in itself, whatever is said about single records of it. */
function notable({ severity, rarity, text }: Collected, event: number): boolean {
  const prior = severity.prior[event]!;
  const rare = rarity[event]!;
  const novel = text?.bits[event] ?? 0;
  const warns = prior >= 1 && severity.bits[event]! + Math.max(rare, novel) >= eventBits;
  return warns || prior >= 3 || (rare >= eventBits && novel >= eventBits) || rare >= 9;
}

/**
 * Groups evidence into candidates. An event that is notable in itself is one candidate with all its
 * records; other evidence is grouped by what it says (its key) at the same event. Work grows with
 * the events and the evidence, not with the records.
 */
export function gatherCandidates(collected: Collected): Candidate[] {
  const basis = basisOf(collected);
  const { events } = basis;
  const byEvent = byKey(basis.evidence, (item) => events.ofRecord[item.record]!);
  const candidates: Candidate[] = [];
  for (let event = 0; event < events.count; event += 1) {
    const items = byEvent.get(event) ?? [];
    let special = items;
    if (notable(collected, event)) {
      // What concerns a few records of a common event is told about those, not about all.
      const ofFamily = byKey(items, (item) => item.family);
      const isGeneral = ({ family }: Evidence): boolean =>
        family === 'rate' ||
        family === 'severity' ||
        ofFamily.get(family)!.length * 3 >= events.records[event]!;
      special = items.filter((item) => !isGeneral(item));
      const records = recordsOf(events, event);
      const general = items.filter(isGeneral);
      candidates.push(buildCandidate(basis, event, records, records[0]!, general));
    }
    const places = [...byKey(special, (item) => item.record)].map(([record, list]) => ({
      record,
      items: list,
      bits: list.reduce((sum, item) => sum + item.bits, 0),
      says: [...new Set(list.map((item) => item.key))].sort().join('|'),
    }));
    for (const group of byKey(places, (place) => place.says).values()) {
      group.sort((a, b) => b.bits - a.bits || a.record - b.record);
      const best = group[0]!;
      const records = Uint32Array.from(group, (place) => place.record).sort();
      candidates.push(buildCandidate(basis, event, records, best.record, best.items));
    }
  }
  return candidates;
}
