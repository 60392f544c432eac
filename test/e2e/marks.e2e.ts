import { readFile, writeFile, appendFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { rulerColours, shownMarks } from './harness/editorText.ts';
import { cursorLine, finalReport, goTo, openLog, report, trafficLog } from './harness/faultline.ts';
import { openSession } from './harness/session.ts';

const session = openSession({ 'workbench.colorTheme': 'Default Dark Modern' });
const orders = (): string => `${session.folder}/orders.log`;

describe('a log that is opened', () => {
  test('is marked where it broke, and only a few times', async () => {
    const { findings, summary } = await openLog(session.window, orders());
    const lines = (await readFile(orders(), 'utf8')).split('\n');
    const strong = findings.filter(({ severity }) => severity !== 'low');
    expect(strong.length).toBeGreaterThan(0);
    expect(strong.length).toBeLessThanOrEqual(20);
    const [best] = findings;
    // The pool ran dry between 12:03 and 12:17; what stopped then is shown where it last came.
    expect(lines[best!.line]!.slice(0, 16) >= '2026-03-12 12:02').toBe(true);
    expect(lines[best!.line]!.slice(0, 16) <= '2026-03-12 12:18').toBe(true);
    expect(summary?.lines).toBe(lines.length - 1);
  });

  test('shows gutter pictures, a background, notes and the overview ruler', async () => {
    const { window } = session;
    const { findings } = await openLog(window, orders());
    const high = findings.find(({ severity }) => severity === 'high')!;
    await goTo(window, high.line);
    await expect
      .poll(async () => (await shownMarks(window.page)).notes, { timeout: 10_000 })
      .toContain(high.note);
    const marks = await shownMarks(window.page);
    expect(marks.gutter).toBeGreaterThan(0);
    expect(marks.backgrounds).toBeGreaterThan(0);
    await window.screenshot('marks');
    // The cursor's own mark in the ruler covers what is at its line.
    await goTo(window, 0);
    await expect
      .poll(() => rulerColours(window.page, ['#e5484d', '#cc8b1f']), { timeout: 10_000 })
      .toEqual([true, true]);
  });

  test('without line folding gives every finding a line that exists', async () => {
    const { findings, summary } = await openLog(session.window, orders());
    for (const { line, endLine, repeats } of findings) {
      expect(line).toBeGreaterThanOrEqual(0);
      expect(endLine).toBeGreaterThanOrEqual(line);
      expect(Math.max(endLine, ...repeats)).toBeLessThan(summary!.lines);
    }
  });
});

describe('commands move through findings', () => {
  test('next and previous go from finding to finding and round the end', async () => {
    const { window } = session;
    const { findings } = await openLog(window, orders());
    const lines = findings
      .filter(({ severity }) => severity !== 'low')
      .map(({ line }) => line)
      .sort((a, b) => a - b);
    await goTo(window, 0);
    await window.page.keyboard.press('F8');
    await expect.poll(() => cursorLine(window)).toBe(lines[0]);
    await window.page.keyboard.press('Shift+F8');
    await expect.poll(() => cursorLine(window)).toBe(lines.at(-1));
    await window.page.keyboard.press('F8');
    await expect.poll(() => cursorLine(window)).toBe(lines[0]);
  });

  test('the list of findings previews, and Escape goes back', async () => {
    const { window } = session;
    await openLog(window, orders());
    await goTo(window, 7);
    await window.page.keyboard.press('Shift+Alt+l');
    await window.page.locator('.quick-input-widget .monaco-list-row').first().waitFor();
    await window.page.keyboard.press('ArrowDown');
    await expect.poll(() => cursorLine(window)).not.toBe(7);
    await window.page.keyboard.press('Escape');
    await expect.poll(() => cursorLine(window)).toBe(7);
  });

  test('switching off takes every mark away, switching on brings them back', async () => {
    const { window } = session;
    const { findings } = await openLog(window, orders());
    await goTo(window, findings.find(({ severity }) => severity === 'high')!.line);
    await expect.poll(async () => (await shownMarks(window.page)).gutter).toBeGreaterThan(0);
    await window.page.keyboard.press('Shift+Alt+m');
    await expect
      .poll(() => shownMarks(window.page), { timeout: 10_000 })
      .toEqual({ gutter: 0, backgrounds: 0, notes: [] });
    await window.page.keyboard.press('Shift+Alt+m');
    await expect
      .poll(async () => (await shownMarks(window.page)).gutter, { timeout: 30_000 })
      .toBeGreaterThan(0);
  });
});

describe('documents that change', () => {
  test('what is appended on disk is read', async () => {
    const { window, folder } = session;
    const path = join(folder, 'growing.log');
    await writeFile(path, trafficLog([]));
    const before = await openLog(window, path);
    await appendFile(
      path,
      '2026-05-04T09:14:00.000Z FATAL db   disk full: cannot write to /var/lib/orders\n',
    );
    await expect
      .poll(async () => (await report(window, `file://${path}`))?.summary?.lines, {
        timeout: 30_000,
      })
      .toBe(before.summary!.lines + 1);
    const after = await finalReport(window, `file://${path}`);
    expect(after.findings.some(({ line }) => line === before.summary!.lines)).toBe(true);
  });

  test('an edit gives up the analysis and a new one follows', async () => {
    const { window, folder } = session;
    const path = join(folder, 'edited.log');
    await writeFile(path, trafficLog([], 0, 30_000));
    await window.openFile(path);
    await window.host(async ({ vscode }) => {
      const editor = vscode.window.activeTextEditor!;
      await editor.edit((change) => {
        change.insert(new vscode.Position(0, 0), '2026-05-04T08:59:59.000Z INFO  web started\n');
      });
    });
    const now = await finalReport(window, `file://${path}`);
    expect(now.summary?.lines).toBe(30_001);
    await window.command('workbench.action.files.revert');
  });

  test('an untitled log is analysed', async () => {
    const { window } = session;
    const text = trafficLog(['ERROR store could not open table orders: checksum mismatch']);
    const uri = await window.host(async ({ vscode }, content) => {
      const document = await vscode.workspace.openTextDocument({ language: 'log', content });
      await vscode.window.showTextDocument(document);
      return document.uri.toString();
    }, text);
    const { findings } = await finalReport(window, uri);
    expect(findings[0]?.line).toBe(301);
    await window.command('workbench.action.revertAndCloseActiveEditor');
  });

  test('an empty log is quiet, not an error', async () => {
    const { window, folder } = session;
    const path = join(folder, 'empty.log');
    await writeFile(path, '');
    await window.openFile(path);
    const now = await finalReport(window, `file://${path}`);
    expect(now).toMatchObject({ findings: [], summary: { lines: 0 } });
  });
});
