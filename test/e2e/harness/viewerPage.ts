import type { FrameLocator } from 'playwright-core';

import type { EditorWindow } from './editorWindow.ts';

/** The page inside the log viewer; where a panel is beside it, the viewer has to be the older one. */
export function viewerPage({ page }: EditorWindow): FrameLocator {
  return page
    .locator('iframe.webview.ready')
    .first()
    .contentFrame()
    .frameLocator('iframe#active-frame');
}

/** Opens a file in the log viewer and waits for its first lines. */
export async function openInViewer(window: EditorWindow, path: string): Promise<FrameLocator> {
  await window.host(async ({ vscode }, file) => {
    await vscode.commands.executeCommand('faultline.openInViewer', vscode.Uri.file(file));
  }, path);
  const viewer = viewerPage(window);
  await viewer.locator('.rows .row:not(.spare) .text').first().waitFor();
  return viewer;
}

/** Numbers and texts of the lines that are drawn, in the order of the log. */
export async function shownLines(
  viewer: FrameLocator,
): Promise<readonly { readonly line: number; readonly text: string }[]> {
  const rows = await viewer.locator('.rows').evaluate((element) =>
    [...element.querySelectorAll('.row:not(.spare)')].map((row) => ({
      line: row.getAttribute('aria-posinset') ?? '',
      text: row.querySelector('.text')?.textContent ?? '',
    })),
  );
  return rows
    .map(({ line, text }) => ({ line: Number(line), text }))
    .sort((a, b) => a.line - b.line);
}

/** What the viewer says above the log; empty where nothing has to be known. */
export async function viewerBanner(viewer: FrameLocator): Promise<string> {
  return (await viewer.locator('.banner').allInnerTexts()).join(' ');
}
