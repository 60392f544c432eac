import * as vscode from 'vscode';
import type { Explanation } from '../../engine/explain/explanation.ts';
import { explanationHtml } from '../../engine/present/explanationHtml.ts';
import { explanationJson } from '../../engine/present/explanationJson.ts';
import { explanationMarkdown } from '../../engine/present/explanationMarkdown.ts';
import type { ExportFormat } from '../../protocol/panelApi.ts';

const writers = {
  markdown: explanationMarkdown,
  html: explanationHtml,
  json: explanationJson,
} as const satisfies Record<ExportFormat, (explanation: Explanation) => string>;

/** Opens a report as an untitled document, for the reader to keep where they like. */
export async function exportReport(explanation: Explanation, format: ExportFormat): Promise<void> {
  const document = await vscode.workspace.openTextDocument({
    language: format,
    content: writers[format](explanation),
  });
  await vscode.window.showTextDocument(document);
}
