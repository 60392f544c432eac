import type { LogView } from '../detect/logView.ts';
import { number } from '../detect/words.ts';

/** Embedding more patterns than this takes longer than anyone waits; statistics stand alone then. */
export const mostEmbedded = 5000;

/**
 * What was given up for a log and what that means.
 *
 * @param learnedRecords records that the detectors learned from
 */
export function notesOf(view: LogView, learnedRecords: number): string[] {
  const { records, templates } = view;
  const notes: string[] = [];
  if (templates.truncated === true) {
    notes.push('The log has more kinds of messages than are told apart: rare ones were grouped.');
  }
  if (templates.templates.length > mostEmbedded) {
    const kinds = number(templates.templates.length);
    notes.push(`The log has ${kinds} kinds of messages: they were not compared by meaning.`);
  }
  if (learnedRecords < records.count) {
    const added = number(records.count - learnedRecords);
    notes.push(
      `The last ${added} messages were judged by what the ${number(learnedRecords)} before them are like.`,
    );
  }
  return notes;
}
