import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { ScriptedModel } from '../support/scriptedModel.ts';
import { startScriptedModel } from '../support/scriptedModel.ts';
import { openLog } from './harness/faultline.ts';
import { answerWithInventedClaim } from './harness/modelAnswer.ts';
import { explainLog } from './harness/panelPage.ts';
import { openSession } from './harness/session.ts';
import { set } from './harness/settings.ts';

const session = openSession({ 'workbench.colorTheme': 'Default Dark Modern' });
const orders = (): string => `${session.folder}/orders.log`;

beforeEach(async () => {
  const { window } = session;
  await window.command('workbench.action.closeAllEditors');
  await openLog(window, orders());
});

/** What has the focus inside the panel: its label, or its text. */
function focused(panel: FrameLocator): Promise<string> {
  return panel.locator('body').evaluate(() => {
    const control = document.activeElement;
    const label = control?.getAttribute('aria-label') ?? control?.textContent ?? '';
    return label.trim();
  });
}

describe('the keyboard', () => {
  test('moves in the toolbar and in the menu; Escape closes the menu where it was opened', async () => {
    const panel = await explainLog(session.window);
    const { keyboard } = session.window.page;
    await panel.getByRole('button', { name: 'Full', exact: true }).focus();
    await keyboard.press('End');
    expect(await focused(panel)).toBe('Save as incident');
    await keyboard.press('ArrowLeft');
    expect(await focused(panel)).toBe('Export');
    await keyboard.press('Enter');
    expect(await focused(panel)).toBe('Open as Markdown');
    await keyboard.press('ArrowUp');
    expect(await focused(panel)).toBe('Copy as an issue');
    await keyboard.press('Escape');
    expect(await focused(panel)).toBe('Export');
    expect(await panel.getByRole('menu').count()).toBe(0);
  });

  test('asks with Enter, and brings the question back with the up arrow', async () => {
    const panel = await explainLog(session.window);
    const { keyboard } = session.window.page;
    const box = panel.getByRole('textbox', { name: 'Question about this log' });
    await box.focus();
    await keyboard.type('Which reader could not open?');
    await keyboard.press('Shift+Enter');
    await keyboard.type('And when?');
    await keyboard.press('Enter');
    await panel.locator('.answers .answer').waitFor({ timeout: 30_000 });
    expect(await box.inputValue()).toBe('');
    await box.focus();
    await keyboard.press('ArrowUp');
    expect(await box.inputValue()).toBe('Which reader could not open?\nAnd when?');
  });

  test('chooses a grade with Space, and the incident says so', async () => {
    const panel = await explainLog(session.window);
    const { keyboard } = session.window.page;
    await panel.getByRole('radio', { name: /^Bullseye/ }).focus();
    await keyboard.press('ArrowRight');
    await keyboard.press('Space');
    await panel.getByText('it teaches after you confirm it').waitFor({ timeout: 20_000 });
    const chosen = panel.getByRole('radio', { name: /^Close/ });
    expect(await chosen.getAttribute('aria-checked')).toBe('true');
    await panel.getByText('Saved as an incident, unconfirmed').waitFor();
  });
});

describe("a model's text", () => {
  let model: ScriptedModel;

  beforeAll(async () => {
    model = await startScriptedModel();
    const { window } = session;
    await set(window, 'model.url', model.url);
    await set(window, 'model.name', 'small');
    await set(window, 'model.provider', 'custom');
  });
  afterAll(async () => {
    await set(session.window, 'model.provider', 'off');
    await model.close();
  });

  test('is formatted, and makes no link, picture or tag; nothing breaks the content policy', async () => {
    const { window } = session;
    const { page } = window;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) asked.push(message.text());
    });
    const hostile =
      'See [this](https://example.invalid/?q=1) ![pic](https://example.invalid/x.png) ' +
      '<img src=https://example.invalid/y.png> [E1].';
    model.play({
      answer: JSON.stringify({
        ...(JSON.parse(answerWithInventedClaim) as object),
        summary: `The **connection pool** of orders ran dry [E1]. ${hostile}`,
      }),
    });
    const panel = await explainLog(window);
    await panel.locator('.band.model vscode-button').last().click();
    await page
      .locator('.monaco-dialog-box')
      .getByRole('button', { name: 'Send Once', exact: true })
      .click();
    await panel.locator('.band.model.answered').waitFor({ timeout: 30_000 });
    const removed = panel.getByText(/claims? removed/);
    if ((await removed.count()) > 0) await removed.click();
    await window.screenshot('model-hostile');
    expect(await panel.locator('.conclusion').textContent()).toContain('example.invalid/y.png');
    expect(await panel.locator('img, a[href*="example.invalid"]').count()).toBe(0);
    expect(asked.filter((text) => /example\.invalid|Content Security/.test(text))).toEqual([]);
  });
});
