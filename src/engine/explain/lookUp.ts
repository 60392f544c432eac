import type { Finding } from '../detect/finding.ts';
import type { Incident, IncidentQuery } from '../incident/incident.ts';
import { createRedactor } from '../privacy/createRedactor.ts';
import { instructionIn } from '../privacy/instructionIn.ts';
import { levelRank } from '../record/levels.ts';
import type { AnalysedLog } from './analysedLog.ts';
import { collectTraces, type FoundTrace } from './collectTraces.ts';
import type { Explanation } from './explanation.ts';
import { noveltyAgainst, type Novelty } from './novelty.ts';
import type { OwnNames } from './ownCode.ts';
import { ownNames, rankFrames } from './ownCode.ts';
import { readMessage, recordAtLine } from './readLines.ts';
import { baseName, shorten } from './words.ts';

const maxTemplates = 40;
/** Places in code: of each trace its likeliest ones first. */
const maxPlaces = 32;
const maxKinds = 8;
const maxComponents = 8;

/**
 * What to look up in the incident memory for logs, or for one finding of them: patterns of findings and
 * of what is said at warning level or above, kinds of exceptions, places in code and components. Source
 * lines and line numbers of traces are left out: they differ between builds. Patterns hold no values, so
 * little that is secret enters the memory; what does is redacted there.
 * @param baseline logs of a good run of the same system: what they say too is left out
 */
export function incidentQuery(
  analyses: readonly AnalysedLog[],
  finding?: Finding,
  baseline: readonly AnalysedLog[] = [],
): IncidentQuery {
  const novelty = noveltyAgainst(baseline);
  const traces = analyses
    .flatMap((analysis, log) => collectTraces(analysis, log))
    .filter(({ key }) => novelty?.hasTrace(key) !== true);
  const signs =
    finding === undefined
      ? signsOfLogs(analyses, traces, novelty)
      : signsOfFinding(analyses, traces, finding);
  const { found, titles, told } = signs;
  const templates = distinct(
    [...found.map(({ template }) => template), ...told.map(({ text }) => text)],
    maxTemplates,
  );
  const sources = found.map(({ path, line }) => sourceAt(analyses, path, line));
  return {
    text: shorten([...titles, ...templates.slice(0, 12)].join(' · '), 2000),
    templates,
    exceptions: exceptionsOf(analyses, signs.traces),
    components: distinct(
      [...sources, ...told.map(({ source }) => source)].filter((name) => name !== ''),
      maxComponents,
    ),
    ...(finding === undefined ? {} : { part: true as const }),
  };
}

interface Signs {
  readonly found: readonly Finding[];
  readonly titles: readonly string[];
  /** Patterns of what is said at warning level or above. */
  readonly told: readonly Told[];
  readonly traces: readonly FoundTrace[];
}

interface Told {
  readonly text: string;
  readonly source: string;
  readonly level: number;
}

function signsOfLogs(
  analyses: readonly AnalysedLog[],
  traces: readonly FoundTrace[],
  novelty: Novelty | null,
): Signs {
  const told: Told[] = [];
  const found: Finding[] = [];
  analyses.forEach((analysis, log) => {
    const { view, findings } = analysis;
    const covered = insideTraces(analysis, collectTraces(analysis, log));
    told.push(...toldBy(analysis, covered, novelty));
    found.push(
      ...findings.filter(({ line }) => covered[recordAtLine(view.records, line - 1)] !== 1),
    );
  });
  found.sort((a, b) => b.bits - a.bits);
  return {
    found,
    titles: found.slice(0, 6).map(({ title }) => title),
    told: told.sort((a, b) => b.level - a.level),
    traces,
  };
}

function signsOfFinding(
  analyses: readonly AnalysedLog[],
  traces: readonly FoundTrace[],
  finding: Finding,
): Signs {
  const touched = traces.filter(
    ({ log, trace }) =>
      analyses[log]?.view.log.path === finding.path &&
      trace.firstLine + 1 <= finding.endLine &&
      trace.lastLine + 1 >= finding.line,
  );
  // The lines inside a trace are source text and places; the trace says both better.
  const inside = touched.some(
    ({ trace }) => trace.firstLine + 1 < finding.line && finding.line <= trace.lastLine + 1,
  );
  return {
    found: inside ? [] : [finding],
    titles: [finding.title],
    told: [],
    traces: touched,
  };
}

/**
 * Records that begin inside a trace: source lines and places, not messages. The record that announces
 * a trace and carries it begins before it.
 */
function insideTraces({ view }: AnalysedLog, traces: readonly FoundTrace[]): Uint8Array {
  const { records } = view;
  const inside = new Uint8Array(records.count);
  for (const { record, trace } of traces) {
    for (let at = recordAtLine(records, trace.firstLine); at < records.count; at += 1) {
      const line = records.firstLine[at] ?? 0;
      if (line > trace.lastLine) break;
      if (line >= trace.firstLine && records.source[at] === records.source[record]) inside[at] = 1;
    }
  }
  return inside;
}

/** Patterns said at warning level or above, outside of traces, in the order in which they come up. */
function toldBy(
  { view }: AnalysedLog,
  covered: Uint8Array,
  novelty: Novelty | null,
): readonly Told[] {
  const { log, records, templates } = view;
  const seen = new Map<number, Told>();
  for (let record = 0; record < records.count; record += 1) {
    const level = records.level[record] ?? 0;
    const template = templates.ofRecord[record] ?? -1;
    if (level < levelRank.warning || covered[record] === 1 || seen.has(template)) continue;
    const text = templates.templates[template]?.text ?? '';
    const source = records.sources[records.source[record] ?? 0] ?? '';
    const known = novelty !== null && novelty.messageShare(readMessage(log, records, record)) > 0;
    seen.set(template, { text: known ? '' : text, source, level });
  }
  return [...seen.values()].filter(({ text }) => text !== '');
}

/** Places in code, the likeliest ones of all traces first, then kinds of exceptions. */
function exceptionsOf(
  analyses: readonly AnalysedLog[],
  traces: readonly FoundTrace[],
): readonly string[] {
  const own = namesOf(analyses);
  const timeOf = ({ log, record }: FoundTrace): number =>
    analyses[log]?.view.records.time[record] ?? Number.NaN;
  const first = [...traces].sort((a, b) => timeOf(a) - timeOf(b) || 0);
  const places: { readonly name: string; readonly rank: number }[] = [];
  for (const { trace } of first) {
    rankFrames(trace, own).forEach(({ frame }, rank) => {
      const file = placeName(frame.file === '' ? frame.module : frame.file);
      places.push({ name: `${file} ${frame.function}`.trim(), rank });
    });
  }
  places.sort((a, b) => a.rank - b.rank);
  const kinds = first.flatMap(({ trace }) => trace.chain.map(({ kind }) => kind));
  return [
    ...distinct(
      places.map(({ name }) => name),
      maxPlaces,
    ),
    ...distinct(
      kinds.filter((kind) => kind !== ''),
      maxKinds,
    ),
  ];
}

/** The last two parts of a path: enough to tell files of one name apart, the same on every machine. */
function placeName(path: string): string {
  return path.split(/[/\\]/).slice(-2).join('/');
}

/** Findings of a report that are also looked up by themselves. */
const ownQueries = 3;

/**
 * What to look up for a report on whole logs: all of it, and its first findings each by itself, since
 * an incident may have been saved from a single finding, of which the whole is only a small part.
 */
export function incidentQueries(
  analyses: readonly AnalysedLog[],
  baseline: readonly AnalysedLog[] = [],
): readonly IncidentQuery[] {
  const first = analyses
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity !== 'low')
    .sort((a, b) => b.bits - a.bits)
    .slice(0, ownQueries);
  return [
    incidentQuery(analyses, undefined, baseline),
    ...first.map((finding) => incidentQuery(analyses, finding, baseline)),
  ];
}

/**
 * An incident to be remembered, unconfirmed: what the explanation says, keyed by patterns,
 * exceptions and components. The root cause is left for a person to confirm or correct. Its words come
 * from a log: personal data is replaced, and what reads like an instruction to a model is left out.
 * @param now ISO 8601
 * @param baseline logs of a good run, where the explanation had them
 */
export function incidentFrom(
  explanation: Explanation,
  analyses: readonly AnalysedLog[],
  now: string,
  id: string,
  baseline: readonly AnalysedLog[] = [],
): Incident {
  const query = incidentQuery(analyses, undefined, baseline);
  const { rootCause, summary } = explanation;
  const redactor = createRedactor('personal');
  const fromLog = (text: string): string =>
    instructionIn(text) === null ? redactor.redact(text) : '';
  const statement = fromLog(rootCause.statement);
  const title = statement === '' ? fromLog(summary) : statement;
  return {
    id,
    savedAt: now,
    title: title === '' ? 'Incident' : shorten(title, 120),
    logs: distinct(
      analyses.map(({ view }) => baseName(view.log.path)),
      50,
    ),
    templates: query.templates,
    exceptions: query.exceptions,
    components: distinct(
      [rootCause.component, ...query.components].filter((name) => name !== ''),
      maxComponents,
    ),
    category: rootCause.category,
    rootCause: statement,
    resolution: '',
    status: 'unconfirmed',
    grade: null,
    origin: '',
    merged: [],
  };
}

function namesOf(analyses: readonly AnalysedLog[]): OwnNames {
  return ownNames(
    analyses.map(({ view }) => ({ path: view.log.path, sources: view.records.sources })),
  );
}

function sourceAt(analyses: readonly AnalysedLog[], path: string, line: number): string {
  const view = analyses.find((analysis) => analysis.view.log.path === path)?.view;
  if (view === undefined) return '';
  const record = recordAtLine(view.records, line - 1);
  return view.records.sources[view.records.source[record] ?? 0] ?? '';
}

function distinct(items: readonly string[], limit: number): readonly string[] {
  return [...new Set(items)].slice(0, limit);
}
