import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { root } from '../../scripts/lib/root.mjs';
import { shownMarks } from './harness/editorText.ts';
import { EditorWindow } from './harness/editorWindow.ts';
import { goTo, openLog } from './harness/faultline.ts';
import { explainLog } from './harness/panelPage.ts';
import { sampleWorkspace, userSettings } from './harness/workspace.ts';

const images = join(root, 'docs', 'images');

const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
};

test.each(Object.entries(themes))('%s', async (name, theme) => {
  await userSettings({
    'workbench.colorTheme': theme,
    'workbench.activityBar.location': 'hidden',
    'editor.minimap.enabled': false,
    'editor.stickyScroll.enabled': false,
    'editor.fontSize': 12,
    'editor.occurrencesHighlight': 'off',
    'editor.scrollBeyondLastColumn': 1,
    // A hover that fades in would be caught half way.
    'workbench.reduceMotion': 'on',
    'breadcrumbs.enabled': false,
  });
  const { folder, remove } = await sampleWorkspace();
  const window = await EditorWindow.open(folder, { width: 1440, height: 810 });
  const { page } = window;
  const take = async (what: string): Promise<void> => {
    await mkdir(images, { recursive: true });
    await page.screenshot({ path: join(images, `${what}-${name}.png`) });
  };
  try {
    for (const log of ['api', 'orders']) {
      const { findings } = await openLog(window, join(folder, `${log}.log`));
      expect(findings.length).toBeGreaterThan(0);
    }
    await window.command('workbench.action.closeSidebar');
    const { findings } = await openLog(window, join(folder, 'orders.log'));
    const waits = findings.find(({ template }) => template.includes('waited'))!;
    await goTo(window, waits.line);
    await expect.poll(async () => (await shownMarks(page)).notes.length).toBeGreaterThan(0);
    await take('marks');

    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    const hover = page.locator('.monaco-hover:not(.hidden)').first();
    await expect.poll(() => hover.textContent(), { timeout: 10_000 }).toContain('Pattern:');
    await page.waitForTimeout(800);
    await take('hover');
    await page.keyboard.press('Escape');

    const panel = await explainLog(window);
    await panel.locator('button.chip').first().click();
    await window.command('notifications.clearAll');
    await page.waitForTimeout(800);
    await take('panel');
  } finally {
    await window.close();
    await remove();
  }
});
