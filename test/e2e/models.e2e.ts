import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { ScriptedModel } from '../support/scriptedModel.ts';
import { startScriptedModel } from '../support/scriptedModel.ts';
import { openLog } from './harness/faultline.ts';
import { answerWithInventedClaim } from './harness/modelAnswer.ts';
import { explainLog, panelPage } from './harness/panelPage.ts';
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
  // They are kept for the machine, not with the user: the next window would find them.
  for (const name of ['provider', 'name', 'url'])
    await set(session.window, `model.${name}`, undefined);
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

/** What the model of the editor was asked. */
interface EditorRequest {
  readonly texts: readonly string[];
  readonly tools: readonly string[];
}

const dialog = () => session.window.page.locator('.monaco-dialog-box');
const press = (name: string) => dialog().getByRole('button', { name, exact: true }).click();
const askInPanel = (panel: FrameLocator) =>
  panel.locator('.band.model vscode-button').last().click();

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
    // The band of the report before stays until the new one is there.
    await expect.poll(() => model.requests.length, { timeout: 30_000 }).toBe(sent + 1);
    await second.locator('.band.model.answered').waitFor({ timeout: 30_000 });
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
    expect(await panel.locator('.conclusion .summary').textContent()).toContain('ran dry');
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
    await panel.getByText('It was stopped.', { exact: true }).waitFor({ timeout: 10_000 });
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

describe('a follow-up', () => {
  test('goes to the model with what was asked before', async () => {
    const { window } = session;
    const panel = await explainLog(window);
    await askInPanel(panel);
    await press('Always for This Workspace');
    await panel.locator('.band.model.answered').waitFor({ timeout: 30_000 });
    const before = model.requests.length;
    const ask = async (question: string, count: number): Promise<void> => {
      await panel.locator('form.ask textarea').fill(question);
      await panel.locator('form.ask textarea').press('Enter');
      await expect
        .poll(() => panel.locator('.answers .answer').count(), { timeout: 30_000 })
        .toBe(count);
    };
    await ask('Why did requests wait?', 1);
    await ask('Since when?', 2);
    expect(model.requests.length).toBe(before + 2);
    const last = model.requests
      .at(-1)
      ?.body.messages?.map(({ content }) => content)
      .join('\n');
    expect(last).toContain('Since when?');
    expect(last).toContain('Why did requests wait?');
    await panel.locator('.answers').scrollIntoViewIfNeeded();
    await window.screenshot('model-follow-up');
  });
});

describe('a key', () => {
  test('is kept apart from the settings, given to its endpoint, and removed', async () => {
    const { window } = session;
    const input = window.page.locator('.quick-input-widget input.input');
    const setting = window.command('faultline.setModelKey');
    await window.page.locator('.quick-input-title', { hasText: 'Key for' }).waitFor();
    expect(await input.getAttribute('type')).toBe('password');
    await input.fill('sk-scripted-1234');
    await input.press('Enter');
    await setting;
    model.play({ key: 'sk-scripted-1234', answer: answerWithInventedClaim });
    const panel = await explainLog(window);
    await askInPanel(panel);
    await dialog().waitFor();
    expect(await preview()).not.toContain('sk-scripted');
    await press('Send Once');
    await panel.locator('.band.model.answered').waitFor({ timeout: 30_000 });
    await window.command('faultline.removeModelKey');
    const again = await explainLog(window);
    await askInPanel(again);
    await press('Send Once');
    await again.locator('.band.model.unavailable').waitFor({ timeout: 30_000 });
    expect(model.requests.at(-1)?.headers['authorization'] ?? '').not.toContain('sk-scripted');
  });
});

describe('choosing a model', () => {
  test('asks the endpoint which models it has, and sends no log', async () => {
    const { window } = session;
    const { page } = window;
    const before = model.requests.length;
    await set(window, 'model.name', '');
    const choosing = window.command('faultline.chooseModel');
    const input = page.locator('.quick-input-widget input.input');
    await page.getByText('Other address…').waitFor();
    await window.screenshot('model-choose');
    await input.fill('Other address');
    await input.press('Enter');
    await page.locator('.quick-input-title', { hasText: 'Address of the endpoint' }).waitFor();
    await input.fill(model.url);
    await input.press('Enter');
    await page.locator('.quick-input-title', { hasText: 'Models of' }).waitFor();
    await input.fill('small');
    await input.press('Enter');
    await choosing;
    const chosen = await window.host(({ vscode }) =>
      vscode.workspace.getConfiguration('faultline').get('model.name'),
    );
    expect(chosen).toBe('small');
    expect(model.requests.length).toBe(before);
  });
});

describe('without a model', () => {
  beforeAll(() => set(session.window, 'model.provider', 'off'));
  afterAll(() => set(session.window, 'model.provider', 'custom'));

  test('a question about the log is answered below the report', async () => {
    const { window } = session;
    const asking = window.command('faultline.askAboutLog');
    const input = window.page.locator('.quick-input-widget input.input');
    await input.waitFor();
    await input.fill('Why did requests wait for a connection?');
    await input.press('Enter');
    await asking;
    const panel = panelPage(window);
    await panel.locator('.answers .answer').first().waitFor({ timeout: 30_000 });
    expect(await panel.locator('.question').first().textContent()).toContain(
      'wait for a connection',
    );
    expect(await panel.locator('.answers .chip').count()).toBeGreaterThan(0);
    await panel.locator('.answers').scrollIntoViewIfNeeded();
    await window.screenshot('ask-about-log');
  });

  test('a suspect opens where the workspace has its source, and says so where it has not', async () => {
    const { window } = session;
    const source = join(session.folder, 'src/shop/pool');
    await mkdir(source, { recursive: true });
    const panel = await explainLog(window);
    const suspect = panel.locator('section[aria-labelledby="suspects"] button', {
      hasText: 'ConnectionPool.java',
    });
    await suspect.click();
    await panel.getByText('ConnectionPool.java is not in this workspace').first().waitFor();
    await writeFile(join(source, 'ConnectionPool.java'), 'class ConnectionPool {\n'.repeat(300));
    await suspect.click();
    await expect
      .poll(
        () =>
          window.host(({ vscode }) => {
            const editor = vscode.window.activeTextEditor;
            return `${editor?.document.uri.path}:${editor?.selection.active.line}`;
          }),
        { timeout: 10_000 },
      )
      .toMatch(/ConnectionPool\.java:213$/);
  });

  test('what the reader thinks of a report is kept', async () => {
    const { window } = session;
    const panel = await explainLog(window);
    await panel.locator('.grades').getByText('Bullseye', { exact: true }).click();
    await expect
      .poll(() => panel.locator('.grades [aria-checked="true"]').textContent(), {
        timeout: 10_000,
      })
      .toContain('Bullseye');
  });

  test('all logs of the workspace are explained together', async () => {
    const { window } = session;
    await window.command('faultline.explainWorkspace');
    const panel = panelPage(window);
    await panel.locator('.conclusion .summary').waitFor({ timeout: 30_000 });
    expect(await panel.locator('h1').textContent()).toContain('api.log');
    expect(await panel.locator('.receipt').textContent()).toContain('sent 0');
    await window.screenshot('explain-workspace');
  });

  test.each([
    ['Open as Markdown', 'markdown', '# '],
    ['Open as HTML, for printing', 'html', '<!'],
    ['Open as JSON', 'json', '{'],
  ])('%s', async (label, language, beginning) => {
    const { window } = session;
    const panel = await explainLog(window);
    await panel.getByText('Export', { exact: true }).click();
    await panel.getByText(label).click();
    await expect
      .poll(
        () =>
          window.host(({ vscode }) => {
            const document = vscode.window.activeTextEditor?.document;
            return `${document?.languageId} ${document?.getText(new vscode.Range(0, 0, 0, 2))}`;
          }),
        { timeout: 10_000 },
      )
      .toBe(`${language} ${beginning}`);
    await window.command('workbench.action.revertAndCloseActiveEditor');
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
    const requests = await window.host(({ kept }) => kept.get('modelRequests') as EditorRequest[]);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.tools).toEqual(['submit_report']);
    expect(requests[0]?.texts.join('\n')).toContain('orders.log');
    await window.screenshot('model-of-editor');
    await set(window, 'model.provider', 'custom');
    await set(window, 'model.name', 'small');
  });
});

describe('a model of the editor that is used up', () => {
  test('leaves the offline report, with the reason', async () => {
    const { window } = session;
    await set(window, 'model.provider', 'editor');
    await set(window, 'model.name', 'scripted');
    await window.host(({ kept }) => kept.set('modelAnswer', 'blocked'));
    const panel = await explainLog(window);
    await panel.locator('.band.model vscode-button').last().click();
    await press('Send Once');
    await panel.locator('.band.model.unavailable').waitFor({ timeout: 30_000 });
    expect(await panel.locator('.band.model').textContent()).toContain('quota');
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
