import * as vscode from 'vscode';
import type { LineMark } from '../../protocol/workerApi.ts';
import type { CommandHandler, Services } from './services.ts';
import type { Target } from './target.ts';
import { findingAt, findingsOf, sayQuiet, targetOf } from './target.ts';

export const nextFinding: CommandHandler = async (services, argument) => {
  const target = await targetOf(services, argument);
  if (target === null) return;
  const findings = await findingsOf(services, target);
  const next = findings.find(({ line }) => line > target.line) ?? findings[0];
  if (next === undefined) sayQuiet(services, target);
  else if (!passedOn(services, target, 'nextFinding')) await target.shown.jump(next.line);
};

export const previousFinding: CommandHandler = async (services, argument) => {
  const target = await targetOf(services, argument);
  if (target === null) return;
  const findings = await findingsOf(services, target);
  const previous = findings.findLast(({ line }) => line < target.line) ?? findings.at(-1);
  if (previous === undefined) sayQuiet(services, target);
  else if (!passedOn(services, target, 'previousFinding')) await target.shown.jump(previous.line);
};

/** The active viewer goes itself: its page gets the same key as well and must not go twice. */
function passedOn(
  { views }: Services,
  { shown }: Target,
  command: 'nextFinding' | 'previousFinding',
): boolean {
  const { active } = views;
  if (active === undefined || active !== shown) return false;
  active.command(command);
  return true;
}

/** Goes round the occurrences of the finding at a line. */
export const nextOfKind: CommandHandler = async (services, argument) => {
  const target = await targetOf(services, argument);
  if (target === null) return;
  const finding = findingAt(await findingsOf(services, target), target.line);
  if (finding === null) {
    void vscode.window.showInformationMessage('There is no finding at this line.');
    return;
  }
  const lines = [finding.line, ...finding.repeats];
  const next = lines.find((line) => line > target.line) ?? finding.line;
  if (lines.length === 1) void vscode.window.showInformationMessage('It occurs only here.');
  else await target.shown.jump(next);
};

interface FindingItem extends vscode.QuickPickItem {
  readonly mark: LineMark;
}

/** Lists the findings; moving through the list previews each, Escape goes back to where it began. */
export const showFindings: CommandHandler = async (services, argument) => {
  const target = await targetOf(services, argument);
  if (target === null) return;
  const findings = await findingsOf(services, target);
  if (findings.length === 0) {
    sayQuiet(services, target);
    return;
  }
  const goBack = target.shown.remember();
  const items = [...findings].sort((a, b) => a.rank - b.rank).map(toItem);
  const here = findingAt(findings, target.line);
  const chosen = await pick(
    items,
    items.find(({ mark }) => mark === here),
    (mark) => {
      target.shown.reveal(mark.line);
    },
  );
  if (chosen !== undefined) {
    await target.shown.jump(chosen.line);
    return;
  }
  goBack();
};

function pick(
  items: readonly FindingItem[],
  start: FindingItem | undefined,
  preview: (mark: LineMark) => void,
): Promise<LineMark | undefined> {
  const list = vscode.window.createQuickPick<FindingItem>();
  list.title = 'Faultline: findings, strongest first';
  list.placeholder = 'Type to filter; Enter goes there, Escape goes back';
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = items;
  if (start !== undefined) list.activeItems = [start];
  return new Promise((resolve) => {
    list.onDidChangeActive(([active]) => {
      if (active !== undefined) preview(active.mark);
    });
    list.onDidAccept(() => {
      resolve(list.activeItems[0]?.mark);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

const icons = { high: 'error', medium: 'warning', low: 'info' } as const;

function toItem(mark: LineMark): FindingItem {
  const locale = vscode.env.language;
  const times = mark.count > 1 ? ` · ${mark.count.toLocaleString(locale)} times` : '';
  return {
    // A label would turn `$(name)` of a log into an icon; a zero-width space keeps it text.
    label: mark.title.replaceAll('$(', '$\u200b('),
    iconPath: new vscode.ThemeIcon(icons[mark.severity]),
    description: `line ${(mark.line + 1).toLocaleString(locale)}${times}`,
    detail: mark.note.replaceAll('$(', '$\u200b('),
    mark,
  };
}
