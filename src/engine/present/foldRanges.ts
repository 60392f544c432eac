import type { LogView } from '../detect/logView.ts';
import type { LogText } from '../record/logText.ts';

/** Lines (0-based, inclusive) that an editor can fold. */
export interface FoldRange {
  readonly line: number;
  readonly endLine: number;
  /** A record of several lines, a run of the same message, a group of a CI console. */
  readonly kind: 'record' | 'run' | 'group';
}

/** As many as VS Code keeps by itself (`editor.foldingMaximumRegions`). */
const mostFolds = 5_000;
/** Fewer records of one template in a row stay as they are. */
const leastRun = 5;
/** Groups within groups; deeper ones are left out. */
const deepestGroup = 100;

/**
 * What can be folded in a log: records of several lines without the blank ones at their end, runs of
 * at least five records of the same template, and groups of GitHub, GitLab and Travis consoles.
 * Ascending; no two begin at the same line. Of more than fit the longest are kept.
 */
export function foldRanges(view: Pick<LogView, 'log' | 'records' | 'templates'>): FoldRange[] {
  const byLine = new Map<number, FoldRange>();
  for (const fold of [...groupFolds(view.log), ...recordFolds(view), ...runFolds(view)]) {
    if (!byLine.has(fold.line)) byLine.set(fold.line, fold);
  }
  return [...byLine.values()]
    .sort((a, b) => b.endLine - b.line - (a.endLine - a.line))
    .slice(0, mostFolds)
    .sort((a, b) => a.line - b.line);
}

function* recordFolds({ log, records }: Pick<LogView, 'log' | 'records'>): Generator<FoldRange> {
  const { count, firstLine } = records;
  for (let record = 0; record < count; record += 1) {
    const line = firstLine[record] ?? 0;
    let endLine = (firstLine[record + 1] ?? 0) - 1;
    while (endLine > line && isBlank(log, endLine)) endLine -= 1;
    if (endLine > line) yield { line, endLine, kind: 'record' };
  }
}

function* runFolds({
  records,
  templates,
}: Pick<LogView, 'records' | 'templates'>): Generator<FoldRange> {
  const { count, firstLine } = records;
  const { ofRecord } = templates;
  let start = 0;
  for (let record = 1; record <= count; record += 1) {
    if (record < count && ofRecord[record] === ofRecord[start]) continue;
    if (record - start >= leastRun) {
      yield { line: firstLine[start] ?? 0, endLine: (firstLine[record] ?? 0) - 1, kind: 'run' };
    }
    start = record;
  }
}

/** What opens and closes a group; a console that ends none ends it where the next one begins. */
const markers = [
  ['##[group]', '##[endgroup]'],
  ['::group::', '::endgroup::'],
  ['section_start:', 'section_end:'],
  ['travis_fold:start:', 'travis_fold:end:'],
] as const;

/** Groups that a console was told to fold. The search is native, so a log without any costs little. */
function* groupFolds(log: LogText): Generator<FoldRange> {
  const { buffer, byteOffset, byteLength } = log.bytes;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  for (const [opening, closing] of markers) {
    let open = bytes.indexOf(opening);
    let close = bytes.indexOf(closing);
    const starts: number[] = [];
    let found = 0;
    while ((open !== -1 || (close !== -1 && starts.length > 0)) && found < mostFolds) {
      if (open !== -1 && (close === -1 || open < close)) {
        if (starts.length < deepestGroup) starts.push(open);
        open = bytes.indexOf(opening, open + opening.length);
        continue;
      }
      if (close === -1) break;
      const start = starts.pop();
      if (start !== undefined) {
        const line = lineAt(log, start);
        const endLine = lineAt(log, close);
        if (endLine > line) {
          found += 1;
          yield { line, endLine, kind: 'group' };
        }
      }
      close = bytes.indexOf(closing, close + closing.length);
    }
  }
}

/** Line (0-based) that holds a byte. */
function lineAt({ lineStarts, lineCount }: LogText, offset: number): number {
  let low = 0;
  let high = lineCount;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/** Looks at the first bytes only: a line of many spaces counts as one with text. */
function isBlank({ bytes, lineStarts }: LogText, line: number): boolean {
  const start = lineStarts[line] ?? 0;
  const end = lineStarts[line + 1] ?? 0;
  if (end - start > 64) return false;
  for (let at = start; at < end; at += 1) if ((bytes[at] ?? 0) > 0x20) return false;
  return true;
}
