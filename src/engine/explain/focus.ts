import { instructionIn } from '../privacy/instructionIn.ts';
import type { AnalysedLog } from './analysedLog.ts';
import { sharedIdsIn } from '../merge/identifiersIn.ts';
import { readFacts } from './knowledge/readFacts.ts';
import type { RuleBook } from './rules/ruleBook.ts';
import { readLine, readMessage, recordAtLine, recordSpan } from './readLines.ts';
import type { Signal } from './signal.ts';
import { isBuildLog, timeNear } from './signalPlace.ts';

/** The line that a reader asks about, 1-based. */
export interface Focus {
  readonly path: string;
  readonly line: number;
}

const nearRecords = 200;
const nearTime = 5 * 60_000;

/** The signal at the line asked about: an existing one that covers it, or a new one. */
export function signalAt(
  focus: Focus,
  analyses: readonly AnalysedLog[],
  signals: readonly Signal[],
  rules: RuleBook,
): Signal | null {
  const log = analyses.findIndex(({ view }) => view.log.path === focus.path);
  const analysis = analyses[log];
  if (analysis === undefined || focus.line < 1 || focus.line > analysis.view.log.lineCount)
    return null;
  const known = signals.find(
    (signal) => signal.log === log && signal.line <= focus.line && signal.endLine >= focus.line,
  );
  if (known !== undefined) return { ...known, weight: Math.max(0.6, known.weight) };
  const { view } = analysis;
  const record = recordAtLine(view.records, focus.line - 1);
  const { first, end } = recordSpan(view.records, record);
  const text = readMessage(view.log, view.records, record);
  const template = view.templates.ofRecord[record] ?? 0;
  return {
    log,
    record,
    lastRecord: record,
    line: first + 1,
    endLine: Math.min(end, first + 40),
    time: timeNear(analysis, record),
    level: view.records.level[record] ?? 0,
    source: view.records.sources[view.records.source[record] ?? 0] ?? '',
    text,
    template,
    count: view.templates.templates[template]?.count ?? 1,
    // What the line says of a cause is what its writer wants to be told.
    facts: instructionIn(text) === null ? readFacts(text, isBuildLog(analysis), rules) : [],
    trace: null,
    finding: null,
    isNew: null,
    weight: 0.6,
  };
}

/**
 * Weighs signals by what they can have to do with the line asked about: what shares an identifier
 * or stands near gains, what is far loses, what came clearly later is no cause.
 */
export function weighByFocus(
  signals: readonly Signal[],
  asked: Signal,
  analyses: readonly AnalysedLog[],
): readonly Signal[] {
  const textOf = (signal: Signal): string => {
    const log = analyses[signal.log]?.view.log;
    return log === undefined ? '' : readLine(log, signal.line - 1);
  };
  const ids = new Set(sharedIdsIn(textOf(asked)));
  const timed = !Number.isNaN(asked.time);
  const others = signals.filter((signal) => signal.log !== asked.log || signal.line !== asked.line);
  const weighed = others.map((signal) => {
    const shares = sharedIdsIn(textOf(signal)).some((id) => ids.has(id));
    const byTime = timed && !Number.isNaN(signal.time);
    const gap = byTime ? signal.time - asked.time : null;
    const near =
      gap === null
        ? signal.log === asked.log && Math.abs(signal.record - asked.record) <= nearRecords
        : Math.abs(gap) <= nearTime;
    const later =
      gap === null ? signal.log === asked.log && signal.record > asked.record : gap > 1000;
    const factor = (shares ? 1.3 : near ? 1 : 0.4) * (later ? 0.5 : 1);
    return { ...signal, weight: Math.min(0.97, signal.weight * factor) };
  });
  return [...weighed, asked];
}
