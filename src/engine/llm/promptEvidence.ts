import type { AnalysedLog } from '../explain/analysedLog.ts';
import type { EvidenceItem } from '../explain/explanation.ts';
import { readLine, readMessage, recordAtLine, recordSpan } from '../explain/readLines.ts';
import { baseName, isoTime } from '../explain/words.ts';
import { filesOf, lineAtPlace } from '../record/placeInLog.ts';
import type { PatternOfMessage } from '../privacy/redactor.ts';
import { levelRank, levels } from '../record/levels.ts';

/** A line of evidence as the log has it. */
export interface PlainLine {
  readonly text: string;
  /** Its message with the pattern, where a record begins here; null on further lines of a record. */
  readonly head: {
    readonly message: string;
    readonly source: string;
    readonly pattern: PatternOfMessage;
  } | null;
}

/** An evidence item as a model would see it, before it is redacted. */
export interface PlainItem {
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  /** Milliseconds since the epoch; NaN where the log states none. */
  readonly time: number;
  /** Level as the log states it; empty where it does not. */
  readonly level: string;
  /** The first lines, whole: nothing is shortened before it was redacted. */
  readonly lines: readonly PlainLine[];
  /** Whether it speaks of trouble by itself: a level of warning and above, a finding, no level at all. */
  readonly weighs: boolean;
}

/** Lines of one item that are shown; what is decisive stands first or in the innermost cause. */
const maxLines = 8;

/**
 * What the lines of an item are. They are read from the log again: the excerpt of the report is cut,
 * and a secret that is cut in two is not recognised.
 */
export function plainItem(item: EvidenceItem, analyses: readonly AnalysedLog[]): PlainItem {
  const { id, path, line } = item;
  const endLine = Math.max(line, item.endLine);
  const analysis = analyses.find(({ view }) => filesOf(view.log).includes(path));
  const own = analysis === undefined ? null : lineAtPlace(analysis.view.log, { path, line });
  if (analysis === undefined || own === null) {
    const lines = item.text.split('\n').map((text) => ({ text, head: null }));
    return { id, path, line, endLine, time: Number.NaN, level: '', lines, weighs: false };
  }
  const { records } = analysis.view;
  const last = own + endLine - line;
  const record = recordAtLine(records, own - 1);
  const rank = records.level[record] ?? levelRank.unknown;
  return {
    id,
    path,
    line,
    endLine,
    time: records.time[record] ?? Number.NaN,
    level: rank === levelRank.unknown ? '' : (levels[rank] ?? ''),
    lines: Array.from({ length: Math.min(maxLines, endLine - line + 1) }, (_, index) =>
      plainLine(analysis, own - 1 + index),
    ),
    weighs:
      rank === levelRank.unknown ||
      rank >= levelRank.warning ||
      analysis.findings.some((finding) => finding.line <= last && finding.endLine >= own),
  };
}

/** @param line 0-based */
function plainLine({ view }: AnalysedLog, line: number): PlainLine {
  const { log, records, templates } = view;
  const text = readLine(log, line);
  const record = recordAtLine(records, line);
  const template = templates.templates[templates.ofRecord[record] ?? -1];
  if (template === undefined || recordSpan(records, record).first !== line) {
    return { text, head: null };
  }
  return {
    text,
    head: {
      message: readMessage(log, records, record),
      source: records.sources[records.source[record] ?? 0] ?? '',
      pattern: { template: template.text, count: template.count },
    },
  };
}

/** Names of logs that tell them apart: the last part of the path, with its folder where that repeats. */
export function placeNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const bases = paths.map(baseName);
  for (const path of new Set(paths)) {
    const base = baseName(path);
    const repeats = new Set(paths.filter((_, index) => bases[index] === base)).size > 1;
    const folder = baseName(path.slice(0, Math.max(0, path.length - base.length - 1)));
    names.set(path, repeats && folder !== '' ? `${folder}/${base}` : base);
  }
  return names;
}

/** `12:00:01.250` with its date, as items are headed; empty without a time. */
export function itemTime(time: number): string {
  return isoTime(time) ?? '';
}
