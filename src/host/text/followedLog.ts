import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { SourceChange } from '../../engine/source/byteSource.ts';
import { DisposableStore } from '../disposables.ts';
import type { FollowEvent, FollowState } from './followState.ts';
import { following, grownFrom, isEnd, nextFollow } from './followState.ts';
import { changeWords } from './followWords.ts';

/** How long it is said what happened to the file, in milliseconds. */
const noticeTime = 30_000;

/** Milliseconds after which the editor should have shown what is in the file. */
const lagLimit = 5_000;

export interface FollowedLogOptions {
  readonly document: vscode.TextDocument;
  /** What is shown of it is another thing now. */
  readonly onChanged: () => void;
  /** The file grew, and the document did not for a while. */
  readonly onLag: () => void;
  /** The reader edits it: what is written to the file cannot be shown beside that. */
  readonly onEdited: () => void;
}

/** A log in text editors whose end is kept in sight while it is written. */
export class FollowedLog implements vscode.Disposable {
  readonly document: vscode.TextDocument;
  readonly #options: FollowedLogOptions;
  readonly #disposables = new DisposableStore();
  #state: FollowState = following;
  #notice = '';
  #noticeTimer: ReturnType<typeof setTimeout> | null = null;
  #lagTimer: ReturnType<typeof setTimeout> | null = null;
  /** When the editor has loaded the file last. */
  #loaded = -Infinity;
  /** It was told that the editor lags: once is enough. */
  #hasLagged = false;
  /** The cursor goes along with the end; one elsewhere holds a selection that the reader may want to keep. */
  #takesCursor = true;
  #isVisible = true;

  constructor(options: FollowedLogOptions) {
    const { document } = options;
    this.#options = options;
    this.document = document;
    // With a watcher the editor hears of files outside of its folders, and of those in them that the
    // reader keeps from being watched: it then loads the document anew by itself.
    this.#disposables.add(
      vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(
          vscode.Uri.file(dirname(document.uri.fsPath)),
          literalPattern(basename(document.uri.fsPath)),
        ),
      ),
    );
    this.#disposables.add({
      dispose: () => {
        for (const timer of [this.#noticeTimer, this.#lagTimer]) {
          if (timer !== null) clearTimeout(timer);
        }
      },
    });
    this.#showEnd();
  }

  get state(): FollowState {
    return this.#state;
  }

  /** What happened to the file a moment ago; mostly empty. */
  get notice(): string {
    return this.#notice;
  }

  /** Lines of text: the empty one behind the last line end is none. */
  get lines(): number {
    const { lineCount } = this.document;
    return this.document.lineAt(lineCount - 1).range.isEmpty ? lineCount - 1 : lineCount;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  resume(): void {
    this.#takesCursor = true;
    this.#apply({ kind: 'resumed' });
    this.#showEnd();
  }

  /** The reader looks elsewhere. */
  left(): void {
    this.#apply({ kind: 'left' });
  }

  /** Whether an editor shows the log. One that comes back to the front begins where it was. */
  shown(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    if (!isVisible) this.left();
    else if (this.#state.on) this.#showEnd();
  }

  scrolled(visible: readonly vscode.Range[]): void {
    const [first] = visible;
    const last = visible.at(-1);
    if (first === undefined || last === undefined) return;
    const { lineCount } = this.document;
    const [top, bottom] = [first.start.line, last.end.line];
    this.#apply({ kind: 'scrolled', top, bottom, lines: lineCount });
  }

  moved({ kind, selections }: vscode.TextEditorSelectionChangeEvent): void {
    const byReader =
      kind === vscode.TextEditorSelectionChangeKind.Mouse ||
      kind === vscode.TextEditorSelectionChangeKind.Keyboard;
    const [selection] = selections;
    if (!byReader || selection === undefined) return;
    const { lineCount } = this.document;
    const { line } = selection.active;
    this.#takesCursor = selections.length === 1 && selection.isEmpty && isEnd(line, lineCount);
    this.#apply({ kind: 'cursor', line, lines: lineCount });
  }

  /** The editor has loaded what was written, or the reader edits. */
  documentChanged({ contentChanges, document }: vscode.TextDocumentChangeEvent): void {
    if (document.isDirty) {
      this.#options.onEdited();
      return;
    }
    if (contentChanges.length === 0) return;
    this.#caughtUp();
    const [change] = contentChanges;
    const from =
      contentChanges.length === 1 && change !== undefined
        ? grownFrom(
            {
              line: change.range.start.line,
              startsLine: change.range.start.character === 0,
              rangeOffset: change.rangeOffset,
              rangeLength: change.rangeLength,
              textLength: change.text.length,
            },
            document.offsetAt(document.lineAt(document.lineCount - 1).range.end),
          )
        : null;
    this.#apply(from === null ? { kind: 'restarted' } : { kind: 'grew', from });
    if (this.#state.on) this.#showEnd();
  }

  /** From the reading thread, which looks at the file itself. */
  fileChanged(change: SourceChange): void {
    // The editor may have been the first to see it.
    const isSeen = performance.now() - this.#loaded < lagLimit / 5;
    if (change.kind === 'grew' && !isSeen && !this.#hasLagged) {
      this.#lagTimer ??= setTimeout(() => {
        this.#hasLagged = true;
        this.#options.onLag();
      }, lagLimit);
    }
    const words = changeWords(change, vscode.env.language);
    if (words === '') return;
    this.#notice = words;
    if (this.#noticeTimer !== null) clearTimeout(this.#noticeTimer);
    this.#noticeTimer = setTimeout(() => {
      this.#notice = '';
      this.#options.onChanged();
    }, noticeTime);
    this.#options.onChanged();
  }

  #caughtUp(): void {
    this.#loaded = performance.now();
    if (this.#lagTimer !== null) clearTimeout(this.#lagTimer);
    this.#lagTimer = null;
  }

  #apply(event: FollowEvent): void {
    const before = this.#state;
    this.#state = nextFollow(before, event);
    const same = before.on === this.#state.on && before.news === this.#state.news;
    if (!same || event.kind === 'grew') this.#options.onChanged();
  }

  #showEnd(): void {
    const last = this.document.lineCount - 1;
    const end = this.document.lineAt(last).range.end;
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document !== this.document) continue;
      if (this.#takesCursor) editor.selection = new vscode.Selection(end, end);
      // Its first character: a long line is not scrolled sideways.
      editor.revealRange(new vscode.Range(last, 0, last, 0));
    }
  }
}

/** A pattern that matches a file name, whatever characters of patterns are in it. */
function literalPattern(name: string): string {
  return name.replace(/[[\]{}()*?!,]/g, '?');
}
