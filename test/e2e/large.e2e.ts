import { describe, expect, test } from 'vitest';

import { brokenLine, largeLog, lineAt } from './harness/largeLog.ts';
import { explainLog } from './harness/panelPage.ts';
import { openSession } from './harness/session.ts';
import { shownLines, viewerPage } from './harness/viewerPage.ts';

const session = openSession({
  'workbench.colorTheme': 'Default Dark Modern',
  // The limit of the browser is lower than that of the desktop; this is the latter.
  'workbench.editorLargeFileConfirmation': 1024,
});
const path = largeLog();

const openAsText = (): Promise<unknown> =>
  session.window.host(({ vscode }, file) => {
    void vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), 'default');
  }, path());

/** Notifications of ours: VS Code has one of its own about large files. */
const offers = () =>
  session.window.page.locator('.notifications-toasts .notification-list-item', {
    hasText: 'The log viewer reads and marks any size',
  });

const statusBar = (): Promise<string> => session.window.page.locator('.statusbar').innerText();

describe('a log that VS Code hands to no extension', () => {
  test('is offered in the viewer', async () => {
    const { window } = session;
    await openAsText();
    await offers().waitFor({ timeout: 30_000 });
    expect(await statusBar()).toContain('Open in Log Viewer');
    await window.screenshot('offer');
    await offers().getByRole('button', { name: 'Open in Log Viewer' }).click();
    const viewer = viewerPage(window);
    await viewer.locator('.rows .row:not(.spare) .text').first().waitFor();
    expect((await shownLines(viewer))[0]).toEqual({ line: 1, text: lineAt(0) });
  });

  test('shows in the status bar how far its analysis is, and can be stopped there', async () => {
    const { window } = session;
    await expect.poll(statusBar, { timeout: 30_000, interval: 20 }).toMatch(/\d %|\d finding/);
    await window.page.locator('[id="faultline.faultline.faultline.status"]').click();
    await expect.poll(statusBar, { timeout: 30_000 }).toMatch(/cancelled|stopped/);
    await expect
      .poll(() => viewerPage(window).locator('.analysis').innerText(), { timeout: 10_000 })
      .toContain('Analysis stopped');
    await window.command('faultline.analyseAgain');
    await expect
      .poll(() => viewerPage(window).locator('.analysis').innerText(), { timeout: 50_000 })
      .toMatch(/^\d+ findings?/);
  });

  test('is explained beside the viewer, and the evidence opens its line there', async () => {
    const { window } = session;
    const panel = await explainLog(window);
    const excerpt = panel.locator('.excerpt', { hasText: 'disk full' }).first();
    await excerpt.locator('button, a, vscode-button').first().click();
    const viewer = viewerPage(window);
    await expect
      .poll(async () => (await shownLines(viewer)).map(({ text }) => text), { timeout: 20_000 })
      .toContain(lineAt(brokenLine));
    await window.screenshot('explained-viewer');
  });

  test('is offered once, not each time', async () => {
    const { window } = session;
    await window.command('notifications.clearAll');
    await openAsText();
    await expect.poll(statusBar, { timeout: 20_000 }).toContain('Open in Log Viewer');
    expect(await offers().count()).toBe(0);
    await window.host(({ vscode }) => {
      void vscode.commands.executeCommand('faultline.showFindings');
    });
    // Asked for findings, it says once more where they are.
    await offers().waitFor();
  });
});
