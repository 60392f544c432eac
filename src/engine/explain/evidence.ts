import type { AnalysedLog } from './analysedLog.ts';
import type { EvidenceItem } from './explanation.ts';
import { readLine } from './readLines.ts';
import type { Signal } from './signal.ts';

/** Most items a report carries. */
const maxEvidence = 60;
const maxLines = 8;
const maxLineChars = 400;

/** Collects numbered excerpts; the same place is one item however often it is cited. */
export class EvidenceList {
  readonly #analyses: readonly AnalysedLog[];
  readonly #items: EvidenceItem[] = [];
  readonly #byPlace = new Map<string, EvidenceItem>();

  constructor(analyses: readonly AnalysedLog[]) {
    this.#analyses = analyses;
  }

  get items(): readonly EvidenceItem[] {
    return this.#items;
  }

  /** Id of the excerpt for a signal; null when the list is full. */
  cite(signal: Signal): string | null {
    return this.citeLines(signal.log, signal.line, signal.endLine);
  }

  /** Id of the excerpt for lines (1-based, inclusive) of a log; null when the list is full. */
  citeLines(log: number, line: number, endLine: number): string | null {
    const key = `${log}:${line}`;
    const known = this.#byPlace.get(key);
    if (known !== undefined) return known.id;
    const analysis = this.#analyses[log];
    if (analysis === undefined || this.#items.length >= maxEvidence) return null;
    const item: EvidenceItem = {
      id: `E${this.#items.length + 1}`,
      path: analysis.view.log.path,
      line,
      endLine,
      text: excerpt(analysis, line, endLine),
    };
    this.#items.push(item);
    this.#byPlace.set(key, item);
    return item.id;
  }

  /** Ids of several signals, each once, without those that found no room. */
  citeAll(signals: readonly Signal[]): string[] {
    const ids = signals.map((signal) => this.cite(signal)).filter((id) => id !== null);
    return [...new Set(ids)];
  }
}

function excerpt(analysis: AnalysedLog, line: number, endLine: number): string {
  const lines: string[] = [];
  const last = Math.min(endLine, line + maxLines - 1);
  for (let at = line; at <= last; at++) {
    const text = readLine(analysis.view.log, at - 1);
    lines.push(text.length > maxLineChars ? `${text.slice(0, maxLineChars)}…` : text);
  }
  return lines.join('\n');
}
