/** What kind of thing broke. */
export const categories = [
  'resource.disk',
  'resource.memory',
  'resource.cpu',
  'resource.handles',
  'resource.quota',
  'network.disconnect',
  'network.timeout',
  'network.dns',
  'network.tls',
  'node.down',
  'process.crash',
  'process.killed',
  'dependency.unavailable',
  'auth.denied',
  'config.invalid',
  'version.mismatch',
  'code.exception',
  'code.assertion',
  'test.failure',
  'build.compile',
  'build.dependency',
  'data.missing',
  'data.corrupt',
  'concurrency',
  'unknown',
  'none',
] as const;

export type Category = (typeof categories)[number];

export type Verdict = 'root_cause_found' | 'probable' | 'inconclusive' | 'no_incident';

/**
 * What was used: `full` has embeddings, past incidents, rules and statistics; `fast` rules and the
 * words of the log only.
 */
export type ExplainMode = 'full' | 'fast';

/** Where a sentence comes from, for the reader who doubts it. */
export interface Basis {
  readonly kind:
    | 'rule'
    | 'knowledge'
    | 'statistic'
    | 'order'
    | 'trace'
    | 'change'
    | 'incident'
    | 'question'
    | 'model';
  /** Id of the rule or incident, name of the model, or what was counted, in words. */
  readonly detail: string;
}

/** One sentence of the summary with what it rests on. */
export interface Sentence {
  readonly text: string;
  readonly basis: Basis;
  readonly evidence: readonly string[];
}

/** A claim of a language model that did not survive a check: shown struck out, never counted. */
export interface RemovedClaim {
  readonly text: string;
  readonly where: 'summary' | 'cause' | 'alternative' | 'chain' | 'recommendation';
  /** Which check it failed, in words: "cites E99, which does not exist". */
  readonly why: string;
}

/** A numbered excerpt of a log; every claim cites some of these. Lines are 1-based and inclusive. */
export interface EvidenceItem {
  /** `E1`, `E2`, … */
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  /** The first lines of the excerpt, as they stand in the log. */
  readonly text: string;
}

export interface Suspect {
  readonly file: string;
  readonly function: string;
  readonly line: number | null;
  /** 0..1. */
  readonly score: number;
  readonly evidence: readonly string[];
}

export interface Alternative {
  readonly category: Category;
  readonly statement: string;
  readonly evidence: readonly string[];
}

export interface TimelineEntry {
  /** ISO 8601, or null where the log states no time. */
  readonly time: string | null;
  readonly event: string;
  readonly evidence: readonly string[];
}

export interface Recommendation {
  readonly action: string;
  readonly kind: 'verify' | 'mitigate' | 'fix' | 'prevent';
  /** What it rests on: a rule, a statistic, a past incident. */
  readonly basis: string;
  /** Addresses of documentation, from rules; mostly none. */
  readonly refs?: readonly string[];
}

export interface Confidence {
  readonly level: 'high' | 'medium' | 'low';
  /** 0..1. */
  readonly value: number;
  readonly why: string;
}

export interface SimilarIncidentSummary {
  readonly id: string;
  readonly similarity: number;
  readonly why: string;
  readonly rootCause: string;
  readonly resolution: string;
}

/** The answer to "what broke": the same shape with and without a language model. */
export interface Explanation {
  readonly version: 1;
  readonly verdict: Verdict;
  readonly summary: string;
  readonly rootCause: {
    readonly category: Category;
    readonly component: string;
    readonly statement: string;
    readonly evidence: readonly string[];
  };
  readonly suspects: readonly Suspect[];
  readonly alternatives: readonly Alternative[];
  readonly timeline: readonly TimelineEntry[];
  readonly evidence: readonly EvidenceItem[];
  readonly similarIncidents: readonly SimilarIncidentSummary[];
  readonly recommendations: readonly Recommendation[];
  readonly missing: readonly string[];
  readonly confidence: Confidence;
  readonly source: 'offline' | `llm:${string}`;
  readonly mode: ExplainMode;
  /** The summary in pieces; joined by a space they are `summary`. */
  readonly sentences: readonly Sentence[];
  /** Empty where no model answered. */
  readonly removed: readonly RemovedClaim[];
  /** What the reader must know about how this came about, a sentence each: a discarded answer. */
  readonly notices: readonly string[];
  readonly coverage: Coverage;
}

/** What of logs too large to be weighed as a whole was read again for a report. */
export interface Reread {
  readonly lines: number;
  readonly bytes: number;
  /** Bytes of the logs. */
  readonly of: number;
}

/** What was read and what left the machine. */
export interface Coverage {
  readonly lines: number;
  /** Absent where all of the logs was weighed. */
  readonly reread?: Reread;
  readonly linesSent: number;
  /** As the provider counted them, else estimated. */
  readonly tokensSent: number;
  /** Values replaced by placeholders before sending. */
  readonly masked: number;
  /** Who received it, such as `Ollama at localhost:11434`; null where nothing was sent. */
  readonly provider: string | null;
}
