import type { AnalysedLog } from './analysedLog.ts';
import { collectTraces } from './collectTraces.ts';
import { readMessage } from './readLines.ts';
import { statusRecords } from './statusRecords.ts';

/** What a known-good run says about a message or a trace. */
export interface Novelty {
  /** Share of the good run's records that read like this, 0 when none does. */
  messageShare(text: string): number;
  hasTrace(key: string): boolean;
  /** Share of the good run's records that state this failing or refusing HTTP status. */
  statusShare(status: number): number;
}

/** Records of a pattern whose text is remembered: slots hold what the pattern does not show. */
const samplesPerTemplate = 3;

/** Remembers what the good runs say; null without a good run. */
export function noveltyAgainst(baseline: readonly AnalysedLog[]): Novelty | null {
  if (baseline.length === 0) return null;
  const counts = new Map<string, number>();
  const traces = new Set<string>();
  const statuses = new Map<number, number>();
  let total = 0;
  baseline.forEach((analysis, log) => {
    const { view } = analysis;
    total += view.records.count;
    const read = new Uint32Array(view.templates.templates.length);
    for (let record = 0; record < view.records.count; record++) {
      const template = view.templates.ofRecord[record] ?? 0;
      const seen = read[template] ?? 0;
      if (seen >= samplesPerTemplate) continue;
      read[template] = seen + 1;
      const key = wordKey(readMessage(view.log, view.records, record));
      const count = view.templates.templates[template]?.count ?? 1;
      counts.set(key, Math.max(counts.get(key) ?? 0, count));
    }
    for (const trace of collectTraces(analysis, log)) traces.add(trace.key);
    for (const stated of statusRecords(view).values()) {
      for (const { status, count } of stated) {
        statuses.set(status, (statuses.get(status) ?? 0) + count);
      }
    }
  });
  return {
    messageShare: (text) => (counts.get(wordKey(text)) ?? 0) / Math.max(1, total),
    hasTrace: (key) => traces.has(key),
    statusShare: (status) => (statuses.get(status) ?? 0) / Math.max(1, total),
  };
}

/**
 * The constant words of a message: what two runs of a program share whatever their values are.
 * Mined patterns cannot be compared directly, since a slot of one run may be constant in another.
 */
function wordKey(text: string): string {
  const words: string[] = [];
  for (const token of text
    .toLowerCase()
    .slice(0, 400)
    .split(/[\s,;()[\]{}<>"'=|]+/)) {
    const word = token.replace(/^[^a-z]+|[^a-z]+$/g, '');
    if (word.length < 2 || /[0-9]/.test(word) || /[/\\@]/.test(word)) continue;
    words.push(word);
    if (words.length >= 16) break;
  }
  return words.join(' ');
}
