import { lineInLog, linesOfLog } from '../record/excerpt.ts';
import { filesOf } from '../record/placeInLog.ts';
import type { LogText } from '../record/logText.ts';
import type { AnalysedLog } from './analysedLog.ts';
import { commonAxis } from './clocks.ts';
import { clockGaps } from './clockWords.ts';
import type { Hypothesis } from './hypotheses.ts';
import type { Ordered } from './order.ts';
import type { Signal } from './signal.ts';
import { readLine } from './readLines.ts';
import { excerptGaps } from './wholeLog.ts';
import { baseName } from './words.ts';

/** What the logs cannot tell, so that silence is not taken for an answer. */
export function whatIsMissing(input: {
  readonly analyses: readonly AnalysedLog[];
  /** Null where there was nothing to order. */
  readonly ordered: Ordered | null;
  readonly top: Hypothesis | null;
  readonly hasBaseline: boolean;
}): readonly string[] {
  const { analyses, ordered, top, hasBaseline } = input;
  const missing: string[] = analyses.flatMap(({ view }) => givenUp(view.log));
  missing.push(...excerptGaps(analyses));
  missing.push(...clockGaps(analyses, ordered?.clocks.shifts ?? commonAxis(analyses)));
  if (analyses.some(({ view }) => runsBackwards(view.records.time))) {
    missing.push('Times run backwards in places; the order there is that of the lines.');
  }
  if (top !== null) {
    missing.push(...unseenPeers(top, analyses), ...unreadLogs(top, analyses));
    if (isAtStart(top.primary, analyses)) {
      missing.push(
        'The first sign stands at the very beginning of the log; what led to it may be in an earlier file.',
      );
    }
    if (!hasBaseline && top.category === 'unknown') {
      missing.push('No log of a good run to compare with.');
    }
  }
  for (const { view } of analyses) {
    const name = baseName(view.log.path);
    if (view.log.encoding === 'binary') {
      missing.push(`${name} is binary in places; only its text was read.`);
    }
    if (view.log.lineCount > 0 && holdsEnd(view.log) && endsInside(view.log.bytes)) {
      missing.push(
        `${name} ends in the middle of a line; it may have been cut or still be written.`,
      );
    }
  }
  if (top?.fact === null && top.primary.trace === null) {
    missing.push('No known kind of failure fits; the cited lines are what stands out.');
  }
  return [...new Set(missing)].slice(0, 8);
}

/** What was given up while a log was read, with names as a report has them: without their folders. */
function givenUp(log: LogText): readonly string[] {
  const paths = filesOf(log);
  return (log.notes ?? []).map((note) =>
    paths.reduce((text, path) => text.replaceAll(path, baseName(path)), note),
  );
}

/** More than one per cent of the records are earlier than the one before by over a second. */
function runsBackwards(time: Float64Array): boolean {
  let back = 0;
  let previous = Number.NaN;
  for (const value of time) {
    if (Number.isNaN(value)) continue;
    if (value < previous - 1000) back++;
    previous = value;
  }
  return back > Math.max(0, time.length * 0.01);
}

function isAtStart(signal: Signal, analyses: readonly AnalysedLog[]): boolean {
  const view = analyses[signal.log]?.view;
  if (view === undefined || lineInLog(view.log, 1) > 1) return false;
  return signal.record === 0 && view.records.count > 1 && signal.trace === null;
}

function holdsEnd(log: LogText): boolean {
  return lineInLog(log, log.lineCount) >= linesOfLog(log);
}

/** Hosts and services that the cause names and that none of the logs comes from. */
function unseenPeers(top: Hypothesis, analyses: readonly AnalysedLog[]): readonly string[] {
  const remote = [
    'dependency.unavailable',
    'network.timeout',
    'network.disconnect',
    'node.down',
    'network.dns',
    'network.tls',
  ];
  if (!remote.includes(top.category)) return [];
  const analysis = analyses[top.primary.log];
  if (analysis === undefined) return [];
  const text = readLine(analysis.view.log, top.primary.line - 1);
  const paths = analyses.map(({ view }) => view.log.path.toLowerCase());
  const peers = new Set<string>();
  const shape =
    /\b(?:[a-z][a-z0-9.-]{0,60}[a-z0-9]|[0-9]{1,3}(?:\.[0-9]{1,3}){3}):[0-9]{2,5}\b|(?<=\/\/)[a-z0-9.-]{3,80}|(?<=\bhost ['"]?)[a-z0-9.-]{3,80}/gi;
  for (const match of text.matchAll(shape)) {
    const peer = match[0];
    const stem = peer.toLowerCase().split(/[.:]/)[0] ?? '';
    // `service.py:142` is a place in code, `12:03:07` a time.
    if (/\.(?:py|go|js|ts|java|cc|cpp|c|rs|rb|cs|php|kt):[0-9]+$/i.test(peer)) continue;
    if (stem.length < 2 || paths.some((path) => path.includes(stem))) continue;
    peers.add(peer);
    if (peers.size >= 2) break;
  }
  return [...peers].map((peer) => `No log of ${peer}, which the cause names.`);
}

function endsInside(bytes: Uint8Array): boolean {
  return bytes.length > 100_000 && bytes[bytes.length - 1] !== 10;
}

/** Logs that the lines of the cause point to, and that were not given: `see /var/log/store.err`. */
function unreadLogs(top: Hypothesis, analyses: readonly AnalysedLog[]): readonly string[] {
  const given = new Set(
    analyses.flatMap(({ view }) => filesOf(view.log).map((path) => baseName(path).toLowerCase())),
  );
  const named = new Set<string>();
  for (const signal of [top.primary, ...top.support.slice(0, 4)]) {
    const view = analyses[signal.log]?.view;
    if (view === undefined) continue;
    const text = readLine(view.log, signal.line - 1);
    for (const match of text.slice(0, 1000).matchAll(/[\w./\\-]{1,200}\.(?:log|err|out|trc)\b/g)) {
      const name = baseName(match[0]);
      if (!given.has(name.toLowerCase())) named.add(name);
    }
  }
  return [...named]
    .slice(0, 2)
    .map((name) => `The log names ${name}, which was not given; it may say more.`);
}
