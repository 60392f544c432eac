import type { Finding, Severity } from '../finding.ts';
import type { LogText } from '../../record/logText.ts';
import type { RecordTable } from '../../record/recordTable.ts';
import { failureMessages } from '../compare/failureMessages.ts';
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

/** Blocks shown to the reader: the answer is among the first five or not here at all. */
const maxFindings = 8;
/** Probability above which a block is marked high, and the one below which it stays a hint. */
const highScore = 0.55;
const mediumScore = 0.08;
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
  const blocks = rankBlocks(run, maxFindings);
  if (blocks.length === 0) return [];
  const messages = failureMessages(
    log,
    run.regions.map(({ region }) => region),
  );
  const findings: Finding[] = [];
  let high = 0;
  for (const block of blocks) {
    const score = calibrated(block.mass) * believed[verdict];
    const severity = severityOf(score, high, verdict);
    if (severity === 'high') high += 1;
    const finding = findingOf(log.path, run, block, findings.length + 1, score, severity);
    findings.push({ ...finding, lines: coveredLines(finding, messages) });
  }
  return findings;
}

/** How far the log's own word, or its absence, is believed. */
const believed: Readonly<Record<RunVerdict, number>> = { failed: 1, unclear: 0.3, passed: 0.05 };

/** Platt scaling (1999) of the ranking's mass, fitted on the development half. */
const calibration = { offset: 0, slope: 1 };

function calibrated(mass: number): number {
  const bounded = Math.min(0.999, Math.max(1e-6, mass));
  const logit = Math.log(bounded / (1 - bounded));
  return 1 / (1 + Math.exp(-(calibration.offset + calibration.slope * logit)));
}

function severityOf(score: number, high: number, verdict: RunVerdict): Severity {
  if (verdict === 'failed' && score >= highScore && high < maxHigh) return 'high';
  return score >= mediumScore ? 'medium' : 'low';
}

/** All lines of the messages that a block shows a part of; its own where it is no such message. */
function coveredLines(finding: Finding, messages: readonly (readonly number[])[]): number[] {
  const covered = new Set<number>();
  for (const message of messages) {
    if (!message.some((line) => line >= finding.line - 1 && line < finding.endLine)) continue;
    for (const line of message) covered.add(line + 1);
  }
  if (covered.size === 0) {
    for (let line = finding.line; line <= finding.endLine; line += 1) covered.add(line);
  }
  return [...covered].sort((a, b) => a - b);
}

function findingOf(
  path: string,
  run: BuildRun,
  block: RankedBlock,
  rank: number,
  score: number,
  severity: Severity,
): Finding {
  const region = run.regions[block.region]!;
  const end = trimmedEnd(region.signals, block, region.first);
  const headLine = tellingLine(region.signals, block.first, end, region.first);
  const reasons = reasonsFor(run, block);
  const { verdictLine } = region.region;
  const outside = verdictLine !== null && (verdictLine < block.first || verdictLine >= end);
  return {
    rank,
    path,
    line: block.first + 1,
    endLine: end,
    severity,
    score,
    bits: reasons.reduce((sum, reason) => sum + reason.bits, 0),
    count: 1,
    template: masked(run.lines.text(block.first)),
    title: shortened(run.lines.text(headLine).trim(), titleLength),
    reasons,
    related: outside ? [{ path, line: verdictLine + 1 }] : [],
    repeats: [],
  };
}

/** The last line of a block that still says something. */
function trimmedEnd(signals: Int32Array, block: RankedBlock, regionFirst: number): number {
  let end = block.end;
  while (
    end > block.first + 1 &&
    (signals[end - 1 - regionFirst]! & (signal.blank | signal.ruler)) !== 0
  ) {
    end -= 1;
  }
  return end;
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

function tellingLine(signals: Int32Array, first: number, end: number, regionFirst: number): number {
  let best = first;
  let bestWorth = -Infinity;
  for (let line = first; line < end; line += 1) {
    let worth = 0;
    for (const [bit, value] of titleWorth) {
      if ((signals[line - regionFirst]! & bit) !== 0) worth += value;
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
