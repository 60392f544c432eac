import type { EventTable } from './events.ts';
import type { LogView } from './logView.ts';
import { quoted } from './words.ts';

/** An event as a name in a sentence. */
export function nameOfEvent(view: LogView, events: EventTable, event: number): string {
  return quoted(view.templates.templates[events.template[event]!]!.text, 45);
}
