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

/** Segments that may say the same before it is how the log is. */
const sayTheSame = 2;

/** Evidence that is about a kind of message as such, wherever it comes. */
const aboutPatterns: ReadonlySet<Family> = new Set(['severity', 'rarity', 'text']);

/** Findings of several segments that say the same. */
export interface FindingGroup {
  /** The first in the log, with the reasons of the strongest. */
  readonly finding: Finding;
  /** Bits of the strongest. */
  readonly bits: number;
  /** Segments that say so. */
  readonly segments: number;
}

/** What a finding says, whatever line it is about. */
function sayingOf({ template, reasons }: Finding): string {
  const more = reasons.find(({ family }) => !aboutPatterns.has(family));
  return `${more?.family ?? ''} ${template}`;
}

/** Findings of one segment, joined with those that say the same in the segments before. */
export function joinFindings(
  groups: Map<string, FindingGroup>,
  findings: readonly Finding[],
): void {
  const said = new Set<string>();
  for (const finding of findings) {
    const saying = sayingOf(finding);
    const known = groups.get(saying);
    const segments = (known?.segments ?? 0) + (said.has(saying) ? 0 : 1);
    said.add(saying);
    groups.set(
      saying,
      known === undefined
        ? { finding, bits: finding.bits, segments }
        : { ...joined(known, finding), segments },
    );
  }
  if (groups.size <= mostGroups) return;
  const weakest = [...groups].sort(
    ([, a], [, b]) => a.bits - b.bits || b.finding.line - a.finding.line,
  );
  for (const [saying] of weakest.slice(0, groups.size - mostGroups)) groups.delete(saying);
}

/** Adds silences that no segment sees as a whole; those that one did see are told already. */
export function joinSilences(
  groups: Map<string, FindingGroup>,
  silences: readonly Finding[],
): void {
  for (const finding of silences) {
    const known = groups.get(sayingOf(finding));
    const { line } = finding;
    if (known?.finding.line === line || known?.finding.repeats.includes(line) === true) continue;
    groups.set(`${sayingOf(finding)} ${line}`, { finding, bits: finding.bits, segments: 1 });
  }
}

function joined({ finding, bits }: FindingGroup, next: Finding): Omit<FindingGroup, 'segments'> {
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
    .map((group) => scored(judgedByAll(weakened(group), tallies, rarity, records), records))
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

/** What each of many segments finds unusual is how the log is: so many share the evidence. */
function weakened({ finding, segments }: FindingGroup): Finding {
  const shared = Math.log2(segments / sayTheSame);
  if (shared <= 0) return finding;
  const reasons = finding.reasons.flatMap((reason): Reason[] => {
    if (aboutPatterns.has(reason.family)) return [reason];
    const bits = Math.round((reason.bits - shared) * 100) / 100;
    return bits < leastReason ? [] : [{ ...reason, bits }];
  });
  return withReasons(finding, reasons);
}

function withReasons(finding: Finding, reasons: readonly Reason[]): Finding {
  return { ...finding, reasons, bits: reasons.reduce((sum, reason) => sum + reason.bits, 0) };
}

/**
 * A finding with the score that its bits have in the whole log; what a segment held back, because it
 * had too many others, counts again. The score of a build's finding does not rest on bits.
 */
function scored(finding: Finding, records: number): Finding {
  if (finding.reasons.some(({ family }) => family === 'build')) return finding;
  return { ...finding, score: scoreOf(evidenceWeights, finding.bits, records) };
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
  const complains = finding.reasons.some(({ family }) => family === 'severity');
  const reasons = finding.reasons.flatMap((reason): Reason[] => {
    if (!isRarity(reason)) return [reason];
    // Beside a complaint its rarity is worth more the longer the log is that holds no other.
    const bits = complains ? most : Math.min(reason.bits, most);
    const words = describeSeldom(total.count, records, total.firstLine, rarity.typical);
    return bits < leastReason ? [] : [{ ...reason, ...words, bits }];
  });
  return withReasons(finding, reasons);
}

function isRarity(reason: Reason): boolean {
  return reason.family === 'rarity' && countsMessages(reason);
}
