import { yieldToEventLoop } from '../base/abort.ts';
import type { EventTable } from '../detect/events.ts';
import type { Evidence } from '../detect/evidence.ts';
import { learnBursts, learnLog, type Judged, type LearnedLog } from '../detect/learnLog.ts';
import type { LogView } from '../detect/logView.ts';
import type { ReadLog } from './growingLog.ts';
import type { AnalysisOptions } from './options.ts';

interface LearningPace extends Pick<AnalysisOptions, 'signal' | 'onProgress'> {
  readonly rest?: () => Promise<void>;
}

type Growth = Pick<ReadLog, 'kept' | 'sameIds' | 'changed'>;

/** Growth after which what was learned is learned anew: the work stays in proportion to the log. */
const usualGrowth = 1.1;
/** The same where new messages changed the templates, so that nothing judges what is new meanwhile. */
const growthUnjudged = 1.01;
/** Smaller logs are learned anew whenever they grow: a few more messages change what is usual there. */
const smallLog = 10_000;

/**
 * What is known of a log that grows: learned from it once in a while, applied to what is new. Learning
 * goes on where it was when an earlier call was cancelled, also when the log has grown since.
 */
export class Learning {
  #learned: LearnedLog | null = null;
  #steps: Generator<number, LearnedLog> | null = null;
  /** Bursts, learned before everything else, and the events that they are of. */
  #bursts: { readonly events: EventTable; readonly judged: Judged } | null = null;
  #evidence: readonly Evidence[] = [];
  /** Whether the ids of the log mean what they meant when it was learned. */
  #judges = false;
  /** Records that `#evidence` is about. */
  #judged = 0;
  /** Templates that read otherwise since what is known was learned. */
  #changed = new Set<number>();
  #changedSince: number[] = [];

  readonly #growth: number | null;

  /** @param growth after which it learns anew, whatever the size of the log; the usual one when null */
  constructor(growth: number | null = null) {
    this.#growth = growth;
  }

  /** Null before the first learning has ended. */
  get learned(): LearnedLog | null {
    return this.#learned;
  }

  /** What is known about the log as it was last judged. */
  get evidence(): readonly Evidence[] {
    return this.#evidence;
  }

  /** Forgets everything: the log is another one. */
  forget(): void {
    this.#learned = null;
    this.#loseJudges();
    this.#evidence = [];
    this.#judged = 0;
  }

  #loseJudges(): void {
    this.#judges = false;
    this.#steps = null;
    this.#changed.clear();
    this.#changedSince = [];
  }

  /** Whether the log has outgrown what was learned. */
  due(view: LogView): boolean {
    const known = this.#learned?.records ?? -1;
    const { count } = view.records;
    if (this.#growth === null && count < smallLog) return count !== known;
    return count > known * (this.#judges ? (this.#growth ?? usualGrowth) : growthUnjudged);
  }

  /**
   * Judges what is new by what is known; before anything is, only for bursts. What was said of the
   * records that were kept holds.
   */
  judge(view: LogView, events: EventTable, { kept, sameIds, changed }: Growth): void {
    if (!sameIds) this.#loseJudges();
    if (this.#learned === null) {
      const judged = learnBursts(view, events);
      this.#bursts = { events, judged };
      this.#evidence = judged.evidence;
      return;
    }
    for (const template of changed) this.#changed.add(template);
    this.#changedSince.push(...changed);
    const from = Math.min(kept, this.#judged);
    // What was learned of a pattern that has changed says nothing about its new messages.
    const fresh = this.#judges
      ? this.#learned
          .judge(view, events, from)
          .filter(({ record }) => !this.#changed.has(view.templates.ofRecord[record] ?? -1))
      : [];
    const said = new Set(fresh.map(({ key, record }) => `${record} ${key}`));
    this.#evidence = this.#evidence
      .filter(({ key, record }) => record < from && !said.has(`${record} ${key}`))
      .concat(fresh);
    this.#judged = view.records.count;
  }

  /**
   * Learns until what is known is not outgrown.
   *
   * @param grouped the log as it stands, with its sessions; asked for when learning begins
   * @param pace what stops it, is told about it, and is waited for before each step
   * @returns the log as it was learned last
   * @throws EngineError `aborted`: the next call goes on from there
   */
  async learn(
    view: LogView,
    events: EventTable,
    seed: number,
    grouped: () => LogView,
    { signal, onProgress, rest }: LearningPace,
  ): Promise<LogView> {
    let current = view;
    while (this.due(view)) {
      await yieldToEventLoop(signal);
      await rest?.();
      if (this.#steps === null) {
        this.#changedSince = [];
        const known = this.#bursts?.events === events ? this.#bursts.judged : null;
        current = grouped();
        this.#steps = learnLog(current, events, seed, known);
        // Grouping takes as long as a step.
        continue;
      }
      const step = this.#steps.next();
      if (step.done !== true) {
        onProgress?.({ stage: 'detecting', share: step.value });
        continue;
      }
      this.#steps = null;
      this.#bursts = null;
      this.#learned = step.value;
      this.#judges = true;
      this.#evidence = step.value.evidence;
      this.#judged = step.value.records;
      this.#changed = new Set(this.#changedSince);
      this.judge(current, events, { kept: this.#judged, sameIds: true, changed: [] });
    }
    return current;
  }
}
