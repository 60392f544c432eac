import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as workerThreads from 'node:worker_threads';

import { expect, test } from 'vitest';

import { finalReport, hoverAt, openLog, trafficLog } from './harness/faultline.ts';
import { openSession } from './harness/session.ts';
import { openInViewer, shownLines, viewerBanner, viewerPage } from './harness/viewerPage.ts';

const session = openSession();

/** Notes the threads that the extension starts from now on, by their names. */
const watchThreads = (): Promise<void> =>
  session.window.host(({ kept, require }) => {
    const threads = require('node:worker_threads') as typeof workerThreads;
    const Original = threads.Worker;
    threads.Worker = class extends Original {
      constructor(...[file, options]: ConstructorParameters<typeof Original>) {
        super(file, options);
        kept.set(options?.name ?? '', this);
      }
    };
  });

const stopThread = (name: string): Promise<void> =>
  session.window.host(async ({ kept }, thread) => {
    await (kept.get(thread) as { terminate: () => Promise<void> }).terminate();
  }, name);

test('the thread that reads logs is started again, and the view goes on and says so', async () => {
  const { window, folder } = session;
  await watchThreads();
  const path = join(folder, 'threads.log');
  await writeFile(path, trafficLog(['FATAL db disk full: cannot write'], 300, 3_000));
  const viewer = await openInViewer(window, path);
  await stopThread('faultline-reader');
  await expect.poll(() => viewerBanner(viewer), { timeout: 20_000 }).toContain('started again');
  await viewer.locator('#log').click({ position: { x: 300, y: 100 } });
  await window.page.keyboard.press('Control+End');
  await expect
    .poll(async () => (await shownLines(viewer)).at(-1)?.line, { timeout: 20_000 })
    .toBeGreaterThan(3_000);
  // Following goes on as well.
  await appendFile(path, '2026-05-04T12:00:00Z INFO  web written after the stop\n');
  await window.command('faultline.viewer.toggleFollow');
  await expect
    .poll(async () => (await shownLines(viewerPage(window))).at(-1)?.text, { timeout: 20_000 })
    .toContain('written after the stop');
});

test('the engine is started again, says so meanwhile, and finds what it had found', async () => {
  const { window, folder } = session;
  const path = `${folder}/orders.log`;
  const before = await openLog(window, path);
  await stopThread('faultline-engine');
  await window.command('faultline.analyseAgain');
  const after = await finalReport(window, `file://${path}`);
  expect(after.findings.map(({ line }) => line)).toEqual(before.findings.map(({ line }) => line));
  await stopThread('faultline-engine');
  // What is asked next has the log read again.
  void window.command('faultline.showFindings').catch(() => undefined);
  await window.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  await window.page.keyboard.press('Escape');
  // Until the engine has read the log again the hover says that it stopped.
  await expect
    .poll(() => hoverAt(window, after.findings[0]!.line), { timeout: 20_000 })
    .toContain('Pattern:');
});
