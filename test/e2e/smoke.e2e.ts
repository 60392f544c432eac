import { expect, test } from 'vitest';

import { openSession } from './harness/session.ts';

const session = openSession();

test('the packaged extension is installed, and a log activates it', async () => {
  const { window, folder } = session;
  await window.openFile(`${folder}/orders.log`);
  await expect
    .poll(
      () =>
        window.host(
          ({ vscode }) => vscode.extensions.getExtension('faultline.faultline')?.isActive,
        ),
      { timeout: 20_000 },
    )
    .toBe(true);
});

test('activation is left to logs', async () => {
  const events = await session.window.host(
    ({ vscode }) =>
      (
        vscode.extensions.getExtension('faultline.faultline')?.packageJSON as {
          activationEvents: string[];
        }
      ).activationEvents,
  );
  expect(events).not.toContain('*');
});
