import type { Finding } from '../detect/finding.ts';
import type { Incident, IncidentQuery } from '../incident/incident.ts';
import type { AnalysedLog } from './analysedLog.ts';
import { collectTraces } from './collectTraces.ts';
import type { Explanation } from './explanation.ts';
import type { OwnNames } from './ownCode.ts';
import { ownNames, rankFrames } from './ownCode.ts';
import { recordAtLine } from './readLines.ts';
import { baseName, shorten } from './words.ts';

const maxTemplates = 24;
const maxExceptions = 16;
const maxComponents = 8;

/**
 * What to look up in the incident memory for one log, or for one finding of it: patterns,
 * exceptions and components. Patterns hold no values, so nothing secret enters the memory.
 */
export function incidentQuery(analyses: readonly AnalysedLog[], finding?: Finding): IncidentQuery {
  const found =
    finding === undefined ? analyses.flatMap((analysis) => analysis.findings) : [finding];
  const templates = distinct(
    [...found].sort((a, b) => b.bits - a.bits).map((item) => item.template),
    maxTemplates,
  );
  const own = namesOf(analyses);
  const exceptions: string[] = [];
  analyses.forEach((analysis, log) => {
    for (const { trace } of collectTraces(analysis, log)) {
      const inside =
        finding === undefined ||
        (analysis.view.log.path === finding.path &&
          trace.firstLine + 1 <= finding.endLine &&
          trace.lastLine + 1 >= finding.line);
      if (!inside) continue;
      exceptions.push(...trace.chain.map(({ kind }) => kind).filter((kind) => kind !== ''));
      for (const { frame } of rankFrames(trace, own).slice(0, 2)) {
        exceptions.push(`${baseName(frame.file)} ${frame.function}`.trim());
      }
    }
  });
  const components = found.map((item) => sourceAt(analyses, item.path, item.line));
  const titles = found.slice(0, 6).map((item) => item.title);
  return {
    text: shorten([...titles, ...templates.slice(0, 12)].join(' · '), 2000),
    templates,
    exceptions: distinct(exceptions, maxExceptions),
    components: distinct(
      components.filter((name) => name !== ''),
      maxComponents,
    ),
  };
}

/** Findings of a report that are also looked up by themselves. */
const ownQueries = 3;

/**
 * What to look up for a report on whole logs: all of it, and its first findings each by itself, since
 * an incident may have been saved from a single finding, of which the whole is only a small part.
 */
export function incidentQueries(analyses: readonly AnalysedLog[]): readonly IncidentQuery[] {
  const first = analyses
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity !== 'low')
    .sort((a, b) => b.bits - a.bits)
    .slice(0, ownQueries);
  return [incidentQuery(analyses), ...first.map((finding) => incidentQuery(analyses, finding))];
}

/**
 * An incident to be remembered, unconfirmed: what the explanation says, keyed by patterns,
 * exceptions and components. The root cause is left for a person to confirm or correct.
 * @param now ISO 8601
 */
export function incidentFrom(
  explanation: Explanation,
  analyses: readonly AnalysedLog[],
  now: string,
  id: string,
): Incident {
  const query = incidentQuery(analyses);
  const cited = explanation.evidence.flatMap((item) => {
    const analysis = analyses.find(({ view }) => view.log.path === item.path);
    if (analysis === undefined) return [];
    const { records, templates } = analysis.view;
    const record = recordAtLine(records, item.line - 1);
    const text = templates.templates[templates.ofRecord[record] ?? -1]?.text;
    return text === undefined ? [] : [text];
  });
  const { rootCause } = explanation;
  return {
    id,
    savedAt: now,
    title: shorten(rootCause.statement === '' ? explanation.summary : rootCause.statement, 120),
    logs: distinct(
      analyses.map(({ view }) => baseName(view.log.path)),
      50,
    ),
    templates: distinct([...cited, ...query.templates], maxTemplates),
    exceptions: query.exceptions,
    components: distinct(
      [rootCause.component, ...query.components].filter((name) => name !== ''),
      maxComponents,
    ),
    category: rootCause.category,
    rootCause: rootCause.statement,
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
