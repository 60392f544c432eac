import * as vscode from 'vscode';
import type { IncidentText } from '../../protocol/panelApi.ts';
import { nameOf } from '../logDocuments.ts';
import { panelLog, subjectAt } from '../panelLog.ts';
import type { CommandHandler } from './services.ts';
import { findingAt, findingsOf, targetOf } from './target.ts';

/** Remembers the finding at a line, or the whole log where there is none, with the reader's words. */
export const saveIncident: CommandHandler = async (services, argument) => {
  const target = await targetOf(services, argument);
  if (target === null) return;
  const { shown } = target;
  const name = nameOf(shown.log.uri);
  const finding = findingAt(await findingsOf(services, target), target.line);
  const title = finding?.title ?? `Incident in ${name}`;
  const text = await askForText({ title, rootCause: '', resolution: '' }, 'Save as incident');
  if (text === null) return;
  const subject =
    finding === null
      ? { logs: shown.members.map(panelLog), line: null }
      : subjectAt(await shown.origin(finding.line), []);
  await services.explain.save(subject, text);
  void vscode.window.showInformationMessage(
    `Saved: ${text.title}. It is shown beside similar findings of this workspace.`,
  );
};

/** Three short questions; only the first needs an answer. Null when the reader gives up. */
export async function askForText(
  known: IncidentText,
  heading: string,
): Promise<IncidentText | null> {
  const ask = (step: number, prompt: string, value: string): Thenable<string | undefined> =>
    vscode.window.showInputBox({
      title: `${heading} (${step}/3)`,
      prompt,
      value,
      ignoreFocusOut: true,
      ...(step === 1
        ? { validateInput: (text: string) => (text.trim() === '' ? 'It needs a name.' : null) }
        : {}),
    });
  const title = await ask(1, 'What happened?', known.title);
  if (title === undefined) return null;
  const rootCause = await ask(2, 'What was the cause? May be left empty.', known.rootCause);
  if (rootCause === undefined) return null;
  const resolution = await ask(3, 'What fixed it? May be left empty.', known.resolution);
  if (resolution === undefined) return null;
  return { title: title.trim(), rootCause: rootCause.trim(), resolution: resolution.trim() };
}
