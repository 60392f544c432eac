import type { AnalysedLog } from '../explain/analysedLog.ts';
import type { EvidenceItem } from '../explain/explanation.ts';
import { readLine, recordAtLine, recordSpan } from '../explain/readLines.ts';
import { baseName, isoTime, shorten } from '../explain/words.ts';
import type { PrivacyLevel } from '../privacy/privacyLevel.ts';
import { levelRank, levels } from '../record/levels.ts';

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
  /** Lines of the log, or patterns of them; whole, not yet shortened. */
  readonly lines: readonly string[];
  /** How many lines follow that are not shown. */
  readonly more: number;
  /** Whether it speaks of trouble by itself: a level of warning and above, a finding, no level at all. */
  readonly weighs: boolean;
}

/** Lines of one item that are shown; what is decisive stands first or in the innermost cause. */
const maxLines = 8;

/**
 * What the lines of an item are. They are read from the log again: the excerpt of the report is cut,
 * and a secret that is cut in two is not recognised. At the level `templates` they are patterns.
 */
export function plainItem(
  item: EvidenceItem,
  analyses: readonly AnalysedLog[],
  level: PrivacyLevel,
): PlainItem {
  const analysis = analyses.find(({ view }) => view.log.path === item.path);
  const base = {
    id: item.id,
    path: item.path,
    line: item.line,
    endLine: Math.max(item.line, item.endLine),
  };
  if (analysis === undefined) {
    const lines = level === 'templates' ? [] : item.text.split('\n');
    return { ...base, time: Number.NaN, level: '', lines, more: 0, weighs: false };
  }
  const { records } = analysis.view;
  const record = recordAtLine(records, item.line - 1);
  const rank = records.level[record] ?? levelRank.unknown;
  const all =
    level === 'templates'
      ? patternsOf(analysis, item.line - 1, base.endLine)
      : Array.from({ length: Math.min(maxLines, base.endLine - item.line + 1) }, (_, index) =>
          readLine(analysis.view.log, item.line - 1 + index),
        );
  return {
    ...base,
    time: records.time[record] ?? Number.NaN,
    level: rank === levelRank.unknown ? '' : (levels[rank] ?? ''),
    lines: all.slice(0, maxLines),
    more: Math.max(0, base.endLine - item.line + 1 - maxLines),
    weighs:
      rank === levelRank.unknown ||
      rank >= levelRank.warning ||
      analysis.findings.some(({ line, endLine }) => line <= base.endLine && endLine >= item.line),
  };
}

/** Patterns of the records that begin within lines (0-based, end exclusive), each once with its count. */
function patternsOf(analysis: AnalysedLog, start: number, end: number): readonly string[] {
  const { records, templates } = analysis.view;
  const patterns: string[] = [];
  for (
    let record = recordAtLine(records, start);
    record < records.count && recordSpan(records, record).first < end;
    record++
  ) {
    const template = templates.templates[templates.ofRecord[record] ?? -1];
    if (template === undefined) continue;
    const pattern = `${template.text} (pattern, seen ${template.count} times)`;
    if (!patterns.includes(pattern)) patterns.push(pattern);
    if (patterns.length >= maxLines) break;
  }
  return patterns;
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

/** Shortens a line without cutting a placeholder in two. */
export function shortLine(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const short = shorten(text, maxChars);
  const open = short.lastIndexOf('<');
  return open > 0 && !short.slice(open).includes('>') && short.length - open < 20
    ? `${short.slice(0, open)}…`
    : short;
}
