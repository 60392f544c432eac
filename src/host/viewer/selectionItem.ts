import * as vscode from 'vscode';
import { TimestampReader, timeBasis } from '../../engine/record/timestamp.ts';
import { MomentClock } from '../../engine/record/momentClock.ts';
import { DisposableStore } from '../disposables.ts';
import { isLogDocument } from '../logDocuments.ts';
import type { LogViews } from './logViews.ts';
import type { SelectionSize } from './selectionText.ts';
import { selectionText } from './selectionText.ts';

/** Characters at the start of a line in which its time is looked for. */
const headLength = 120;

/** How much is selected in the active log, and how long it took: in the status bar. */
export class SelectionItem implements vscode.Disposable {
  readonly #views: LogViews;
  readonly #disposables = new DisposableStore();
  readonly #bar = this.#disposables.add(
    vscode.window.createStatusBarItem('faultline.selection', vscode.StatusBarAlignment.Right, 101),
  );

  constructor(views: LogViews) {
    this.#views = views;
    const { window } = vscode;
    const show = (): void => {
      this.#show();
    };
    this.#bar.name = 'Faultline: Selection';
    this.#bar.tooltip = 'Selected lines, and the time from the first to the last of them';
    this.#disposables.add(views.onDidChange(show));
    this.#disposables.add(window.onDidChangeTextEditorSelection(show));
    this.#disposables.add(window.onDidChangeActiveTextEditor(show));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #show(): void {
    const { active } = this.#views;
    const editor = vscode.window.activeTextEditor;
    const size =
      active !== undefined
        ? sizeInView(active.selected)
        : editor !== undefined && isLogDocument(editor.document)
          ? sizeInEditor(editor)
          : null;
    if (size === null) {
      this.#bar.hide();
      return;
    }
    this.#bar.text = selectionText(size, vscode.env.language);
    this.#bar.show();
  }
}

function sizeInView(selected: NonNullable<LogViews['active']>['selected']): SelectionSize | null {
  if (selected === null || (selected.characters === 0 && selected.line === selected.endLine)) {
    return null;
  }
  const { line, endLine, time, endTime, characters } = selected;
  return {
    lines: endLine - line + 1,
    characters,
    milliseconds: time === null || endTime === null ? null : endTime - time,
  };
}

function sizeInEditor({ document, selection }: vscode.TextEditor): SelectionSize | null {
  if (selection.isEmpty) return null;
  const { start, end } = selection;
  // A selection of whole lines ends before the first character of the next one.
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const lines = last - start.line + 1;
  const characters = document.offsetAt(end) - document.offsetAt(start);
  if (lines < 2) return { lines, characters, milliseconds: null };
  // One clock for both, so that times without a date follow each other over midnight.
  const clock = new MomentClock();
  const from = timeOf(document.lineAt(start.line).text, clock);
  const to = timeOf(document.lineAt(last).text, clock);
  return { lines, characters, milliseconds: from === null || to === null ? null : to - from };
}

/** The first time at the start of a line; null where there is none. */
function timeOf(line: string, clock: MomentClock): number | null {
  const bytes = new TextEncoder().encode(line.slice(0, headLength));
  const stamp = new TimestampReader();
  for (let at = 0; at < bytes.length; at++) {
    if (isWordByte(bytes[at - 1] ?? 0)) continue;
    if (!stamp.read(bytes, at, bytes.length) || stamp.basis === timeBasis.relative) continue;
    return clock.resolve(stamp);
  }
  return null;
}

function isWordByte(byte: number): boolean {
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x7a) || byte === 0x2e;
}
