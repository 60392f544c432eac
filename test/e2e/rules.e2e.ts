import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openLog, trafficLog } from './harness/faultline.ts';
import { explainLog } from './harness/panelPage.ts';
import { openSession } from './harness/session.ts';

const session = openSession();

const rule = `family: conveyor
product: Conveyors
rules:
  - id: conveyor-jam
    title: The conveyor is jammed
    category: resource.quota
    strength: 0.95
    says: A widget jammed the conveyor
    match:
      phrases: ['jammed the conveyor']
    fixes:
      - Take the widget out and restart the belt.
`;

const statusLabel = () =>
  session.window.page.locator('[id="status.languageStatus"]').getAttribute('aria-label');

test('rules of the workspace are read, used, read again, and what is wrong is told', async () => {
  const { window, folder } = session;
  const log = join(folder, 'belt.log');
  await writeFile(log, trafficLog(['ERROR belt widget 7 jammed the conveyor at gate 3']));
  await mkdir(join(folder, '.faultline'));
  await writeFile(join(folder, '.faultline/rules.yaml'), rule);
  await openLog(window, log);
  await expect
    .poll(
      async () => {
        const panel = await explainLog(window);
        return panel.locator('.conclusion').textContent();
      },
      { timeout: 30_000, interval: 1_000 },
    )
    .toContain('jammed the conveyor');
  const panel = await explainLog(window);
  expect(await panel.locator('.conclusion').textContent()).toContain('resource.quota');
  expect(await panel.locator('body').textContent()).toContain('restart the belt');
  await window.screenshot('rules');

  await writeFile(join(folder, '.faultline/rules.yaml'), rule.replace('resource.quota', 'luck'));
  await expect.poll(statusLabel, { timeout: 20_000 }).toContain('rules of this workspace');
  await writeFile(join(folder, '.faultline/rules.yaml'), rule);
  await expect.poll(statusLabel, { timeout: 20_000 }).not.toContain('rules of this workspace');
});
