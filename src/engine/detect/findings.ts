import type { Finding } from './finding.ts';
import { gatherCandidates } from './findings/gatherCandidates.ts';
import { joinCandidates, type Joined } from './findings/joinCandidates.ts';
import { titleOf } from './findings/titleOf.ts';
import type { Candidate, Collected } from './findings/candidate.ts';
import { scoreOf, severityOrder } from './fuse.ts';
import type { LogView } from './logView.ts';

/** High findings of one log: a reader follows no more. */
const highBudget = 20;
const mediumBudget = 200;
const mostFindings = 500;
const mostRepeats = 1000;
const mostRelated = 8;
/** Bits within which two findings count as equally strong. */
const nearlyEqual = 3;

function repeatsOf(view: LogView, { records, main }: Candidate, line: number): number[] {
  const repeats: number[] = [];
  for (let index = 0; index < records.length && repeats.length < mostRepeats; index += 1) {
    const record = records[index]!;
    const at = view.records.firstLine[record]! + 1;
    if (record !== main && at !== line) repeats.push(at);
  }
  return repeats;
}

/** Grave ones beyond what a reader follows count as less grave. */
function withinBudget(joined: readonly Joined[]): Joined[] {
  let high = 0;
  let medium = 0;
  return joined.map((item) => {
    let { severity } = item;
    if (severity === 'high') {
      high += 1;
      if (high > highBudget) severity = 'medium';
    }
    if (severity === 'medium') {
      medium += 1;
      if (medium > mediumBudget) severity = 'low';
    }
    return severity === item.severity ? item : { ...item, severity };
  });
}

function findingOf(collected: Collected, item: Joined): Finding {
  const { view, events } = collected;
  const { lead, severity, bits, reasons } = item;
  const line = view.records.firstLine[item.first]! + 1;
  const endLine = Math.max(line, view.records.firstLine[item.last + 1]!);
  const outside = new Set(
    reasons.flatMap((reason) => reason.lines.filter((shown) => shown < line || shown > endLine)),
  );
  return {
    rank: 0,
    path: view.log.path,
    line,
    endLine,
    severity,
    score: scoreOf(severity, bits),
    bits,
    count: lead.records.length,
    template: view.templates.templates[events.template[lead.event]!]!.text,
    title: titleOf(collected, lead),
    reasons,
    related: [...outside]
      .sort((a, b) => a - b)
      .slice(0, mostRelated)
      .map((related) => ({ path: view.log.path, line: related })),
    repeats: repeatsOf(view, lead, line),
  };
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

/** Findings, best first: at most 20 high and 500 in all, with the bits of the reasons adding up. */
export function logFindings(collected: Collected): Finding[] {
  const joined = joinCandidates(collected, gatherCandidates(collected))
    .filter((item) => item.reasons.length > 0)
    .sort(
      (a, b) =>
        severityOrder[a.severity] - severityOrder[b.severity] ||
        b.bits - a.bits ||
        a.first - b.first,
    )
    .slice(0, mostFindings);
  const findings = withinBudget(joined)
    .map((item) => findingOf(collected, item))
    .sort(byRank);
  // The order is the verdict: a score never rises on the way down.
  let score = 1;
  return findings.map((finding, index) => {
    score = Math.min(score, finding.score);
    return { ...finding, score, rank: index + 1 };
  });
}
