import { bytesText } from '../record/decodeLog.ts';
import type { Family, Finding, Reason, Severity } from './finding.ts';
import { families } from './finding.ts';
import type { Evidence } from './evidence.ts';
import { discoveryThreshold } from './calibrate.ts';
import { describeRarity, describeSeverity, describeTwins } from './baseEvidence.ts';
import { recordsOf, type EventTable } from './events.ts';
import { scoreOf, severityOf, type Voice } from './fuse.ts';
import { sameFailure } from './failureTwins.ts';
import type { LogView } from './logView.ts';
import type { SeverityPrior } from './detectors/severity.ts';
import type { TextEvidence } from './textEvidence.ts';
import { fitted, levelName } from './words.ts';

/** Everything the detectors said about one log. */
export interface Collected {
  readonly view: LogView;
  readonly events: EventTable;
  readonly severity: SeverityPrior;
  readonly rarity: Float64Array;
  readonly text: TextEvidence | null;
  /** Evidence about single records. */
  readonly evidence: readonly Evidence[];
  /** How often a common kind of message comes. */
  readonly typical: number;
}

/** High findings of one log: a reader follows no more. */
const highBudget = 20;
const mediumBudget = 200;
const mostFindings = 500;
const mostRepeats = 1000;
const falseDiscoveries = 0.05;
/** At most one false discovery of a family in four times so many records is accepted. */
const alarmRecords = 10_000;
/** Evidence below this is not told as a reason. */
const leastReason = 1;
/** Bits within which two findings count as equally strong. */
const nearlyEqual = 3;
/** Longest title. */
const titleCharacters = 120;
/** Bits by which a reason of a family may be weaker and still be told first: plain ones are. */
const plainness: Partial<Record<Family, number>> = {
  gap: 2,
  value: 2,
  rate: 2,
  count: 1.5,
  rarity: 1,
  text: -100,
};
/** Events from here on state a failure; others are never joined for what they say. */
const failurePrior = 2;
/** Failures compared with each other. */
const mostTwins = 300;
/** An event whose own evidence reaches this is a finding without further signals. */
const eventBits = 5;
/** Lines of a span that joins neighbours; a single record keeps all its lines. */
const joinedLines = 14;

interface Candidate {
  readonly event: number;
  /** Ascending. */
  readonly records: readonly number[];
  readonly main: number;
  readonly count: number;
  readonly reasons: readonly Reason[];
  readonly voices: readonly Voice[];
  readonly prior: number;
  readonly severeShare: number;
  readonly bits: number;
  first: number;
  last: number;
}

function linesOf(view: LogView, records: Iterable<number>): number[] {
  const lines: number[] = [];
  for (const record of records) lines.push(view.records.firstLine[record]! + 1);
  return lines;
}

/** The strongest reason first; of nearly equal ones the one that is checked at a glance. */
function byTelling(a: Reason, b: Reason): number {
  const first = a.bits + (plainness[a.family] ?? 0);
  const second = b.bits + (plainness[b.family] ?? 0);
  return second - first || families.indexOf(a.family) - families.indexOf(b.family);
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
  discovered: ReadonlyMap<Family, number>,
  event: number,
  records: readonly number[],
  main: number,
  evidence: readonly Evidence[],
): Candidate {
  const { view, events, severity, rarity, text } = collected;
  const reasons: Reason[] = [];
  const voices: Voice[] = [];
  const best = bestOf(evidence);
  const own = linesOf(view, records.slice(0, 8));
  const add = (
    family: Family,
    bits: number,
    lines: readonly number[],
    words: { text: string; observed: string; expected: string },
    item?: Evidence,
  ): void => {
    if (bits < leastReason) return;
    const rounded = Math.round(bits * 100) / 100;
    reasons.push({ family, bits: rounded, ...fitted(words), lines });
    const threshold = discovered.get(family) ?? Number.POSITIVE_INFINITY;
    const found = item?.discovered === true || bits >= threshold;
    voices.push({ family, bits, discovered: found, strong: item?.strong ?? false });
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
    add('rarity', strange.bits, linesOf(view, strange.shows), strange.describe(), strange);
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
    add(family, item.bits, linesOf(view, item.shows), item.describe(), item);
  }
  reasons.sort(byTelling);
  let bits = 0;
  for (const reason of reasons) bits += reason.bits;
  return {
    event,
    records,
    main,
    count: records.length,
    reasons,
    voices,
    prior: severity.prior[event]!,
    severeShare: severity.share[event]!,
    bits,
    first: main,
    last: main,
  };
}

/**
 * Groups evidence into candidates. An event that is notable in itself is one candidate with all its
 * records; other evidence is grouped by what it says (its key) at the same event.
 */
function candidatesOf(collected: Collected): Candidate[] {
  const { events, severity, rarity, text, evidence, view } = collected;
  const discovered = new Map<Family, number>();
  for (const family of families) {
    const bits = evidence.filter((item) => item.family === family).map((item) => item.bits);
    if (bits.length > 0) {
      discovered.set(
        family,
        Math.min(
          discoveryThreshold(bits, view.records.count, falseDiscoveries),
          Math.max(8, Math.log2(Math.min(view.records.count, alarmRecords)) + 2),
        ),
      );
    }
  }
  const byEvent = new Map<number, Evidence[]>();
  for (const item of evidence) {
    const event = events.ofRecord[item.record]!;
    const list = byEvent.get(event);
    if (list === undefined) byEvent.set(event, [item]);
    else list.push(item);
  }
  const candidates: Candidate[] = [];
  for (let event = 0; event < events.count; event += 1) {
    const items = byEvent.get(event) ?? [];
    const total = events.records[event]!;
    // What concerns a few records of a common event is told about those, not about all.
    const general = items.filter((item) => item.family === 'rate' || shareOf(items, item, total));
    const special = items.filter((item) => !general.includes(item));
    const own = severity.bits[event]! + Math.max(rarity[event]!, text?.bits[event] ?? 0);
    const stated = severity.prior[event]! >= 1 && own >= eventBits;
    const grave = severity.prior[event]! >= 3;
    const odd = rarity[event]! >= eventBits && (text?.bits[event] ?? 0) >= eventBits;
    const rare = rarity[event]! >= 9;
    if (stated || grave || odd || rare) {
      const records = Array.from(recordsOf(events, event));
      candidates.push(buildCandidate(collected, discovered, event, records, records[0]!, general));
    }
    const byRecord = new Map<number, Evidence[]>();
    for (const item of stated || grave || odd || rare ? special : items) {
      const list = byRecord.get(item.record);
      if (list === undefined) byRecord.set(item.record, [item]);
      else list.push(item);
    }
    const groups = new Map<string, { record: number; items: Evidence[]; bits: number }[]>();
    for (const [record, list] of byRecord) {
      const signature = [...new Set(list.map((item) => item.key))].sort().join('|');
      const bits = list.reduce((sum, item) => sum + item.bits, 0);
      const entry = { record, items: list, bits };
      const group = groups.get(signature);
      if (group === undefined) groups.set(signature, [entry]);
      else group.push(entry);
    }
    for (const group of groups.values()) {
      group.sort((a, b) => b.bits - a.bits || a.record - b.record);
      const best = group[0]!;
      const records = group.map((entry) => entry.record).sort((a, b) => a - b);
      const main = group.length > 1 ? records[0]! : best.record;
      const candidate = buildCandidate(collected, discovered, event, records, main, best.items);
      candidates.push(candidate);
    }
  }
  return candidates;
}

/** Whether evidence of this kind covers a good part of the event's records. */
function shareOf(items: readonly Evidence[], item: Evidence, total: number): boolean {
  let alike = 0;
  for (const other of items) if (other.family === item.family) alike += 1;
  return alike * 3 >= total;
}

const kindWords: Partial<Record<Family, string>> = {
  rarity: 'Rare message',
  text: 'Unlike other messages',
  order: 'Out of order',
  count: 'Unusual session',
  value: 'Unusual value',
  rate: 'Burst',
  gap: 'Gap',
};

function titleOf(collected: Collected, candidate: Candidate): string {
  const { view, events } = collected;
  const { records, log } = view;
  const start = records.messageStart[candidate.main]!;
  const end = Math.min(records.messageEnd[candidate.main]!, start + 400);
  const message = bytesText(log, start, end).trim().replaceAll(/\s+/g, ' ');
  const level = levelName(events.level[candidate.event]!);
  const top = candidate.reasons.find((reason) => reason.family !== 'severity');
  const kind =
    candidate.prior >= 1 && level !== '' && level !== 'INFO'
      ? level
      : (kindWords[top?.family ?? 'rarity'] ?? 'Unusual');
  // A message that begins with a level of its own needs no other.
  const title = startsWithLevel.test(message) ? message : `${kind}: ${message}`;
  return title.length > titleCharacters ? `${title.slice(0, titleCharacters - 1)}…` : title;
}

const startsWithLevel =
  /^[[(<*]?(?:trace|debug|info|notice|warn|warning|err|error|severe|fatal|crit|critical|alert|emerg|panic)\b/i;

interface Joined {
  readonly lead: Candidate;
  readonly members: readonly Candidate[];
  readonly severity: Severity;
  readonly reasons: readonly Reason[];
  readonly bits: number;
  readonly first: number;
  readonly last: number;
}

function severityIn(collected: Collected, candidate: Candidate): Severity {
  return severityOf(candidate.voices, {
    records: collected.view.records.count,
    prior: candidate.prior,
    severeShare: candidate.severeShare,
  });
}

const severityOrder: Record<Severity, number> = { high: 0, medium: 1, low: 2 };

/** The strongest reason of each family; voices likewise, so that all that spoke is still heard. */
function united(members: readonly Candidate[]): Pick<Candidate, 'reasons' | 'voices' | 'bits'> {
  const reasons = new Map<Family, Reason>();
  const voices = new Map<Family, Voice>();
  for (const member of members) {
    for (const reason of member.reasons) {
      const known = reasons.get(reason.family);
      if (known === undefined || reason.bits > known.bits) reasons.set(reason.family, reason);
    }
    for (const voice of member.voices) {
      const known = voices.get(voice.family);
      voices.set(voice.family, {
        family: voice.family,
        bits: Math.max(voice.bits, known?.bits ?? 0),
        discovered: voice.discovered || known?.discovered === true,
        strong: voice.strong || known?.strong === true,
      });
    }
  }
  const list = [...reasons.values()].sort(byTelling);
  return {
    reasons: list,
    voices: [...voices.values()],
    bits: list.reduce((sum, reason) => sum + reason.bits, 0),
  };
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
    const [widest] = [...members].sort((a, b) => b.count - a.count || b.bits - a.bits);
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
    .filter(({ event, count, prior }) => prior >= failurePrior && count === events.records[event]!)
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
    const records = members.flatMap((member) => [...member.records]).sort((a, b) => a - b);
    const { reasons, voices, bits } = united(members);
    const words = fitted(
      describeTwins(view, members.length, records.length, records[0]!, collected.typical),
    );
    const lines = linesOf(view, records.slice(0, 8));
    for (const member of members) merged.set(member, null);
    merged.set(lead, {
      ...lead,
      records,
      main: records[0]!,
      count: records.length,
      reasons: reasons.map((reason) =>
        reason.family === 'rarity' ? { ...reason, ...words, lines } : reason,
      ),
      voices,
      bits,
      first: records[0]!,
      last: records[0]!,
    });
  }
  return candidates.flatMap((candidate) => {
    const other = merged.get(candidate);
    return other === undefined ? [candidate] : other === null ? [] : [other];
  });
}

/**
 * Joins candidates that stand next to each other and occur equally often: a failure that is written
 * in several records is one finding. Reasons of a join are the strongest of each family, so its bits
 * still add up.
 */
function joinNeighbours(collected: Collected, candidates: readonly Candidate[]): Joined[] {
  const { view } = collected;
  const { firstLine } = view.records;
  const ordered = joinSamePlace(joinTwins(collected, candidates))
    .map((candidate) => ({ candidate, severity: severityIn(collected, candidate) }))
    .sort((a, b) => a.candidate.main - b.candidate.main || b.candidate.bits - a.candidate.bits);
  const joined: Joined[] = [];
  for (const { candidate, severity } of ordered) {
    const previous = joined[joined.length - 1];
    const near =
      previous !== undefined &&
      severity !== 'low' &&
      previous.severity !== 'low' &&
      candidate.main - previous.last <= 1 &&
      candidate.count === previous.lead.count &&
      firstLine[candidate.main + 1]! - firstLine[previous.first]! <= joinedLines;
    if (!near) {
      joined.push({
        lead: candidate,
        members: [candidate],
        severity,
        reasons: candidate.reasons,
        bits: candidate.bits,
        first: candidate.main,
        last: candidate.main,
      });
      continue;
    }
    const best = new Map<Family, Reason>();
    for (const reason of [...previous.reasons, ...candidate.reasons]) {
      const known = best.get(reason.family);
      if (known === undefined || reason.bits > known.bits) best.set(reason.family, reason);
    }
    const reasons = [...best.values()].sort(byTelling);
    joined[joined.length - 1] = {
      lead: candidate.bits > previous.lead.bits ? candidate : previous.lead,
      members: [...previous.members, candidate],
      severity:
        severityOrder[severity] < severityOrder[previous.severity] ? severity : previous.severity,
      reasons,
      bits: reasons.reduce((sum, reason) => sum + reason.bits, 0),
      first: previous.first,
      last: candidate.main,
    };
  }
  return joined;
}

/** Findings, best first: at most 20 high and 500 in all, with the bits of the reasons adding up. */
export function logFindings(collected: Collected): Finding[] {
  const { view, events } = collected;
  const { firstLine } = view.records;
  const joined = joinNeighbours(collected, candidatesOf(collected)).filter(
    (item) => item.reasons.length > 0,
  );
  joined.sort(
    (a, b) =>
      severityOrder[a.severity] - severityOrder[b.severity] || b.bits - a.bits || a.first - b.first,
  );
  const findings: Finding[] = [];
  let high = 0;
  let medium = 0;
  for (const item of joined.slice(0, mostFindings)) {
    let severity = item.severity;
    if (severity === 'high') {
      high += 1;
      if (high > highBudget) severity = 'medium';
    }
    if (severity === 'medium') {
      medium += 1;
      if (medium > mediumBudget) severity = 'low';
    }
    const { lead } = item;
    const line = firstLine[item.first]! + 1;
    const endLine = Math.max(line, firstLine[item.last + 1]!);
    const outside = new Set<number>();
    for (const reason of item.reasons) {
      for (const shown of reason.lines) if (shown < line || shown > endLine) outside.add(shown);
    }
    findings.push({
      rank: 0,
      path: view.log.path,
      line,
      endLine,
      severity,
      score: scoreOf(severity, item.bits),
      bits: item.bits,
      count: lead.count,
      template: view.templates.templates[events.template[lead.event]!]!.text,
      title: titleOf(collected, lead),
      reasons: item.reasons,
      related: [...outside]
        .sort((a, b) => a - b)
        .slice(0, 8)
        .map((related) => ({ path: view.log.path, line: related })),
      repeats: repeatsOf(view, lead, line),
    });
  }
  findings.sort(byRank);
  // The order is the verdict: a score never rises on the way down.
  let score = 1;
  return findings.map((finding, index) => {
    score = Math.min(score, finding.score);
    return { ...finding, score, rank: index + 1 };
  });
}

/**
 * The graver and stronger first; among nearly equal ones what more independent families say, then
 * what came first: a consequence stands below its cause.
 */
function byRank(a: Finding, b: Finding): number {
  const strength = (finding: Finding): number => Math.round(finding.bits / nearlyEqual);
  const kinds = (finding: Finding): number =>
    finding.reasons.filter((reason) => reason.family !== 'text').length;
  return (
    severityOrder[a.severity] - severityOrder[b.severity] ||
    strength(b) - strength(a) ||
    kinds(b) - kinds(a) ||
    a.line - b.line
  );
}

function repeatsOf(view: LogView, candidate: Candidate, line: number): number[] {
  const repeats: number[] = [];
  for (const record of candidate.records) {
    if (record === candidate.main) continue;
    const at = view.records.firstLine[record]! + 1;
    if (at === line) continue;
    repeats.push(at);
    if (repeats.length === mostRepeats) break;
  }
  return repeats;
}
