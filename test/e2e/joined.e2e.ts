import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

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

/** Waits until a view shows what was found. */
async function foundIn(view: Frame): Promise<void> {
  await expect
    .poll(() => view.locator('.analysis').innerText(), { timeout: 60_000 })
    .toMatch(/\d findings?/);
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
  return pageWith(session.window, '.rows .row:not(.spare) .text');
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
    await foundIn(view);
    await view.locator('.rows .row:not(.spare) .text').first().click();
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

  test('hide one of them and show it again, where the reader is', async () => {
    const { window } = session;
    await window.command('workbench.action.closeAllEditors');
    view = await openTogether('faultline.openMerged', ordersLog, webLog);
    const said = view.locator('.sr-only[aria-live]');
    const facts = view.locator('.facts');
    const webSwitch = view.getByRole('button', { name: 'Show web.log' });
    await view.locator('.rows .row:not(.spare) .text').first().click();
    await window.page.keyboard.press('Control+End');
    await expect.poll(async () => (await rowTexts(view)).at(-1)).toBe(web.at(-1));
    const middle = view.locator('.text', { hasText: 'order 1190 accepted' }).first();
    await middle.click({ position: { x: 4, y: 4 } });
    await webSwitch.click();
    await expect.poll(() => facts.innerText()).toContain(`${lines} lines`);
    await expect.poll(async () => (await rowTexts(view)).at(-1)).toBe(orders.at(-1));
    const alone = await rowTexts(view);
    expect(alone).toContain(order(190));
    expect(alone.filter((text) => text.includes('web.Gateway'))).toEqual([]);
    expect(await said.textContent()).toBe('web.log hidden');
    expect(await view.locator('.legend').innerText()).toMatch(/web\.log\s+hidden/);
    expect(await view.getByRole('button', { name: 'Show shop.log' }).isDisabled()).toBe(true);
    // The findings are those of the log that is shown, at its own lines.
    await foundIn(view);
    await middle.click({ position: { x: 4, y: 4 } });
    await window.page.keyboard.press('Shift+F8');
    const marked = view.locator('.row.high-first, .row.medium-first', { hasText: 'disk full' });
    await marked.first().waitFor({ timeout: 20_000 });
    expect(await marked.first().getAttribute('aria-posinset')).toBe(String(broken + 1));
    await window.page.keyboard.press('Control+f');
    await view.locator('.find input').fill('web.Gateway');
    await expect.poll(() => view.locator('.find .count').innerText()).toMatch(/no |0/i);
    await window.page.keyboard.press('Escape');
    await window.screenshot('joined-hidden');
    // By the keyboard.
    await webSwitch.focus();
    await window.page.keyboard.press('Space');
    await expect.poll(() => facts.innerText()).toContain(`${lines * 2} lines`);
    await expect.poll(async () => (await rowTexts(view)).join('\n')).toContain(web[broken] ?? '');
    expect(await said.textContent()).toBe('All logs are shown');
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

describe('an id', () => {
  test('is followed from a viewer through every log, archives too', async () => {
    const { window } = session;
    await writeFile(
      join(session.folder, 'store.log.gz'),
      gzipSync(`${stamp(broken * 2000 + 500)} WARN  store.Volume - trace=${trace} retried\n`),
    );
    await window.command('workbench.action.closeAllEditors');
    const view = await openTogether('faultline.openMerged', ordersLog, webLog);
    await foundIn(view);
    await view.locator('.rows .row:not(.spare) .text').first().click();
    await window.page.keyboard.press('F8');
    const line = view.locator('.text', { hasText: 'disk full' }).first();
    await line.waitFor();
    // Selects the id, which stands at the start of the message.
    await line.dblclick({ position: { x: 504, y: 8 } });
    await expect
      .poll(() => window.page.locator('.statusbar').innerText())
      .toContain('16 characters');
    void window.command('faultline.followIdentifier');
    const list = window.page.locator('.quick-input-list .monaco-list-row');
    await expect.poll(() => list.count(), { timeout: 20_000 }).toBe(3);
    expect(await list.allInnerTexts()).toEqual([
      expect.stringContaining('shop.log:151'),
      expect.stringContaining('store.log.gz:1'),
      expect.stringContaining('web.log:151'),
    ]);
    await window.screenshot('followed-id');
    await list.nth(2).click();
    await expect.poll(async () => (await rowTexts(view)).join('\n')).toContain(web[broken] ?? '');
  });
});

describe('the same moment', () => {
  test('is shown in every log beside', async () => {
    const { window } = session;
    await window.command('workbench.action.closeAllEditors');
    const first = await openTogether('faultline.openMerged', ordersLog, webLog);
    await foundIn(first);
    await first.locator('.rows .row:not(.spare) .text').first().click();
    await window.page.keyboard.press('F8');
    await first.locator('.text', { hasText: 'disk full' }).first().waitFor();
    await window.host(async ({ vscode }, file) => {
      const uri = vscode.Uri.file(file);
      const beside = vscode.ViewColumn.Beside;
      await vscode.commands.executeCommand('vscode.openWith', uri, 'faultline.viewer', beside);
    }, ordersLog);
    const second = await eventually('the view beside', async () => {
      for (const frame of window.page.frames()) {
        const rows = frame.locator('.rows .row:not(.spare) .text').first();
        if (frame !== first && (await rows.isVisible().catch(() => false))) return frame;
      }
      return undefined;
    });
    await window.command('workbench.action.focusFirstEditorGroup');
    // The middle of a long line may lie outside the narrow view.
    const start = { position: { x: 4, y: 4 } };
    await first.locator('.text', { hasText: 'disk full' }).first().click(start);
    await window.command('faultline.sameMoment');
    await expect
      .poll(async () => (await rowTexts(second)).join('\n'), { timeout: 10_000 })
      .toContain('disk full');
  });
});

describe('a rotated log', () => {
  test('is offered with its older parts, opens as one and is marked', async () => {
    const { window } = session;
    await window.command('workbench.action.closeAllEditors');
    const live = join(session.folder, 'cart.log');
    await writeFile(`${live}.2.gz`, gzipSync(`${orders.slice(0, 60).join('\n')}\n`));
    await writeFile(`${live}.1`, `${orders.slice(60, 170).join('\n')}\n`);
    await writeFile(live, `${orders.slice(170).join('\n')}\n`);
    await window.host(async ({ vscode }, file) => {
      await vscode.commands.executeCommand('faultline.openInViewer', vscode.Uri.file(file));
    }, live);
    await window.page.getByRole('button', { name: 'Open All as One' }).click();
    const view = await eventually('all lines in one view', async () => {
      for (const frame of window.page.frames()) {
        const facts = frame.locator('.facts').first();
        const text = await facts.innerText({ timeout: 500 }).catch(() => '');
        if (text.includes('3 parts')) return frame;
      }
      return undefined;
    });
    expect((await rowTexts(view))[0]).toBe(orders[0]);
    await foundIn(view);
    await view.locator('.rows .row:not(.spare) .text').first().click();
    await window.page.keyboard.press('F8');
    await view.locator('.text', { hasText: 'disk full' }).first().waitFor();
    await window.screenshot('rotated');
    await appendFile(live, `${order(lines)}\n`);
    await window.command('faultline.viewer.toggleFollow');
    await expect
      .poll(async () => (await rowTexts(view)).at(-1), { timeout: 10_000 })
      .toBe(order(lines));
  });
});
