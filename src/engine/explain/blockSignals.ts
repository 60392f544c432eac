import type { Finding } from '../detect/finding.ts';
import type { AnalysedLog } from './analysedLog.ts';
import { decisiveLine } from './decisiveLine.ts';
import { readFacts } from './knowledge/readFacts.ts';
import type { Novelty } from './novelty.ts';
import { readLine, recordAtLine } from './readLines.ts';
import type { RuleBook } from './rules/ruleBook.ts';
import type { Signal } from './signal.ts';
import { sourceOf, timeNear } from './signalPlace.ts';

/** In a build log the ranked block itself is the unit: its lines belong together. */
export function blockSignal(
  analysis: AnalysedLog,
  log: number,
  finding: Finding,
  novelty: Novelty | null,
  rules: RuleBook,
): Signal {
  const { view } = analysis;
  const record = recordAtLine(view.records, finding.line - 1);
  const lines: string[] = [];
  for (let line = finding.line; line <= Math.min(finding.endLine, finding.line + 30); line++) {
    lines.push(stripEscapes(readLine(view.log, line - 1)));
  }
  const text = lines.join('\n');
  const isNew = novelty === null ? null : true;
  const facts = readFacts(text, true, rules);
  return {
    log,
    record,
    lastRecord: record,
    line: finding.line,
    endLine: finding.endLine,
    time: timeNear(analysis, record),
    level: view.records.level[record] ?? 0,
    source: sourceOf(analysis, record),
    text: decisiveLine(lines, facts[0]?.words ?? ''),
    template: view.templates.ofRecord[record] ?? 0,
    count: finding.count,
    facts,
    trace: null,
    finding,
    isNew,
    weight: Math.min(0.95, (0.55 + 0.4 * finding.score) * 0.85 ** (finding.rank - 1)),
  };
}

/** Colour and cursor sequences (ECMA-48) out of a line. */
function stripEscapes(text: string): string {
  return text.replace(/\u001b\[[0-9;?]{0,20}[A-Za-z]/g, '').replace(/^.*\r(?=[^\r])/, '');
}
