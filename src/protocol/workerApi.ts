import type { EmbedderStatus } from '../engine/embed/embedder.ts';
import type { AnalysisProgress } from '../engine/analysis/analysis.ts';
import type { Severity } from '../engine/detect/finding.ts';
import type { Explanation } from '../engine/explain/explanation.ts';
import type { Incident, IncidentStatus, SimilarIncident } from '../engine/incident/incident.ts';
import type { HoverParts } from '../engine/present/hoverParts.ts';
import type { SessionsSummary } from '../engine/present/sessionsText.ts';
import type { IncidentText, PanelTimeline } from './panelApi.ts';
import type { Side } from './rpc.ts';

/** What the worker is started with (`workerData`). Folders are made when first written to. */
export interface WorkerSetup {
  /** Folder with `manifest.json` of the embedding model. */
  readonly modelDir: string;
  /** Folder of the vector cache, shared by all workspaces. */
  readonly cacheDir: string;
  /** Folder of the incident memory of this workspace. */
  readonly incidentDir: string;
  readonly options: WorkerOptions;
}

/** What the reader chose, as far as the engine needs it. */
export interface WorkerOptions {
  /** False: patterns are compared by hashed words, no model is loaded. */
  readonly embeddings: boolean;
  /** Patterns that a person marked as normal: findings of these are left out. */
  readonly normalTemplates: readonly string[];
}

/** Where the worker finds a log. */
type LogSource =
  /** The file as it stands on disk: the host never holds its text. */
  | { readonly kind: 'path'; readonly path: string }
  /** The slices received since `receive` with `first`. */
  | { readonly kind: 'slices' };

/** What was added at the end of a log. */
export type AppendedSource =
  /** The file grew: read what is new. */
  | { readonly kind: 'path'; readonly path: string }
  /** UTF-8. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

/**
 * One finding as the editor shows it. All lines are 0-based editor lines (the editor also breaks at a
 * lone `\r`), so that nobody above the worker maps lines.
 */
export interface LineMark {
  /** 1 is the best. */
  readonly rank: number;
  readonly line: number;
  /** Inclusive. */
  readonly endLine: number;
  readonly severity: Severity;
  readonly title: string;
  /** At most 60 characters, for the end of the line. */
  readonly note: string;
  readonly template: string;
  readonly count: number;
  /** First lines of further occurrences, ascending. */
  readonly repeats: readonly number[];
}

/** What is known about a log after a stage of its analysis. */
export interface LogMarks {
  /** Best first. */
  readonly marks: readonly LineMark[];
  /** Lines as `grep -n` counts them. */
  readonly lines: number;
  readonly bytes: number;
  readonly records: number;
  readonly templates: number;
  /** Name of the format table, or `plain`. */
  readonly format: string;
  readonly sessions: SessionsSummary;
  /** What was given up for this log, in short sentences; mostly none. */
  readonly notes: readonly string[];
  /** Findings left out because their pattern was marked as normal. */
  readonly hidden: number;
  readonly embedder: EmbedderStatus;
  readonly milliseconds: number;
  /** False while embeddings may still refine it. */
  readonly final: boolean;
}

/** What a hover shows of a finding, as plain text. */
export interface HoverContent {
  readonly rank: number;
  readonly parts: HoverParts;
}

/** An answer with what is shown beside it. */
export interface ExplainResult {
  readonly explanation: Explanation;
  readonly timeline: PanelTimeline | null;
  readonly similar: readonly SimilarIncident[];
  readonly milliseconds: number;
}

/**
 * What the worker answers. `log` names a log: any string, chosen by the host. `run` numbers what the
 * host asked for and comes back in events, so that words of an older run are told apart.
 */
export interface WorkerRequests {
  /**
   * Other options. Known logs answer from their last result, without what is now normal; a change of
   * embedder takes effect with the next analysis.
   */
  configure: { params: WorkerOptions; result: null };
  /** A piece of a text that has no file, at most 1 MB of UTF-8. `first` forgets what was received before. */
  receive: {
    params: { readonly log: string; readonly bytes: Uint8Array; readonly first: boolean };
    result: null;
  };
  /**
   * Reads and analyses; `marks` events arrive on the way, the reply is the last of them.
   * @throws `aborted` also when another analysis of the same log begins
   */
  analyse: {
    params: {
      readonly log: string;
      readonly run: number;
      readonly name: string;
      readonly source: LogSource;
    };
    result: LogMarks;
  };
  /**
   * Analyses again with what was added. @throws `changed-while-reading` where the log is not a
   * continuation of what is known: analyse it from the start.
   */
  append: {
    params: { readonly log: string; readonly run: number; readonly source: AppendedSource };
    result: LogMarks;
  };
  /** The last result, seen with the present options. */
  marks: { params: { readonly log: string }; result: LogMarks };
  /** The finding at an editor line, or null where there is none. */
  hover: { params: { readonly log: string; readonly line: number }; result: HoverContent | null };
  /**
   * What broke. `line` is a 0-based editor line of the first log to start from, null asks about all of
   * it; a `question` asks about the same logs again.
   */
  explain: {
    params: {
      readonly logs: readonly string[];
      readonly line: number | null;
      readonly question: string | null;
    };
    result: ExplainResult;
  };
  /** 0-based editor line of a 1-based engine line. */
  editorLine: { params: { readonly log: string; readonly line: number }; result: number };
  /** The pattern at a 0-based editor line, for marking it as normal; null where the log has no such line. */
  templateAt: { params: { readonly log: string; readonly line: number }; result: string | null };
  /** Remembers the findings of the logs (with `line`, the one there) as an incident. */
  saveIncident: {
    params: {
      readonly logs: readonly string[];
      readonly line: number | null;
      readonly text: IncidentText;
    };
    result: Incident;
  };
  /** Changes what a person said about a remembered incident. */
  judgeIncident: {
    params: { readonly id: string; readonly status: IncidentStatus; readonly text: IncidentText };
    result: Incident;
  };
  /** Forgets a log and frees its memory. Requests about a log that is not known fail with `not-found`. */
  close: { params: { readonly log: string }; result: null };
}

/** What the worker tells without being asked. */
export interface WorkerEvents {
  progress: { readonly log: string; readonly run: number; readonly progress: AnalysisProgress };
  /** A first result, refined later: findings may move. */
  marks: { readonly log: string; readonly run: number; readonly marks: LogMarks };
  /** For the output channel. */
  output: { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string };
}

/** The worker's side of the channel to the host. */
export type WorkerSide = Side<WorkerRequests, WorkerEvents>;
