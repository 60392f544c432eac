import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { afterAll, beforeAll, test } from 'vitest';

import { EditorWindow } from '../../test/e2e/harness/editorWindow.ts';
import { userSettings } from '../../test/e2e/harness/workspace.ts';
import { writeBigLog } from './bigLog.ts';
import { timeToPaint, watchPaints } from './paintTime.ts';

let folder: string;
let huge: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faultline-first-screen-'));
  const part = join(folder, 'part.log');
  huge = join(folder, 'huge.log');
  await writeBigLog(part, 100_000_000);
  for (let copy = 0; copy < 100; copy++) {
    await pipeline(createReadStream(part), createWriteStream(huge, { flags: 'a' }));
  }
}, 300_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function print(name: string, figure: string): void {
  process.stdout.write(`${name.padEnd(56)} ${figure}\n`);
}

const pages = {
  viewer: (window: EditorWindow) => timeToPaint(window, 'faultline.openInViewer', huge),
  floor: (window: EditorWindow) =>
    timeToPaint(window, 'vscode.openWith', huge, 'faultline-test.floor'),
};

/** With analysis, as readers have it; window and extension have come to rest. */
async function withWindow(work: (window: EditorWindow) => Promise<void>): Promise<void> {
  await userSettings({ 'workbench.colorTheme': 'Default Dark Modern' });
  const window = await EditorWindow.open(folder);
  try {
    await window.host(({ vscode }) =>
      vscode.extensions.getExtension('faultline.faultline')?.activate(),
    );
    await window.page.waitForTimeout(3000);
    await watchPaints(window);
    await work(window);
  } finally {
    await window.close();
  }
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other);
  const [least, middle, most] = [0, times.length >> 1, times.length - 1].map((index) =>
    sorted[index]!.toFixed(0),
  );
  return `median ${middle} ms (${least} to ${most})`;
}

test('first lines of a log of 10 GB', async () => {
  for (const name of ['floor', 'viewer'] as const) {
    await withWindow(async (window) => {
      const time = await pages[name](window);
      print(`10 GB: first page of a window, ${name}`, `${time.toFixed(0)} ms`);
    });
  }
  await withWindow(async (window) => {
    await pages.floor(window);
    const first = await pages.viewer(window);
    const floors: number[] = [];
    const views: number[] = [];
    for (let round = 0; round < 9; round++) {
      floors.push(await pages.floor(window));
      views.push(await pages.viewer(window));
    }
    print('10 GB: from the command to painted lines (goal 300 ms)', spread(views));
    print('floor: an empty custom editor, one word painted', spread(floors));
    print('10 GB: reading thread started for it', `${first.toFixed(0)} ms`);
  });
});
