import type { AnalysedLog } from './analysedLog.ts';
import type { ChangeStory } from './changes.ts';
import type { EvidenceList } from './evidence.ts';
import type { Mention } from './question.ts';
import { recordSpan } from './readLines.ts';
import { shorten } from './words.ts';

/** The most related change with the id of its line; null where none is. */
export function citedChange(
  { before }: ChangeStory,
  evidence: EvidenceList,
): { readonly text: string; readonly id: string } | null {
  const lead = before[0];
  if (lead === undefined || lead.related === 0) return null;
  const id = evidence.citeLines(lead.log, lead.line, lead.line);
  return id === null ? null : { text: shorten(lead.text, 100), id };
}

/** Ids of the patterns that answer a question. */
export function citeMentions(
  mentions: readonly Mention[],
  analyses: readonly AnalysedLog[],
  evidence: EvidenceList,
): readonly string[] {
  const ids: string[] = [];
  for (const { log, record } of mentions) {
    const records = analyses[log]?.view.records;
    if (records === undefined) continue;
    const { first, end } = recordSpan(records, record);
    const id = evidence.citeLines(log, first + 1, Math.min(end, first + 8));
    if (id !== null) ids.push(id);
  }
  return ids;
}
