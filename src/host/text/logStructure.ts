import * as vscode from 'vscode';
import type { Log } from '../../engine/base/log.ts';
import type { OutlinePart } from '../../engine/present/outline.ts';
import { toFailure } from '../../protocol/rpc.ts';
import type { LogMarks } from '../../protocol/workerApi.ts';
import { signalOf } from '../abortSignals.ts';
import type { AnalysisService } from '../analysisService.ts';
import { logLanguage } from '../contributions.ts';
import { DisposableStore } from '../disposables.ts';
import { isLogDocument } from '../logDocuments.ts';

/** Folds, outline, breadcrumbs and "Go to Symbol" of logs. The engine works them out. */
export class LogStructure
  implements vscode.FoldingRangeProvider, vscode.DocumentSymbolProvider, vscode.Disposable
{
  readonly #analyses: AnalysisService;
  readonly #log: Log;
  readonly #disposables = new DisposableStore();
  readonly #foldsChanged = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly onDidChangeFoldingRanges = this.#foldsChanged.event;
  readonly #told = new WeakMap<object, LogMarks>();
  #symbols: vscode.Disposable;

  constructor(analyses: AnalysisService, log: Log) {
    this.#analyses = analyses;
    this.#log = log;
    const { languages } = vscode;
    this.#disposables.add(languages.registerFoldingRangeProvider({ language: logLanguage }, this));
    this.#symbols = this.#provideSymbols();
    this.#disposables.add(
      analyses.onDidChange((changed) => {
        const marks = analyses.stateOf(changed)?.shown?.marks;
        if (marks === undefined || this.#told.get(changed) === marks) return;
        this.#told.set(changed, marks);
        this.#foldsChanged.fire();
        // The editor has no event for symbols: it asks again when a provider comes anew.
        this.#symbols.dispose();
        this.#symbols = this.#provideSymbols();
      }),
    );
  }

  async provideFoldingRanges(
    document: vscode.TextDocument,
    _context: vscode.FoldingContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.FoldingRange[]> {
    if (!this.#isKnown(document)) return [];
    try {
      const folds = await this.#analyses.ask(document, 'folds', {}, signalOf(token));
      return folds
        .filter(({ endLine }) => endLine < document.lineCount)
        .map(
          ({ line, endLine, kind }) =>
            new vscode.FoldingRange(
              line,
              endLine,
              kind === 'group' ? vscode.FoldingRangeKind.Region : undefined,
            ),
        );
    } catch (error) {
      this.#failed('Folds', error);
      return [];
    }
  }

  async provideDocumentSymbols(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentSymbol[]> {
    if (!this.#isKnown(document)) return [];
    try {
      const parts = await this.#analyses.ask(document, 'outline', {}, signalOf(token));
      return parts
        .filter(({ endLine }) => endLine < document.lineCount)
        .map((part) => symbolOf(document, part));
    } catch (error) {
      this.#failed('Outline', error);
      return [];
    }
  }

  dispose(): void {
    this.#symbols.dispose();
    this.#disposables.dispose();
  }

  #provideSymbols(): vscode.Disposable {
    return vscode.languages.registerDocumentSymbolProvider({ language: logLanguage }, this, {
      label: 'Faultline',
    });
  }

  /** The engine has looked at the present text: asking earlier would only wait for it. */
  #isKnown(document: vscode.TextDocument): boolean {
    if (!isLogDocument(document)) return false;
    return this.#analyses.stateOf(document)?.shown?.stale === false;
  }

  #failed(what: string, error: unknown): void {
    const { reason, message } = toFailure(error);
    if (reason !== 'aborted') this.#log.warn(`${what}: ${message}`);
  }
}

function symbolOf(document: vscode.TextDocument, part: OutlinePart): vscode.DocumentSymbol {
  const locale = vscode.env.language;
  const counted = (count: number, word: string): string =>
    count === 0 ? '' : ` · ${count.toLocaleString(locale)} ${word}${count === 1 ? '' : 's'}`;
  const symbol = new vscode.DocumentSymbol(
    part.name,
    `${counted(part.records, 'record')}${counted(part.errors, 'error')}${counted(part.findings.length, 'finding')}`.slice(
      3,
    ),
    vscode.SymbolKind.Namespace,
    rangeOf(document, part),
    document.lineAt(part.line).range,
  );
  symbol.children = part.findings.map((finding) => {
    const range = rangeOf(document, finding);
    const first = document.lineAt(finding.line).range;
    // An empty name is refused by the editor.
    const name = finding.title === '' ? 'finding' : finding.title;
    return new vscode.DocumentSymbol(name, finding.severity, vscode.SymbolKind.Event, range, first);
  });
  return symbol;
}

function rangeOf(
  document: vscode.TextDocument,
  { line, endLine }: { readonly line: number; readonly endLine: number },
): vscode.Range {
  return new vscode.Range(line, 0, endLine, document.lineAt(endLine).range.end.character);
}
