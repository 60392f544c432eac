import { instructionIn } from '../privacy/instructionIn.ts';
import { noSessions, type LogView } from '../detect/logView.ts';
import { addressesModel } from '../detect/detectors/instructions.ts';
import { evidenceWeights } from '../detect/evidenceWeights.ts';
import { scoreOf, severityOf } from '../detect/fuse.ts';
import type { Finding } from '../detect/finding.ts';
import { levelRank } from '../record/levels.ts';
import type { RecordTable } from '../record/recordTable.ts';
import type { TemplateTable } from '../template/templateTable.ts';
import type { AnalysedLog } from './analysedLog.ts';
import type { Focus } from './focus.ts';
import { readLine, readMessage, recordSpan } from './readLines.ts';
import { isFrameLine } from './stackTraces.ts';

/** The first so many records of a pattern are read, and then every one of twice the number. */
const firstRead = 4;
/** So many records of a pattern that are at least a warning are read: they may become signals. */
const severeRead = 4;
/** Lines of a record that are read: a signal cites no more. */
const mostLines = 40;
/** Records that are read of one log, so that a log of countless patterns costs a bounded time. */
const mostRead = 20_000;

/**
 * The logs as if nobody had written to an AI through them. Records that do are taken out, so that they
 * are neither counted nor make company, nor does the log go on by them; lines of other records that do
 * are blank. Line numbers stay. What a line asks for must not decide what a report says: also its level,
 * its time and its place are of the choice of whoever wrote it.
 *
 * Of a pattern with many records some are read, and all where one of these is an instruction.
 *
 * @param focus the line asked about is left in: a report about it must show it
 */
export function withoutInstructions(
  analyses: readonly AnalysedLog[],
  focus?: Focus,
): readonly AnalysedLog[] {
  return analyses.map((analysis) =>
    cleaned(analysis, focus?.path === analysis.view.log.path ? focus.line - 1 : -1),
  );
}

function cleaned(analysis: AnalysedLog, asked: number): AnalysedLog {
  const { view } = analysis;
  const found = instructionsIn(view, asked);
  if (found.records.size === 0 && found.blank.size === 0) return analysis;
  const blank = new Map(found.blank);
  for (const record of found.records) {
    const { first, end } = recordSpan(view.records, record);
    for (let line = first; line < end; line++) blank.set(line, lineStart(view, line));
  }
  const kept = Uint32Array.from(
    [...view.records.time.keys()].filter((record) => !found.records.has(record)),
  );
  return {
    ...analysis,
    view: {
      log: { ...view.log, bytes: blanked(view, blank) },
      records: keptRecords(view.records, kept),
      ...keptTemplates(view, kept),
      sessions: noSessions,
    },
    findings: keptFindings(
      analysis.findings,
      new Set([...blank].flatMap(([line, from]) => (from === lineStart(view, line) ? [line] : []))),
      kept.length,
    ),
  };
}

interface Instructions {
  /** Records that are nothing else. */
  readonly records: ReadonlySet<number>;
  /** Of lines (0-based) of other records the byte from which they are. */
  readonly blank: ReadonlyMap<number, number>;
}

function instructionsIn(view: LogView, asked: number): Instructions {
  const records = new Set<number>();
  const blank = new Map<number, number>();
  const suspect = new Set<number>();
  const read = recordsToRead(view);
  const look = (record: number): void => {
    const { first, end } = recordSpan(view.records, record);
    if (asked >= first && asked < end) return;
    const seen = readRecord(view, record);
    if (seen === null) return;
    suspect.add(view.templates.ofRecord[record] ?? 0);
    if (seen.size === 0) records.add(record);
    for (const [line, from] of seen) blank.set(line, from);
  };
  for (const record of read) look(record);
  if (suspect.size === 0) return { records, blank };
  const known = new Set(read);
  for (let record = 0, more = 0; record < view.records.count && more < mostRead; record++) {
    if (!suspect.has(view.templates.ofRecord[record] ?? 0) || known.has(record)) continue;
    more += 1;
    look(record);
  }
  return { records, blank };
}

/** Records that stand for their patterns and those that are likely to become signals. */
function recordsToRead({ records, templates }: LogView): readonly number[] {
  const seen = new Uint32Array(templates.templates.length);
  const severe = new Uint32Array(templates.templates.length);
  const worst = new Uint8Array(templates.templates.length);
  const chosen: number[] = [];
  for (let record = 0; record < records.count && chosen.length < mostRead; record++) {
    const template = templates.ofRecord[record] ?? 0;
    const level = records.level[record] ?? 0;
    const before = seen[template] ?? 0;
    seen[template] = before + 1;
    const isWorse = level > (worst[template] ?? 0);
    if (isWorse) worst[template] = level;
    const isSevere = level >= levelRank.warning && (severe[template] ?? 0) < severeRead;
    if (isSevere) severe[template] = (severe[template] ?? 0) + 1;
    if (before < firstRead || isSevere || isWorse || (before & (before - 1)) === 0) {
      chosen.push(record);
    }
  }
  return chosen;
}

/**
 * Where in which lines of a record an AI is talked to: none where that is all of the record, null where
 * it is nowhere. Of an exception with frames the kind stays: it was thrown, whatever its text asks for.
 */
function readRecord(view: LogView, record: number): ReadonlyMap<number, number> | null {
  const { log, records } = view;
  const { first, end } = recordSpan(records, record);
  const last = Math.min(end, first + mostLines);
  const below = Array.from({ length: last - first - 1 }, (_, index) =>
    readLine(log, first + 1 + index),
  );
  const isTrace = below.some((text) => isFrameLine(text.trimStart()));
  const message = readMessage(log, records, record);
  const found = new Map<number, number>();
  if (instructionIn(message) !== null) {
    const kind = isTrace ? kindBefore(message) : 0;
    if (kind === 0) return found;
    found.set(first, (records.messageStart[record] ?? 0) + kind);
  }
  below.forEach((text, index) => {
    if (instructionIn(text) === null) return;
    const line = first + 1 + index;
    found.set(line, lineStart(view, line) + (isTrace ? kindBefore(text) : 0));
  });
  if (found.size > 0) return found;
  return below.length > 0 && instructionIn([message, ...below].join('\n')) !== null ? found : null;
}

/** Characters, all of one byte, up to the text of an exception: `Caused by: a.b.StoreError:`; 0 without. */
function kindBefore(text: string): number {
  const found =
    /^\s{0,40}(?:Caused by: |Exception in thread "[\w.-]{1,60}" )?[A-Za-z_][A-Za-z0-9_.$]{0,160}:/.exec(
      text,
    );
  const kind = found?.[0] ?? '';
  return /^[\x20-\x7e\t]*$/.test(kind) && instructionIn(kind) === null ? kind.length : 0;
}

function lineStart({ log }: LogView, line: number): number {
  return log.lineStarts[line] ?? log.bytes.length;
}

/** The bytes with blanks in place of lines, each from a byte on; line ends stay where they are. */
function blanked({ log }: LogView, lines: ReadonlyMap<number, number>): Uint8Array {
  const bytes = log.bytes.slice();
  for (const [line, from] of lines) {
    let end = log.lineStarts[line + 1] ?? bytes.length;
    while (end > from && (bytes[end - 1] === 10 || bytes[end - 1] === 13)) end--;
    bytes.fill(32, from, end);
  }
  return bytes;
}

function keptRecords(records: RecordTable, kept: Uint32Array): RecordTable {
  const firstLine = new Uint32Array(kept.length + 1);
  kept.forEach((record, index) => (firstLine[index] = records.firstLine[record] ?? 0));
  firstLine[kept.length] = records.firstLine[records.count] ?? 0;
  return {
    ...records,
    count: kept.length,
    firstLine,
    time: Float64Array.from(kept, (record) => records.time[record] ?? 0),
    level: Uint8Array.from(kept, (record) => records.level[record] ?? 0),
    source: Uint32Array.from(kept, (record) => records.source[record] ?? 0),
    messageStart: Uint32Array.from(kept, (record) => records.messageStart[record] ?? 0),
    messageEnd: Uint32Array.from(kept, (record) => records.messageEnd[record] ?? 0),
  };
}

function keptTemplates(
  { templates: table, vectors }: LogView,
  kept: Uint32Array,
): { readonly templates: TemplateTable; readonly vectors: LogView['vectors'] } {
  const size = table.templates.length;
  const count = new Uint32Array(size);
  const first = new Uint32Array(size);
  const last = new Uint32Array(size);
  kept.forEach((record, index) => {
    const id = table.ofRecord[record] ?? 0;
    if (count[id] === 0) first[id] = index;
    count[id] = (count[id] ?? 0) + 1;
    last[id] = index;
  });
  const left = table.templates.filter(({ id }) => (count[id] ?? 0) > 0);
  const newId = new Map(left.map(({ id }, index) => [id, index]));
  return {
    templates: {
      ...table,
      templates: left.map((template, id) => ({
        ...template,
        id,
        count: count[template.id] ?? 0,
        firstRecord: first[template.id] ?? 0,
        lastRecord: last[template.id] ?? 0,
      })),
      ofRecord: Uint32Array.from(kept, (record) => newId.get(table.ofRecord[record] ?? 0) ?? 0),
    },
    vectors: vectors === null ? null : left.map(({ id }) => vectors[id] ?? new Float32Array()),
  };
}

/** Findings without the blank lines and without what made these stand out; of nothing else: none. */
function keptFindings(
  findings: readonly Finding[],
  blank: ReadonlySet<number>,
  records: number,
): readonly Finding[] {
  const kept: Finding[] = [];
  for (const finding of findings) {
    let { line, endLine } = finding;
    while (line <= endLine && blank.has(line - 1)) line++;
    while (endLine > line && blank.has(endLine - 1)) endLine--;
    const reasons = finding.reasons.filter(
      ({ observed, lines }) =>
        observed !== addressesModel &&
        !(lines.length > 0 && lines.every((at) => blank.has(at - 1))),
    );
    if (line > endLine || reasons.length === 0) continue;
    const rank = kept.length + 1;
    if (reasons.length === finding.reasons.length) {
      kept.push({ ...finding, line, endLine, rank });
      continue;
    }
    const bits = reasons.reduce((sum, reason) => sum + reason.bits, 0);
    const score = Math.min(finding.score, scoreOf(evidenceWeights, bits, records));
    kept.push({
      ...finding,
      line,
      endLine,
      rank,
      reasons,
      bits,
      score,
      severity: severityOf(score),
    });
  }
  return kept;
}
