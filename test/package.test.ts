import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, expect, test } from 'vitest';

import { packageExtension, vsixPath } from '../scripts/lib/vsix.mjs';
import { readZip } from './support/zipFile.ts';

interface Manifest {
  readonly models: readonly {
    readonly id: string;
    readonly files: readonly { readonly path: string; readonly sha256: string }[];
  }[];
}

const root = join(import.meta.dirname, '..');
let archive: Buffer;
let files: Map<string, () => Buffer>;

const text = (name: string): string => files.get(name)!().toString('utf8');

beforeAll(async () => {
  await packageExtension(root, vsixPath);
  archive = await readFile(vsixPath);
  files = readZip(archive);
}, 60_000);

test('the package holds exactly what is meant to ship', async () => {
  await expect(`${[...files.keys()].sort().join('\n')}\n`).toMatchFileSnapshot(
    'package.golden.txt',
  );
});

test('the package weighs at most 40 MB', () => {
  expect(archive.length).toBeLessThanOrEqual(40 * 1024 * 1024);
});

test('every file of the model arrives as the manifest says', () => {
  const manifest = JSON.parse(text('extension/models/manifest.json')) as Manifest;
  expect(manifest.models.length).toBeGreaterThan(0);
  for (const model of manifest.models) {
    for (const { path, sha256 } of model.files) {
      const contents = files.get(`extension/models/${model.id}/${path}`)!();
      expect(createHash('sha256').update(contents).digest('hex'), path).toBe(sha256);
    }
  }
});

test('every file that the extension manifest names is there', () => {
  const manifest = JSON.parse(text('extension/package.json')) as { main: string; icon: string };
  expect(files.has(`extension/${manifest.main.replace('./', '')}`)).toBe(true);
  expect(files.has(`extension/${manifest.icon}`)).toBe(true);
});

test('the notices name the packages that the bundles contain', () => {
  const notices = text('extension/dist/ThirdPartyNotices.txt');
  for (const name of ['@huggingface/transformers', 'onnxruntime-web', 'vectra', 'lit', 'uplot']) {
    expect(notices).toContain(`\n${name} `);
  }
});
