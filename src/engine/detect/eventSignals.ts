import { typicalRecords } from './baseEvidence.ts';
import { rarityBits } from './detectors/rarity.ts';
import { severityPrior, type Anchors, type SeverityPrior } from './detectors/severity.ts';
import type { EventTable } from './events.ts';
import type { LogView } from './logView.ts';

/** What events say by themselves: known as soon as a log is read, in time that grows with the events. */
export interface EventSignals {
  readonly severity: SeverityPrior;
  /** Bits per event. */
  readonly rarity: Float64Array;
  /** How often a common kind of message comes. */
  readonly typical: number;
}

/** @param anchors null where there are no vectors */
export function eventSignals(
  view: LogView,
  events: EventTable,
  anchors: Anchors | null,
): EventSignals {
  return {
    severity: severityPrior(events, view.templates, view.vectors, anchors),
    rarity: rarityBits(events),
    typical: typicalRecords(events),
  };
}
