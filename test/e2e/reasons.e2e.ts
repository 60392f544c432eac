import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { cursorLine, goTo, hoverAt, openLog, trafficLog } from './harness/faultline.ts';
import { explainLog, panelPage } from './harness/panelPage.ts';
import { openSession } from './harness/session.ts';

const session = openSession({ 'workbench.colorTheme': 'Default Dark Modern' });
const orders = (): string => `${session.folder}/orders.log`;

describe('the hover', () => {
  test('says why a line was marked, how often it occurs, and what to do', async () => {
    const { window } = session;
    const { findings } = await openLog(window, orders());
    const [best] = findings;
    await goTo(window, best!.line);
    const text = await hoverAt(window, best!.line);
    expect(text).toContain('| seen | usual | strength |');
    expect(text).toContain('Pattern:');
    expect(text).toMatch(/\d+ of [\d,]+ records/);
    for (const link of ['Explain', 'Next of this kind', 'This is normal', 'Save as incident']) {
      expect(text).toContain(`[${link}](command:faultline.`);
    }
  });

  test('is silent on a line without a finding', async () => {
    const { window } = session;
    const { findings } = await openLog(window, orders());
    const covered = new Set(
      findings.flatMap(({ line, endLine, repeats }) => [
        ...Array.from({ length: endLine - line + 1 }, (_, index) => line + index),
        ...repeats,
      ]),
    );
    const plain = Array.from({ length: 400 }, (_, line) => line).find((line) => !covered.has(line));
    expect(await hoverAt(window, plain!)).toBe('');
  });

  test('appears on the page, by keyboard', async () => {
    const { window } = session;
    const { findings } = await openLog(window, orders());
    await goTo(window, findings[0]!.line);
    await window.page.keyboard.press('Control+k');
    await window.page.keyboard.press('Control+i');
    const hover = window.page.locator('.monaco-hover:not(.hidden)').first();
    await hover.waitFor();
    await expect.poll(() => hover.textContent(), { timeout: 10_000 }).toContain('Pattern:');
    await window.screenshot('hover');
    await window.page.keyboard.press('Escape');
  });
});

describe('the panel', () => {
  test('says what broke, and every citation opens its line', async () => {
    const { window } = session;
    await openLog(window, orders());
    const panel = await explainLog(window);
    const summary = await panel.locator('.conclusion .summary').textContent();
    expect(summary).toMatch(/pool/i);
    await window.screenshot('panel');
    const chips = panel.locator('button.chip');
    expect(await chips.count()).toBeGreaterThan(1);
    const lines = (await readFile(orders(), 'utf8')).split('\n');
    for (const index of [0, (await chips.count()) - 1]) {
      const chip = chips.nth(index);
      const [, cited] = /orders\.log:([\d,]+)/.exec((await chip.textContent()) ?? '') ?? [];
      const line = Number(cited!.replaceAll(',', ''));
      expect(lines.length).toBeGreaterThan(line);
      await chip.click();
      await expect.poll(() => cursorLine(window), { timeout: 10_000 }).toBe(line - 1);
    }
  });

  test('survives a reload', async () => {
    const { window } = session;
    await openLog(window, orders());
    const before = await (await explainLog(window)).locator('.conclusion .summary').textContent();
    await window.reload();
    const after = panelPage(window).locator('.conclusion .summary');
    await expect.poll(() => after.textContent(), { timeout: 30_000 }).toBe(before);
  });
});

describe('incidents', () => {
  test('what is saved is found again at the same kind of finding', async () => {
    const { window } = session;
    const { findings } = await openLog(window, orders());
    const { page } = window;
    await goTo(window, findings[0]!.line);
    await page.keyboard.press('Shift+Alt+s');
    const input = page.locator('.quick-input-widget input.input');
    const answers = [
      'Pool of orders ran dry',
      'Release 2.14.0 lowered the pool to 5',
      'Rolled back to 2.13.4',
    ];
    for (const [index, answer] of answers.entries()) {
      // The box of the step before stays for a moment and would take the answer.
      const title = `Save as incident (${index + 1}/3)`;
      await page.locator('.quick-input-title', { hasText: title }).waitFor();
      await input.fill(answer);
      await input.press('Enter');
    }
    await page.getByText('Saved: Pool of orders ran dry').first().waitFor({ timeout: 20_000 });
    await expect
      .poll(() => hoverAt(window, findings[0]!.line), { timeout: 20_000 })
      .toContain('Seen before');
    await goTo(window, findings[0]!.line);
    await window.command('faultline.explainFinding');
    const seen = panelPage(window).locator('section[aria-labelledby="seen"]');
    await expect
      .poll(() => seen.textContent().catch(() => ''), { timeout: 20_000 })
      .toContain('Pool of orders ran dry');
  });

  test('a report is saved in the panel, found again for another log, and confirmed', async () => {
    const { window, folder } = session;
    await openLog(window, orders());
    const panel = await explainLog(window);
    await panel.getByText('Save as incident', { exact: true }).click();
    await panel.locator('input[name="title"]').fill('Orders starved of connections');
    await panel.locator('textarea[name="resolution"]').fill('Raise the pool to 50');
    await panel.getByText('Save incident', { exact: true }).click();
    await panel.getByText('Saved as an incident, unconfirmed').waitFor({ timeout: 20_000 });
    await panel.getByText('This was the cause').click();
    expect(await panel.locator('input[name="title"]').inputValue()).toBe(
      'Orders starved of connections',
    );
    expect(await panel.locator('textarea[name="resolution"]').inputValue()).toBe(
      'Raise the pool to 50',
    );
    await panel.locator('textarea[name="resolution"]').fill('Raised the pool to 50');
    await panel.getByText('Confirm incident', { exact: true }).click();
    await panel.getByText('Saved as an incident, confirmed').waitFor({ timeout: 20_000 });

    const later = join(folder, 'later.log');
    await writeFile(later, await readFile(orders()));
    await window.command('workbench.action.closeAllEditors');
    await openLog(window, later);
    const again = await explainLog(window);
    const seen = again.locator('section[aria-labelledby="seen"]');
    await expect
      .poll(() => seen.textContent(), { timeout: 20_000 })
      .toContain('Orders starved of connections');
    expect(await seen.textContent()).toContain('confirmed');
    expect(await seen.textContent()).toContain('Raised the pool to 50');
  });
});

describe('hostile lines', () => {
  const line =
    'FATAL <img src=x onerror=alert(1)> [click me](command:workbench.action.quit) $(alert) ' +
    '**bold** `code` <script>alert(2)</script> | table | ![pic](https://example.invalid/x.png)';

  test('are text in the hover, the list and the panel', async () => {
    const { window, folder } = session;
    const { page } = window;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('dialog', (dialog) => {
      asked.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    const path = join(folder, 'hostile.log');
    await writeFile(path, trafficLog([line]));
    const { findings } = await openLog(window, path);
    const marked = findings.find((finding) => finding.line === 301)!;
    await goTo(window, marked.line);

    const targets = (await hoverAt(window, marked.line)).match(/(?<!\\)\]\([^)]*\)/g) ?? [];
    for (const target of targets) expect(target).toMatch(/^\]\(command:faultline\./);
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    const hover = page.locator('.monaco-hover:not(.hidden)').first();
    await expect.poll(() => hover.textContent(), { timeout: 10_000 }).toContain('onerror');
    expect(await hover.locator('img, script').count()).toBe(0);
    const links = await hover
      .locator('a[data-href]')
      .evaluateAll((all) => all.map((link) => link.getAttribute('data-href') ?? ''));
    for (const link of links) expect(link).toMatch(/^command:faultline\./);
    await window.screenshot('hostile-hover');
    await page.keyboard.press('Escape');

    const panel = await explainLog(window);
    await expect
      .poll(() => panel.locator('body').textContent(), { timeout: 20_000 })
      .toContain('onerror');
    expect(await panel.locator('img, a, body script:not([nonce])').count()).toBe(0);
    await window.screenshot('hostile-panel');
    expect(asked.filter((url) => /example\.invalid|dialog|src=x/.test(url))).toEqual([]);
  });
});
