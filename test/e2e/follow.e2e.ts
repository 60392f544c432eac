import { spawn, type ChildProcess } from 'node:child_process';
import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { openLog, report } from './harness/faultline.ts';
import { openSession } from './harness/session.ts';
import { openInViewer, shownLines } from './harness/viewerPage.ts';

const session = openSession({ 'workbench.colorTheme': 'Default Dark Modern' });

/** Outside of the workspace: there the editor watches nothing by itself. */
let folder = '';
let path = '';
let writer: ChildProcess | null = null;

const line = (index: number, text = 'request answered 200 in 12 ms'): string =>
  `${new Date(Date.UTC(2026, 4, 14, 12, 0, index)).toISOString()} INFO  web ${text} #${index}\n`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faultline-follow-'));
});
afterEach(() => {
  writer?.kill();
  writer = null;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Lets a program of its own write a line, numbered on, every `pause` milliseconds. */
function startWriter(from: number, pause: number): void {
  const program = `
    const { appendFileSync } = require('node:fs');
    let index = ${from};
    setInterval(() => {
      const time = new Date(Date.UTC(2026, 4, 14, 12, 0, index)).toISOString();
      appendFileSync(${JSON.stringify(path)}, time + ' INFO  web request answered 200 in 12 ms #' + index++ + '\\n');
    }, ${pause});`;
  writer = spawn(process.execPath, ['-e', program], { stdio: 'ignore' });
}

async function openFollowed(lines: number): Promise<void> {
  path = join(folder, `log-${performance.now()}.log`);
  await writeFile(path, Array.from({ length: lines }, (_, index) => line(index)).join(''));
  await openLog(session.window, path);
  await session.window.command('faultline.followLog');
  await expect.poll(item, { timeout: 10_000 }).toContain('Following');
}

/** What the status bar says of following. */
async function item(): Promise<string> {
  const found = session.window.page.locator('.statusbar-item[id$="faultline.follow"]');
  return (await found.count()) === 0 ? '' : found.innerText();
}

function lastVisible(): Promise<{ readonly visible: number; readonly lines: number }> {
  return session.window.host(({ vscode }) => {
    const editor = vscode.window.activeTextEditor;
    return {
      visible: editor?.visibleRanges.at(-1)?.end.line ?? -1,
      lines: editor?.document.lineCount ?? 0,
    };
  });
}

const isAtEnd = async (): Promise<boolean> => {
  const { visible, lines } = await lastVisible();
  return visible >= lines - 2;
};

/** The text of the editor, and what is drawn behind its lines. */
const drawn = (): Promise<string> =>
  session.window.page.evaluate(() =>
    [...document.querySelectorAll('.view-lines span[class*="ced-"]')]
      .map((span) => getComputedStyle(span, '::after').content)
      .join(' ')
      .replaceAll('\u00a0', ' '),
  );

describe('following a log in the text editor', () => {
  test('shows and scores lines as they are written, pauses above the end and goes on there', async () => {
    const { window } = session;
    await openFollowed(300);
    startWriter(300, 100);
    await expect
      .poll(async () => (await lastVisible()).lines, { timeout: 15_000 })
      .toBeGreaterThan(310);
    await expect
      .poll(async () => (await lastVisible()).visible, { timeout: 15_000 })
      .toBeGreaterThan(310);
    const uri = `file://${path}`;
    await expect
      .poll(async () => (await report(window, uri))?.summary?.lines ?? 0, { timeout: 15_000 })
      .toBeGreaterThan(310);

    await window.page.mouse.move(700, 450);
    // Lines that come at the same moment may take back one turn of the wheel; who looks up turns again.
    const turnUp = async (): Promise<string> => {
      if (!(await item()).includes('Paused')) await window.page.mouse.wheel(0, -2_000);
      return item();
    };
    await expect
      .poll(turnUp, { timeout: 10_000, interval: 1_500 })
      .toMatch(/Paused · \d+ new lines/);
    const { visible } = await lastVisible();
    await expect.poll(item, { timeout: 10_000 }).toMatch(/Paused · \d\d+ new lines/);
    expect((await lastVisible()).visible).toBe(visible);

    // Down to the first new line, not to the end.
    await window.page.mouse.wheel(0, 1_900);
    await expect.poll(drawn, { timeout: 10_000 }).toContain('new since you looked');
    await window.screenshot('follow-paused');

    await window.page.locator('.statusbar-item[id$="faultline.follow"]').click();
    await expect.poll(item, { timeout: 10_000 }).toContain('Following');
    writer?.kill();
    await expect.poll(isAtEnd, { timeout: 10_000 }).toBe(true);
    await expect.poll(drawn, { timeout: 10_000 }).not.toContain('new since you looked');
  });

  test('tells that the file was cut, and that another one has its name', async () => {
    await openFollowed(60);
    await truncate(path, line(0).length);
    await expect.poll(item, { timeout: 10_000 }).toContain('the file was cut to');
    await rename(path, `${path}.1`);
    await writeFile(path, line(1_000) + line(1_001));
    await expect.poll(item, { timeout: 10_000 }).toContain('another file has its name now');
    await expect.poll(async () => (await lastVisible()).lines, { timeout: 15_000 }).toBe(3);
  });

  test('is refused beside unsaved changes', async () => {
    const { window } = session;
    path = join(folder, 'edited.log');
    await writeFile(path, Array.from({ length: 60 }, (_, index) => line(index)).join(''));
    await openLog(window, path);
    await window.host(({ vscode }) =>
      vscode.window.activeTextEditor?.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), 'typed ');
      }),
    );
    await window.command('faultline.followLog');
    await window.page.locator('.notification-toast', { hasText: 'unsaved changes' }).waitFor();
    expect(await item()).toBe('');
    await window.command('workbench.action.files.revert');
    await window.command('notifications.clearAll');
  });
});

describe('following a log in the viewer', () => {
  test('draws a line above what is new since the reader looked', async () => {
    const { window } = session;
    path = join(folder, 'viewed.log');
    await writeFile(path, Array.from({ length: 300 }, (_, index) => line(index)).join(''));
    const viewer = await openInViewer(window, path);
    await window.command('faultline.followLog');
    const last = async (): Promise<number> => (await shownLines(viewer)).at(-1)?.line ?? 0;
    await expect.poll(last, { timeout: 10_000 }).toBe(300);
    await viewer.locator('.log').hover();
    await window.page.mouse.wheel(0, -300);
    await expect.poll(last).toBeLessThan(300);
    await appendFile(path, Array.from({ length: 20 }, (_, index) => line(300 + index)).join(''));
    // At the old end it would go on following, and nothing would be new.
    await viewer.getByText('20 new lines').first().waitFor();
    await window.page.mouse.wheel(0, 400);
    await expect.poll(() => viewer.locator('.fresh').count(), { timeout: 10_000 }).toBe(1);
    await window.screenshot('follow-viewer');
    await window.page.keyboard.press('End');
  });
});
