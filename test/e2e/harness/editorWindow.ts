import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type * as vscodeApi from 'vscode';
import { inject } from 'vitest';

import { editorAddress } from '../../../scripts/editor/server.mjs';
import { root } from '../../../scripts/lib/root.mjs';

/** What a function gets that runs inside the extension host. */
export interface InsideHost {
  readonly vscode: typeof vscodeApi;
  /** Values kept from one call to the next. */
  readonly kept: Map<string, unknown>;
  readonly require: NodeJS.Require;
}

interface Driver {
  readonly port: number;
  readonly token: string;
  readonly pid: number;
}

const screenshots = join(root, '.cache', 'e2e');

async function drivers(): Promise<Driver[]> {
  const folder = inject('driverFolder');
  const notes = (await readdir(folder)).filter((name) => /^\d+\.json$/.test(name));
  return Promise.all(
    notes.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Driver),
  );
}

/** Waits for something that the editor does in its own time. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined>,
  patience = 20_000,
): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) {
      throw new Error(`Not within ${patience / 1000} s: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** One window of the real editor: the page for what a person sees, the host for what only code sees. */
export class EditorWindow {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #known: Set<number>;
  #driver: Driver | undefined;

  private constructor(browser: Browser, page: Page, known: Set<number>) {
    this.#browser = browser;
    this.page = page;
    this.#known = known;
  }

  /** Opens a window on a folder and waits until its extension host runs. */
  static async open(folder: string, size = { width: 1400, height: 900 }): Promise<EditorWindow> {
    const known = new Set((await drivers()).map((driver) => driver.pid));
    const browser = await chromium.launch({
      executablePath: inject('chromium'),
      chromiumSandbox: false,
    });
    const context: BrowserContext = await browser.newContext({
      viewport: size,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    // Leaving a page with unsaved text asks first; nobody is here to answer.
    page.on('dialog', (dialog) => {
      if (dialog.type() === 'beforeunload') void dialog.accept();
    });
    const window = new EditorWindow(browser, page, known);
    await page.goto(editorAddress(inject('editorUrl'), folder));
    await window.#ready();
    return window;
  }

  async #ready(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    this.#driver = await eventually(
      'the extension host started',
      async () => (await drivers()).find((driver) => !this.#known.has(driver.pid)),
      60_000,
    );
    this.#known.add(this.#driver.pid);
  }

  /** The command Reload Window: it lets the editor store what it shows, as closing a tab would not. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load', { timeout: 30_000 });
    // The extension host that was asked ends before it can answer.
    void this.command('workbench.action.reloadWindow').catch(() => undefined);
    await loaded;
    await this.#ready();
  }

  /**
   * Runs a function inside the extension host and gives back what it returns, as JSON. The function
   * travels as text: it sees its arguments, not its surroundings.
   */
  async host<A extends unknown[], R>(
    work: (inside: InsideHost, ...args: A) => R,
    ...args: A
  ): Promise<Awaited<R>> {
    if (this.#driver === undefined) throw new Error('The window is not ready.');
    const { port, token } = this.#driver;
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { authorization: token },
      body: JSON.stringify({ source: work.toString(), args }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Inside the extension host: ${text}`);
    return (JSON.parse(text) as { value: Awaited<R> }).value;
  }

  /** Runs a command by id, as a keybinding does. */
  async command(id: string, ...args: unknown[]): Promise<unknown> {
    return this.host(
      ({ vscode }, name, list) => vscode.commands.executeCommand(name, ...list),
      id,
      args,
    );
  }

  /** Opens a file in the editor, with the focus in its text. */
  async openFile(path: string): Promise<void> {
    await this.host(async ({ vscode }, file) => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
      await vscode.window.showTextDocument(document, { preview: false });
    }, path);
    await this.page.locator('.monaco-editor .view-lines .view-line').first().waitFor();
  }

  /** A picture for people, in .cache/e2e: tests assert on the page, never on pixels. */
  async screenshot(name: string): Promise<void> {
    await mkdir(screenshots, { recursive: true });
    await this.page.screenshot({ path: join(screenshots, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
