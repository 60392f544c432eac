import { lineInLog, linesOfLog } from '../record/excerpt.ts';
import { placeInLog } from '../record/placeInLog.ts';
import type { LogText } from '../record/logText.ts';
import type { AnalysedLog, PatternInLog } from './analysedLog.ts';
import type { Reread } from './explanation.ts';
import type { Signal } from './signal.ts';
import { baseName, grouped } from './words.ts';

/** Lines of all logs, those that were only read for findings among them. */
export function linesOf(analyses: readonly AnalysedLog[]): number {
  return analyses.reduce((sum, { view }) => sum + linesOfLog(view.log), 0);
}

/** The pattern of a template over all of a log of which an excerpt is held; null where that is not known. */
export function patternInLog({ view, whole }: AnalysedLog, template: number): PatternInLog | null {
  const text = view.templates.templates[template]?.text;
  return whole === undefined || text === undefined ? null : whole.patternOf(text);
}

/**
 * How often the message of a signal came in its log, where that is more than its excerpt holds, and
 * whether the signal is the first one. A signal that stands for some of its pattern's messages only
 * (those that are severe) is counted in the excerpt: the log's count is that of all of them.
 */
export function timesInLog(
  { log, line, template, count, trace }: Signal,
  analyses: readonly AnalysedLog[],
): { readonly count: number; readonly isFirst: boolean } {
  const analysis = analyses[log];
  const all = analysis === undefined || trace !== null ? null : patternInLog(analysis, template);
  if (analysis === undefined || all === null) return { count, isFirst: true };
  const { view } = analysis;
  const isAll = view.templates.templates[template]?.count === count;
  const isFirst = !isAll || all.firstLine >= lineInLog(view.log, line);
  return { count: isAll ? Math.max(count, all.count) : count, isFirst };
}

/** What of the logs a report rests on; null where it is all of them. */
export function rereadOf(analyses: readonly AnalysedLog[]): Reread | null {
  if (analyses.every(({ view }) => view.log.excerpt === undefined)) return null;
  let bytes = 0;
  let lines = 0;
  let of = 0;
  for (const { view } of analyses) {
    bytes += view.log.bytes.length;
    lines += view.log.lineCount;
    of += view.log.excerpt?.bytes ?? view.log.bytes.length;
  }
  return { lines, bytes, of };
}

/** What the reader must know of logs of which only excerpts were weighed, a sentence each. */
export function excerptGaps(analyses: readonly AnalysedLog[]): readonly string[] {
  return analyses.flatMap(({ view: { log }, whole }) => {
    const { excerpt, bytes } = log;
    if (excerpt === undefined) return [];
    const name = baseName(log.path);
    const gaps: string[] = [];
    if (bytes.length < excerpt.bytes) {
      const spans = excerpt.pieces.map(({ first }, at) => {
        const last = excerpt.pieces[at + 1]?.first ?? log.lineCount;
        return spanWords(log, first + 1, last);
      });
      gaps.push(
        `${name} is too large to be weighed as a whole: this report rests on ${sizeWords(bytes.length)} of ${sizeWords(excerpt.bytes)}, lines ${spans.join(' and ')}. Of the rest only its findings and counts are known.`,
      );
    }
    const unread = whole?.unread ?? 0;
    if (unread > 0) gaps.push(`The last ${sizeWords(unread)} of ${name} have not been read.`);
    return gaps;
  });
}

/** Lines (1-based, inclusive) of a text as a reader finds them: `1,203-4,711`, with the files of a rotated set. */
function spanWords(log: LogText, first: number, last: number): string {
  const [from, to] = [first, last].map((line) => placeInLog(log, line));
  if (from === undefined || to === undefined) return '';
  const nameOf = (path: string): string => (log.parts === undefined ? '' : `${baseName(path)}:`);
  const end = from.path === to.path ? '' : nameOf(to.path);
  return `${nameOf(from.path)}${grouped(from.line)}-${end}${grouped(to.line)}`;
}

/** `412 MB`, `1.2 MB`, `800 kB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1e6) return `${grouped(Math.max(1, Math.round(bytes / 1e3)))} kB`;
  const megabytes = bytes / 1e6;
  return `${megabytes < 10 ? megabytes.toFixed(1).replace(/\.0$/, '') : grouped(Math.round(megabytes))} MB`;
}
