import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type * as v8Module from 'node:v8';
import type * as vmModule from 'node:vm';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';

import { EditorWindow } from '../../test/e2e/harness/editorWindow.ts';
import { openInViewer } from '../../test/e2e/harness/viewerPage.ts';
import { userSettings } from '../../test/e2e/harness/workspace.ts';
import { writeBigLog } from './bigLog.ts';

const megabyte = 1_000_000;
let folder: string;
let large: string;
let huge: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faultline-viewer-figures-'));
  large = join(folder, 'large.log');
  huge = join(folder, 'huge.log');
  await writeBigLog(large, 400 * megabyte);
  for (let copy = 0; copy < 5; copy++) {
    await pipeline(createReadStream(large), createWriteStream(huge, { flags: 'a' }));
  }
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function print(name: string, figure: string): void {
  process.stdout.write(`${name.padEnd(56)} ${figure}\n`);
}

/** Without analysis: these are the figures of the viewer, on two cores that both would want. */
async function withWindow(work: (window: EditorWindow) => Promise<void>): Promise<void> {
  await userSettings({
    'workbench.colorTheme': 'Default Dark Modern',
    'faultline.enable': false,
  });
  const window = await EditorWindow.open(folder);
  try {
    await work(window);
  } finally {
    await window.close();
  }
}

interface Frames {
  readonly count: number;
  /** Milliseconds between two frames. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly most: number;
}

/** Times every frame of the page while something is done to it. */
async function framesDuring(viewer: FrameLocator, work: () => Promise<void>): Promise<Frames> {
  const log = viewer.locator('.log');
  await log.evaluate((element) => {
    const times: number[] = [];
    Object.assign(element, { frameTimes: times });
    const tick = (now: number): void => {
      times.push(now);
      if ('frameTimes' in element) window.requestAnimationFrame(tick);
    };
    window.requestAnimationFrame(tick);
  });
  await work();
  const times = await log.evaluate((element) => {
    const { frameTimes } = element as unknown as { frameTimes: number[] };
    delete (element as unknown as { frameTimes?: number[] }).frameTimes;
    return frameTimes;
  });
  const lengths = times.slice(1).map((time, index) => time - times[index]!);
  lengths.sort((one, other) => one - other);
  const at = (share: number): number =>
    lengths[Math.min(lengths.length - 1, Math.floor(lengths.length * share))] ?? NaN;
  return { count: lengths.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) };
}

const rest = (page: Page): Promise<void> => page.waitForTimeout(600);

/** What readers do with a long log, at the pace of a hand. */
const movements: Readonly<Record<string, (page: Page, viewer: FrameLocator) => Promise<void>>> = {
  'wheel, 240 pixels a turn': async (page, viewer) => {
    await viewer.locator('.log').hover();
    for (let turn = 0; turn < 200; turn++) {
      await page.mouse.wheel(0, 240);
      await page.waitForTimeout(16);
    }
  },
  'thumb dragged from end to end': async (page, viewer) => {
    const bar = (await viewer.locator('.bar').boundingBox())!;
    const thumb = (await viewer.locator('.thumb').boundingBox())!;
    await page.mouse.move(bar.x + 6, thumb.y + thumb.height / 2);
    await page.mouse.down();
    for (let step = 0; step <= 200; step++) {
      await page.mouse.move(bar.x + 6, bar.y + 12 + (step / 200) * (bar.height - 40));
      await page.waitForTimeout(16);
    }
    await page.mouse.up();
  },
  'Page Down held': async (page, viewer) => {
    await viewer.locator('.log').focus();
    for (let press = 0; press < 120; press++) {
      await page.keyboard.down('PageDown');
      await page.waitForTimeout(30);
    }
    await page.keyboard.up('PageDown');
  },
};

test('frames while a log of 400 MB is scrolled', () =>
  withWindow(async (window) => {
    const { page } = window;
    const viewer = await openInViewer(window, large);
    await rest(page);
    const show = (name: string, { count, p50, p95, p99, most }: Frames): void => {
      const figures = [p50, p95, p99, most].map((figure) => figure.toFixed(1)).join(' / ');
      print(name, `p50 / p95 / p99 / max ${figures} ms of ${count} frames`);
    };
    for (const wrapped of [false, true]) {
      if (wrapped) await window.command('faultline.viewer.toggleWrap');
      await rest(page);
      const idle = await framesDuring(viewer, () => page.waitForTimeout(3000));
      show(`floor: nothing moves${wrapped ? ', wrapped' : ''}`, idle);
      for (const [name, move] of Object.entries(movements)) {
        await viewer.locator('.log').focus();
        await page.keyboard.press('Control+Home');
        await rest(page);
        show(
          `${name}${wrapped ? ', wrapped' : ''} (goal p99 32 ms)`,
          await framesDuring(viewer, () => move(page, viewer)),
        );
      }
    }
  }));

test('memory of the extension host with a log of 2 GB open', () =>
  withWindow(async (window) => {
    const memory = (): Promise<{
      readonly heap: number;
      readonly buffers: number;
      readonly rss: number;
    }> =>
      window.host(({ require }) => {
        // What is only garbage is nobody's memory; the flag makes the collector callable.
        const v8 = require('node:v8') as typeof v8Module;
        const vm = require('node:vm') as typeof vmModule;
        v8.setFlagsFromString('--expose-gc');
        (vm.runInNewContext('gc') as () => void)();
        const { heapUsed, external, rss } = process.memoryUsage();
        return { heap: heapUsed / 1e6, buffers: external / 1e6, rss: rss / 1e6 };
      });
    await window.host(({ vscode }) =>
      vscode.extensions.getExtension('faultline.faultline')?.activate(),
    );
    await rest(window.page);
    const before = await memory();
    const viewer = await openInViewer(window, huge);
    await movements['wheel, 240 pixels a turn']!(window.page, viewer);
    await viewer.locator('.facts', { hasText: /· [\d,]+ lines/ }).waitFor({ timeout: 120_000 });
    const after = await memory();
    const grown = (one: number, other: number): string => `${(other - one).toFixed(1)} MB`;
    print('2 GB: heap of the host, more', grown(before.heap, after.heap));
    print('2 GB: buffers of the host, more', grown(before.buffers, after.buffers));
    print(
      '2 GB: both together (goal 50 MB)',
      grown(before.heap + before.buffers, after.heap + after.buffers),
    );
    print('2 GB: process of the host, reading thread included, more', grown(before.rss, after.rss));
  }));
