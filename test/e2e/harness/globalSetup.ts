import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TestProject } from 'vitest/node';

import { stopAll } from '../../../scripts/lib/children.mjs';
import { packageExtension } from '../../../scripts/lib/vsix.mjs';
import { root } from '../../../scripts/lib/root.mjs';
import { freePort, installExtensions, startServer } from '../../../scripts/editor/server.mjs';
import { ensureChromium, ensureEditor } from '../../../scripts/editor/setUp.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    editorUrl: string;
    profile: string;
    driverFolder: string;
    chromium: string;
  }
}

/** One editor with the real VSIX and the driver installed, for all files of the suite. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const chromium = await ensureChromium();
  const editor = await ensureEditor();
  const home = await mkdtemp(join(tmpdir(), 'faultline-e2e-'));
  const profile = join(home, 'profile');
  const driverFolder = join(home, 'drivers');
  await mkdir(driverFolder);
  const driver = join(home, 'driver.vsix');
  await packageExtension(join(root, 'test/e2e/driver'), driver, [
    '--allow-star-activation',
    '--skip-license',
  ]);
  const vsix = (await readdir(root)).find((name) => name === 'faultline.vsix');
  if (vsix === undefined) throw new Error('No faultline.vsix: run `npm run package` first.');
  await installExtensions(editor, profile, [join(root, vsix), driver]);
  const server = await startServer(editor, {
    profile,
    port: await freePort(18_200),
    env: { FAULTLINE_DRIVER_FOLDER: driverFolder },
  });
  project.provide('editorUrl', server.url);
  project.provide('profile', profile);
  project.provide('driverFolder', driverFolder);
  project.provide('chromium', chromium);
  return async () => {
    await stopAll();
    await rm(home, { recursive: true, force: true });
  };
}
