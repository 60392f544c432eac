import { mkdir, writeFile } from 'node:fs/promises';

import { expect, test } from 'vitest';

import { shownMarks } from './harness/editorText.ts';
import { goTo, hoverAt, openLog } from './harness/faultline.ts';
import { explainLog } from './harness/panelPage.ts';
import { openSession } from './harness/session.ts';
import { set } from './harness/settings.ts';
import { openInViewer } from './harness/viewerPage.ts';

const session = openSession({
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
});

test('in Restricted Mode a log is analysed, marked and explained', async () => {
  const { window, folder } = session;
  expect(await window.host(({ vscode }) => vscode.workspace.isTrusted)).toBe(false);
  const { findings } = await openLog(window, `${folder}/orders.log`);
  await goTo(window, findings[0]!.line);
  await expect.poll(async () => (await shownMarks(window.page)).gutter).toBeGreaterThan(0);
  expect(await hoverAt(window, findings[0]!.line)).toContain('Pattern:');
  const panel = await explainLog(window);
  expect(await panel.locator('.conclusion .summary').textContent()).toMatch(/pool/i);
  await window.screenshot('restricted');
});

test('in Restricted Mode a log is shown and marked in the viewer', async () => {
  const { window, folder } = session;
  await window.command('workbench.action.closeAllEditors');
  const viewer = await openInViewer(window, `${folder}/orders.log`);
  await expect
    .poll(() => viewer.locator('.analysis').innerText(), { timeout: 30_000 })
    .toMatch(/^\d+ findings?/);
  await window.command('workbench.action.closeAllEditors');
});

test('in Restricted Mode a folder cannot choose what compares patterns, nor who receives a log', async () => {
  const { window, folder } = session;
  await mkdir(`${folder}/.vscode`, { recursive: true });
  await writeFile(`${folder}/.vscode/settings.json`, '{ "faultline.embeddings": false }\n');
  // The editor watches the file; the setting that is not restricted shows when it has been read.
  const wanted = {
    'faultline.embeddings': false,
    'faultline.model.provider': 'custom',
    'faultline.model.url': 'http://127.0.0.1:1/v1',
    'faultline.model.name': 'small',
    'faultline.privacy.level': 'secrets',
    'faultline.notes': false,
  };
  const read = (name: string): Promise<unknown> =>
    window.host(({ vscode }, key) => vscode.workspace.getConfiguration('faultline').get(key), name);
  // What the user chose, whatever that is, has to stay.
  const url = await read('model.url');
  expect(url).not.toBe(wanted['faultline.model.url']);
  await writeFile(`${folder}/.vscode/settings.json`, JSON.stringify(wanted));
  await expect.poll(() => read('notes'), { timeout: 15_000 }).toBe(false);
  expect(await read('embeddings')).toBe(true);
  expect(await read('model.provider')).toBe('off');
  expect(await read('model.url')).toBe(url);
  expect(await read('privacy.level')).toBe('automatic');
});

test('in Restricted Mode no language model can be chosen, and one chosen elsewhere is not asked', async () => {
  const { window, folder } = session;
  await window.command('faultline.chooseModel');
  await window.page.getByText('Restricted Mode: a language model').first().waitFor();
  await set(window, 'model.name', 'small');
  await set(window, 'model.provider', 'ollama');
  await openLog(window, `${folder}/orders.log`);
  const panel = await explainLog(window);
  expect(await panel.locator('header').textContent()).toContain('Offline');
  expect(await panel.locator('.band.model').count()).toBe(0);
  await set(window, 'model.provider', undefined);
  await set(window, 'model.name', undefined);
});
