import { describe, expect, test } from 'vitest';

import { shownMarks } from './harness/editorText.ts';
import { cursorLine, finalReport, goTo, openLog } from './harness/faultline.ts';
import { panelPage } from './harness/panelPage.ts';
import { openSession } from './harness/session.ts';
import { set } from './harness/settings.ts';

const session = openSession({ 'workbench.colorTheme': 'Default Dark Modern' });
const orders = (): string => `${session.folder}/orders.log`;

describe('the status item', () => {
  test('counts the findings and says that nothing leaves the machine', async () => {
    const { window } = session;
    const { findings } = await openLog(window, orders());
    const shown = findings.filter(({ severity }) => severity !== 'low').length;
    const status = window.page.locator('[id="status.languageStatus"]');
    await expect
      .poll(() => status.getAttribute('aria-label'), { timeout: 10_000 })
      .toMatch(new RegExp(`\\b${shown} findings?\\b`));
    const label = await status.getAttribute('aria-label');
    expect(label).toContain('nothing leaves this machine');
    expect(label).toMatch(/sessions by \S+|no session id found/);
  });

  test('says quiet on a healthy log', async () => {
    const { window } = session;
    const lines = Array.from(
      { length: 500 },
      (_, at) =>
        `2026-05-04T09:${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}.000Z INFO web answered 200 in ${10 + (at % 7)} ms`,
    );
    const uri = await window.host(async ({ vscode }, content) => {
      const document = await vscode.workspace.openTextDocument({ language: 'log', content });
      await vscode.window.showTextDocument(document);
      return document.uri.toString();
    }, lines.join('\n'));
    await finalReport(window, uri);
    await expect
      .poll(() => window.page.locator('[id="status.languageStatus"]').getAttribute('aria-label'), {
        timeout: 10_000,
      })
      .toContain('quiet');
    await window.command('workbench.action.revertAndCloseActiveEditor');
  });
});

describe('settings', () => {
  test('take away the gutter, the background and the notes, one by one', async () => {
    const { window } = session;
    const { findings } = await openLog(window, orders());
    await goTo(window, findings[0]!.line);
    const marks = (): Promise<Awaited<ReturnType<typeof shownMarks>>> => shownMarks(window.page);
    await expect.poll(async () => (await marks()).notes.length).toBeGreaterThan(0);

    await set(window, 'notes', false);
    await expect.poll(async () => (await marks()).notes).toEqual([]);
    await expect.poll(async () => (await marks()).gutter).toBeGreaterThan(0);
    await set(window, 'gutter', false);
    await expect.poll(async () => (await marks()).gutter).toBe(0);
    await expect.poll(async () => (await marks()).backgrounds).toBeGreaterThan(0);
    await set(window, 'background', false);
    await expect.poll(async () => (await marks()).backgrounds).toBe(0);

    for (const name of ['notes', 'gutter', 'background']) await set(window, name, undefined);
    await expect.poll(async () => (await marks()).notes.length).toBeGreaterThan(0);
  });

  test('the severity floor decides what the commands go to', async () => {
    const { window } = session;
    const { findings } = await openLog(window, orders());
    const high = findings
      .filter(({ severity }) => severity === 'high')
      .map(({ line }) => line)
      .sort((a, b) => a - b);
    await set(window, 'minimumSeverity', 'high');
    await goTo(window, 0);
    await window.command('faultline.nextFinding');
    await expect.poll(() => cursorLine(window)).toBe(high[0]);
    await set(window, 'minimumSeverity', undefined);
  });
});

describe('commands', () => {
  test('that cannot do anything say so', async () => {
    const { window } = session;
    await window.command('workbench.action.closeAllEditors');
    void window.command('faultline.nextFinding');
    await window.page.getByText('Open a log first').first().waitFor({ timeout: 10_000 });
    await window.command('notifications.clearAll');
  });

  test('all of the manifest exist', async () => {
    const missing = await session.window.host(async ({ vscode }) => {
      const manifest = vscode.extensions.getExtension('faultline.faultline')?.packageJSON as {
        contributes: { commands: { command: string }[] };
      };
      const known = new Set(await vscode.commands.getCommands(true));
      return manifest.contributes.commands
        .map(({ command }) => command)
        .filter((command) => !known.has(command));
    });
    expect(missing).toEqual([]);
  });
});

describe('with the keyboard alone', () => {
  test('one goes from the log to the panel, to a citation, and back to its line', async () => {
    const { window } = session;
    const { page } = window;
    const { findings } = await openLog(window, orders());
    await goTo(window, findings[0]!.line);
    await page.keyboard.press('Shift+Alt+e');
    const panel = panelPage(window);
    await panel.locator('.conclusion .summary').waitFor({ timeout: 60_000 });
    // The panel opens beside the log and leaves the focus there: go to it as a reader would.
    await page.keyboard.press('Control+2');
    const chip = panel.locator('button.chip:focus');
    for (let presses = 0; presses < 20 && (await chip.count()) === 0; presses++) {
      await page.keyboard.press('Tab');
    }
    const [, cited] = /orders\.log:([\d,]+)/.exec((await chip.textContent()) ?? '') ?? [];
    await page.keyboard.press('Enter');
    await expect
      .poll(() => cursorLine(window), { timeout: 10_000 })
      .toBe(Number(cited!.replaceAll(',', '')) - 1);
  });
});
