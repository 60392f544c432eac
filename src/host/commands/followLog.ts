import * as vscode from 'vscode';
import { isLogDocument } from '../logDocuments.ts';
import type { CommandHandler } from './services.ts';

/** Keeps the end of the active log in sight while it is written, goes on where that is paused, or stops. */
export const followLog: CommandHandler = async ({ follow, views }) => {
  const { active } = views;
  if (active !== undefined) {
    active.command('toggleFollow');
    return;
  }
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isLogDocument(editor.document)) {
    void vscode.window.showInformationMessage('Open a log first: its end is followed then.');
    return;
  }
  await follow.toggle(editor);
};
