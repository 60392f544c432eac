import { levels } from '../../record/levels.ts';
import type { EventTable } from '../events.ts';

/** How many times more often a pattern must come at its usual level. */
const muchOftener = 5;
const warning = levels.indexOf('warning');

/**
 * Events whose pattern is written at a lower level nearly always: a statement of a program has one
 * level, so that a second, graver one says more than that the event is rare.
 */
export function raisedLevels(events: EventTable): ReadonlySet<number> {
  const usual = new Map<number, number>();
  for (let event = 0; event < events.count; event += 1) {
    const known = usual.get(events.template[event]!);
    if (known === undefined || events.records[event]! > events.records[known]!) {
      usual.set(events.template[event]!, event);
    }
  }
  const raised = new Set<number>();
  for (let event = 0; event < events.count; event += 1) {
    const other = usual.get(events.template[event]!)!;
    if (
      events.level[event]! >= warning &&
      events.level[event]! > events.level[other]! &&
      events.records[other]! >= events.records[event]! * muchOftener
    ) {
      raised.add(event);
    }
  }
  return raised;
}
