import { randomUUID } from 'node:crypto';
import { EngineError } from '../engine/base/engineError.ts';
import { fileLines } from './editorLines.ts';
import type { Analysis } from '../engine/analysis/analysis.ts';
import type { Finding } from '../engine/detect/finding.ts';
import type { ExplainMode, Explanation } from '../engine/explain/explanation.ts';
import type { ExplainInput } from '../engine/explain/explainLogs.ts';
import { explainLogs } from '../engine/explain/explainLogs.ts';
import type { Focus } from '../engine/explain/focus.ts';
import { incidentFrom, incidentQueries, incidentQuery } from '../engine/explain/lookUp.ts';
import type { RuleBook } from '../engine/explain/rules/ruleBook.ts';
import { recordAtLine } from '../engine/explain/readLines.ts';
import type { Incident, IncidentQuery, SimilarIncident } from '../engine/incident/incident.ts';
import { searchAll } from '../engine/incident/searchAll.ts';
import { hoverParts } from '../engine/present/hoverParts.ts';
import { timeline } from '../engine/present/timeline.ts';
import type {
  ExplainResult,
  HoverContent,
  Question,
  WorkerOptions,
  WorkerRequests,
} from '../protocol/workerApi.ts';
import { findingAtLine, hoverContext } from './hoverContext.ts';
import type { Incidents } from './incidents.ts';
import { shownFindings } from './logMarks.ts';
import type { LogShelf } from './logShelf.ts';
import type { NormalTemplates } from './normalTemplates.ts';
import { streamedContext } from './streamedMarks.ts';
import type { StreamedLogs } from './streamedLogs.ts';

/** Columns of the timeline: about one for six pixels of a panel. */
const timelineBuckets = 120;

/** Past incidents in a hover. */
const hoverIncidents = 3;

/** A question is a sentence or two; what is longer is cut. */
const longestQuestion = 2_000;

/** An offline report and what it was made from. */
export interface Report {
  readonly input: ExplainInput & { readonly analyses: readonly Analysis[] };
  readonly explanation: Explanation;
  readonly similar: readonly SimilarIncident[];
  /** When it was begun, in milliseconds of the steady clock. */
  readonly started: number;
}

export interface AnswersOptions {
  readonly shelf: LogShelf;
  readonly streams: StreamedLogs;
  readonly incidents: Incidents;
  readonly normal: () => NormalTemplates;
  readonly rules: () => RuleBook;
  readonly options: () => Pick<WorkerOptions, 'incidents'>;
  /** Milliseconds of a steady clock. */
  readonly now: () => number;
  /** The present time, ISO 8601. */
  readonly today: () => string;
}

/** Answers questions about logs that were analysed. */
export class Answers {
  readonly #options: AnswersOptions;

  constructor(options: AnswersOptions) {
    this.#options = options;
  }

  async hover({ log, line }: WorkerRequests['hover']['params']): Promise<HoverContent | null> {
    const { shelf, incidents, streams, normal } = this.#options;
    const large = streams.result(log);
    if (large !== null) {
      const shown = shownFindings(large.streamed, normal());
      const found = findingAtLine(shown, fileLines.toEngine(line));
      if (found === null) return null;
      const query = { text: found.title, templates: [found.template], exceptions: [] };
      const alike = await incidents.search(
        { ...query, components: [], part: true },
        hoverIncidents,
      );
      return {
        rank: found.rank,
        parts: hoverParts(found, streamedContext(large.streamed, found, alike)),
      };
    }
    const { analysis, lines } = shelf.result(log);
    const finding = findingAtLine(this.#shown(analysis).findings, lines.toEngine(line));
    if (finding === null) return null;
    const similar = await incidents.search(incidentQuery([analysis], finding), hoverIncidents);
    return {
      rank: finding.rank,
      parts: hoverParts(finding, hoverContext(analysis, finding, similar)),
    };
  }

  async explain(question: Question): Promise<ExplainResult> {
    return this.result(await this.report(question));
  }

  /** A report with what is shown beside it. */
  result({ input, explanation, similar, started }: Report): ExplainResult {
    return {
      explanation,
      timeline: timeline(input.analyses, timelineBuckets),
      similar,
      milliseconds: this.#options.now() - started,
    };
  }

  /** The offline report, with what it was made from. */
  async report({ logs, line, question, mode }: Question): Promise<Report> {
    const started = this.#options.now();
    const analyses = this.#analyses(logs, mode);
    const { focus, finding } = this.#focusAt(logs, analyses, line);
    const similar = mode === 'fast' ? [] : await this.#similarTo(analyses, finding);
    const { learning } = this.#options.options().incidents;
    const input: Report['input'] = {
      analyses,
      similar: learning ? similar : similar.map(withoutWeight),
      mode,
      rules: this.#options.rules(),
      ...(focus === null ? {} : { focus }),
      ...(question === null ? {} : { question: question.slice(0, longestQuestion) }),
    };
    return { input, explanation: explainLogs(input), similar, started };
  }

  /** What the reader wrote counts; the explanation fills in what was left empty. */
  async saveIncident({
    logs,
    line,
    text,
  }: WorkerRequests['saveIncident']['params']): Promise<Incident> {
    const { incidents, today } = this.#options;
    const analyses = this.#analyses(logs, 'full');
    const { focus, finding } = this.#focusAt(logs, analyses, line);
    const rules = this.#options.rules();
    const explanation = explainLogs({ analyses, rules, ...(focus === null ? {} : { focus }) });
    const incident = incidentFrom(explanation, analyses, today(), randomUUID());
    const { templates, exceptions, components } =
      finding === null ? incident : incidentQuery(analyses, finding);
    return incidents.save({
      ...incident,
      templates,
      exceptions,
      components,
      title: text.title === '' ? incident.title : text.title,
      rootCause: text.rootCause === '' ? incident.rootCause : text.rootCause,
      resolution: text.resolution,
    });
  }

  /** What to look up for the example of a log, or of the finding at an editor line of it. */
  queryAt({ log, line }: { readonly log: string; readonly line: number | null }): IncidentQuery {
    const analyses = this.#analyses([log], 'full');
    const { finding } = this.#focusAt([log], analyses, line);
    return finding === null ? incidentQuery(analyses) : incidentQuery(analyses, finding);
  }

  editorLine({ log, line }: WorkerRequests['editorLine']['params']): number {
    const { shelf, streams } = this.#options;
    const lines = streams.get(log) === null ? shelf.result(log).lines : fileLines;
    return lines.toEditor(line);
  }

  templateAt({ log, line }: WorkerRequests['templateAt']['params']): string | null {
    const large = this.#options.streams.result(log);
    if (large !== null) {
      return findingAtLine(large.streamed.findings, fileLines.toEngine(line))?.template ?? null;
    }
    const { analysis, lines } = this.#options.shelf.result(log);
    const { records, templates, log: text } = analysis.view;
    const engineLine = lines.toEngine(line);
    if (engineLine > text.lineCount) return null;
    const record = recordAtLine(records, engineLine - 1);
    return templates.templates[templates.ofRecord[record] ?? -1]?.text ?? null;
  }

  /** Past incidents that are alike enough, best first. */
  async #similarTo(
    analyses: readonly Analysis[],
    finding: Finding | null,
  ): Promise<readonly SimilarIncident[]> {
    const { incidents } = this.#options;
    const { limit } = this.#options.options().incidents;
    const queries =
      finding === null ? incidentQueries(analyses) : [incidentQuery(analyses, finding)];
    return searchAll((query, most) => incidents.search(query, most), queries, limit);
  }

  #analyses(logs: readonly string[], mode: ExplainMode): readonly Analysis[] {
    return logs.map((log) => {
      const large = this.#options.streams.get(log);
      if (large !== null) throw tooLargeFor(large.log.source.path);
      const { analysis, plain } = this.#options.shelf.result(log);
      return this.#shown(mode === 'fast' ? plain : analysis);
    });
  }

  #shown(analysis: Analysis): Analysis {
    return { ...analysis, findings: shownFindings(analysis, this.#options.normal()) };
  }

  /** The place asked about: a finding of the first log, or a line of it. */
  #focusAt(
    logs: readonly string[],
    analyses: readonly Analysis[],
    line: number | null,
  ): { readonly focus: Focus | null; readonly finding: Finding | null } {
    const [log] = logs;
    const [analysis] = analyses;
    if (line === null || log === undefined || analysis === undefined) {
      return { focus: null, finding: null };
    }
    const engineLine = this.#options.shelf.result(log).lines.toEngine(line);
    return {
      focus: { path: analysis.view.log.path, line: engineLine },
      finding: findingAtLine(analysis.findings, engineLine),
    };
  }
}

/** Shown all the same: only what was confirmed weighs in a conclusion. */
function withoutWeight(similar: SimilarIncident): SimilarIncident {
  return { ...similar, incident: { ...similar.incident, status: 'unconfirmed' } };
}

/** A log that is not in memory: its findings and their hovers are known, not what is between them. */
function tooLargeFor(path: string): EngineError {
  return new EngineError(
    'too-large',
    `${path} is too large to be explained as a whole.`,
    'Cut out the time that matters, and explain that file.',
  );
}
