import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openSession } from './harness/session.ts';
import { set } from './harness/settings.ts';
import { openInViewer } from './harness/viewerPage.ts';

const session = openSession();

async function openRotated(name: string): Promise<void> {
  const live = join(session.folder, name);
  await writeFile(`${live}.1`, 'older\n');
  await writeFile(live, 'newer\n');
  await openInViewer(session.window, live);
}

test('an offer that was declined is a setting, and comes again when that is taken back', async () => {
  const { window } = session;
  await openRotated('cart.log');
  const offer = window.page.locator('.notification-list-item', { hasText: 'cart.log has' });
  await offer.getByRole('button', { name: 'Do Not Offer Again' }).click();
  const offered = (): Promise<unknown> =>
    window.host(({ vscode }) =>
      vscode.workspace.getConfiguration('faultline').get('offer.rotated'),
    );
  await expect.poll(offered, { timeout: 10_000 }).toBe(false);
  await openRotated('quiet.log');
  const quiet = window.page.getByText('quiet.log has an older part');
  expect(await quiet.count()).toBe(0);
  await set(window, 'offer.rotated', undefined);
  // The log at hand is offered as soon as the reader goes on.
  await openRotated('till.log');
  await quiet.first().waitFor();
  await window.page.getByText('till.log has an older part').first().waitFor();
});
