import { countsMessages, describeSeldom } from '../../detect/baseEvidence.ts';
import { evidenceWeights } from '../../detect/evidenceWeights.ts';
import type { Family, Finding, Reason } from '../../detect/finding.ts';
import { withinBudget } from '../../detect/findings.ts';
import { scoreOf, severityOf, worth } from '../../detect/fuse.ts';
import type { PatternRarity, PatternTallies } from './patternTallies.ts';

/** Findings of a segment that are kept apart before the weakest are let go of. */
const mostGroups = 4000;
const mostFindings = 500;
const mostRepeats = 1000;
/** Evidence below this is not told as a reason. */
const leastReason = 0.4;

/** Evidence that is about a kind of message as such, wherever it comes. */
const aboutPatterns: ReadonlySet<Family> = new Set(['severity', 'rarity', 'text']);

/** Findings of several segments that say the same. */
export interface FindingGroup {
  /** The first in the log, with the reasons of the strongest. */
  readonly finding: Finding;
  /** Bits of the strongest. */
  readonly bits: number;
}

/** What a finding says, whatever line it is about. */
function sayingOf({ template, reasons }: Finding): string {
  const more = reasons.find(({ family }) => !aboutPatterns.has(family));
  return `${more?.family ?? ''} ${template}`;
}

/** Findings, joined with those that say the same in the segments before. */
export function joinFindings(
  groups: Map<string, FindingGroup>,
  findings: readonly Finding[],
): void {
  for (const finding of findings) {
    const saying = sayingOf(finding);
    const known = groups.get(saying);
    groups.set(
      saying,
      known === undefined ? { finding, bits: finding.bits } : joined(known, finding),
    );
  }
  if (groups.size <= mostGroups) return;
  const weakest = [...groups].sort(
    ([, a], [, b]) => a.bits - b.bits || b.finding.line - a.finding.line,
  );
  for (const [saying] of weakest.slice(0, groups.size - mostGroups)) groups.delete(saying);
}

function joined({ finding, bits }: FindingGroup, next: Finding): FindingGroup {
  const room = Math.max(0, mostRepeats - finding.repeats.length);
  const repeats = [...finding.repeats, ...[next.line, ...next.repeats].slice(0, room)];
  const best = next.bits > bits ? next : finding;
  return {
    bits: Math.max(bits, next.bits),
    finding: {
      ...finding,
      reasons: best.reasons,
      bits: best.bits,
      score: best.score,
      count: finding.count + next.count,
      repeats: [...new Set(repeats)].sort((a, b) => a - b),
    },
  };
}

/**
 * Findings of a log, best first, from those of its segments: what one segment took for rare is judged
 * by how often it came in all of them, and as many are high as in one log.
 */
export function foldFindings(
  groups: ReadonlyMap<string, FindingGroup>,
  tallies: PatternTallies,
  records: number,
): Finding[] {
  const rarity = tallies.rarity();
  const judged = [...groups.values()]
    .map(({ finding }) => judgedByAll(finding, tallies, rarity, records))
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => Math.round(b.bits) - Math.round(a.bits) || a.line - b.line)
    .slice(0, mostFindings);
  // The order is the verdict: a score never rises on the way down.
  let least = 1;
  return withinBudget(judged).map((finding, index) => {
    least = Math.min(least, finding.score);
    return { ...finding, rank: index + 1, score: least, severity: severityOf(least) };
  });
}

/** A finding whose rarity is that in the whole log. */
function judgedByAll(
  finding: Finding,
  tallies: PatternTallies,
  rarity: PatternRarity,
  records: number,
): Finding {
  const { template } = finding;
  const total = tallies.get(template);
  if (total === null || !finding.reasons.some(isRarity)) return finding;
  const claim = { kind: 'raised', bits: rarity.bitsOf(template), strong: false, crowd: 0 };
  const most = Math.round(worth(evidenceWeights, claim) * 100) / 100;
  const reasons = finding.reasons.flatMap((reason): Reason[] => {
    if (!isRarity(reason)) return [reason];
    const bits = Math.min(reason.bits, most);
    const words = describeSeldom(total.count, records, total.firstLine, rarity.typical);
    return bits < leastReason ? [] : [{ ...reason, ...words, bits }];
  });
  const bits = reasons.reduce((sum, reason) => sum + reason.bits, 0);
  const score = Math.min(finding.score, scoreOf(evidenceWeights, bits, records));
  return { ...finding, reasons, bits, score };
}

function isRarity(reason: Reason): boolean {
  return reason.family === 'rarity' && countsMessages(reason);
}
