import { EngineError } from '../base/engineError.ts';
import { buildFindings } from '../detect/build/buildFindings.ts';
import { compareRuns } from '../detect/compare/compareRuns.ts';
import { defaultSeed } from '../detect/detectFindings.ts';
import { eventSignals } from '../detect/eventSignals.ts';
import { buildEvents, extendEvents, type EventTable } from '../detect/events.ts';
import type { Finding } from '../detect/finding.ts';
import { firstLook, type FirstLook } from '../detect/firstLook.ts';
import { logFindings } from '../detect/findings.ts';
import { noSessions, type LogView, type SessionTable } from '../detect/logView.ts';
import { SessionGrouping } from '../detect/sessions.ts';
import { textEvidence, type TextEvidence } from '../detect/textEvidence.ts';
import type { EmbedderStatus } from '../embed/embedder.ts';
import type { InferredLog } from '../record/inferLog.ts';
import type { LogText } from '../record/logText.ts';
import type { RecordTable } from '../record/recordTable.ts';
import { inferredOf } from '../record/parseRecords.ts';
import type { Analysis, AnalysisStage } from './analysis.ts';
import { GrowingLog, type ReadLog } from './growingLog.ts';
import { Learning } from './learning.ts';
import { Meaning } from './meaning.ts';
import { mostEmbedded, notesOf, notLookedAt } from './notes.ts';
import type { AnalysisDeps, AnalysisOptions } from './options.ts';

/** Smaller logs are learned before anyone could look at a first stage. */
const fewestForFirst = 5000;

export interface SessionOptions extends Pick<AnalysisOptions, 'seed' | 'baseline'> {
  /** False where nobody looks at a first stage: then none is made. */
  readonly early?: boolean;
  /** False where sessions are not compared: finding and learning them takes most of the time. */
  readonly sessions?: boolean;
  /** Whether the log is a piece of one that goes on behind it. */
  readonly goesOn?: boolean;
  /** How an earlier piece of the same log is written, which is no build: so is this one where that fits. */
  readonly reading?: InferredLog;
  /** Growth after which it is learned anew, whatever its size; the usual one when absent. */
  readonly growth?: number;
  /** Waited for before each step of learning: others may need the thread. */
  readonly rest?: () => Promise<void>;
}

/**
 * An open log, which may grow. Reading, mining and judging an append cost what the append is long;
 * what is usual is learned anew when the log has outgrown what is known. One call at a time: start the
 * next when the one before has ended or thrown.
 */
export class LogSession {
  readonly #growing: GrowingLog;
  readonly #deps: AnalysisDeps;
  readonly #options: SessionOptions;
  readonly #learning: Learning;
  readonly #meaning = new Meaning();
  #events: EventTable | null = null;
  /** The records as they were read last. */
  #read: RecordTable | null = null;
  #grouping: SessionGrouping | null = null;
  /** Records that are grouped as they stand. */
  #grouped = 0;
  #text: TextEvidence | null = null;
  /** What `#text` was learned with. */
  #textBasis: unknown = null;

  /** @param options how to analyse; the signal and the progress are given with each call */
  constructor(log: LogText, deps: AnalysisDeps, options: SessionOptions = {}) {
    this.#growing = new GrowingLog(log, options.reading);
    this.#deps = deps;
    this.#options = options;
    this.#learning = new Learning(options.growth);
  }

  /** The log as it stands, with everything appended so far. */
  get log(): LogText {
    return this.#growing.log;
  }

  /**
   * Analyses the log as it stands and yields what is known as it becomes known (`AnalysisStage`).
   * @throws EngineError `aborted`: what was learned until then is kept
   */
  async *analyse(
    signal?: AbortSignal,
    onProgress?: AnalysisOptions['onProgress'],
  ): AsyncGenerator<Analysis> {
    const { now } = this.#deps;
    const started = now();
    const calls = {
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    };
    const glimpse = await this.#firstLook(signal);
    if (glimpse !== null) {
      const { view, findings, bytes } = glimpse;
      const embedder = this.#waiting(view);
      const notes = [notLookedAt(view.log, bytes)];
      yield { view, findings, stage: 'first', embedder, milliseconds: now() - started, notes };
    }
    const read = await this.#growing.read(calls);
    const { log, records, templates, kept } = read;
    this.#read = records;
    if (kept === 0) this.#forget();
    const learning = this.#learning;
    const sessions = this.#groupMore(read);
    const goesOn = this.#options.goesOn === true;
    let view = this.#withMeaning({ log, records, templates, sessions, vectors: null, goesOn });
    const direct = learning.learned === null ? this.#findingsWithoutStages(view) : null;
    if (direct !== null) {
      this.#events = null;
      const { embedderStatus: embedder } = this.#deps;
      const milliseconds = now() - started;
      const notes = notesOf(view, view.records.count);
      yield { view, findings: direct, stage: 'statistics', embedder, milliseconds, notes };
      return;
    }
    const events = this.#eventsOf(view, read);
    const told = (stage: AnalysisStage, embedder: EmbedderStatus): Analysis => ({
      view,
      findings: this.#fused(view, events),
      stage,
      embedder,
      milliseconds: now() - started,
      notes: notesOf(view, learning.learned?.records ?? view.records.count),
    });
    learning.judge(view, events, read);
    const isDue = learning.due(view);
    if (isDue) {
      if (this.#options.early !== false && view.records.count >= fewestForFirst) {
        yield told('first', this.#waiting(view));
      }
      const { seed = defaultSeed, rest } = this.#options;
      const grouped = (): LogView =>
        this.#options.sessions === false ? view : { ...view, sessions: this.#groupAnew(read) };
      const pace = rest === undefined ? calls : { ...calls, rest };
      view = await learning.learn(view, events, seed, grouped, pace);
    }
    const status = this.#waiting(view);
    const isMeant = this.#textBasis === learning.learned && this.#meaning.covers(view.templates);
    yield told(isMeant ? 'vectors' : 'statistics', isMeant ? this.#ready() : status);
    if (isMeant || status.state !== 'loading') return;

    const { embedder } = this.#deps;
    if (embedder === null) return;
    onProgress?.({ stage: 'embedding', share: 0 });
    try {
      await this.#meaning.learn(view.templates, embedder, signal);
    } catch (error) {
      if (EngineError.is(error, 'aborted')) throw error;
      const detail = EngineError.is(error) ? `${error.message} ${error.advice}` : String(error);
      yield told('statistics', { ...this.#deps.embedderStatus, state: 'off', detail });
      return;
    }
    onProgress?.({ stage: 'embedding', share: 1 });
    view = this.#withMeaning(view);
    this.#learnText(view, events);
    yield told('vectors', this.#ready());
  }

  /**
   * Adds bytes at the end and analyses again. The bytes stay even if the analysis is cancelled.
   * @throws EngineError `aborted`
   */
  async *append(bytes: Uint8Array, signal?: AbortSignal): AsyncGenerator<Analysis> {
    this.#growing.append(bytes);
    yield* this.analyse(signal);
  }

  /** How the log is written, for pieces of the same log behind it; null where it is a build, or not read. */
  get reading(): InferredLog | null {
    return this.#events === null || this.#read === null ? null : inferredOf(this.#read);
  }

  #eventsOf({ records, templates }: LogView, { kept, sameIds }: ReadLog): EventTable {
    const before = this.#events;
    this.#events =
      before !== null && sameIds
        ? extendEvents(before, records, templates, kept)
        : buildEvents(records, templates);
    return this.#events;
  }

  /** Goes on grouping where that was begun. */
  #groupMore({ log, records, templates, kept, sameIds }: ReadLog): SessionTable {
    this.#grouped = Math.min(this.#grouped, kept);
    // What begins a session is known by ids.
    if (!sameIds) this.#grouping = null;
    if (this.#grouping === null) return noSessions;
    const table = this.#grouping.extend(log, records, templates, this.#grouped);
    this.#grouped = records.count;
    return table;
  }

  #groupAnew({ log, records, templates }: ReadLog): SessionTable {
    this.#grouping = new SessionGrouping(log, records, templates);
    this.#grouped = records.count;
    return this.#grouping.table;
  }

  #forget(): void {
    this.#learning.forget();
    this.#events = null;
    this.#grouping = null;
    this.#text = null;
    this.#textBasis = null;
  }

  /** Only where the log was never read: later there is more to tell. */
  async #firstLook(signal: AbortSignal | undefined): Promise<FirstLook | null> {
    const { baseline = [], early = true } = this.#options;
    if (!early || this.#growing.isRead || baseline.length > 0) return null;
    return firstLook(this.log, signal);
  }

  /** Findings that need no stages ever: against a good run, or of a build. */
  #findingsWithoutStages(view: LogView): readonly Finding[] | null {
    const { baseline = [], reading } = this.#options;
    if (baseline.length > 0) return compareRuns(view.log, baseline);
    if (reading !== undefined && inferredOf(view.records) === reading) return null;
    return buildFindings(view.log, view.records);
  }

  #withMeaning(view: LogView): LogView {
    return { ...view, vectors: this.#meaning.vectorsOf(view.templates) };
  }

  #fused(view: LogView, events: EventTable): Finding[] {
    // Words hashed to vectors know no failure from routine.
    const isSemantic = this.#deps.embedderStatus.state !== 'fallback';
    const signals = eventSignals(view, events, isSemantic ? this.#meaning.anchors : null);
    return logFindings({
      view,
      events,
      ...signals,
      text: this.#text === null ? null : forEvents(this.#text, events),
      evidence: this.#learning.evidence,
    });
  }

  #learnText(view: LogView, events: EventTable): void {
    const { learned } = this.#learning;
    if (this.#textBasis === learned) return;
    const { severity, rarity } = eventSignals(view, events, this.#meaning.anchors);
    const surprise = learned?.surprise ?? null;
    const signals = { rarity, severity: severity.prior, surprise };
    this.#text = textEvidence(view, events, signals, this.#options.seed ?? defaultSeed);
    this.#textBasis = learned;
  }

  /** What is told of the embedder before it has answered: that it will, if it is to be asked at all. */
  #waiting({ templates }: LogView): EmbedderStatus {
    const { embedder, embedderStatus } = this.#deps;
    const count = templates.templates.length;
    if (embedder === null || count === 0) return embedderStatus;
    return count > mostEmbedded
      ? { ...embedderStatus, state: 'off', detail: tooManyPatterns }
      : { ...embedderStatus, state: 'loading', detail: '' };
  }

  #ready(): EmbedderStatus {
    const { embedderStatus } = this.#deps;
    return embedderStatus.state === 'fallback'
      ? embedderStatus
      : { ...embedderStatus, state: 'ready', detail: '' };
  }
}

/** Text evidence for a log in which events may have appeared since it was learned: of those it knows nothing. */
function forEvents(text: TextEvidence, events: EventTable): TextEvidence {
  if (text.bits.length === events.count) return text;
  const bits = new Float64Array(events.count);
  bits.set(text.bits);
  return { ...text, bits };
}

const tooManyPatterns =
  'The log has more than 5,000 message patterns; embedding them was skipped. Findings rest on statistics.';
