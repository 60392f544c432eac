import { describeRarity, describeSeverity } from '../baseEvidence.ts';
import { discoveryThreshold } from '../calibrate.ts';
import { recordsOf } from '../events.ts';
import type { Description, Evidence } from '../evidence.ts';
import { families, type Family, type Reason } from '../finding.ts';
import type { Voice } from '../fuse.ts';
import { fitted } from '../words.ts';
import { byTelling, firstLinesOf, sumOfBits, type Candidate, type Collected } from './candidate.ts';

const falseDiscoveries = 0.05;
/** At most one false discovery of a family in four times so many records is accepted. */
const alarmRecords = 10_000;
/** Evidence below this is not told as a reason. */
const leastReason = 1;
/** An event whose own evidence reaches this is a finding without further signals. */
const eventBits = 5;

type Thresholds = ReadonlyMap<Family, number>;

/** From how many bits on the evidence of each family counts as discovered. */
function discoveryThresholds({ evidence, view }: Collected): Thresholds {
  const byFamily = new Map<Family, number[]>();
  for (const { family, bits } of evidence) {
    const list = byFamily.get(family);
    if (list === undefined) byFamily.set(family, [bits]);
    else list.push(bits);
  }
  const most = Math.max(8, Math.log2(Math.min(view.records.count, alarmRecords)) + 2);
  const thresholds = new Map<Family, number>();
  for (const family of families) {
    const bits = byFamily.get(family);
    if (bits === undefined) continue;
    const found = discoveryThreshold(bits, view.records.count, falseDiscoveries);
    thresholds.set(family, Math.min(found, most));
  }
  return thresholds;
}

/** Best evidence of each family. */
function bestOf(evidence: readonly Evidence[]): Map<Family, Evidence> {
  const best = new Map<Family, Evidence>();
  for (const item of evidence) {
    const known = best.get(item.family);
    if (known === undefined || item.bits > known.bits) best.set(item.family, item);
  }
  return best;
}

function buildCandidate(
  collected: Collected,
  thresholds: Thresholds,
  event: number,
  records: ArrayLike<number>,
  main: number,
  evidence: readonly Evidence[],
): Candidate {
  const { view, events, severity, rarity, text } = collected;
  const reasons: Reason[] = [];
  const voices: Voice[] = [];
  const best = bestOf(evidence);
  const own = firstLinesOf(view, records);
  const add = (
    family: Family,
    bits: number,
    lines: readonly number[],
    words: Description,
    item?: Evidence,
  ): void => {
    if (bits < leastReason) return;
    const rounded = Math.round(bits * 100) / 100;
    reasons.push({ family, bits: rounded, ...fitted(words), lines });
    const threshold = thresholds.get(family) ?? Number.POSITIVE_INFINITY;
    const discovered = item?.discovered === true || bits >= threshold;
    voices.push({ family, bits, discovered, strong: item?.strong ?? false });
  };
  const severityBits = severity.bits[event]!;
  if (severityBits >= leastReason) {
    add('severity', severityBits, own, describeSeverity(view, events, severity, event));
  }
  // How rare an event is says nothing about a few of its many records.
  const whole = records.length * 3 >= events.records[event]!;
  const rarityBits = whole ? rarity[event]! : 0;
  const strange = best.get('rarity');
  if (strange !== undefined && strange.bits > rarityBits) {
    add('rarity', strange.bits, firstLinesOf(view, strange.shows), strange.describe(), strange);
  } else if (rarityBits >= 3) {
    add('rarity', rarityBits, own, describeRarity(view, events, event, collected.typical));
  }
  const textBits = whole ? (text?.bits[event] ?? 0) : 0;
  // Both say that something is new: only what the text adds to the rarity counts.
  const added = textBits - Math.max(rarityBits >= 3 ? rarityBits : 0, strange?.bits ?? 0);
  // Next to a level or words of failure, odd wording says where a failure is described, not how bad
  // it is: dumps of state are worded more oddly than the failure itself.
  const weight = severity.prior[event]! >= 1 ? 0.25 : 1;
  if (text !== null && textBits >= 4) add('text', added * weight, own, text.describe(event));
  for (const [family, item] of best) {
    if (family === 'rarity') continue;
    add(family, item.bits, firstLinesOf(view, item.shows), item.describe(), item);
  }
  reasons.sort(byTelling);
  return {
    event,
    records,
    main,
    reasons,
    voices,
    prior: severity.prior[event]!,
    severeShare: severity.share[event]!,
    bits: sumOfBits(reasons),
  };
}

/** Whether an event is notable in itself, whatever is said about single records of it. */
function notable({ severity, rarity, text }: Collected, event: number): boolean {
  const prior = severity.prior[event]!;
  const rare = rarity[event]!;
  const novel = text?.bits[event] ?? 0;
  const stated = prior >= 1 && severity.bits[event]! + Math.max(rare, novel) >= eventBits;
  return stated || prior >= 3 || (rare >= eventBits && novel >= eventBits) || rare >= 9;
}

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

/**
 * Groups evidence into candidates. An event that is notable in itself is one candidate with all its
 * records; other evidence is grouped by what it says (its key) at the same event. Work grows with
 * the events and the evidence, not with the records.
 */
export function gatherCandidates(collected: Collected): Candidate[] {
  const { events, evidence } = collected;
  const thresholds = discoveryThresholds(collected);
  const byEvent = byKey(evidence, (item) => events.ofRecord[item.record]!);
  const candidates: Candidate[] = [];
  for (let event = 0; event < events.count; event += 1) {
    const items = byEvent.get(event) ?? [];
    let special = items;
    if (notable(collected, event)) {
      // What concerns a few records of a common event is told about those, not about all.
      const ofFamily = byKey(items, (item) => item.family);
      const general = items.filter(
        ({ family }) =>
          family === 'rate' || ofFamily.get(family)!.length * 3 >= events.records[event]!,
      );
      special = items.filter((item) => !general.includes(item));
      const records = recordsOf(events, event);
      candidates.push(buildCandidate(collected, thresholds, event, records, records[0]!, general));
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
      const main = group.length > 1 ? records[0]! : best.record;
      candidates.push(buildCandidate(collected, thresholds, event, records, main, best.items));
    }
  }
  return candidates;
}
