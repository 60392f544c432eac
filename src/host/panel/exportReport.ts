import * as vscode from 'vscode';
import type { ExportFormat, PanelReport } from '../../protocol/panelApi.ts';
import type { ExplainService } from '../explainService.ts';

/** Opens a report as an untitled document, for the reader to keep where they like. */
export async function exportReport(
  explain: ExplainService,
  report: PanelReport,
  format: ExportFormat,
): Promise<void> {
  const content = await explain.written(report, format);
  const document = await vscode.workspace.openTextDocument({ language: format, content });
  await vscode.window.showTextDocument(document);
}
