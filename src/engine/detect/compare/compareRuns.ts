import type { Finding, Reason, Severity } from '../finding.ts';
import { levelRank } from '../../record/levels.ts';
import type { LogText } from '../../record/logText.ts';
import { severityOf } from '../fuse.ts';
import { readBuild } from '../build/readBuild.ts';
import { isBuildLog } from '../build/recogniseBuild.ts';
import { runVerdict } from '../build/runVerdict.ts';
import { shortened } from '../build/shortened.ts';
import { readApplicationRuns } from './applicationRuns.ts';
import { lineTrait, readRun, TemplateIds } from './comparedRun.ts';
import type { ComparedRun } from './comparedRun.ts';
import { differingRegions } from './differingRegions.ts';
import type { DifferingRegion } from './differingRegions.ts';
import { driftFinding } from './driftFinding.ts';
import { driftOfRuns } from './driftOfRuns.ts';
import { nearestKnown } from './nearestKnown.ts';
import { keepFailedSteps, novelLines } from './novelLines.ts';
import type { NovelLines } from './novelLines.ts';
import { readablePattern } from './readablePattern.ts';

/** Findings that are marked; what differs beyond them stays a hint. */
const maxMarked = 20;
const titleLength = 140;
const maxReasonLines = 20;

type Unranked = Omit<Finding, 'rank'>;

/**
 * What differs in a log from one or several good runs of the same thing, best first. Works without
 * knowing the kind of log: lines are matched by what they say, in any order, so interleaving,
 * identifiers, times, temporary paths and download progress make no difference. In the log of a
 * program that keeps running, what is gone, slower, reordered or changed in number is told as well.
 * Without a good run everything is new, and only evidence of failure speaks.
 */
export function compareRuns(log: LogText, good: readonly LogText[]): Finding[] {
  const shown = good.filter((each) => each.lineCount > 0);
  const isBuild = isBuildLog(log);
  const ids = new TemplateIds();
  const [run, ...goodRuns] = isBuild
    ? [log, ...shown].map((each) => readRun(each, ids))
    : readApplicationRuns([log, ...shown], ids);
  if (run === undefined || run.count === 0) return [];
  const evidenceLevel = isBuild ? levelRank.error : levelRank.warning;
  const novel = novelLines(run, goodRuns, ids, evidenceLevel);
  if (isBuild && goodRuns.length === 0) {
    keepFailedSteps(novel.candidate, readBuild(log).shape.regions);
  }
  const context: Context = {
    path: log.path,
    run,
    goodRuns,
    novel,
    ids,
    evidenceLevel,
    noveltyBits: noveltyBits(goodRuns),
  };
  const regions = differingRegions(run, novel, evidenceLevel);
  const found = merged(regions.map((region) => describe(context, region)));
  // A build that fails leaves out and changes what comes after; that is no news of its own.
  const failed = isBuild && found.some(({ severity }) => severity !== 'low');
  if (!failed && goodRuns.length > 0) {
    for (const drift of driftOfRuns(run, goodRuns)) {
      found.push(driftFinding(log.path, ids, drift, novel.known.size));
    }
  }
  const harmless =
    found.some(({ severity }) => severity === 'high') &&
    isBuild &&
    runVerdict(readBuild(log)) === 'passed';
  return (harmless ? found.map(asHarmless) : found)
    .sort((a, b) => b.score - a.score || b.bits - a.bits || a.line - b.line)
    .map((finding, index) => ({
      ...finding,
      rank: index + 1,
      severity: index < maxMarked ? finding.severity : 'low',
    }));
}

/** What is new in a run that passed did no harm, whatever it says: it is never high. */
function asHarmless(finding: Unranked): Unranked {
  const score = Math.min(finding.score, mostOfPassed);
  return { ...finding, score, severity: severityOf(score) };
}

const mostOfPassed = 0.7;

interface Context {
  readonly path: string;
  readonly run: ComparedRun;
  readonly goodRuns: readonly ComparedRun[];
  readonly novel: NovelLines;
  readonly ids: TemplateIds;
  readonly evidenceLevel: number;
  /** Bits of a line that no good run has. */
  readonly noveltyBits: number;
}

function describe(context: Context, region: DifferingRegion): Unranked {
  const { run } = context;
  const head = tellingLine(run, region);
  const reasons = [noveltyReason(context, region), evidenceReason(context, region, head)].sort(
    (a, b) => b.bits - a.bits,
  );
  const bits = reasons.reduce((sum, reason) => sum + reason.bits, 0);
  const score = 1 / (1 + 2 ** (neutralBits - bits));
  return {
    path: context.path,
    line: region.lines[0]! + 1,
    endLine: region.lines.at(-1)! + 1,
    severity: severityAt(score, run.level[head]!),
    score,
    bits,
    count: 1,
    template: readablePattern(context.ids.texts[run.template[head]!]!),
    title: shortened(run.lines.text(head).trim(), titleLength),
    reasons,
    related: [],
    repeats: [],
    lines: region.lines.map((line) => line + 1),
  };
}

/** Bits at which a difference is as likely harmless as not. */
const neutralBits = 3;

/** A new warning is worth a look; only an error, or words of failure without a level, are high. */
function severityAt(score: number, level: number): Severity {
  const severity = severityOf(score);
  return severity === 'high' && level > 0 && level < levelRank.error ? 'medium' : severity;
}

/** Regions that tell the same are one finding: its lines are those of all of them. */
function merged(findings: readonly Unranked[]): Unranked[] {
  const byTemplate = new Map<string, Unranked>();
  for (const finding of findings) {
    const known = byTemplate.get(finding.template);
    if (known === undefined) {
      byTemplate.set(finding.template, finding);
      continue;
    }
    const stronger = finding.bits > known.bits ? finding : known;
    byTemplate.set(finding.template, {
      ...known,
      bits: stronger.bits,
      score: stronger.score,
      severity: stronger.severity,
      reasons: stronger.reasons,
      count: known.count + 1,
      repeats: [...known.repeats, finding.line].slice(0, 1000),
      lines: [...(known.lines ?? []), ...(finding.lines ?? [])],
    });
  }
  return [...byTemplate.values()];
}

/** The line that names a region: the strongest level, then the first that is no stack frame. */
function tellingLine(run: ComparedRun, region: DifferingRegion): number {
  let best = region.evidence[0]!;
  for (const line of region.evidence) {
    const better =
      run.level[line]! > run.level[best]! ||
      (run.level[line] === run.level[best] &&
        (run.traits[best]! & lineTrait.frame) !== 0 &&
        (run.traits[line]! & lineTrait.frame) === 0);
    if (better) best = line;
  }
  return best;
}

function noveltyReason(context: Context, region: DifferingRegion): Reason {
  const { run, goodRuns, novel } = context;
  const fresh = region.lines.filter((line) => novel.unseen[line] === 1);
  const first = fresh[0] ?? region.lines[0]!;
  const shown = (fresh.length === 0 ? region.lines : fresh).slice(0, maxReasonLines).map(oneBased);
  const observed = shortened(run.lines.text(first).trim(), titleLength);
  if (goodRuns.length === 0) {
    return {
      family: 'baseline',
      bits: 0,
      text: 'There is no good run to compare with, so only the words of failure speak.',
      observed,
      expected: 'unknown',
      lines: shown,
    };
  }
  const runs = goodRuns.length === 1 ? 'the good run' : `any of the ${goodRuns.length} good runs`;
  const near = nearestKnown(context, first);
  const instead = near === null ? 'nothing stands in their place there' : `there it says ${near}`;
  return {
    family: 'baseline',
    bits: (fresh.length / region.lines.length) * context.noveltyBits,
    text: `${fresh.length} of these ${region.lines.length} lines do not occur in ${runs}; ${instead}.`,
    observed,
    expected: near ?? 'nothing alike',
    lines: shown,
  };
}

/** More bits than this would let novelty alone outweigh every word of failure. */
const maxNoveltyBits = 6;

/**
 * How surprising a line is that no good run has, in bits: the share of lines whose text occurs once
 * in the good runs estimates the probability of yet another new one (Good, 1953).
 */
function noveltyBits(goodRuns: readonly ComparedRun[]): number {
  const counts = new Map<number, number>();
  let lines = 0;
  for (const good of goodRuns) {
    for (const template of good.template) {
      counts.set(template, (counts.get(template) ?? 0) + 1);
      lines += 1;
    }
  }
  let single = 0;
  for (const count of counts.values()) if (count === 1) single += 1;
  return Math.min(maxNoveltyBits, -Math.log2((single + 1) / (lines + 2)));
}

function evidenceReason(context: Context, region: DifferingRegion, head: number): Reason {
  const { run, evidenceLevel } = context;
  const levels = region.evidence.map((line) => run.level[line]!);
  const errors = levels.filter((level) => level >= levelRank.error).length;
  const warnings = levels.filter(
    (level) => level >= evidenceLevel && level < levelRank.error,
  ).length;
  const withTrait = (trait: number): number =>
    region.evidence.filter((line) => (run.traits[line]! & trait) !== 0).length;
  const frames = withTrait(lineTrait.frame);
  const words = withTrait(lineTrait.failing);
  const parts: string[] = [];
  if (errors > 0) parts.push(`${errors} at an error level`);
  if (warnings > 0) parts.push(`${warnings} at a warning level`);
  if (words > 0) parts.push(`${words} with words of failure`);
  if (frames > 0) parts.push(`${frames} stack frames`);
  return {
    family: 'severity',
    bits:
      (errors > 0 ? 3 : warnings > 0 ? 1.5 : 0) +
      (words > 0 ? 2.5 : 0) +
      (frames > 0 ? 1.5 : 0) +
      (withTrait(lineTrait.telling) > 0 ? 1.5 : 0),
    text: `Of its lines, ${parts.join(', ')}.`,
    observed: shortened(run.lines.text(head).trim(), titleLength),
    expected: 'routine messages',
    lines: region.evidence.slice(0, maxReasonLines).map(oneBased),
  };
}

function oneBased(line: number): number {
  return line + 1;
}
