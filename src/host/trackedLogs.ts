import type * as vscode from 'vscode';
import type { AppendRun } from './appendPace.ts';
import type { PendingWork } from './documentChange.ts';
import { untouched } from './logState.ts';
import type { LogState } from './logState.ts';
import { isFileLog, logKey } from './openLog.ts';
import type { OpenLog } from './openLog.ts';

/** A log that is followed, however many editors show it. */
export interface TrackedLog {
  /** Names it towards the engine. */
  readonly key: string;
  /** What stands for it: where the document of a file and its viewer share an analysis, the document. */
  readonly source: OpenLog;
  /** Everything that shows it, `source` among them. */
  readonly sources: readonly OpenLog[];
  state: LogState;
  waiting: PendingWork | null;
  timer: ReturnType<typeof setTimeout> | null;
  /** The engine holds the text as it was before `waiting`: only then is what was added enough. */
  known: boolean;
  /** The run that works now, or null. */
  run: AnalysisRun | null;
  /** The last run that looked at what was appended, or null. */
  appended: AppendRun | null;
  /** UTF-16 units, kept by change events; null before the first, as asking costs a walk over all lines. */
  length: number | null;
  /** Times in a row that the engine stopped during a run on this log. */
  stops: number;
}

export interface AnalysisRun {
  readonly id: number;
  readonly controller: AbortController;
  readonly kind: PendingWork['kind'];
  /** When it began, in milliseconds of the clock of `appended`. */
  readonly started: number;
  /** Whether it is given up for new lines: what remains of it only refines what is marked. */
  givesWay: boolean;
}

type Kept = { -readonly [K in keyof TrackedLog]: TrackedLog[K] };

/** The followed logs, by what shows them and by their names towards the engine. */
export class TrackedLogs {
  readonly #shown = new Map<string, Kept>();
  readonly #named = new Map<string, Kept>();

  find(source: OpenLog): TrackedLog | undefined {
    return this.#shown.get(logKey(source));
  }

  named(key: string): TrackedLog | undefined {
    return this.#named.get(key);
  }

  all(): readonly TrackedLog[] {
    return [...this.#named.values()];
  }

  /** Begins to follow a log on its own. */
  add(source: OpenLog): TrackedLog {
    // A viewer that outlived the document it shared an analysis with goes on under that one's name.
    let key = logKey(source);
    while (this.#named.has(key)) key += '#';
    const log: Kept = {
      key,
      source,
      sources: [source],
      state: untouched,
      waiting: null,
      timer: null,
      known: false,
      run: null,
      appended: null,
      length: null,
      stops: 0,
    };
    this.#shown.set(logKey(source), log);
    this.#named.set(key, log);
    return log;
  }

  /** Lets a log stand for what is analysed already; undefined where nothing of the kind is. */
  join(source: OpenLog): TrackedLog | undefined {
    const twin = [...this.#named.values()].find(
      ({ source: other, sources, state }) =>
        sources.length === 1 && isSameText([other, source], state),
    );
    if (twin === undefined) return undefined;
    this.#shown.set(logKey(source), twin);
    show(twin, [...twin.sources, source]);
    return twin;
  }

  /** @returns what it stood for, with no `sources` where nobody shows that any more */
  leave(source: OpenLog): TrackedLog | undefined {
    const key = logKey(source);
    const log = this.#shown.get(key);
    if (log === undefined) return undefined;
    this.#shown.delete(key);
    show(
      log,
      log.sources.filter((other) => logKey(other) !== key),
    );
    if (log.sources.length === 0) this.#named.delete(log.key);
    return log;
  }

  clear(): void {
    this.#shown.clear();
    this.#named.clear();
  }
}

function show(log: Kept, sources: readonly OpenLog[]): void {
  log.sources = sources;
  log.source = sources.find((source) => !isFileLog(source)) ?? sources[0] ?? log.source;
}

/** The viewer and the document that share an analysis; null where only one of them is there. */
export function sharedBy({ sources }: TrackedLog): {
  readonly document: vscode.TextDocument;
  readonly file: OpenLog;
} | null {
  const file = sources.find(isFileLog);
  const document = sources.find((source): source is vscode.TextDocument => !isFileLog(source));
  return file === undefined || document === undefined ? null : { document, file };
}

/** Whether the document of a file and its viewer show the same lines, as far as is known. */
function isSameText([one, other]: readonly [OpenLog, OpenLog], state: LogState): boolean {
  if (isFileLog(one) === isFileLog(other)) return false;
  if (one.uri.toString() !== other.uri.toString() || one.uri.scheme !== 'file') return false;
  const document = isFileLog(one) ? other : one;
  if (isFileLog(document) || document.isDirty) return false;
  return state.kind !== 'done' || hasLines(document, state.shown.marks.lines);
}

/**
 * Whether the lines of a document are those of its file: not where the file has a lone `\r`, at which
 * the editor breaks a line as well. `lines` is counted as `grep -n` does.
 */
export function hasLines(document: vscode.TextDocument, lines: number): boolean {
  const last = document.lineCount - 1;
  return lines === (document.lineAt(last).text === '' ? last : document.lineCount);
}
