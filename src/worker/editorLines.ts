import { editorLineNumbers } from '../engine/record/editorLines.ts';
import type { LogText } from '../engine/record/logText.ts';

/** Engine lines (1-based) and the lines (0-based) that somebody above counts, there and back. */
export interface LineMap {
  /** Where an engine line starts. */
  toEditor(line: number): number;
  /** Where the text of an engine line ends: of several lines, the last. */
  toEditorEnd(line: number): number;
  /** Engine line that holds a line. */
  toEngine(line: number): number;
}

/** For who counts lines as the engine does, but from 0. */
export const fileLines: LineMap = {
  toEditor: (line) => Math.max(0, line - 1),
  toEditorEnd: (line) => Math.max(0, line - 1),
  toEngine: (line) => line + 1,
};

/**
 * Engine lines (1-based, split at `\n`) and editor lines (0-based, split at a lone `\r` as well) of one
 * log, there and back.
 */
export class EditorLines implements LineMap {
  readonly #starts: Uint32Array | null;
  readonly #lineCount: number;
  readonly #bytes: number;

  /** @param before of the same log before it grew: where both counted alike, only its end is searched */
  constructor(log: LogText, before: EditorLines | null = null) {
    // A line end may have been cut in two.
    const from = before === null || before.#starts !== null ? 0 : before.#bytes - 1;
    this.#starts = editorLineNumbers(log, Math.max(0, from));
    this.#lineCount = log.lineCount;
    this.#bytes = log.bytes.length;
  }

  /** Editor line where an engine line starts. */
  toEditor(line: number): number {
    const index = Math.min(Math.max(line - 1, 0), Math.max(this.#lineCount - 1, 0));
    return this.#starts?.[index] ?? index;
  }

  /** Editor line where the text of an engine line ends: of several, the last. */
  toEditorEnd(line: number): number {
    if (this.#starts === null || line >= this.#lineCount) return this.toEditor(line);
    return Math.max(this.toEditor(line), this.toEditor(line + 1) - 1);
  }

  /** Engine line that holds an editor line. */
  toEngine(editorLine: number): number {
    const starts = this.#starts;
    if (starts === null) return editorLine + 1;
    let low = 0;
    let high = this.#lineCount;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= editorLine) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}
