// node scripts/makeIcon.mjs: media/icon.svg as the 256-pixel PNG that the market place asks for.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { ensureChromium } from './editor/setUp.mjs';
import { root } from './lib/root.mjs';

const svg = await readFile(join(root, 'media', 'icon.svg'), 'utf8');
const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  chromiumSandbox: false,
});
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<style>body { margin: 0; } svg { display: block; }</style>${svg}`);
await page.screenshot({ path: join(root, 'media', 'icon.png'), omitBackground: true });
await browser.close();
