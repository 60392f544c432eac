import * as vscode from 'vscode';
import { toFailure } from '../protocol/rpc.ts';
import {
  askAboutLog,
  explainFinding,
  explainRootCause,
  explainWorkspace,
} from './commands/explain.ts';
import {
  analyseAgain,
  cancelAnalysis,
  getStarted,
  showOutput,
  toggle,
} from './commands/general.ts';
import { followIdentifier } from './commands/followIdentifier.ts';
import { followLog } from './commands/followLog.ts';
import { saveIncident } from './commands/incident.ts';
import { manageIncidents } from './commands/incidentMemory.ts';
import { searchIncidents } from './commands/incidentSearch.ts';
import { openConcatenated, openMerged } from './commands/joined.ts';
import { openRotated } from './commands/rotated.ts';
import { chooseModel, forgetModelConsent, removeModelKey, setModelKey } from './commands/model.ts';
import { nextFinding, nextOfKind, previousFinding, showFindings } from './commands/navigate.ts';
import { markNormal, showNormal } from './commands/normal.ts';
import type { CommandHandler, Services } from './commands/services.ts';
import { goToTime, sameMoment, toggleDeltas } from './commands/time.ts';
import {
  openAsText,
  openInViewer,
  viewerFind,
  viewerFindNext,
  viewerFindPrevious,
  viewerGoToLine,
  viewerGoToTime,
  viewerToggleDeltas,
  viewerToggleFollow,
  viewerToggleWrap,
  viewerHidePattern,
  viewerCopy,
} from './commands/viewer.ts';
import { commandIds } from './contributions.ts';
import { DisposableStore } from './disposables.ts';

const handlers: Readonly<Record<keyof typeof commandIds, CommandHandler>> = {
  explainRootCause,
  explainFinding,
  explainWorkspace,
  askAboutLog,
  nextFinding,
  previousFinding,
  nextOfKind,
  showFindings,
  markNormal,
  showNormal,
  saveIncident,
  searchIncidents,
  manageIncidents,
  chooseModel,
  setModelKey,
  removeModelKey,
  forgetModelConsent,
  toggle,
  analyseAgain,
  cancelAnalysis,
  showOutput,
  getStarted,
  openInViewer,
  openAsText,
  openMerged,
  openRotated,
  openConcatenated,
  followIdentifier,
  followLog,
  viewerFind,
  viewerFindNext,
  viewerFindPrevious,
  viewerGoToLine,
  viewerGoToTime,
  viewerToggleWrap,
  viewerHidePattern,
  viewerCopy,
  viewerToggleDeltas,
  viewerToggleFollow,
  toggleDeltas,
  goToTime,
  sameMoment,
};

/** Registers every command. What goes wrong is told to the reader who ran it, and logged. */
export function registerCommands(services: Services): DisposableStore {
  const store = new DisposableStore();
  for (const name of Object.keys(handlers) as (keyof typeof commandIds)[]) {
    store.add(
      vscode.commands.registerCommand(
        commandIds[name],
        async (argument: unknown, selection: unknown) => {
          try {
            await handlers[name](services, argument, selection);
          } catch (error) {
            const failure = toFailure(error);
            services.log.error(`${commandIds[name]}: ${failure.message}`, error);
            void vscode.window.showErrorMessage(`${failure.message} ${failure.advice}`);
          }
        },
      ),
    );
  }
  return store;
}
