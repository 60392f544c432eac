import * as vscode from 'vscode';
import type { Payload } from '../../engine/llm/exchange.ts';
import { payloadLanguage, payloadScheme } from '../contributions.ts';
import { DisposableStore } from '../disposables.ts';
import { payloadText } from './payloadText.ts';

/** Shows exactly what a model would receive or received, in a document that cannot be edited. */
export class PayloadPreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #disposables = new DisposableStore();
  #last = 0;

  constructor() {
    this.#disposables.add(
      vscode.workspace.registerTextDocumentContentProvider(payloadScheme, this),
    );
    this.#disposables.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#texts.delete(uri.path);
      }),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? 'What was here is no longer in memory.';
  }

  /** What comes back closes it again. */
  async show(payload: Payload, sent: boolean): Promise<() => Promise<void>> {
    const title = sent ? 'What was sent' : 'What would be sent';
    const uri = vscode.Uri.from({
      scheme: payloadScheme,
      path: `/${++this.#last}/${title} to ${payload.provider.replaceAll('/', '∕')}.txt`,
    });
    this.#texts.set(uri.path, payloadText(payload, sent, vscode.env.language));
    const document = await vscode.languages.setTextDocumentLanguage(
      await vscode.workspace.openTextDocument(uri),
      payloadLanguage,
    );
    // In the first group: where a panel asks, it stays in sight beside this.
    await vscode.window.showTextDocument(document, {
      preview: true,
      viewColumn: vscode.ViewColumn.One,
    });
    return () => close(uri);
  }

  dispose(): void {
    this.#texts.clear();
    this.#disposables.dispose();
  }
}

async function close(uri: vscode.Uri): Promise<void> {
  const shown = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
    );
  await vscode.window.tabGroups.close(shown, true);
}
