import type { AnalysedLog } from './analysedLog.ts';
import { readLine, readMessage, recordSpan } from './readLines.ts';
import type { StackTrace, TraceLine } from './traces/stackTrace.ts';
import { isFrameLine, parseStackTraces, startsTrace } from './stackTraces.ts';

/** A distinct trace of one log: its first occurrence, and how often it came. */
export interface FoundTrace {
  /** Position of the log in the input. */
  readonly log: number;
  /** Record that holds the first line of the first occurrence. */
  readonly record: number;
  readonly trace: StackTrace;
  /** Kinds, functions and files without line numbers: equal for equal failures across builds. */
  readonly key: string;
  readonly count: number;
}

/** Occurrences of one pattern that are read: later ones repeat the first. */
const perTemplate = 3;
/** Bounds for one log, so that a log full of traces costs no more than a log with many. */
const maxRegions = 800;
const maxRegionRecords = 400;
const maxRegionLines = 600;

/** Finds the distinct stack traces of a log, in file order. Reads only what can hold one. */
export function collectTraces(analysis: AnalysedLog, log: number): readonly FoundTrace[] {
  const found = new Map<string, { first: FoundTrace; count: number }>();
  for (const region of traceRegions(analysis)) {
    for (const trace of parseStackTraces(region.lines)) {
      const key = traceKey(trace);
      const known = found.get(key);
      if (known !== undefined) {
        known.count += 1;
        continue;
      }
      found.set(key, {
        first: { log, record: region.record, trace, key, count: 1 },
        count: 1,
      });
    }
  }
  const { ofRecord, templates } = analysis.view.templates;
  return [...found.values()].map(({ first, count }) => {
    const pattern = templates[ofRecord[first.record] ?? -1];
    return { ...first, count: repeats(pattern?.count, count) };
  });
}

/** A trace whose opening pattern repeats was read only a few times; the pattern knows how often. */
function repeats(patternCount: number | undefined, read: number): number {
  return read >= perTemplate && patternCount !== undefined ? patternCount : read;
}

/** What makes two traces the same failure. */
function traceKey(trace: StackTrace): string {
  return trace.chain
    .map(({ kind, frames }) => {
      const places = frames.map((frame) => `${frame.module}.${frame.function}@${frame.file}`);
      return `${kind}|${places.join('|')}`;
    })
    .join('||');
}

interface Region {
  readonly record: number;
  readonly lines: readonly TraceLine[];
}

/** Records that can hold a trace: those with continuation lines, and runs of frame lines. */
function* traceRegions(analysis: AnalysedLog): Generator<Region> {
  const { records, templates } = analysis.view;
  const framed = templates.templates.map((template) => {
    const text = readMessage(analysis.view.log, records, template.firstRecord);
    const bare = withoutBrackets(text).trimStart();
    return isFrameLine(bare) || startsTrace(bare) || hasEscapedTrace(text) || frameStart(text) > 0;
  });
  const read = new Uint32Array(templates.templates.length);
  let regions = 0;
  for (let record = 0; record < records.count && regions < maxRegions; record++) {
    const template = templates.ofRecord[record] ?? 0;
    const { first, end } = recordSpan(records, record);
    const multi = end - first > 1;
    if (!multi && framed[template] !== true) continue;
    const seen = read[template] ?? 0;
    if (multi && seen >= perTemplate * 4) continue;
    read[template] = seen + 1;
    if (framed[template] === true) {
      const last = runEnd(analysis, record, framed);
      yield { record, lines: withoutRepeatedName(runLines(analysis, record, last)) };
      record = last;
      regions++;
    } else if (seen < perTemplate) {
      yield { record, lines: spanLines(analysis, record) };
      regions++;
    }
  }
}

/** Where Python's trace text starts behind a name that a logger repeats on every line; -1 for none. */
function frameStart(text: string): number {
  const head = text.indexOf('Traceback (most recent call last)');
  if (head >= 0) return head;
  const file = text.indexOf('File "');
  return file >= 0 && text.includes('", line ', file) ? file : -1;
}

/** Takes the name that a logger repeats before every line of a trace off those lines. */
function withoutRepeatedName(lines: readonly TraceLine[]): readonly TraceLine[] {
  const head = lines.find(({ text }) => frameStart(text) > 0);
  if (head === undefined) return lines;
  const name = head.text.slice(0, frameStart(head.text)).trimEnd();
  if (name === '' || name.length > 120 || /["'\\]/.test(name)) return lines;
  return lines.map(({ line, text, indent }) => {
    if (!text.startsWith(name)) return { line, text, indent };
    const rest = text.slice(name.length);
    const bare = withoutBrackets(rest.trimStart()).trimStart();
    const blanks = rest.length - rest.trimStart().length;
    return { line, text: bare, indent: Math.max(0, blanks - 1) };
  });
}

function hasEscapedTrace(text: string): boolean {
  return text.includes('\\n') && (text.includes('Traceback (most') || text.includes('\\n    at '));
}

/** Last record of a run of frame lines of one source; lines of other threads in between are skipped. */
function runEnd(analysis: AnalysedLog, start: number, framed: readonly boolean[]): number {
  const { records, templates } = analysis.view;
  const source = records.source[start];
  let last = start;
  let gap = 0;
  let foreign = 0;
  const limit = Math.min(records.count, start + maxRegionRecords);
  for (let record = start + 1; record < limit; record++) {
    if (records.source[record] !== source) {
      if (++foreign > 60) break;
      continue;
    }
    if (framed[templates.ofRecord[record] ?? 0] === true) {
      last = record;
      gap = 0;
    } else if (++gap > 3) {
      break;
    }
  }
  return last;
}

/** Lines of a run: a few records before it for the head, one or two after it for Python's last line. */
function runLines(analysis: AnalysedLog, start: number, last: number): readonly TraceLine[] {
  const { records } = analysis.view;
  const source = records.source[start];
  const lines: TraceLine[] = [];
  const before: number[] = [];
  for (let record = start - 1; record >= 0 && start - record <= 8 && before.length < 2; record--) {
    if (records.source[record] === source) before.unshift(record);
  }
  for (const record of before) appendRecord(analysis, record, lines);
  let after = 0;
  for (let record = start; record < records.count && record <= last + 40; record++) {
    if (records.source[record] !== source) continue;
    if (record > last && ++after > 8) break;
    appendRecord(analysis, record, lines);
    if (lines.length > maxRegionLines) break;
  }
  return lines;
}

function spanLines(analysis: AnalysedLog, record: number): readonly TraceLine[] {
  const lines: TraceLine[] = [];
  const source = analysis.view.records.source[record];
  if (record > 0 && analysis.view.records.source[record - 1] === source) {
    appendRecord(analysis, record - 1, lines);
  }
  appendRecord(analysis, record, lines);
  return lines;
}

function appendRecord(analysis: AnalysedLog, record: number, lines: TraceLine[]): void {
  const { log, records } = analysis.view;
  const { first, end } = recordSpan(records, record);
  const message = readMessage(log, records, record);
  lines.push(traceLine(first, message, headIndent(analysis, record)));
  for (let line = first + 1; line < Math.min(end, first + maxRegionLines); line++) {
    lines.push(traceLine(line, readLine(log, line), 0));
  }
}

/** Blanks between header and message beyond the one that separates them. */
function headIndent(analysis: AnalysedLog, record: number): number {
  const { log, records } = analysis.view;
  const start = records.messageStart[record] ?? 0;
  const lineStart = log.lineStarts[records.firstLine[record] ?? 0] ?? 0;
  let blanks = 0;
  while (start - blanks > lineStart && log.bytes[start - blanks - 1] === 32) blanks++;
  return start - blanks > lineStart ? Math.max(0, blanks - 1) : blanks;
}

function traceLine(line: number, raw: string, extra: number): TraceLine {
  const bare = withoutBrackets(raw);
  const text = bare.trimStart();
  // Behind a bracket prefix one blank separates, as it does behind a header.
  const separator = bare.length < raw.length ? 1 : 0;
  const indent = Math.max(0, bare.length - text.length - separator) + extra;
  return { line, indent, text: text.trimEnd() };
}

/** `[instance: 1234] text` → ` text`: brackets before a trace line name whom it concerns. */
function withoutBrackets(text: string): string {
  let rest = text;
  for (let i = 0; i < 3 && rest.startsWith('['); i++) {
    const close = rest.indexOf(']');
    if (close < 0 || close > 120) break;
    rest = rest.slice(close + 1);
  }
  return rest;
}
