import { appendFile, truncate } from 'node:fs/promises';

import type { FrameLocator } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { brokenLine, largeLines, largeLog, lineAt, timeAt } from './harness/largeLog.ts';
import { openSession } from './harness/session.ts';
import { openInViewer, shownLines, viewerPage } from './harness/viewerPage.ts';

const session = openSession({ 'workbench.colorTheme': 'Default Dark Modern' });

const path = largeLog();

const texts = async (viewer: FrameLocator): Promise<string> =>
  (await shownLines(viewer)).map(({ text }) => text).join('\n');

describe('a log that is too large for the editor', () => {
  test('shows its first lines', async () => {
    const viewer = await openInViewer(session.window, path());
    const [first, second] = await shownLines(viewer);
    expect(first).toEqual({ line: 1, text: lineAt(0) });
    expect(second).toEqual({ line: 2, text: lineAt(1) });
  });

  test('goes to a line that is typed', async () => {
    const { page } = session.window;
    const viewer = viewerPage(session.window);
    await viewer.locator('.log').click();
    await page.keyboard.press('Control+g');
    const input = page.locator('.quick-input-widget input');
    await input.fill('600,000');
    await page.keyboard.press('Enter');
    await expect.poll(() => texts(viewer), { timeout: 10_000 }).toContain(lineAt(599_999));
    const row = (await shownLines(viewer)).find(({ line }) => line === 600_000);
    expect(row?.text).toBe(lineAt(599_999));
  });

  test('finds a text anywhere in it', async () => {
    const { page } = session.window;
    const viewer = viewerPage(session.window);
    await viewer.locator('.log').click();
    await page.keyboard.press('Control+f');
    await viewer.locator('.find input').fill('disk full');
    await page.keyboard.press('Enter');
    await expect.poll(() => texts(viewer), { timeout: 20_000 }).toContain(lineAt(brokenLine));
    await page.keyboard.press('Escape');
  });

  test('marks the line that does not belong and says why', async () => {
    const { page } = session.window;
    const viewer = viewerPage(session.window);
    // Findings of what was read so far are enough; the analysis goes on.
    await expect
      .poll(() => page.locator('.statusbar').innerText(), { timeout: 50_000 })
      .toMatch(/\d findings?/);
    await page.keyboard.press('F8');
    await expect.poll(() => texts(viewer), { timeout: 10_000 }).toContain(lineAt(brokenLine));
    await viewer.locator('.text', { hasText: 'disk full' }).first().hover();
    await expect.poll(() => viewer.locator('.card .sentence').innerText()).not.toBe('');
    await session.window.screenshot('viewer');
  });

  test('goes to a time that is typed', async () => {
    const { window } = session;
    const { page } = window;
    const viewer = viewerPage(session.window);
    void window.command('faultline.viewer.goToTime');
    await page.locator('.quick-input-widget input').fill('10:00');
    await page.keyboard.press('Enter');
    await expect.poll(() => texts(viewer), { timeout: 10_000 }).toContain('T10:00:00.000Z');
  });

  test('says of each row which line of how many it is, where all keys go', async () => {
    const { page } = session.window;
    const viewer = viewerPage(session.window);
    await viewer.locator('.log').click();
    await page.keyboard.press('Control+End');
    await expect.poll(() => texts(viewer), { timeout: 10_000 }).toContain(lineAt(largeLines - 1));
    const last = viewer.locator(`.row[aria-posinset="${largeLines}"]`);
    expect(await last.getAttribute('role')).toBe('listitem');
    expect(await last.getAttribute('aria-setsize')).toBe(String(largeLines));
    await page.keyboard.press('Control+Home');
    await expect.poll(() => texts(viewer), { timeout: 10_000 }).toContain(lineAt(0));
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+c');
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe(`${lineAt(0)}\n${lineAt(1)}\n`);
    await expect.poll(() => page.locator('.statusbar').innerText()).toContain('2 lines');
    await page.keyboard.press('End');
  });

  test('hides lines like one, counts them, and shows them again', async () => {
    const { page } = session.window;
    const viewer = viewerPage(session.window);
    await viewer.locator('.log').click();
    await page.keyboard.press('Control+Home');
    await expect.poll(() => texts(viewer), { timeout: 10_000 }).toContain(lineAt(0));
    await expect
      .poll(
        async () => {
          await session.window.command('faultline.viewer.hidePattern');
          return viewer.locator('.hidden-bar').allInnerTexts();
        },
        { timeout: 40_000, interval: 2000 },
      )
      .toEqual([expect.stringContaining('1 pattern hidden')]);
    await expect.poll(() => texts(viewer), { timeout: 10_000 }).not.toContain(lineAt(1));
    expect(await viewer.locator('.stand-in:not(.spare)').first().innerText()).toMatch(
      /[\d,]+ lines? hidden/,
    );
    await viewer.locator('.hidden-bar button').click();
    await expect.poll(() => texts(viewer), { timeout: 10_000 }).toContain(lineAt(1));
  });

  test('shows lines that are written while it is followed, and what a cut leaves', async () => {
    const viewer = viewerPage(session.window);
    await session.window.command('faultline.viewer.toggleFollow');
    await expect.poll(() => texts(viewer), { timeout: 10_000 }).toContain(lineAt(largeLines - 1));
    const written = `${timeAt(largeLines)} ERROR web request lost`;
    await appendFile(path(), `${written}\n`);
    await expect.poll(() => texts(viewer), { timeout: 10_000 }).toContain(written);
    await truncate(path(), lineAt(0).length + 1);
    await expect
      .poll(async () => (await shownLines(viewer)).map(({ text }) => text), { timeout: 10_000 })
      .toEqual([lineAt(0)]);
  });
});
