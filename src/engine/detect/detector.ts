import type { EventTable } from './events.ts';
import type { Evidence } from './evidence.ts';
import type { LogView } from './logView.ts';

/** What a detector has learned of a log. */
export interface Judge {
  /**
   * Evidence about the records from `fromRecord` on (0 for all), strongest first. The log may have
   * grown since it was learned: templates and events that were known then keep their ids, new ones
   * follow after them. Costs in proportion to the records that are judged.
   */
  judge(view: LogView, events: EventTable, fromRecord: number): Evidence[];
}

/** Looks at the records of a log for one kind of thing that does not belong. Never throws. */
export interface Detector<Learned extends Judge = Judge> {
  /** Learns from the log itself what is usual in it. */
  learn(view: LogView, events: EventTable): Learned;
}
