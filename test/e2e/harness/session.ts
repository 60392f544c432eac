import { afterAll, beforeAll } from 'vitest';

import { EditorWindow } from './editorWindow.ts';
import { sampleWorkspace, userSettings } from './workspace.ts';

/** A window on a copy of the sample incident, opened before the tests of a file and closed after. */
export interface Session {
  readonly window: EditorWindow;
  /** Folder of the copy. */
  readonly folder: string;
}

export function openSession(settings: Record<string, unknown> = {}): Session {
  let window: EditorWindow | undefined;
  let workspace: Awaited<ReturnType<typeof sampleWorkspace>> | undefined;
  beforeAll(async () => {
    await userSettings(settings);
    workspace = await sampleWorkspace();
    window = await EditorWindow.open(workspace.folder);
  });
  afterAll(async () => {
    await window?.close();
    await workspace?.remove();
  });
  return {
    get window() {
      if (window === undefined) throw new Error('The window did not open.');
      return window;
    },
    get folder() {
      if (workspace === undefined) throw new Error('There is no workspace.');
      return workspace.folder;
    },
  };
}
