import * as vscode from 'vscode';
import type { LineMark, LogMarks } from '../protocol/workerApi.ts';
import type { AnalysisService } from './analysisService.ts';
import type { Disposable } from './disposables.ts';
import { isFileLog } from './openLog.ts';

/** What other extensions see of a log. */
export interface LogReport {
  readonly state: 'waiting' | 'working' | 'done' | 'cancelled' | 'failed';
  /** All findings, best first, whatever the reader's severity floor; lines are 0-based. */
  readonly findings: readonly LineMark[];
  /** Null until a first result has arrived. */
  readonly summary: Omit<LogMarks, 'marks'> | null;
  /** Why it failed; null otherwise. */
  readonly failure: string | null;
}

/** The exports of this extension, for others to build on. Version 1; changed by addition only. */
export interface FaultlineApi {
  readonly version: 1;
  /** Null for a document that is not followed. */
  report(uri: vscode.Uri): LogReport | null;
  /** Fires with the URI of a log whose report changed. */
  readonly onDidChangeReport: vscode.Event<vscode.Uri>;
}

export function createApi(analyses: AnalysisService): FaultlineApi & Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const listener = analyses.onDidChange(({ uri }) => {
    changed.fire(uri);
  });
  return {
    version: 1,
    report: (uri) => {
      const same = analyses.logs().filter((open) => open.uri.toString() === uri.toString());
      const log = same.find((open) => !isFileLog(open)) ?? same[0];
      const state = log === undefined ? null : analyses.stateOf(log);
      if (state === null) return null;
      const { marks, ...summary } = state.shown?.marks ?? { marks: [] };
      return {
        state: state.kind,
        findings: marks,
        summary: 'lines' in summary ? summary : null,
        failure: state.kind === 'failed' ? state.failure.message : null,
      };
    },
    onDidChangeReport: changed.event,
    dispose: () => {
      listener.dispose();
      changed.dispose();
    },
  };
}
