import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { ScriptedModel } from '../support/scriptedModel.ts';
import { startScriptedModel } from '../support/scriptedModel.ts';
import { openLog } from './harness/faultline.ts';
import { answerWithInventedClaim } from './harness/modelAnswer.ts';
import { explainLog } from './harness/panelPage.ts';
import { openSession } from './harness/session.ts';
import { set } from './harness/settings.ts';

const session = openSession({
  'workbench.colorTheme': 'Default Dark Modern',
  'chat.disableAIFeatures': false,
});
const orders = (): string => `${session.folder}/orders.log`;
let model: ScriptedModel;

beforeAll(async () => {
  model = await startScriptedModel();
  const { window } = session;
  await set(window, 'model.url', model.url);
  await set(window, 'model.name', 'small');
  await set(window, 'model.provider', 'custom');
});
afterAll(async () => {
  await model.close();
});
beforeEach(async () => {
  const { window } = session;
  await window.command('faultline.forgetModelConsent');
  await window.command('notifications.clearAll');
  await window.command('workbench.action.closeAllEditors');
  model.play({ answer: answerWithInventedClaim, pieceChars: 12 });
  await openLog(window, orders());
});

const dialog = () => session.window.page.locator('.monaco-dialog-box');
const press = (name: string) => dialog().getByRole('button', { name, exact: true }).click();
const askInPanel = (panel: FrameLocator) => panel.locator('.band.model vscode-button').last().click();

/** Text of the document that shows what would be sent. */
function preview(): Promise<string | null> {
  return session.window.host(({ vscode }) => {
    const document = vscode.workspace.textDocuments.findLast(
      ({ uri }) => uri.scheme === 'faultline-payload',
    );
    return document?.getText() ?? null;
  });
}

describe('before anything is sent', () => {
  test('the reader sees it word for word, and Cancel sends nothing', async () => {
    const { window } = session;
    const before = model.requests.length;
    const panel = await explainLog(window);
    await panel.getByText('waits for you: nothing was sent').waitFor({ timeout: 20_000 });
    await askInPanel(panel);
    await dialog().waitFor();
    await window.screenshot('model-consent');
    const text = (await preview()) ?? '';
    expect(text).toContain('Nothing has been sent');
    expect(text).toContain('orders.log');
    expect(await dialog().textContent()).toContain('127.0.0.1');
    await press('Cancel');
    await panel.getByText('waits for you: nothing was sent').waitFor();
    expect(await panel.locator('.conclusion .summary').textContent()).toMatch(/pool/i);
    expect(model.requests.length).toBe(before);
  });

  test('what was shown is what is sent, and nothing else', async () => {
    const { window } = session;
    const before = model.requests.length;
    const panel = await explainLog(window);
    await askInPanel(panel);
    await dialog().waitFor();
    const text = (await preview()) ?? '';
    await press('Send Once');
    await panel.locator('.band.model.answered').waitFor({ timeout: 30_000 });
    expect(model.requests.length).toBe(before + 1);
    for (const { content } of model.requests.at(-1)?.body.messages ?? []) {
      expect(text).toContain(content);
    }
    await window.screenshot('model-answered');
  });

  test('consent for the workspace holds until it is forgotten', async () => {
    const { window } = session;
    const first = await explainLog(window);
    await askInPanel(first);
    await press('Always for This Workspace');
    await first.locator('.band.model.answered').waitFor({ timeout: 30_000 });
    const sent = model.requests.length;
    const second = await explainLog(window);
    await second.locator('.band.model.answered').waitFor({ timeout: 30_000 });
    expect(model.requests.length).toBe(sent + 1);
    await window.command('faultline.forgetModelConsent');
    const third = await explainLog(window);
    await third.getByText('waits for you: nothing was sent').waitFor({ timeout: 20_000 });
    expect(model.requests.length).toBe(sent + 1);
  });
});

describe('the answer', () => {
  const answered = async (): Promise<FrameLocator> => {
    const panel = await explainLog(session.window);
    await askInPanel(panel);
    await press('Send Once');
    return panel;
  };

  test('is checked: an invented claim is struck out', async () => {
    const panel = await answered();
    await panel.locator('.band.model.answered').waitFor({ timeout: 30_000 });
    expect(await panel.locator('.conclusion .summary').textContent()).not.toContain(
      'restarted twice',
    );
    await panel.getByText(/claims? removed/).click();
    await expect
      .poll(() => panel.locator('.removed s').first().textContent(), { timeout: 10_000 })
      .toContain('restarted twice');
    await session.window.screenshot('model-struck-out');
  });

  test('streams in its own place; the report stands still until it is whole', async () => {
    model.play({ answer: answerWithInventedClaim, pieceChars: 8, delay: 60 });
    const panel = await answered();
    await panel.locator('.band.model.writing').waitFor({ timeout: 30_000 });
    const before = await panel.locator('.conclusion .summary').textContent();
    await expect
      .poll(() => panel.locator('.band.model .stream').textContent(), { timeout: 20_000 })
      .toContain('connection pool');
    expect(await panel.locator('.conclusion .summary').textContent()).toBe(before);
    await session.window.screenshot('model-writing');
    await panel.getByText('Stop', { exact: true }).click();
    await panel.getByText('It was stopped.').waitFor({ timeout: 10_000 });
    expect(await panel.locator('.conclusion .summary').textContent()).toBe(before);
    await expect.poll(() => model.abandoned(), { timeout: 10_000 }).toBeGreaterThan(0);
  });

  test('that does not come leaves the offline report, with the reason', async () => {
    model.play({ status: 401, message: 'Bad key.' });
    const panel = await answered();
    await panel.locator('.band.model.unavailable').waitFor({ timeout: 30_000 });
    expect(await panel.locator('.band.model').textContent()).toMatch(/key/i);
    expect(await panel.locator('.conclusion .summary').textContent()).toMatch(/pool/i);
    await session.window.screenshot('model-unavailable');
  });

  test('that is a web page is no answer', async () => {
    model.play({ page: true });
    const panel = await answered();
    await panel.locator('.band.model.warning').waitFor({ timeout: 30_000 });
    expect(await panel.locator('.conclusion .summary').textContent()).toMatch(/pool/i);
  });
});

describe('without a finding', () => {
  test('a question about the log is answered below the report', async () => {
    const { window } = session;
    await set(window, 'model.provider', 'off');
    const asking = window.command('faultline.askAboutLog');
    const input = window.page.locator('.quick-input-widget input.input');
    await input.waitFor();
    await input.fill('Why did requests wait for a connection?');
    await input.press('Enter');
    await asking;
    const panel = await explainLog(window).catch(() => null);
    expect(panel).not.toBeNull();
    await set(window, 'model.provider', 'custom');
  });
});

describe('models of the editor', () => {
  test('are offered, asked after consent, and checked like any other', async () => {
    const { window } = session;
    await set(window, 'model.provider', 'editor');
    await set(window, 'model.name', 'scripted');
    const offered = await window.host(async ({ vscode, kept }, answer) => {
      kept.set('modelAnswer', answer);
      kept.set('modelRequests', []);
      return (await vscode.lm.selectChatModels({})).map(({ id }) => id);
    }, answerWithInventedClaim);
    expect(offered).toContain('scripted');
    const panel = await explainLog(window);
    await panel.getByText('waits for you: nothing was sent').waitFor({ timeout: 20_000 });
    await panel.locator('.band.model vscode-button').last().click();
    await dialog().waitFor();
    await press('Send Once');
    await panel.locator('.band.model.answered').waitFor({ timeout: 30_000 });
    await window.screenshot('model-of-editor');
    await set(window, 'model.provider', 'custom');
    await set(window, 'model.name', 'small');
  });
});

describe('the mode', () => {
  test('is switched in the panel and kept', async () => {
    const { window } = session;
    const panel = await explainLog(window);
    await panel.getByText('Fast', { exact: true }).click();
    await expect
      .poll(() => panel.locator('.conclusion').textContent(), { timeout: 20_000 })
      .toContain('· fast ·');
    const kept = await window.host(({ vscode }) =>
      vscode.workspace.getConfiguration('faultline').get('explain.mode'),
    );
    expect(kept).toBe('fast');
    await set(window, 'explain.mode', undefined);
  });
});
