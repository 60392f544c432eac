import * as vscode from 'vscode';
import type { Incident } from '../../engine/incident/incident.ts';
import type { PanelRequests, SavedIncident } from '../../protocol/panelApi.ts';
import type { Handlers } from '../../protocol/rpc.ts';
import { RpcError } from '../../protocol/rpc.ts';
import { commandIds } from '../contributions.ts';
import { isFileLog } from '../openLog.ts';
import { exportReport } from './exportReport.ts';
import { columnFor, openLine } from './openLine.ts';
import { openSource } from './openSource.ts';
import type { PanelServices } from './panelServices.ts';
import type { PanelShell } from './panelShell.ts';
import { shownReport } from './panelShell.ts';
import { reportOf, withReport } from './panelState.ts';

type Answered =
  | 'openEvidence'
  | 'openSource'
  | 'saveIncident'
  | 'confirmIncident'
  | 'grade'
  | 'copy'
  | 'exportAs'
  | 'chooseModel';

/** Answers what is done with a report: open its places, remember it, take it elsewhere. */
export function panelHandlers(
  shell: PanelShell,
  { explain, views }: PanelServices,
  column: () => vscode.ViewColumn | undefined,
): Pick<Handlers<PanelRequests>, Answered> {
  return {
    openEvidence: async ({ path, line, endLine }) => {
      const log = shell.state.subject.logs.find((known) => known.path === path);
      if (log === undefined) {
        throw new RpcError({
          reason: 'invalid-argument',
          message: `${path} is not a log of this report.`,
          advice: 'Run "Faultline: Explain Root Cause" again.',
        });
      }
      const shown = await explain.open(log.uri);
      const [from, to] = await explain.editorLines(shown, [line, endLine]);
      if (isFileLog(shown)) await views.show(shown.uri, from, columnFor(shown, column()));
      else await openLine(shown, from, to, column());
      return null;
    },
    openSource: async (place) => {
      await openSource(place, column());
      return null;
    },
    saveIncident: async (text) => {
      const incident = await explain.save(shell.state.subject, text);
      shell.show(withReport(shell.state, { saved: savedAs(incident) }));
      return null;
    },
    confirmIncident: async ({ id, status, ...text }) => {
      const incident = await explain.judge(id, status, text);
      const report = reportOf(shell.state);
      if (report === null) return null;
      shell.show(
        withReport(shell.state, {
          saved: report.saved?.id === id ? savedAs(incident) : report.saved,
          similar: report.similar.map((other) =>
            other.incident.id === id ? { ...other, incident } : other,
          ),
        }),
      );
      return null;
    },
    grade: async ({ grade }) => {
      const { saved } = shownReport(shell);
      const incident = await explain.grade(shell.state.subject, saved?.id ?? null, grade);
      shell.show(withReport(shell.state, { grade, saved: savedAs(incident) }));
      return null;
    },
    copy: async ({ as }) => {
      await vscode.env.clipboard.writeText(await explain.written(shownReport(shell), as));
      return null;
    },
    exportAs: async ({ format }) => {
      await exportReport(explain, shownReport(shell), format);
      return null;
    },
    chooseModel: async () => {
      await vscode.commands.executeCommand(commandIds.chooseModel);
      return null;
    },
  };
}

function savedAs({ id, status, title, rootCause, resolution }: Incident): SavedIncident {
  return { id, status, title, rootCause, resolution };
}
