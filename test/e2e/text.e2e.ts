import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { cursorLine, goTo, openLog } from './harness/faultline.ts';
import { openSession } from './harness/session.ts';

const session = openSession({ 'workbench.colorTheme': 'Default Dark Modern' });

/** One message every two seconds from 12:00, a trace at line 20, five silent minutes before line 43. */
function timedLog(): string {
  const start = Date.parse('2026-05-14T12:00:00Z');
  const lines = Array.from({ length: 120 }, (_, at) => {
    const time = new Date(start + at * 2_000 + (at >= 40 ? 300_000 : 0)).toISOString();
    return at === 20
      ? `${time} ERROR orders failed\njava.lang.IllegalStateException: no\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)\n`
      : `${time} INFO orders order ${at} placed by customer ${at * 7}\n`;
  });
  return lines.join('');
}

async function open(): Promise<string> {
  const path = join(session.folder, 'timed.log');
  await writeFile(path, timedLog());
  await openLog(session.window, path);
  return path;
}

describe('a log in the text editor', () => {
  test('is folded by its records and outlined by its times', async () => {
    const { window } = session;
    const uri = `file://${await open()}`;
    const folds = await window.host(async ({ vscode }, name) => {
      const ranges = await vscode.commands.executeCommand<{ start: number; end: number }[]>(
        'vscode.executeFoldingRangeProvider',
        vscode.Uri.parse(name),
      );
      return ranges.map(({ start, end }) => [start, end]);
    }, uri);
    expect(folds).toContainEqual([20, 23]);
    const names = await window.host(async ({ vscode }, name) => {
      const symbols = await vscode.commands.executeCommand<{ name: string; detail: string }[]>(
        'vscode.executeDocumentSymbolProvider',
        vscode.Uri.parse(name),
      );
      return symbols.map((symbol) => `${symbol.name} ${symbol.detail}`);
    }, uri);
    expect(names.filter((name) => /^12:\d\d:\d\d \d+ records/.test(name))).toHaveLength(9);
    expect(names[0]).toMatch(/^12:00:00 \d+ records/);
    expect(names.some((name) => name.includes('1 error'))).toBe(true);
  });

  test('goes to a time', async () => {
    const { window } = session;
    await open();
    await goTo(window, 0);
    await window.host(({ vscode }) => {
      void vscode.commands.executeCommand('faultline.goToTime');
    });
    await window.page.locator('.quick-input-widget input').first().waitFor();
    await window.page.keyboard.type('12:06:20');
    await window.page.keyboard.press('Enter');
    // Line 40 of the messages, behind three lines of a trace.
    await expect.poll(() => cursorLine(window), { timeout: 10_000 }).toBe(43);
  });

  test('shows the time between lines and a silence, and hides them again', async () => {
    const { window } = session;
    await open();
    await goTo(window, 43);
    await window.host(({ vscode }) => vscode.commands.executeCommand('faultline.toggleDeltas'));
    const notes = (): Promise<string> =>
      window.page.evaluate(() =>
        [...document.querySelectorAll('.view-lines span[class*="ced-"]')]
          .flatMap((span) => ['::before', '::after'].map((part) => getComputedStyle(span, part)))
          .map(({ content }) => content)
          .join(' ')
          .replaceAll('\u00a0', ' '),
      );
    await expect.poll(notes, { timeout: 15_000 }).toContain('5 min 2 s without a message');
    expect(await notes()).toContain('+2 s');
    await window.screenshot('times');
    await window.host(({ vscode }) => vscode.commands.executeCommand('faultline.toggleDeltas'));
    await expect.poll(notes, { timeout: 15_000 }).not.toContain('without a message');
  });

  test('says how long the selected lines took', async () => {
    const { window } = session;
    await open();
    await window.host(({ vscode }) => {
      const editor = vscode.window.activeTextEditor;
      if (editor !== undefined) editor.selection = new vscode.Selection(0, 0, 11, 3);
    });
    await expect
      .poll(() => window.page.locator('.statusbar').innerText(), { timeout: 10_000 })
      .toContain('12 lines · 22 s');
  });
});
