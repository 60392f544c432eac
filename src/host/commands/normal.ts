import * as vscode from 'vscode';
import type { CommandHandler, Services } from './services.ts';
import type { Target } from './target.ts';
import { findingAt, findingsOf, targetOf } from './target.ts';

/** Stops marking the pattern at a line, here and in every log of this workspace. */
export const markNormal: CommandHandler = async (services, argument) => {
  const target = await targetOf(services, argument);
  if (target === null) return;
  const finding = findingAt(await findingsOf(services, target), target.line);
  const template = finding?.template ?? (await templateAt(services, target));
  if (template === null || template === '') {
    void vscode.window.showInformationMessage('There is no pattern at this line.');
    return;
  }
  await services.normal.add(template);
  const undo = 'Undo';
  const chosen = await vscode.window.showInformationMessage(
    `Taken for normal in this workspace: ${shortened(template)}`,
    undo,
  );
  if (chosen === undo) await services.normal.remove([template]);
};

async function templateAt({ analyses }: Services, { shown, line }: Target): Promise<string | null> {
  const origin = await shown.origin(line);
  return analyses.ask(origin.log, 'templateAt', { line: origin.line });
}

/** Lists what is taken for normal; what the reader unpicks is marked again. */
export const showNormal: CommandHandler = async ({ normal }) => {
  const known = normal.list();
  if (known.length === 0) {
    void vscode.window.showInformationMessage(
      'Nothing is taken for normal yet. "Faultline: Mark Pattern as Normal" at a finding adds its pattern.',
    );
    return;
  }
  const items = known.map(({ template, markedAt }) => ({
    label: template.replaceAll('$(', '$\u200b('),
    description: new Date(markedAt).toLocaleDateString(vscode.env.language),
    picked: true,
    template,
  }));
  const kept = await vscode.window.showQuickPick(items, {
    title: 'Faultline: patterns taken for normal',
    placeHolder: 'Clear the box of a pattern to have it marked again',
    canPickMany: true,
    matchOnDescription: true,
  });
  if (kept === undefined) return;
  const keep = new Set(kept.map(({ template }) => template));
  await normal.remove(known.map(({ template }) => template).filter((name) => !keep.has(name)));
};

function shortened(template: string): string {
  return template.length <= 80 ? template : `${template.slice(0, 79)}…`;
}
