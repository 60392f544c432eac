import type { Finding, Reason, Severity } from '../finding.ts';
import type { LogText } from '../../record/logText.ts';
import { levelRank } from '../../record/levels.ts';
import { isBuildLog } from '../build/recogniseBuild.ts';
import { shortened } from '../build/shortened.ts';
import { lineTrait, readRun, TemplateIds } from './comparedRun.ts';
import type { ComparedRun } from './comparedRun.ts';
import { differingRegions } from './differingRegions.ts';
import type { DifferingRegion } from './differingRegions.ts';
import { nearestKnown } from './nearestKnown.ts';
import { novelLines } from './novelLines.ts';
import type { NovelLines } from './novelLines.ts';

/** Findings that are marked; what differs beyond them stays a hint. */
const maxMarked = 20;
const titleLength = 140;

/**
 * What differs in a log from one or several good runs of the same thing, best first. Works without
 * knowing the kind of log: lines are matched by what they say, in any order, so interleaving,
 * identifiers, times, temporary paths and download progress make no difference. Without a good run
 * everything is new, and only evidence of failure speaks.
 *
 * The method is ours; regions with evidence follow the labels of CiDiff-like data sets, the
 * alignment is patience alignment (Bram Cohen).
 */
export function compareRuns(log: LogText, good: readonly LogText[]): Finding[] {
  const ids = new TemplateIds();
  const run = readRun(log, ids);
  const goodRuns = good.map((each) => readRun(each, ids));
  const isBuild = isBuildLog(log);
  const novel = novelLines(run, goodRuns, ids, isBuild);
  const regions = differingRegions(run, novel, isBuild ? levelRank.error : levelRank.warning);
  const context: Context = { path: log.path, run, goodRuns, novel, ids };
  return regions
    .map((region) => describe(context, region))
    .sort((a, b) => b.bits - a.bits || a.line - b.line)
    .map((finding, index) => ({
      ...finding,
      rank: index + 1,
      severity: index < maxMarked ? finding.severity : 'low',
    }));
}

interface Context {
  readonly path: string;
  readonly run: ComparedRun;
  readonly goodRuns: readonly ComparedRun[];
  readonly novel: NovelLines;
  readonly ids: TemplateIds;
}

function describe(context: Context, region: DifferingRegion): Finding {
  const { run } = context;
  const head = tellingLine(run, region);
  const reasons = [noveltyReason(context, region), evidenceReason(run, region, head)].sort(
    (a, b) => b.bits - a.bits,
  );
  const bits = reasons.reduce((sum, reason) => sum + reason.bits, 0);
  const score = 1 / (1 + 2 ** (neutralBits - bits));
  return {
    rank: 0,
    path: context.path,
    line: region.lines[0]! + 1,
    endLine: region.lines.at(-1)! + 1,
    severity: severityOf(score),
    score,
    bits,
    count: 1,
    template: shortened(context.ids.texts[run.template[head]!]!.replace(/^\d /, ''), 400).replace(
      /<(?:n|id|url|path)>/g,
      '<*>',
    ),
    title: shortened(run.lines.text(head).trim(), titleLength),
    reasons,
    related: [],
    repeats: [],
    lines: region.lines.map((line) => line + 1),
  };
}

/** Bits at which a difference is as likely harmless as not. */
const neutralBits = 6;

function severityOf(score: number): Severity {
  if (score >= 0.9) return 'high';
  return score >= 0.25 ? 'medium' : 'low';
}

/** The line that names a region: the strongest level, then the first word of failure. */
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
  const goodLines = goodRuns.reduce((sum, each) => sum + each.count, 0);
  const share = fresh.length / region.lines.length;
  const bits = share * Math.min(maxNoveltyBits, Math.log2(1 + goodLines) / 2);
  const shown = fresh.slice(0, maxReasonLines).map((line) => line + 1);
  if (goodRuns.length === 0) {
    return {
      family: 'baseline',
      bits: 0,
      text: 'There is no good run to compare with, so only the words of failure speak.',
      observed: `${region.lines.length} lines`,
      expected: 'unknown',
      lines: shown,
    };
  }
  const near = nearestKnown(context, fresh[0] ?? region.lines[0]!);
  const runs = goodRuns.length === 1 ? 'the good run' : `any of the ${goodRuns.length} good runs`;
  return {
    family: 'baseline',
    bits,
    text:
      near === null
        ? `${fresh.length} of these ${region.lines.length} lines do not occur in ${runs}, and nothing alike does.`
        : `${fresh.length} of these ${region.lines.length} lines do not occur in ${runs}; at this place it says: ${near}`,
    observed: shortened(run.lines.text(fresh[0] ?? region.lines[0]!).trim(), titleLength),
    expected: near ?? 'nothing alike',
    lines: shown,
  };
}

const maxNoveltyBits = 7;
const maxReasonLines = 20;

function evidenceReason(run: ComparedRun, region: DifferingRegion, head: number): Reason {
  const levelled = region.evidence.filter((line) => run.level[line]! >= levelRank.error).length;
  const frames = region.evidence.filter(
    (line) => (run.traits[line]! & lineTrait.frame) !== 0,
  ).length;
  const words = region.evidence.filter(
    (line) => (run.traits[line]! & lineTrait.failing) !== 0,
  ).length;
  const parts: string[] = [];
  if (levelled > 0) parts.push(`${levelled} at an error level`);
  if (words > 0) parts.push(`${words} with words of failure`);
  if (frames > 0) parts.push(`${frames} stack frames`);
  const bits = (levelled > 0 ? 3 : 0) + (words > 0 ? 3 : 0) + (frames > 0 ? 1.5 : 0);
  return {
    family: 'severity',
    bits,
    text: `Its lines speak of failure: ${parts.join(', ')}.`,
    observed: shortened(run.lines.text(head).trim(), titleLength),
    expected: 'routine messages',
    lines: region.evidence.slice(0, maxReasonLines).map((line) => line + 1),
  };
}
