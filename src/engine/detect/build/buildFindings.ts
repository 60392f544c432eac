import type { Finding, Severity } from '../finding.ts';
import type { LogText } from '../../record/logText.ts';
import type { RecordTable } from '../../record/recordTable.ts';
import { failureMessages } from '../compare/failureMessages.ts';
import { closingBlock } from './closingBlock.ts';
import { reasonsFor } from './describeBlock.ts';
import { signal } from './lineSignals.ts';
import { rankBlocks } from './rankBlocks.ts';
import type { RankedBlock } from './rankBlocks.ts';
import { readBuild } from './readBuild.ts';
import type { BuildRun } from './readBuild.ts';
import { isBuildLog } from './recogniseBuild.ts';
import { runVerdict } from './runVerdict.ts';
import type { RunVerdict } from './runVerdict.ts';
import { shortened } from './shortened.ts';

/** Findings of a build: the answer is among the first five or not here at all. */
const maxFindings = 5;
/** Blocks that are ranked before those that tell the same are put together. */
const maxBlocks = 40;
/** Probability above which a block is marked high, and the one below which it stays a hint. */
const highScore = 0.8;
const mediumScore = 0.33;
const maxHigh = 2;
const titleLength = 140;

/**
 * The blocks of a build, test or CI log that say why it failed, best first, or null when the log is
 * not one. A run that passed has none.
 */
export function buildFindings(log: LogText, records: RecordTable): Finding[] | null {
  const { format } = records;
  const applicationLog = format.hasTime && format.hasLevel && format.confidence >= 0.9;
  if (!isBuildLog(log, applicationLog)) return null;
  const run = readBuild(log);
  const verdict = runVerdict(run);
  if (verdict === 'passed') return [];
  const blocks = rankBlocks(run, maxBlocks);
  if (blocks.length === 0) return [];
  const messages = failureMessages(
    log,
    run.regions.map(({ region }) => region),
  );
  const findings: Finding[] = [];
  let high = 0;
  for (const alike of withClosing(run, groupAlike(run, blocks)).slice(0, maxFindings)) {
    const mass = alike.reduce((sum, block) => sum + block.mass, 0);
    const score = Math.min(
      findings.at(-1)?.score ?? 1,
      calibrated(Math.min(1, mass)) * (verdict === 'failed' ? 1 : unclearBelief),
    );
    const severity = severityOf(score, high, verdict);
    if (severity === 'high') high += 1;
    const [first, ...others] = alike.map((block) => findingOf(log.path, run, block));
    // A hint claims no more than the line that names it.
    const lines =
      severity === 'low'
        ? alike.map((block) => namingLine(run, block) + 1)
        : alike.flatMap((block) => coveredLines(block, messages));
    findings.push({
      ...first!,
      rank: findings.length + 1,
      score,
      severity,
      count: alike.length,
      repeats: others.map((other) => other.line).sort((a, b) => a - b),
      lines: [...new Set(lines)].sort((a, b) => a - b),
    });
  }
  return findings;
}

/** The closing block is the last finding where none of those before it shows it. */
function withClosing(run: BuildRun, groups: readonly RankedBlock[][]): RankedBlock[][] {
  const closing = closingBlock(run);
  if (closing === null) return [...groups];
  const before = groups.slice(0, maxFindings - 1);
  const shown = before.flat().some(({ first, end }) => first < closing.end && closing.first < end);
  return shown ? [...groups] : [...before, [closing]];
}

/** Blocks that tell the same, in different words for each test or file, are one finding. */
function groupAlike(run: BuildRun, blocks: readonly RankedBlock[]): RankedBlock[][] {
  const groups = new Map<string, RankedBlock[]>();
  for (const block of blocks) {
    const key = masked(run.lines.text(namingLine(run, block)));
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [block]);
    else known.push(block);
  }
  return [...groups.values()];
}

/** How far a run is taken for failed that does not say so. */
const unclearBelief = 0.3;

/**
 * How often a block of this mass is right, on projects that the weights were not fitted on (Platt,
 * 1999; development half, projects left out in turn).
 */
function calibrated(mass: number): number {
  const bounded = Math.min(0.9999, Math.max(0.0001, mass));
  return 1 / (1 + Math.exp(-0.7) * (bounded / (1 - bounded)) ** -0.45);
}

function severityOf(score: number, high: number, verdict: RunVerdict): Severity {
  if (verdict === 'failed' && score >= highScore && high < maxHigh) return 'high';
  return score >= mediumScore ? 'medium' : 'low';
}

/** All lines of the messages that a block shows a part of; its own where it is no such message. */
function coveredLines(block: RankedBlock, messages: readonly (readonly number[])[]): number[] {
  const covered: number[] = [];
  for (const message of messages) {
    if (message.some((line) => line >= block.first && line < block.end)) {
      for (const line of message) covered.push(line + 1);
    }
  }
  if (covered.length > 0) return covered;
  return Array.from({ length: block.end - block.first }, (_, i) => block.first + i + 1);
}

type Described = Omit<Finding, 'rank' | 'score' | 'severity' | 'count' | 'repeats'>;

function findingOf(path: string, run: BuildRun, block: RankedBlock): Described {
  const region = run.regions[block.region]!;
  const { end } = block;
  const reasons = reasonsFor(run, block);
  const { verdictLine } = region.region;
  const outside = verdictLine !== null && (verdictLine < block.first || verdictLine >= end);
  return {
    path,
    line: block.first + 1,
    endLine: end,
    bits: reasons.reduce((sum, reason) => sum + reason.bits, 0),
    template: masked(run.lines.text(block.first)),
    title: shortened(run.lines.text(namingLine(run, block)).trim(), titleLength),
    reasons,
    related: outside ? [{ path, line: verdictLine + 1 }] : [],
  };
}

/** Worth of a signal for the line that names a block, in order of importance. */
const titleWorth: readonly (readonly [number, number])[] = [
  [signal.errorPrefix, 3],
  [signal.exception, 2],
  [signal.cause, 2],
  [signal.expectation, 1.5],
  [signal.heading, 1],
  [signal.assertion, 1],
  [signal.failWord, 1],
  [signal.location, 0.5],
  [signal.consequence, -1.5],
  [signal.frame, -2],
  [signal.ruler, -2],
  [signal.hint, -1],
  [signal.warning, -1],
  [signal.blank, -9],
];

/** The line (0-based) that says best what a block is about. */
function namingLine(run: BuildRun, block: RankedBlock): number {
  const { signals, first } = run.regions[block.region]!;
  let best = block.first;
  let bestWorth = -Infinity;
  for (let line = block.first; line < block.end; line += 1) {
    let worth = 0;
    for (const [bit, value] of titleWorth) {
      if ((signals[line - first]! & bit) !== 0) worth += value;
    }
    if (worth > bestWorth) {
      best = line;
      bestWorth = worth;
    }
  }
  return best;
}

function masked(text: string): string {
  return shortened(text.trim(), 400).replace(/\b0x[0-9a-f]+\b|\d+/gi, '<*>');
}
