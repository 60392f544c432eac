import { yieldToEventLoop } from '../base/abort.ts';
import { typicalRecords } from './baseEvidence.ts';
import { bursts } from './detectors/bursts.ts';
import { gaps } from './detectors/gaps.ts';
import { nextEvent } from './detectors/nextEvent.ts';
import { severityPrior, type Anchors } from './detectors/severity.ts';
import { rarityBits } from './detectors/rarity.ts';
import { silences } from './detectors/silences.ts';
import { slotValues } from './detectors/slotValues.ts';
import { buildEvents } from './events.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { logFindings } from './findings.ts';
import type { LogView } from './logView.ts';
import { sessionEvidence } from './sessionEvidence.ts';
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

/**
 * Everything in a log that does not belong, best first. Complete without vectors; with them text
 * novelty and anchors join in. Works in slices, so that a cancel is heard.
 * @throws EngineError `aborted`
 */
export async function detectFindings(
  view: LogView,
  options: DetectOptions = {},
): Promise<Finding[]> {
  const seed = options.seed ?? defaultSeed;
  let done = 0;
  const step = async (): Promise<void> => {
    done += 1;
    options.onProgress?.(done / 9);
    await yieldToEventLoop(options.signal);
  };
  if (view.records.count === 0) return [];
  const events = buildEvents(view.records, view.templates);
  const severity = severityPrior(events, view.templates, view.vectors, options.anchors ?? null);
  const rarity = rarityBits(events);
  await step();
  const evidence: Evidence[] = [];
  const sessions = sessionEvidence(view, seed);
  for (let session = 0; session < sessions.noted.length; session += 1) {
    if (sessions.noted[session] === 1) evidence.push(...sessions.evidenceOf(session));
  }
  await step();
  const order = nextEvent.learn(view, events);
  evidence.push(...order.judge(view, events, 0));
  await step();
  for (const detector of [slotValues, gaps, silences, bursts]) {
    evidence.push(...detector.learn(view, events).judge(view, events, 0));
    await step();
  }
  const signals = { rarity, severity: severity.prior, surprise: order.surprise };
  const text = textEvidence(view, events, signals, seed);
  await step();
  const findings = logFindings({
    view,
    events,
    severity,
    rarity,
    text,
    evidence,
    typical: typicalRecords(events),
  });
  await step();
  return findings;
}
