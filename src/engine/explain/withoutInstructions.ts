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
  if (found.records.size === 0 && found.lines.size === 0) return analysis;
  const blank = new Set(found.lines);
  for (const record of found.records) {
    const { first, end } = recordSpan(view.records, record);
    for (let line = first; line < end; line++) blank.add(line);
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
    findings: keptFindings(analysis.findings, blank, kept.length),
  };
}

interface Instructions {
  /** Records that are nothing else. */
  readonly records: ReadonlySet<number>;
  /** Lines (0-based) of other records. */
  readonly lines: ReadonlySet<number>;
}

function instructionsIn(view: LogView, asked: number): Instructions {
  const records = new Set<number>();
  const lines = new Set<number>();
  const suspect = new Set<number>();
  const read = recordsToRead(view);
  const look = (record: number): void => {
    const { first, end } = recordSpan(view.records, record);
    if (asked >= first && asked < end) return;
    const seen = linesOfInstruction(view, record);
    if (seen === null) return;
    suspect.add(view.templates.ofRecord[record] ?? 0);
    if (seen.length === 0) records.add(record);
    for (const line of seen) lines.add(line);
  };
  for (const record of read) look(record);
  if (suspect.size === 0) return { records, lines };
  const known = new Set(read);
  for (let record = 0, more = 0; record < view.records.count && more < mostRead; record++) {
    if (!suspect.has(view.templates.ofRecord[record] ?? 0) || known.has(record)) continue;
    more += 1;
    look(record);
  }
  return { records, lines };
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

/** Lines of a record below its first that talk to an AI; none where all of it does, null where nothing. */
function linesOfInstruction({ log, records }: LogView, record: number): readonly number[] | null {
  const { first, end } = recordSpan(records, record);
  const message = readMessage(log, records, record);
  if (instructionIn(message) !== null) return [];
  const last = Math.min(end, first + mostLines);
  if (last - first < 2) return null;
  const below: string[] = [];
  const found: number[] = [];
  for (let line = first + 1; line < last; line++) {
    const text = readLine(log, line);
    below.push(text);
    if (instructionIn(text) !== null) found.push(line);
  }
  if (found.length > 0) return found;
  return instructionIn([message, ...below].join('\n')) === null ? null : [];
}

/** The bytes with blanks in place of lines; their ends stay where they are. */
function blanked({ log }: LogView, lines: ReadonlySet<number>): Uint8Array {
  const bytes = log.bytes.slice();
  for (const line of lines) {
    const end = log.lineStarts[line + 1] ?? 0;
    let last = end;
    while (last > (log.lineStarts[line] ?? 0) && (bytes[last - 1] === 10 || bytes[last - 1] === 13))
      last--;
    bytes.fill(32, log.lineStarts[line], last);
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
