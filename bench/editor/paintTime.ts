import type { Frame } from 'playwright-core';

import { eventually, type EditorWindow } from '../../test/e2e/harness/editorWindow.ts';

/** What a page keeps about itself; milliseconds since the epoch. */
interface Painted {
  paintedAt?: number;
}

/**
 * Has every page of an extension that is loaded from now on note when it first shows text: from outside
 * it could only be asked now and then, and each question takes time of its own.
 */
export async function watchPaints({ page }: EditorWindow): Promise<void> {
  await page.addInitScript(() => {
    // The editor writes a page of an extension into a frame within a frame; the outer one stays.
    if (!window.location.pathname.endsWith('/pre/index.html')) return;
    const look = (): void => {
      // It is the active frame once it can be seen.
      const inner = document.querySelector<HTMLIFrameElement>('#active-frame')?.contentDocument;
      const text = inner?.querySelector('.rows .text, .floor')?.textContent ?? '';
      if (text === '') {
        window.requestAnimationFrame(look);
        return;
      }
      // What this frame drew is done when the next task runs.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        (globalThis as Painted).paintedAt = performance.timeOrigin + performance.now();
      };
      port2.postMessage(null);
    };
    window.requestAnimationFrame(look);
  });
}

const paintedIn = (frame: Frame): Promise<number | null> =>
  frame.evaluate(() => (globalThis as Painted).paintedAt ?? null).catch(() => null);

/**
 * Runs a command that opens a page and closes the page again.
 * @returns milliseconds from the command, in the extension host, to text on the page
 */
export async function timeToPaint(
  window: EditorWindow,
  command: string,
  path: string,
  viewType?: string,
): Promise<number> {
  const began = await window.host(
    ({ vscode }, id, file, type) => {
      const now = performance.timeOrigin + performance.now();
      void vscode.commands.executeCommand(id, vscode.Uri.file(file), type);
      return now;
    },
    command,
    path,
    viewType ?? null,
  );
  const painted = await eventually('text on the page', async () => {
    const all = await Promise.all(window.page.frames().map(paintedIn));
    return all.find((one) => one !== null) ?? undefined;
  });
  await window.command('workbench.action.closeAllEditors');
  await window.page.waitForTimeout(1500);
  return painted - began;
}
