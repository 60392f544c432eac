import type { LogEncoding, LogText } from '../record/logText.ts';
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
  const notes: string[] = [...(view.log.notes ?? []), ...encodingNotes(view.log.encoding)];
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

/** What a reader must know of how the bytes of a log were understood. */
export function encodingNotes(encoding: LogEncoding): readonly string[] {
  return encoding === 'binary'
    ? ['These bytes are no text: they were read byte by byte, and little can be found in them.']
    : [];
}

/** What a first look at a large log left out. */
export function notLookedAt(log: LogText, bytes: number): string {
  const megabytes = (size: number): string => number(Math.max(1, Math.round(size / 1e6)));
  return `Only ${megabytes(bytes)} of ${megabytes(log.bytes.length)} MB have been looked at so far.`;
}
