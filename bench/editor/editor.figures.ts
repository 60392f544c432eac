import { mkdtemp, rm } from 'node:fs/promises';
import type * as perfHooks from 'node:perf_hooks';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, test } from 'vitest';

import type { FaultlineApi } from '../../src/host/api.ts';
import { rulerColours } from '../../test/e2e/harness/editorText.ts';
import { EditorWindow, eventually } from '../../test/e2e/harness/editorWindow.ts';
import { finalReport } from '../../test/e2e/harness/faultline.ts';
import { userSettings } from '../../test/e2e/harness/workspace.ts';
import { writeBigLog } from './bigLog.ts';

const megabyte = 1024 * 1024;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faultline-figures-'));
  await writeBigLog(join(folder, 'ten.log'), 10 * megabyte);
  // The editor hands out documents below 50 MB.
  await writeBigLog(join(folder, 'fifty.log'), 49.5 * megabyte);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function print(name: string, figure: string): void {
  process.stdout.write(`${name.padEnd(64)} ${figure}\n`);
}

async function withWindow(
  settings: Record<string, unknown>,
  work: (window: EditorWindow) => Promise<void>,
): Promise<void> {
  await userSettings({ 'workbench.colorTheme': 'Default Dark Modern', ...settings });
  const window = await EditorWindow.open(folder);
  try {
    await work(window);
  } finally {
    await window.close();
  }
}

/** Samples the extension host from now on: delay of its event loop, and its memory. */
async function watch(window: EditorWindow): Promise<void> {
  await window.host(({ kept, require }) => {
    const { monitorEventLoopDelay } = require('node:perf_hooks') as typeof perfHooks;
    const delay = monitorEventLoopDelay({ resolution: 1 });
    const memory = { before: process.memoryUsage().rss, peak: 0 };
    const timer = setInterval(() => {
      memory.peak = Math.max(memory.peak, process.memoryUsage().rss);
    }, 50);
    delay.enable();
    kept.set('delay', delay).set('memory', memory).set('timer', timer);
  });
}

interface Watched {
  /** Milliseconds. */
  readonly p99: number;
  readonly most: number;
  /** Megabytes above what the host had before. */
  readonly memory: number;
}

async function watched(window: EditorWindow): Promise<Watched> {
  return window.host(({ kept }) => {
    const delay = kept.get('delay') as perfHooks.IntervalHistogram;
    const memory = kept.get('memory') as { before: number; peak: number };
    clearInterval(kept.get('timer') as NodeJS.Timeout);
    delay.disable();
    return {
      // The histogram counts from one tick to the next; the tick itself is a millisecond.
      p99: delay.percentile(99) / 1e6 - 1,
      most: delay.max / 1e6 - 1,
      memory: (memory.peak - memory.before) / 1024 / 1024,
    };
  });
}

test('activation', () =>
  withWindow({}, async (window) => {
    const milliseconds = await window.host(async ({ vscode }) => {
      const began = performance.now();
      await vscode.extensions.getExtension('faultline.faultline')?.activate();
      return performance.now() - began;
    });
    print('activation, code loading included (goal 50 ms)', `${milliseconds.toFixed(0)} ms`);
  }));

test('first marks of a 10 MB log', () =>
  withWindow({}, async (window) => {
    const path = join(folder, 'ten.log');
    const began = performance.now();
    const known = window.host(async ({ vscode }, file) => {
      const extension = vscode.extensions.getExtension<FaultlineApi>('faultline.faultline');
      const api = await extension!.activate();
      const uri = vscode.Uri.file(file);
      const opened = performance.now();
      const found = new Promise<number>((resolve) => {
        api.onDidChangeReport(() => {
          if ((api.report(uri)?.findings.length ?? 0) > 0) resolve(performance.now() - opened);
        });
      });
      await vscode.window.showTextDocument(uri);
      const shown = performance.now() - opened;
      return { shown, found: await found };
    }, path);
    await eventually(
      'marks in the overview ruler',
      async () => ((await rulerColours(window.page, ['#e5484d']))[0] === true ? true : undefined),
      120_000,
    );
    const seen = performance.now() - began;
    const { shown, found } = await known;
    print('10 MB: text shown, after opening', `${shown.toFixed(0)} ms`);
    print('10 MB: first findings, after opening (goal 1,000 ms)', `${found.toFixed(0)} ms`);
    print('10 MB: first marks seen on the page, polled', `${seen.toFixed(0)} ms`);
    const { summary } = await finalReport(window, `file://${path}`);
    print('10 MB: analysis with embeddings', `${summary!.milliseconds.toFixed(0)} ms`);
  }));

test('the extension host while a 50 MB log is analysed', async () => {
  const path = join(folder, 'fifty.log');
  const open = (window: EditorWindow): Promise<void> =>
    window.host(async ({ vscode }, file) => {
      await vscode.window.showTextDocument(vscode.Uri.file(file));
    }, path);
  let alone: Watched | undefined;
  await withWindow({ 'faultline.enable': false }, async (window) => {
    await window.host(({ vscode }) =>
      vscode.extensions.getExtension('faultline.faultline')?.activate(),
    );
    await watch(window);
    await open(window);
    await new Promise((resolve) => setTimeout(resolve, 15_000));
    alone = await watched(window);
  });
  await withWindow({}, async (window) => {
    await window.host(({ vscode }) =>
      vscode.extensions.getExtension('faultline.faultline')?.activate(),
    );
    await watch(window);
    await open(window);
    await finalReport(window, `file://${path}`, 240_000);
    const { p99, most, memory } = await watched(window);
    const by = (figure: number, unit: string): string => `${figure.toFixed(0)} ${unit}`;
    print('50 MB: event-loop delay p99 (goal 50 ms)', by(p99, 'ms'));
    print('50 MB: event-loop delay p99, analysis off', by(alone!.p99, 'ms'));
    print('50 MB: longest delay', by(most, 'ms'));
    print('50 MB: longest delay, analysis off', by(alone!.most, 'ms'));
    print('50 MB: memory of host and worker', by(memory, 'MB'));
    print('50 MB: memory of host, analysis off', by(alone!.memory, 'MB'));
    print('50 MB: worker, the difference (goal 400 MB)', by(memory - alone!.memory, 'MB'));
  });
});
