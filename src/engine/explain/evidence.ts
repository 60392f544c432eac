import { lastInPlace, placeInLog } from '../record/placeInLog.ts';
import type { AnalysedLog } from './analysedLog.ts';
import type { EvidenceItem } from './explanation.ts';
import { readLine } from './readLines.ts';
import type { Signal } from './signal.ts';

/** Most items a report carries. */
const maxEvidence = 60;
const maxLines = 8;
/**
 * Estimated tokens of all excerpts together, three characters each: what a reader looks through and
 * a model with a small context still takes beside its instructions.
 */
const tokenBudget = 8000;
const charsPerToken = 3;
/** No single excerpt takes more of the budget than this share. */
const largestShare = 0.1;

/**
 * Collects numbered excerpts within a budget; the same place is one item however often it is cited.
 * What is cited first is what matters most, so the list is filled in that order. An excerpt holds
 * whole lines: one for which there is no room is left out rather than cut.
 */
export class EvidenceList {
  readonly #analyses: readonly AnalysedLog[];
  readonly #items: EvidenceItem[] = [];
  readonly #byPlace = new Map<string, EvidenceItem>();
  #room = tokenBudget * charsPerToken;

  constructor(analyses: readonly AnalysedLog[]) {
    this.#analyses = analyses;
  }

  get items(): readonly EvidenceItem[] {
    return this.#items;
  }

  /** Id of the excerpt for a signal; null when there is no room. */
  cite(signal: Signal): string | null {
    return this.citeLines(signal.log, signal.line, signal.endLine);
  }

  /** Id of the excerpt for lines (1-based, inclusive) of a log's text; null when the list is full. */
  citeLines(log: number, line: number, endLine: number): string | null {
    const key = `${log}:${line}`;
    const known = this.#byPlace.get(key);
    if (known !== undefined) return known.id;
    const analysis = this.#analyses[log];
    if (analysis === undefined || this.#items.length >= maxEvidence) return null;
    const most = Math.min(this.#room, tokenBudget * charsPerToken * largestShare);
    const { log: held } = analysis.view;
    const last = lastWritten(analysis, line, Math.min(endLine, lastInPlace(held, line)));
    const text = excerpt(analysis, line, last, most);
    if (text === null) return null;
    this.#room -= text.length;
    const place = placeInLog(held, line);
    const item: EvidenceItem = {
      id: `E${this.#items.length + 1}`,
      path: place.path,
      line: place.line,
      endLine: place.line + last - line,
      text,
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

/** The last line that is not blank: a record is followed by what was left out behind it. */
function lastWritten({ view }: AnalysedLog, line: number, endLine: number): number {
  let last = endLine;
  while (last > line && readLine(view.log, last - 1).trim() === '') last--;
  return last;
}

/** The first whole lines that fit into a number of characters; null where not even one does. */
function excerpt(
  analysis: AnalysedLog,
  line: number,
  endLine: number,
  most: number,
): string | null {
  const lines: string[] = [];
  let room = most;
  const last = Math.min(endLine, line + maxLines - 1);
  for (let at = line; at <= last; at++) {
    const text = readLine(analysis.view.log, at - 1);
    room -= text.length + 1;
    if (room < 0) break;
    lines.push(text);
  }
  return lines.length === 0 ? null : lines.join('\n');
}
