import * as vscode from 'vscode';
import type { LineMark } from '../protocol/workerApi.ts';
import type { AnalysisService } from './analysisService.ts';
import { colorIds } from './contributions.ts';
import { DisposableStore } from './disposables.ts';
import { isLogDocument } from './logDocuments.ts';
import type { MarkLines } from './markRanges.ts';
import { markLines } from './markRanges.ts';
import type { Settings } from './settings.ts';
import type { SettingsWatcher } from './settingsWatcher.ts';

interface DecorationTypes {
  readonly high: vscode.TextEditorDecorationType;
  readonly medium: vscode.TextEditorDecorationType;
  readonly repeat: vscode.TextEditorDecorationType;
  readonly note: vscode.TextEditorDecorationType;
}

/** Lines above and below the visible ones that get their notes too, so that slow scrolling shows no gap. */
const margin = 60;

/** Least time between two drawings of the same editor while it scrolls, in milliseconds. */
const drawPause = 60;

/** What an editor shows was made from these; the same again would look the same. */
interface Drawn {
  readonly at: number;
  readonly marks: readonly LineMark[];
  readonly types: DecorationTypes;
  /** Visible lines, as `from-to` pairs. */
  readonly visible: string;
}

const noMarks: readonly LineMark[] = [];
const nothing: MarkLines = { high: [], medium: [], repeat: [], notes: [] };

/** Draws findings into the editors that show logs. What is drawn follows from marks and settings alone. */
export class Decorations implements vscode.Disposable {
  readonly #analyses: AnalysisService;
  readonly #settings: SettingsWatcher;
  readonly #media: vscode.Uri;
  readonly #disposables = new DisposableStore();
  readonly #due = new Map<vscode.TextEditor, ReturnType<typeof setTimeout>>();
  readonly #drawn = new WeakMap<vscode.TextEditor, Drawn>();
  #types: DecorationTypes;

  constructor(analyses: AnalysisService, settings: SettingsWatcher, media: vscode.Uri) {
    this.#analyses = analyses;
    this.#settings = settings;
    this.#media = media;
    this.#types = this.#createTypes(settings.current);
    const { window } = vscode;
    const all = (): void => {
      this.#drawSoon(window.visibleTextEditors);
    };
    this.#disposables.add(
      analyses.onDidChange((document) => {
        this.#drawSoon(window.visibleTextEditors.filter((editor) => editor.document === document));
      }),
    );
    this.#disposables.add(window.onDidChangeVisibleTextEditors(all));
    this.#disposables.add(
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        this.#drawSoon([textEditor]);
      }),
    );
    this.#disposables.add(
      settings.onDidChange((changed) => {
        disposeTypes(this.#types);
        this.#types = this.#createTypes(changed);
        all();
      }),
    );
  }

  dispose(): void {
    for (const timer of this.#due.values()) clearTimeout(timer);
    this.#due.clear();
    this.#disposables.dispose();
    disposeTypes(this.#types);
  }

  #drawSoon(editors: readonly vscode.TextEditor[]): void {
    for (const editor of editors) {
      if (this.#due.has(editor)) continue;
      const draw = (): void => {
        this.#due.delete(editor);
        if (vscode.window.visibleTextEditors.includes(editor)) this.#draw(editor);
      };
      // The first marks are drawn at once; only what follows soon after waits.
      const since = performance.now() - (this.#drawn.get(editor)?.at ?? -Infinity);
      this.#due.set(editor, setTimeout(draw, Math.max(0, drawPause - since)));
    }
  }

  #draw(editor: vscode.TextEditor): void {
    const marks = this.#marksOf(editor.document);
    if (marks === null) return;
    const types = this.#types;
    const visible = editor.visibleRanges
      .map(({ start, end }) => `${start.line}-${end.line}`)
      .join(' ');
    const before = this.#drawn.get(editor);
    // An analysis reports its progress more often than its marks change.
    if (before?.marks === marks && before.types === types && before.visible === visible) return;
    this.#drawn.set(editor, { at: performance.now(), marks, types, visible });
    const lines = this.#linesFor(editor, marks);
    const { high, medium, repeat, note } = types;
    editor.setDecorations(high, lines.high.map(startOfLine));
    editor.setDecorations(medium, lines.medium.map(startOfLine));
    editor.setDecorations(repeat, lines.repeat.map(startOfLine));
    editor.setDecorations(
      note,
      lines.notes.map(({ line, text }) => ({
        range: editor.document.lineAt(line).range,
        renderOptions: { after: { contentText: text } },
      })),
    );
  }

  /** Null where the marks belong to an older text: the editor moves what it shows along with the edits. */
  #marksOf(document: vscode.TextDocument): readonly LineMark[] | null {
    const { enable } = this.#settings.current;
    const state = isLogDocument(document) && enable ? this.#analyses.stateOf(document) : null;
    if (state?.shown?.stale === true) return null;
    return state?.shown?.marks.marks ?? noMarks;
  }

  #linesFor({ document, visibleRanges }: vscode.TextEditor, marks: readonly LineMark[]): MarkLines {
    const { notes, minimumSeverity } = this.#settings.current;
    if (marks.length === 0) return nothing;
    const visible = visibleRanges.map(({ start, end }) => ({
      from: start.line - margin,
      to: end.line + margin,
    }));
    return markLines(marks, minimumSeverity, notes ? visible : [], document.lineCount);
  }

  #createTypes(settings: Settings): DecorationTypes {
    const { createTextEditorDecorationType } = vscode.window;
    const ruler = (color: string): vscode.DecorationRenderOptions =>
      settings.ruler
        ? {
            overviewRulerColor: new vscode.ThemeColor(color),
            overviewRulerLane: vscode.OverviewRulerLane.Right,
          }
        : {};
    const marked = (
      color: string,
      background: string,
      border: string,
      icon: string,
    ): vscode.DecorationRenderOptions => ({
      isWholeLine: true,
      ...ruler(color),
      ...(settings.gutter
        ? { gutterIconPath: vscode.Uri.joinPath(this.#media, icon), gutterIconSize: '70%' }
        : {}),
      // High contrast themes have no background here but rules above and below the line.
      ...(settings.background
        ? {
            backgroundColor: new vscode.ThemeColor(background),
            borderColor: new vscode.ThemeColor(border),
            borderStyle: 'solid',
            borderWidth: '1px 0',
          }
        : {}),
    });
    return {
      high: createTextEditorDecorationType(
        marked(colorIds.high, colorIds.highBackground, colorIds.highBorder, 'gutter-high.svg'),
      ),
      medium: createTextEditorDecorationType(
        marked(
          colorIds.medium,
          colorIds.mediumBackground,
          colorIds.mediumBorder,
          'gutter-medium.svg',
        ),
      ),
      repeat: createTextEditorDecorationType({ isWholeLine: true, ...ruler(colorIds.repeat) }),
      note: createTextEditorDecorationType({
        after: {
          color: new vscode.ThemeColor('editorCodeLens.foreground'),
          margin: '0 0 0 2em',
        },
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
      }),
    };
  }
}

function startOfLine(line: number): vscode.Range {
  return new vscode.Range(line, 0, line, 0);
}

function disposeTypes({ high, medium, repeat, note }: DecorationTypes): void {
  for (const type of [high, medium, repeat, note]) type.dispose();
}
