import type { ExplainMode, Explanation } from '../engine/explain/explanation.ts';
import type { Severity } from '../engine/detect/finding.ts';
import type { Grade, IncidentStatus, SimilarIncident } from '../engine/incident/incident.ts';
import type { Failure, Side } from './rpc.ts';

// What the panel names itself, so that the webview needs no path into the engine.
export type {
  Alternative,
  Basis,
  EvidenceItem,
  ExplainMode,
  Explanation,
  Recommendation,
  RemovedClaim,
  Sentence,
  Suspect,
  TimelineEntry,
} from '../engine/explain/explanation.ts';
export type { Grade } from '../engine/incident/incident.ts';

/** A log that the report is about. */
export interface PanelLog {
  /** As it stands in `EvidenceItem.path`. */
  readonly path: string;
  /** What the reader calls it: `orders.log`. */
  readonly name: string;
  /** The document in the editor, as a URI string. */
  readonly uri: string;
}

/** What the question is about: enough to ask it again after a reload. */
export interface PanelSubject {
  readonly logs: readonly PanelLog[];
  /** 1-based line of the first log, as the editor numbers it, to start from; null for all of it. */
  readonly line: number | null;
}

/** One mark on the timeline: a finding. */
export interface TimelineMark {
  /** On the axis of the timeline. */
  readonly at: number;
  readonly path: string;
  /** 1-based, inclusive. */
  readonly line: number;
  readonly endLine: number;
  readonly severity: Severity;
  readonly title: string;
}

/** How much the log wrote when, in buckets of equal width. */
export interface PanelTimeline {
  /** `time`: milliseconds since the epoch; `line`: 1-based lines, where the log states no times. */
  readonly axis: 'time' | 'line';
  /** Left edge of the first bucket. */
  readonly start: number;
  /** Width of each bucket, in units of the axis; above 0. */
  readonly width: number;
  /** Records per bucket. All three lists are equally long; empty where the log has no records. */
  readonly records: readonly number[];
  /** Records of level warning per bucket, a part of `records`. */
  readonly warnings: readonly number[];
  /** Records of level error or fatal per bucket, a part of `records`. */
  readonly errors: readonly number[];
  /** Ascending by `at`. */
  readonly marks: readonly TimelineMark[];
}

/** A follow-up question and what came of it. */
export type FollowUp =
  | {
      readonly id: number;
      readonly question: string;
      readonly state: 'working';
      /** What a language model has written so far, unchecked; empty without one. */
      readonly text: string;
    }
  | {
      readonly id: number;
      readonly question: string;
      readonly state: 'answered';
      readonly explanation: Explanation;
    }
  | {
      readonly id: number;
      readonly question: string;
      readonly state: 'failed';
      readonly failure: Failure;
    };

/** The language model beside a report. The offline report is there at once; the model comes after. */
export type ModelState =
  | { readonly state: 'off' }
  /** Waits for the reader, who has not seen yet what would be sent. */
  | { readonly state: 'consent'; readonly provider: string }
  /** Writes; `text` so far, unchecked. The report does not move meanwhile. */
  | { readonly state: 'writing'; readonly provider: string; readonly text: string }
  /** Its checked answer is the report. */
  | { readonly state: 'answered'; readonly provider: string }
  /** The report stays the offline one. */
  | {
      readonly state: 'unavailable' | 'rejected';
      readonly provider: string;
      readonly message: string;
      readonly advice: string;
    };

/** What is chosen in the panel's head. */
export interface PanelChoices {
  readonly mode: ExplainMode;
  /** Name of the chosen model, such as `Ollama: llama3.2`; `offline` for none. */
  readonly model: string;
}

/** An answer and everything shown beside it. */
export interface PanelReport {
  readonly explanation: Explanation;
  /** Null where the log was too short for one. */
  readonly timeline: PanelTimeline | null;
  /** Past incidents of this workspace, best first; the same ones as in the explanation, in full. */
  readonly similar: readonly SimilarIncident[];
  /** Who wrote it, in words: `offline`. */
  readonly writtenBy: string;
  /** What is true of every report made here: `nothing left this machine`. */
  readonly privacy: string;
  /** ISO 8601: when the report was written. */
  readonly writtenAt: string;
  /** Time that it took, in milliseconds. */
  readonly milliseconds: number;
  /** The log changed since: the lines named here may have moved. */
  readonly stale: boolean;
  /** Set once the report was saved as an incident. */
  readonly saved: SavedIncident | null;
  /** In the order in which they were asked. */
  readonly followUps: readonly FollowUp[];
  readonly model: ModelState;
  /** The report before the model's answer, to compare; null where no model answered. */
  readonly offline: Explanation | null;
  /** What the reader thought of it; null where nothing was said. */
  readonly grade: Grade | null;
}

/** Kinds of state that carry a report; they follow from `explanation.verdict`. */
export type ReportKind = 'found' | 'probable' | 'inconclusive' | 'nothing-wrong';

/** Everything the panel shows. One value says it all, so that it can be kept over a reload. */
export type PanelState =
  | {
      readonly kind: 'working';
      readonly subject: PanelSubject;
      readonly choices: PanelChoices;
      /** What is done now, in words: `reading orders.log`. */
      readonly activity: string;
      /** 0..1 of the current activity; null where it cannot be told. */
      readonly share: number | null;
    }
  | {
      readonly kind: ReportKind;
      readonly subject: PanelSubject;
      readonly choices: PanelChoices;
      readonly report: PanelReport;
    }
  | {
      readonly kind: 'error';
      readonly subject: PanelSubject;
      readonly choices: PanelChoices;
      readonly failure: Failure;
    };

/** Forms in which a report leaves the panel. */
export type ExportFormat = 'markdown' | 'html' | 'json';

/** The incident that a report was saved as, with what the reader wrote. */
export interface SavedIncident extends IncidentText {
  readonly id: string;
  readonly status: IncidentStatus;
}

/** What the reader says about an incident when it is saved or confirmed. */
export interface IncidentText {
  readonly title: string;
  readonly rootCause: string;
  readonly resolution: string;
}

/** What the panel may ask of the host. Failures arrive as `RpcError`; nothing is asked twice. */
export interface PanelRequests {
  /** Sent once the panel listens. `kept` is what `getState` held; the reply is what to show now. */
  ready: { params: { readonly kept: PanelState | null }; result: PanelState };
  /** Opens lines beside the panel. Only logs of the report can be opened. */
  openEvidence: {
    params: { readonly path: string; readonly line: number; readonly endLine: number };
    result: null;
  };
  /** Remembers the report as an unconfirmed incident; the state then says `saved`. */
  saveIncident: { params: IncidentText; result: null };
  /** Says that a remembered incident was (`confirmed`) or was not (`rejected`) what happened. */
  confirmIncident: {
    params: { readonly id: string; readonly status: 'confirmed' | 'rejected' } & IncidentText;
    result: null;
  };
  /** Asks about the same logs. The answer arrives in the state, as a follow-up. */
  ask: { params: { readonly question: string }; result: null };
  /** Gives up the follow-up that is being answered. */
  cancelAsk: { params: null; result: null };
  /** Puts the report on the clipboard: as Markdown, or as the text of an issue. */
  copy: { params: { readonly as: 'markdown' | 'issue' }; result: null };
  /** Opens the report as an untitled document of that form. */
  exportAs: { params: { readonly format: ExportFormat }; result: null };
  /** Says what the reader thinks of the report. */
  grade: { params: { readonly grade: Grade }; result: null };
  /** Writes the report anew in the other mode, and keeps the choice. */
  setMode: { params: { readonly mode: ExplainMode }; result: null };
  /** Lets the reader choose a language model, or none. */
  chooseModel: { params: null; result: null };
  /** Shows what would be sent, asks, and then lets the model write. */
  askModel: { params: null; result: null };
  /** Stops a model that writes; the offline report stays. */
  stopModel: { params: null; result: null };
  /** Shows exactly what was sent for this report, or would be. */
  showPayload: { params: null; result: null };
  /** Opens a suspect's source in the workspace. @throws `not-found` where it is not there */
  openSource: {
    params: { readonly file: string; readonly function: string; readonly line: number | null };
    result: null;
  };
  /** Reads the logs again and writes a new report. */
  retry: { params: null; result: null };
  /** Gives up what is being worked on. */
  cancel: { params: null; result: null };
}

/** The host's side of the channel to the panel. */
export type PanelHostSide = Side<PanelRequests, { state: PanelState }>;
