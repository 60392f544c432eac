import { randomUUID } from 'node:crypto';
import type { Analysis } from '../engine/analysis/analysis.ts';
import { analysedExcerpt } from '../engine/analysis/stream/analysedExcerpt.ts';
import { askedSegments } from '../engine/analysis/stream/askedSegments.ts';
import { chooseSegments } from '../engine/analysis/stream/chooseSegments.ts';
import { excerptRoom } from '../engine/analysis/stream/excerptRoom.ts';
import { placeOfLine } from '../engine/analysis/stream/placeOfLine.ts';
import type { LogView } from '../engine/detect/logView.ts';
import type { AnalysedLog } from '../engine/explain/analysedLog.ts';
import { lineInText } from '../engine/record/excerpt.ts';
import { fileLines } from './editorLines.ts';
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
  readonly input: ExplainInput;
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

  async explain(question: Question, signal?: AbortSignal): Promise<ExplainResult> {
    return this.result(await this.report(question, signal));
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
  async report({ logs, line, question, mode }: Question, signal?: AbortSignal): Promise<Report> {
    const started = this.#options.now();
    const analyses = await this.#analyses({ logs, line, question }, mode, signal);
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
  async saveIncident(
    { logs, line, text }: WorkerRequests['saveIncident']['params'],
    signal?: AbortSignal,
  ): Promise<Incident> {
    const { incidents, today } = this.#options;
    const analyses = await this.#analyses({ logs, line, question: null }, 'full', signal);
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
  async queryAt(
    { log, line }: { readonly log: string; readonly line: number | null },
    signal?: AbortSignal,
  ): Promise<IncidentQuery> {
    const analyses = await this.#analyses({ logs: [log], line, question: null }, 'full', signal);
    const { finding } = this.#focusAt([log], analyses, line);
    return finding === null ? incidentQuery(analyses) : incidentQuery(analyses, finding);
  }

  editorLine({ log, line }: WorkerRequests['editorLine']['params']): number {
    const { shelf, streams } = this.#options;
    const lines = streams.get(log) === null ? shelf.result(log).lines : fileLines;
    return lines.toEditor(line);
  }

  async templateAt(
    { log, line }: WorkerRequests['templateAt']['params'],
    signal?: AbortSignal,
  ): Promise<string | null> {
    const { streams, shelf } = this.#options;
    const large = streams.result(log);
    if (large !== null) {
      const { streamed } = large;
      const engineLine = fileLines.toEngine(line);
      const found = findingAtLine(streamed.findings, engineLine);
      if (found !== null) return found.template;
      const place = streamed.places[placeOfLine(streamed.places, engineLine)];
      if (place === undefined) return null;
      return templateOf(await streams.read(log, streamed, [place], signal), engineLine);
    }
    const { analysis, lines } = shelf.result(log);
    return templateOf(analysis.view, lines.toEngine(line));
  }

  /** Past incidents that are alike enough, best first. */
  async #similarTo(
    analyses: readonly AnalysedLog[],
    finding: Finding | null,
  ): Promise<readonly SimilarIncident[]> {
    const { incidents } = this.#options;
    const { limit } = this.#options.options().incidents;
    const queries =
      finding === null ? incidentQueries(analyses) : [incidentQuery(analyses, finding)];
    return searchAll((query, most) => incidents.search(query, most), queries, limit);
  }

  /** The logs as far as they are weighed: those in memory whole, of larger ones what says most. */
  async #analyses(
    { logs, line, question }: Pick<Question, 'logs' | 'line' | 'question'>,
    mode: ExplainMode,
    signal: AbortSignal | undefined,
  ): Promise<AnalysedLog[]> {
    const { shelf, streams, normal } = this.#options;
    const most = excerptRoom(logs.filter((log) => streams.get(log) !== null).length);
    return Promise.all(
      logs.map(async (log, at): Promise<AnalysedLog> => {
        const large = streams.result(log);
        if (large === null) {
          const { analysis, plain } = shelf.result(log);
          return this.#shown(mode === 'fast' ? plain : analysis);
        }
        const known = { ...large.streamed, findings: shownFindings(large.streamed, normal()) };
        const focus = at === 0 && line !== null ? fileLines.toEngine(line) : null;
        const places = chooseSegments(known, most, askedSegments(known, focus, question ?? ''));
        return analysedExcerpt(await streams.read(log, known, places, signal), known);
      }),
    );
  }

  #shown(analysis: Analysis): Analysis {
    return { ...analysis, findings: shownFindings(analysis, this.#options.normal()) };
  }

  /** The place asked about: a finding of the first log, or a line of it. */
  #focusAt(
    logs: readonly string[],
    analyses: readonly AnalysedLog[],
    line: number | null,
  ): { readonly focus: Focus | null; readonly finding: Finding | null } {
    const [log] = logs;
    const [analysis] = analyses;
    if (line === null || log === undefined || analysis === undefined) {
      return { focus: null, finding: null };
    }
    const { shelf, streams } = this.#options;
    const { log: text } = analysis.view;
    const lines = streams.get(log) === null ? shelf.result(log).lines : fileLines;
    const own = lineInText(text, lines.toEngine(line));
    if (own === null) return { focus: null, finding: null };
    return {
      focus: { path: text.path, line: own },
      finding: findingAtLine(analysis.findings, own),
    };
  }
}

/** The pattern at a line (1-based) of a log; null where the view has no such line. */
function templateOf({ log, records, templates }: LogView, line: number): string | null {
  const own = lineInText(log, line);
  if (own === null) return null;
  const record = recordAtLine(records, own - 1);
  return templates.templates[templates.ofRecord[record] ?? -1]?.text ?? null;
}

/** Shown all the same: only what was confirmed weighs in a conclusion. */
function withoutWeight(similar: SimilarIncident): SimilarIncident {
  return { ...similar, incident: { ...similar.incident, status: 'unconfirmed' } };
}
