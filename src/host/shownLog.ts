import * as vscode from 'vscode';
import type { OpenLog } from './openLog.ts';

/** A log where the reader sees it: in a text editor or in the viewer. Lines are 0-based. */
export interface ShownLog {
  readonly log: OpenLog;
  /** Where the cursor is. */
  readonly line: number;
  /** Shows a line; the focus stays where it is. */
  reveal(line: number): void;
  /** Goes to a line, with the focus. */
  jump(line: number): Promise<void>;
  /** Notes what is shown now. @returns what goes back to it */
  remember(): () => void;
  /** The logs that it is made of: several where they are shown as one, else `log` alone. */
  readonly members: readonly OpenLog[];
  /** Which line of which of them a line shows. */
  origin(line: number): Promise<Origin>;
}

/** A 0-based line of a log. */
export interface Origin {
  readonly log: OpenLog;
  readonly line: number;
}

/** A log in a text editor. */
export function shownIn(editor: vscode.TextEditor): ShownLog {
  const reveal = (shown: vscode.TextEditor, line: number): void => {
    const start = new vscode.Position(Math.min(line, shown.document.lineCount - 1), 0);
    shown.selection = new vscode.Selection(start, start);
    shown.revealRange(
      new vscode.Range(start, start),
      vscode.TextEditorRevealType.InCenterIfOutsideViewport,
    );
  };
  return {
    log: editor.document,
    members: [editor.document],
    origin: (line) => Promise.resolve({ log: editor.document, line }),
    get line() {
      return editor.selection.active.line;
    },
    reveal: (line) => {
      reveal(editor, line);
    },
    jump: async (line) => {
      const shown = await vscode.window.showTextDocument(editor.document, {
        ...(editor.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn }),
        preserveFocus: false,
      });
      reveal(shown, line);
    },
    remember: () => {
      const { selection, visibleRanges } = editor;
      return () => {
        editor.selection = selection;
        const [range] = visibleRanges;
        if (range !== undefined) editor.revealRange(range, vscode.TextEditorRevealType.AtTop);
      };
    },
  };
}
