import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Frame } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';

import type { EditorWindow } from './harness/editorWindow.ts';
import { eventually } from './harness/editorWindow.ts';
import { openSession } from './harness/session.ts';

const session = openSession({ 'workbench.colorTheme': 'Default Dark Modern' });

const trace = '9f3c2ab14e7d4c55';
const start = Date.UTC(2026, 4, 4, 9);
const stamp = (ms: number): string => new Date(start + ms).toISOString();

const order = (index: number): string =>
  `${stamp(index * 2000)} INFO  shop.Orders - order ${1000 + index} accepted in ${10 + (index % 7)} ms`;
const request = (index: number): string =>
  `${stamp(index * 2000 + 1000)} INFO  web.Gateway - GET /orders/${1000 + index} answered 200`;

const lines = 200;
const broken = 150;
const orders = Array.from({ length: lines }, (_, index) =>
  index === broken
    ? `${stamp(index * 2000)} FATAL shop.Database - trace=${trace} disk full: cannot write to /var/lib/orders`
    : order(index),
);
const web = Array.from({ length: lines }, (_, index) =>
  index === broken
    ? `${stamp(index * 2000 + 1000)} ERROR web.Gateway - trace=${trace} POST /orders answered 503`
    : request(index),
);

/** What the two logs together begin with. */
const together = orders.flatMap((line, index) => [line, web[index] ?? '']);

let ordersLog = '';
let webLog = '';

beforeAll(async () => {
  ordersLog = join(session.folder, 'shop.log');
  webLog = join(session.folder, 'web.log');
  await writeFile(ordersLog, `${orders.join('\n')}\n`);
  await writeFile(webLog, `${web.join('\n')}\n`);
});

/** The page that holds an element: of a view, or of the panel. */
function pageWith({ page }: EditorWindow, selector: string, patience = 30_000): Promise<Frame> {
  return eventually(
    `a page with ${selector}`,
    async () => {
      for (const frame of page.frames()) {
        const found = frame.locator(selector).first();
        if (await found.isVisible().catch(() => false)) return frame;
      }
      return undefined;
    },
    patience,
  );
}

async function rowTexts(view: Frame): Promise<readonly string[]> {
  const rows = await view.locator('.rows').evaluate((element) =>
    [...element.querySelectorAll('.row:not(.spare)')].map((row) => ({
      line: Number(row.getAttribute('aria-posinset') ?? ''),
      text: row.querySelector('.text')?.textContent ?? '',
    })),
  );
  return rows.sort((a, b) => a.line - b.line).map(({ text }) => text);
}

async function openTogether(command: string, ...paths: readonly string[]): Promise<Frame> {
  await session.window.host(
    async ({ vscode }, id, files) => {
      const uris = files.map((file) => vscode.Uri.file(file));
      await vscode.commands.executeCommand(id, uris[0], uris);
    },
    command,
    paths,
  );
  return pageWith(session.window, '.rows .text');
}

describe('two logs in the order of time', () => {
  let view: Frame;

  test('are shown line by line, each with its name', async () => {
    view = await openTogether('faultline.openMerged', ordersLog, webLog);
    await expect.poll(async () => (await rowTexts(view)).slice(0, 4)).toEqual(together.slice(0, 4));
    expect(await view.locator('.legend').innerText()).toMatch(/shop\.log[^]*web\.log/);
  });

  test('are marked where either of them does not go as usual', async () => {
    const { window } = session;
    await expect
      .poll(() => view.locator('.analysis').innerText(), { timeout: 60_000 })
      .toMatch(/\d findings?/);
    await view.locator('.rows .text').first().click();
    await window.page.keyboard.press('F8');
    const marked = view.locator('.row.high-first, .row.medium-first', { hasText: 'disk full' });
    await marked.first().waitFor({ timeout: 20_000 });
    await view.locator('.text', { hasText: 'disk full' }).first().hover();
    await expect.poll(() => view.locator('.card .sentence').innerText()).not.toBe('');
    await window.screenshot('joined');
  });

  test('are explained together, and a link leads to the row', async () => {
    const { window } = session;
    await window.command('faultline.explainRootCause');
    const panel = await pageWith(window, '.conclusion .summary', 60_000);
    const told = await panel.locator('body').innerText();
    expect(told).toContain('shop.log');
    expect(told).toContain('web.log');
    await view.evaluate(() => undefined);
    await panel
      .getByRole('button', { name: /shop\.log:151/ })
      .first()
      .click();
    await expect.poll(async () => (await rowTexts(view)).join('\n')).toContain('disk full');
    expect(await view.locator('.legend').isVisible()).toBe(true);
    await window.screenshot('joined-explained');
    await window.command('workbench.action.closeEditorsInOtherGroups');
  });

  test('show what is written to either of them', async () => {
    const { window } = session;
    await window.command('workbench.action.closeAllEditors');
    view = await openTogether('faultline.openMerged', ordersLog, webLog);
    await window.command('faultline.viewer.toggleFollow');
    const written = `${stamp(lines * 2000)} ERROR web.Gateway - upstream lost`;
    await appendFile(webLog, `${written}\n`);
    await expect.poll(async () => (await rowTexts(view)).at(-1), { timeout: 10_000 }).toBe(written);
    await appendFile(ordersLog, `${order(lines)}\n`);
    await expect
      .poll(async () => (await rowTexts(view)).at(-1), { timeout: 10_000 })
      .toBe(order(lines));
    await window.command('faultline.viewer.toggleFollow');
  });
});
