import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openSession } from './harness/session.ts';
import { openInViewer } from './harness/viewerPage.ts';

const session = openSession();

/** They work without a log. */
const general = new Set(
  [
    'chooseModel',
    'explainWorkspace',
    'forgetModelConsent',
    'getStarted',
    'manageIncidents',
    'openConcatenated',
    'openInViewer',
    'openMerged',
    'openRotated',
    'removeModelKey',
    'searchIncidents',
    'setModelKey',
    'showNormal',
    'showOutput',
    'toggle',
    'toggleDeltas',
  ].map((name) => `faultline.${name}`),
);

/** It works on every file. */
const ofFiles = 'faultline.openAsText';

/** A second run takes back what the first one switched. */
const switches = new Set(
  ['toggle', 'toggleDeltas', 'followLog'].map((name) => `faultline.${name}`),
);

/** Commands of the viewer's own keys are offered in the viewer alone. */
const ofViewer = 'faultline.viewer.';

const commandIds = (): Promise<string[]> =>
  session.window.host(({ vscode }) => {
    const manifest = vscode.extensions.getExtension('faultline.faultline')?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    return manifest.contributes.commands.map(({ command }) => command);
  });

/**
 * Runs a command as the palette does, until it is done or asks for something.
 * @returns what it failed with; empty where it did not
 */
const run = (id: string): Promise<string> =>
  session.window.host(async ({ vscode }, name) => {
    const asked = new Promise<string>((resolve) => setTimeout(resolve, 500, ''));
    const done = Promise.resolve(vscode.commands.executeCommand(name)).then(
      () => '',
      (error: unknown) => String(error),
    );
    return Promise.race([asked, done]);
  }, id);

const toasts = () => session.window.page.locator('.notification-toast');
const errors = () => toasts().filter({ has: session.window.page.locator('.codicon-error') });

const openAs: Readonly<Record<string, () => Promise<unknown>>> = {
  'no editor': () => Promise.resolve(),
  'a text that is no log': async () => {
    const path = join(session.folder, 'notes.md');
    await writeFile(path, '# Notes\n');
    await session.window.openFile(path);
  },
  'a log': () => session.window.openFile(join(session.folder, 'api.log')),
  'a log in the viewer': () => openInViewer(session.window, join(session.folder, 'api.log')),
};

test.each(Object.keys(openAs))(
  'with %s every command works or says why not',
  async (kind) => {
    const { window } = session;
    const failed: string[] = [];
    const silent: string[] = [];
    const hasLog = kind.startsWith('a log');
    for (const id of await commandIds()) {
      if (id.startsWith(ofViewer) && kind !== 'a log in the viewer') continue;
      await openAs[kind]?.();
      await window.command('notifications.clearAll');
      // The editor drops the third notification within 0.8 s.
      await window.page.waitForTimeout(400);
      const failure = await run(id);
      if (failure !== '') failed.push(`${id}: ${failure}`);
      const works = hasLog || general.has(id) || (id === ofFiles && kind !== 'no editor');
      if (!works) {
        await toasts()
          .first()
          .waitFor({ timeout: 3000 })
          .catch(() => silent.push(id));
      }
      failed.push(...(await errors().allInnerTexts()).map((text) => `${id}: ${text}`));
      // Takes away what it asked.
      await window.page.keyboard.press('Escape');
      if (switches.has(id)) await run(id);
      await window.command('workbench.action.closeAllEditors');
    }
    expect({ failed, silent }).toEqual({ failed: [], silent: [] });
  },
  300_000,
);
