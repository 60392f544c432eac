import type { EmbedderStatus } from '../engine/embed/embedder.ts';
import type { AnalysisProgress, AnalysisStage } from '../engine/analysis/analysis.ts';
import type { Severity } from '../engine/detect/finding.ts';
import type { ExplainMode, Explanation } from '../engine/explain/explanation.ts';
import type {
  Grade,
  Incident,
  IncidentImport,
  IncidentMemoryCheck,
  IncidentMemoryStatus,
  IncidentStatus,
  SimilarIncident,
} from '../engine/incident/incident.ts';
import type { Payload, Turn } from '../engine/llm/exchange.ts';
import type { ModelReply, ModelRequest } from '../engine/llm/languageModel.ts';
import type { ModelChoice } from '../engine/llm/modelChoice.ts';
import type { FoldRange } from '../engine/present/foldRanges.ts';
import type { HoverParts } from '../engine/present/hoverParts.ts';
import type { LineTimes } from '../engine/present/lineTimes.ts';
import type { OutlinePart } from '../engine/present/outline.ts';
import type { SessionsSummary } from '../engine/present/sessionsText.ts';
import type { LogClock } from '../engine/record/recordTable.ts';
import type { ExportFormat, IncidentText, PanelTimeline } from './panelApi.ts';
import type { Side } from './rpc.ts';

/** What the worker is started with (`workerData`). Folders are made when first written to. */
export interface WorkerSetup {
  /** Folder with `manifest.json` of the embedding model. */
  readonly modelDir: string;
  /** Folder of the vector cache, shared by all workspaces. */
  readonly cacheDir: string;
  /** Folder of the incident memory of this workspace. */
  readonly incidentDir: string;
  /** Folder for unpacked archives, shared with the reading thread; the host clears it. */
  readonly spoolDir: string;
  readonly options: WorkerOptions;
}

/** What the reader chose, as far as the engine needs it. */
export interface WorkerOptions {
  /** False: patterns are compared by hashed words, no model is loaded. */
  readonly embeddings: boolean;
  /** Patterns that a person marked as normal: findings of these are left out. */
  readonly normalTemplates: readonly string[];
  /** Rules of the workspace, when it is trusted: the YAML of each file with its path. */
  readonly rules: readonly { readonly path: string; readonly text: string }[];
  /** Formats of the reader's own, as they stand in the settings: the engine checks them. */
  readonly formats: readonly unknown[];
  readonly incidents: IncidentOptions;
}

/** How past incidents are used. */
export interface IncidentOptions {
  /** Least similarity at which an incident is shown, 0..1. */
  readonly similarity: number;
  /** Most incidents shown and put into a prompt. */
  readonly limit: number;
  /** False: confirmed incidents are shown but change no conclusion, and feedback is not kept. */
  readonly learning: boolean;
}

/** Where the worker finds a log. */
type LogSource =
  /**
   * The file as it stands on disk, of any size: the host never holds its text. `lines` says what lines
   * are counted in everything asked and told about this log: those of the editor (when absent), or those
   * of the file, which end at `\n` only. `rotated` takes the older files of a rotated set as well.
   */
  | {
      readonly kind: 'path';
      readonly path: string;
      readonly lines?: 'editor' | 'file';
      readonly rotated?: boolean;
    }
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
 * lone `\r`), so that nobody above the worker maps lines; where `file` lines were asked for, 0-based
 * lines of the file.
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
  /** How much of the log this is about, in bytes of its text. Less than all of it while it is read. */
  readonly read: { readonly bytes: number; readonly of: number };
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
  /** How much it rests on. After `first` always comes another one. */
  readonly stage: AnalysisStage;
  /** False while embeddings may still refine it. */
  readonly final: boolean;
}

/** What a hover shows of a finding, as plain text. */
export interface HoverContent {
  readonly rank: number;
  readonly parts: HoverParts;
}

/** The clock of a log. */
export interface LogTimes {
  /** Earliest and latest time, in milliseconds since the epoch. */
  readonly first: number;
  readonly last: number;
  /** How much of a moment the log states, and in which zone. */
  readonly clock: LogClock | null;
  /** Silences of at least so many milliseconds are far above the usual; null where nothing is usual. */
  readonly gap: number | null;
}

/** What is asked: about these logs, from this line on, in this manner. */
export interface Question {
  readonly logs: readonly string[];
  /** 0-based editor line of the first log to start from; null asks about all of it. */
  readonly line: number | null;
  /** What the reader wants to know; null asks what broke. */
  readonly question: string | null;
  readonly mode: ExplainMode;
  /** Earlier questions about the same report, oldest first. */
  readonly history: readonly Turn[];
}

/** An answer with what is shown beside it. */
export interface ExplainResult {
  readonly explanation: Explanation;
  readonly timeline: PanelTimeline | null;
  readonly similar: readonly SimilarIncident[];
  readonly milliseconds: number;
}

/** What came of asking a language model: its checked answer, or the offline report and why. */
export interface ModelResult extends ExplainResult {
  /** Null where the model's answer is the report. */
  readonly failure: ModelFailure | null;
  /** The report without the model. */
  readonly offline: Explanation;
}

/** `unavailable`: no whole answer came; `rejected`: what came did not survive the checks. */
export interface ModelFailure {
  readonly kind: 'unavailable' | 'rejected';
  readonly message: string;
  readonly advice: string;
}

/**
 * What the worker answers. `log` names a log: any string, chosen by the host. `run` numbers what the
 * host asked for and comes back in events, so that words of an older run are told apart.
 */
export interface WorkerRequests {
  /**
   * Other options. Known logs answer from their last result, without what is now normal; a change of
   * embedder, and other formats, take effect with the next analysis.
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
   * What broke, without a language model. Of logs that are too large to be held, what says most is read
   * again; `coverage` tells how much that is. @throws `too-large` for more than eight such logs together
   */
  explain: { params: Question; result: ExplainResult };
  /** Exactly what `askModel` would send now. Sends nothing. */
  payload: {
    params: { readonly question: Question; readonly model: ModelChoice };
    result: Payload;
  };
  /**
   * What broke, worded by a language model and checked; `modelText` events bring its text as it
   * arrives. Where the model fails the offline report comes back, with the reason beside it.
   * @throws `llm-not-approved` where `approved` is not the digest of what would be sent
   */
  askModel: {
    params: {
      readonly run: number;
      readonly question: Question;
      readonly model: ModelChoice;
      /** The digest of the payload that the reader approved; null where the provider is approved. */
      readonly approved: string | null;
    };
    result: ModelResult;
  };
  /** Whether an endpoint answers, and with which models. @throws `llm-…` */
  probeModel: {
    params: { readonly model: ModelChoice };
    result: { readonly models: readonly string[] };
  };
  /** A report as a text: to export, or as the text of an issue, without secrets and personal data. */
  writeReport: {
    params: {
      readonly explanation: Explanation;
      readonly form: ExportFormat | 'issue';
      /** ISO 8601. */
      readonly writtenAt: string;
    };
    result: { readonly text: string };
  };
  /** 0-based editor line of a 1-based engine line. */
  editorLine: { params: { readonly log: string; readonly line: number }; result: number };
  /** The log in parts of time, or of lines, with its findings under them; 0-based editor lines. */
  outline: { params: { readonly log: string }; result: readonly OutlinePart[] };
  /** What can be folded, ascending; 0-based editor lines. Nothing of a log that no text editor opens. */
  folds: { params: { readonly log: string }; result: readonly FoldRange[] };
  /**
   * The times of the editor lines `from` to `to` (0-based, inclusive, at most 10,000), and the
   * clock of the log; `clock` is null where it states no time.
   */
  times: {
    params: { readonly log: string; readonly from: number; readonly to: number };
    result: LineTimes & { readonly clock: LogTimes | null };
  };
  /**
   * The 0-based editor line at a moment, in milliseconds since the epoch: `after`, the first that is
   * not before it; `nearest`, the closest. Null where the log states no time.
   */
  lineAtTime: {
    params: { readonly log: string; readonly ms: number; readonly side: 'after' | 'nearest' };
    result: { readonly line: number; readonly ms: number } | null;
  };
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
  /** Keeps what the reader thinks of a report; an unconfirmed incident is made where none was saved. */
  gradeReport: {
    params: {
      readonly logs: readonly string[];
      readonly line: number | null;
      /** The incident that the report was saved as; null where it was not. */
      readonly incident: string | null;
      readonly grade: Grade;
    };
    result: Incident;
  };
  incidents: { params: null; result: readonly Incident[] };
  /** By words, or by the example of a log (`log`, and the finding at its `line`). */
  searchIncidents: {
    params: {
      readonly words: string;
      readonly example: { readonly log: string; readonly line: number | null } | null;
    };
    result: readonly SimilarIncident[];
  };
  removeIncident: { params: { readonly id: string }; result: null };
  /** Makes one incident of several: the first one stays, the others go into it. */
  mergeIncidents: { params: { readonly ids: readonly string[] }; result: Incident };
  incidentStatus: { params: null; result: IncidentMemoryStatus };
  /** Copies the memory into a folder. */
  backupIncidents: { params: { readonly folder: string }; result: { readonly path: string } };
  /** Reads everything and says what is wrong; changes nothing. */
  verifyIncidents: { params: null; result: IncidentMemoryCheck };
  /** Makes the index anew from the incidents. */
  rebuildIncidents: { params: null; result: { readonly indexed: number } };
  /** Forgets everything, after a backup beside it. */
  clearIncidents: { params: null; result: { readonly removed: number; readonly backup: string } };
  /** Writes a pack for others: redacted, confirmed incidents only. */
  exportIncidents: { params: { readonly path: string }; result: { readonly incidents: number } };
  importIncidents: { params: { readonly path: string }; result: IncidentImport };
  /** Forgets a log and frees its memory. Requests about a log that is not known fail with `not-found`. */
  close: { params: { readonly log: string }; result: null };
}

/** What the worker tells without being asked. */
export interface WorkerEvents {
  progress: { readonly log: string; readonly run: number; readonly progress: AnalysisProgress };
  /** A first result, refined later: findings may move. */
  marks: { readonly log: string; readonly run: number; readonly marks: LogMarks };
  /** The next piece of a language model's answer, as it came: not checked, placeholders unmasked. */
  modelText: { readonly run: number; readonly piece: string };
  /** What is wrong with rules of the workspace, a sentence each, whenever they were read. */
  ruleProblems: { readonly problems: readonly string[] };
  /** What is wrong with the reader's formats, whenever others are used. */
  formatProblems: { readonly problems: readonly string[] };
  /** For the output channel. */
  output: { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string };
}

/** What the worker asks of the host: only the editor can reach the editor's models. */
export interface HostRequests {
  /** One answer of a model of the editor; `run` comes back with the pieces. @throws `llm-…` */
  editorModel: {
    params: { readonly run: number; readonly id: string; readonly request: ModelRequest };
    result: ModelReply;
  };
}

export interface HostEvents {
  editorModelText: { readonly run: number; readonly piece: string };
}

/** The host's side of the channel to the worker. */
export type HostSide = Side<HostRequests, HostEvents>;

/** The worker's side of the channel to the host. */
export type WorkerSide = Side<WorkerRequests, WorkerEvents>;
