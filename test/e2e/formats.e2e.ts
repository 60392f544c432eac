import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { hoverAt, openLog, report } from './harness/faultline.ts';
import type { Session } from './harness/session.ts';
import { openSession } from './harness/session.ts';
import { set } from './harness/settings.ts';

const sound = {
  name: 'shop',
  pattern: '(?<level>[A-Z]+)@(?<time>\\S+ \\S+) <(?<component>[\\w.]+)> (?<message>.*)',
  timeFormat: '%d-%m-%Y %Hh%Mm%S',
  zone: '+02:00',
  levels: { error: ['OOPS'], debug: ['NOISE'] },
};
const broken = { name: 'till', pattern: '(?<message>' };

const failure = { line: 80, text: 'OOPS@14-05-2024 11h32m40 <cart.store> cart 7 is lost' };

/** One line every two seconds from half past nine in UTC, written as nobody but this shop writes. */
const shopLog = Array.from({ length: 120 }, (_, at) => {
  if (at === failure.line) return failure.text;
  const minute = String(30 + Math.floor(at / 30)).padStart(2, '0');
  const second = String((at % 30) * 2).padStart(2, '0');
  return `NOISE@14-05-2024 11h${minute}m${second} <cart> basket ${at} kept for customer ${at * 7}`;
}).join('\n');

/** Opens the log of the shop, and says what the product takes it for. */
async function openShopLog({ window, folder }: Session): Promise<string> {
  const path = join(folder, 'shop.log');
  await writeFile(path, shopLog);
  await openLog(window, path);
  return `file://${path}`;
}

const formatOf = async ({ window }: Session, uri: string): Promise<string | undefined> =>
  (await report(window, uri))?.summary?.format;

async function useFolderSettings({ folder }: Session, settings: object): Promise<void> {
  await mkdir(join(folder, '.vscode'), { recursive: true });
  await writeFile(join(folder, '.vscode/settings.json'), JSON.stringify(settings));
}

const outline = ({ window }: Session, uri: string): Promise<string[]> =>
  window.host(async ({ vscode }, name) => {
    const symbols = await vscode.commands.executeCommand<{ name: string }[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      vscode.Uri.parse(name),
    );
    return (symbols ?? []).map((symbol) => symbol.name);
  }, uri);

describe('a format of the reader in the settings of a trusted folder', () => {
  const session = openSession();

  test('is used for a log that is open, in its marks, hovers and times', async () => {
    const uri = await openShopLog(session);
    expect(await formatOf(session, uri)).toBe('plain');
    await useFolderSettings(session, { 'faultline.formats': [sound] });
    await expect.poll(() => formatOf(session, uri), { timeout: 20_000 }).toBe('shop');
    await expect.poll(async () => (await outline(session, uri))[0]).toBe('09:30:00');
    await expect.poll(() => hoverAt(session.window, failure.line)).toContain('Logged at ERROR');
    expect(await hoverAt(session.window, failure.line)).toContain('09:32:40');
    await session.window.host(({ vscode }) => {
      const editor = vscode.window.activeTextEditor;
      if (editor !== undefined) editor.selection = new vscode.Selection(0, 0, 11, 3);
    });
    await expect
      .poll(() => session.window.page.locator('.statusbar').innerText(), { timeout: 10_000 })
      .toContain('12 lines · 22 s');
  });

  test('that is wrong is told, and the others are used', async () => {
    const { window } = session;
    await useFolderSettings(session, { 'faultline.formats': [broken, sound] });
    await window.page.getByText('Format 1 (till) has a pattern').first().waitFor();
    const uri = await openShopLog(session);
    expect(await formatOf(session, uri)).toBe('shop');
    expect((await outline(session, uri))[0]).toBe('09:30:00');
    await window.screenshot('formats');
    await window.page.getByRole('button', { name: 'Open Settings' }).click();
    await window.page.locator('.settings-editor').waitFor();
  });
});

describe('in Restricted Mode', () => {
  const session = openSession({
    'security.workspace.trust.enabled': true,
    'security.workspace.trust.startupPrompt': 'never',
  });

  test('a format of the folder is ignored, one of the user is used', async () => {
    const { window } = session;
    expect(await window.host(({ vscode }) => vscode.workspace.isTrusted)).toBe(false);
    // Notes are not restricted: they tell that the editor has read the file.
    await useFolderSettings(session, { 'faultline.formats': [sound], 'faultline.notes': false });
    const notes = (): Promise<unknown> =>
      window.host(({ vscode }) => vscode.workspace.getConfiguration('faultline').get('notes'));
    await expect.poll(notes, { timeout: 15_000 }).toBe(false);
    const uri = await openShopLog(session);
    expect(await formatOf(session, uri)).toBe('plain');
    expect((await outline(session, uri))[0]).toMatch(/^lines /);
    await set(window, 'formats', [sound]);
    await expect.poll(() => formatOf(session, uri), { timeout: 20_000 }).toBe('shop');
    await set(window, 'formats', undefined);
  });
});
