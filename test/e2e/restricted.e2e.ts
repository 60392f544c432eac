import { mkdir, writeFile } from 'node:fs/promises';

import { expect, test } from 'vitest';

import { shownMarks } from './harness/editorText.ts';
import { goTo, hoverAt, openLog } from './harness/faultline.ts';
import { explainLog } from './harness/panelPage.ts';
import { openSession } from './harness/session.ts';

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

test('in Restricted Mode a folder cannot choose what compares patterns', async () => {
  const { window, folder } = session;
  await mkdir(`${folder}/.vscode`, { recursive: true });
  await writeFile(`${folder}/.vscode/settings.json`, '{ "faultline.embeddings": false }\n');
  // The editor watches the file; the setting that is not restricted shows when it has been read.
  await writeFile(
    `${folder}/.vscode/settings.json`,
    '{ "faultline.embeddings": false, "faultline.notes": false }\n',
  );
  const read = (name: string): Promise<unknown> =>
    window.host(({ vscode }, key) => vscode.workspace.getConfiguration('faultline').get(key), name);
  await expect.poll(() => read('notes'), { timeout: 15_000 }).toBe(false);
  expect(await read('embeddings')).toBe(true);
});
