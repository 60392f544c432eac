import * as vscode from 'vscode';
import { walkthroughId } from '../contributions.ts';
import type { CommandHandler } from './services.ts';
import { targetOf } from './target.ts';

/** Switches marks, hovers and analysis off and on again. */
export const toggle: CommandHandler = async ({ settings }) => {
  const enabled = await settings.toggle();
  vscode.window.setStatusBarMessage(enabled ? 'Faultline is on' : 'Faultline is off', 3_000);
};

export const analyseAgain: CommandHandler = async (services, argument) => {
  const target = await targetOf(services, argument);
  for (const log of target?.shown.members ?? []) services.analyses.again(log);
};

export const cancelAnalysis: CommandHandler = async (services, argument) => {
  const target = await targetOf(services, argument);
  for (const log of target?.shown.members ?? []) services.analyses.cancel(log);
};

export const showOutput: CommandHandler = ({ log }) => {
  log.show();
  return Promise.resolve();
};

/** Opens the walkthrough. */
export const getStarted: CommandHandler = async () => {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthroughId, false);
};
