import { afterAll, beforeAll, expect, test } from 'vitest';

import { EditorWindow } from './harness/editorWindow.ts';
import { sampleWorkspace, userSettings } from './harness/workspace.ts';

let window: EditorWindow;
let workspace: Awaited<ReturnType<typeof sampleWorkspace>>;

beforeAll(async () => {
  await userSettings();
  workspace = await sampleWorkspace();
  window = await EditorWindow.open(workspace.folder);
});

afterAll(async () => {
  await window.close();
  await workspace.remove();
});

test('the packaged extension is installed and activates on a log', async () => {
  await window.openFile(`${workspace.folder}/orders.log`);
  const active = await window.host(async ({ vscode }) => {
    const extension = vscode.extensions.getExtension('faultline.faultline');
    await extension?.activate();
    return extension?.isActive;
  });
  await window.screenshot('smoke');
  expect(active).toBe(true);
});
