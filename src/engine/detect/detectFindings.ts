import { throwIfAborted, yieldToEventLoop } from '../base/abort.ts';
import type { Anchors } from './detectors/severity.ts';
import { eventSignals } from './eventSignals.ts';
import { buildEvents } from './events.ts';
import type { Finding } from './finding.ts';
import { logFindings } from './findings.ts';
import { learnLog, type LearnedLog } from './learnLog.ts';
import type { LogView } from './logView.ts';
import { textEvidence } from './textEvidence.ts';

export interface DetectOptions {
  readonly signal?: AbortSignal;
  readonly seed?: number;
  /** Told the share that is done, 0..1. */
  readonly onProgress?: (share: number) => void;
  /** Vectors of known failure and routine sentences, from the embedder that made `view.vectors`. */
  readonly anchors?: Anchors;
}

export const defaultSeed = 1;

/** Takes the steps of a learner, with a turn for others after each. @throws EngineError `aborted` */
async function learned(
  steps: Generator<number, LearnedLog>,
  { signal, onProgress }: Pick<DetectOptions, 'signal' | 'onProgress'>,
): Promise<LearnedLog> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    onProgress?.(step.value);
    await yieldToEventLoop(signal);
  }
}

/**
 * Everything in a log that does not belong, best first. Complete without vectors; with them text
 * novelty and anchors join in. Works in slices, so that a cancel is heard.
 * @throws EngineError `aborted`
 */
export async function detectFindings(
  view: LogView,
  options: DetectOptions = {},
): Promise<Finding[]> {
  throwIfAborted(options.signal);
  if (view.records.count === 0) return [];
  const seed = options.seed ?? defaultSeed;
  const events = buildEvents(view.records, view.templates);
  const signals = eventSignals(view, events, options.anchors ?? null);
  const known = await learned(learnLog(view, events, seed), options);
  const { rarity, severity } = signals;
  const { evidence, surprise } = known;
  const text = textEvidence(view, events, { rarity, severity: severity.prior, surprise }, seed);
  return logFindings({ view, events, ...signals, text, evidence });
}
