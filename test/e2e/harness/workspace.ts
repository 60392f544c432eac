import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { inject } from 'vitest';

import { root } from '../../../scripts/lib/root.mjs';
import { writeUserSettings } from '../../../scripts/editor/server.mjs';

/** A copy of the sample incident in a folder of its own: tests write to it. */
export async function sampleWorkspace(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'faultline-logs-'));
  const folder = join(home, 'incident');
  await cp(join(root, 'samples', 'incident'), folder, { recursive: true });
  return { folder, remove: () => rm(home, { recursive: true, force: true }) };
}

const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'security.workspace.trust.enabled': false,
  'extensions.ignoreRecommendations': true,
  'update.showReleaseNotes': false,
  'window.menuBarVisibility': 'classic',
};

/** Settings of the reader for the windows opened next. */
export async function userSettings(extra: Record<string, unknown> = {}): Promise<void> {
  await writeUserSettings(inject('profile'), { ...quiet, ...extra });
}
