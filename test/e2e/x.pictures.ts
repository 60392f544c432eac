import { join } from 'node:path';
import { test } from 'vitest';
import { EditorWindow } from './harness/editorWindow.ts';
import { openLog } from './harness/faultline.ts';
import { answerWithInventedClaim } from './harness/modelAnswer.ts';
import { panelPage, explainLog } from './harness/panelPage.ts';
import { sampleWorkspace, userSettings } from './harness/workspace.ts';
import { startScriptedModel } from '../support/scriptedModel.ts';

const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern', hc: 'Default High Contrast' };
test.each(Object.entries(themes))('%s', async (name, theme) => {
  const model = await startScriptedModel();
  model.play({ answer: answerWithInventedClaim, delay: 60, pieceChars: 6 });
  await userSettings({
    'workbench.colorTheme': theme,
    'workbench.activityBar.location': 'hidden',
    'editor.minimap.enabled': false,
    'faultline.model.provider': name === 'dark' ? 'custom' : 'off',
    'faultline.model.url': model.url,
    'faultline.model.name': 'small',
  });
  const { folder, remove } = await sampleWorkspace();
  const window = await EditorWindow.open(folder, { width: 1900, height: 2300 });
  const { page } = window;
  page.on('console', (m) => { if (m.type() === 'error' || /Content Security/.test(m.text())) console.log(m.text().slice(0, 300)); });
  const take = async (what: string): Promise<void> => { await page.screenshot({ path: `/tmp/panelpage/shots/real-${what}-${name}.png`, clip: { x: 700, y: 0, width: 1200, height: 2300 } }); };
  try {
    for (const log of ['api', 'orders']) await openLog(window, join(folder, `${log}.log`));
    await window.command('workbench.action.closeSidebar');
    const panel = await explainLog(window);
    await page.waitForTimeout(1500);
    await take('report');
    if (name === 'dark') {
      await window.command('faultline.getStarted'); await page.waitForTimeout(2500); await page.screenshot({ path: '/tmp/panelpage/shots/real-walkthrough.png' });
      await window.command('workbench.action.closeActiveEditor');
      const p = panelPage(window);
      await p.getByRole('button', { name: 'Why?' }).click();
      await p.getByRole('textbox', { name: 'Question about this log' }).fill('Why did the orders fail?');
      await page.keyboard.press('Enter'); await page.waitForTimeout(2500);
      await take('asked');
      await p.locator('.band.model vscode-button').last().click();
      const dialog = page.locator('.monaco-dialog-box');
      await dialog.waitFor(); await page.waitForTimeout(500); await page.screenshot({ path: '/tmp/panelpage/shots/real-consent.png' });
      await dialog.getByRole('button', { name: 'Send Once', exact: true }).click();
      await page.waitForTimeout(2200); await take('writing');
      await p.locator('.band.model.answered').waitFor({ timeout: 60_000 });
      await p.getByText(/claims? removed/).click(); await p.getByText(/Compare/).click(); await page.waitForTimeout(500);
      await take('answered');
      await p.getByRole('button', { name: 'Export' }).click(); await p.getByRole('menuitem', { name: /HTML/ }).click(); await page.waitForTimeout(1500); await take('html');
    }
    void panel;
  } finally { await window.close(); await remove(); await model.close(); }
});
