import type { EditorWindow } from './editorWindow.ts';

/** Sets a setting of ours for the user; undefined takes it away. */
export async function set(window: EditorWindow, name: string, value: unknown): Promise<void> {
  await window.host(
    async ({ vscode }, key, wanted) => {
      await vscode.workspace
        .getConfiguration('faultline')
        .update(key, wanted, vscode.ConfigurationTarget.Global);
    },
    name,
    value,
  );
}
