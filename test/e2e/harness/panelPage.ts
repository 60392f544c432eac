import type { FrameLocator } from 'playwright-core';

import type { EditorWindow } from './editorWindow.ts';

/** The page inside the root-cause panel; where a viewer is beside it, the panel has to be the younger one. */
export function panelPage({ page }: EditorWindow): FrameLocator {
  return page
    .locator('iframe.webview.ready')
    .last()
    .contentFrame()
    .frameLocator('iframe#active-frame');
}

/** Asks for the root cause of the active log and waits for the answer. */
export async function explainLog(window: EditorWindow): Promise<FrameLocator> {
  await window.command('faultline.explainRootCause');
  const panel = panelPage(window);
  await panel.locator('.conclusion .summary').waitFor({ timeout: 60_000 });
  return panel;
}
