import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const rooms = [
  'base',
  'privacy',
  'source',
  'record',
  'page',
  'merge',
  'template',
  'embed',
  'detect',
  'incident',
  'explain',
  'llm',
  'present',
  'analysis',
];

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** Files of a tree that breaks no rule: one that others may import, per room and project. */
const cleanTree: Record<string, string> = {
  ...Object.fromEntries(
    rooms.map((room, index) => [
      `src/engine/${room}/leaf.ts`,
      index === 0
        ? 'export const leaf = 1;\n'
        : `export { leaf } from '../${rooms[index - 1]!}/leaf.ts';\n`,
    ]),
  ),
  'src/engine/record/logFile.ts': "export { readFile } from 'node:fs/promises';\n",
  'src/engine/embed/transformersEmbedder.ts':
    "export { pipeline } from '@huggingface/transformers';\n",
  'src/protocol/leaf.ts': "export type { leaf } from '../engine/base/leaf.ts';\n",
  'src/host/leaf.ts': "import * as vscode from 'vscode';\nexport const version = vscode.version;\n",
  'src/worker/leaf.ts': "export { pipeline } from '../engine/embed/transformersEmbedder.ts';\n",
  'src/reader/leaf.ts': "export { leaf } from '../engine/merge/leaf.ts';\n",
  'src/eval/leaf.ts': "export { leaf } from '../engine/analysis/leaf.ts';\n",
  'src/cli/leaf.ts':
    "export { readFile } from '../engine/record/logFile.ts';\nexport { leaf } from '../eval/leaf.ts';\n",
  'webview/leaf.ts': "export type { leaf } from '../src/protocol/leaf.ts';\n",
  'test/support/leaf.ts': 'export const helper = 1;\n',
};

/** One violation per rule: rule → the file that breaks it, and its text. */
const planted: Record<string, { readonly file: string; readonly text: string }> = {
  'no-cycles': {
    file: 'src/worker/cycle.ts',
    text: "import './cycle.ts';\nexport const cycle = 1;\n",
  },
  'only-host-knows-vscode': {
    file: 'src/worker/planted.ts',
    text: "import type { Uri } from 'vscode';\nexport type Planted = Uri;\n",
  },
  'engine-is-pure': {
    file: 'src/engine/base/planted.ts',
    text: "export type { leaf } from '../../protocol/leaf.ts';\n",
  },
  'only-adapters-touch-the-outside': {
    file: 'src/engine/detect/planted.ts',
    text: "export { readFile } from 'node:fs/promises';\n",
  },
  'adapters-are-composed-by-roots': {
    file: 'src/engine/template/planted.ts',
    text: "export { readFile } from '../record/logFile.ts';\n",
  },
  'host-never-reaches-heavy-libraries': {
    file: 'src/host/planted.ts',
    text: "export { pipeline } from '../engine/embed/transformersEmbedder.ts';\n",
  },
  'host-does-not-import-roots': {
    file: 'src/host/plantedRoot.ts',
    text: "export { readFile } from '../cli/leaf.ts';\n",
  },
  'roots-do-not-import-each-other': {
    file: 'src/cli/planted.ts',
    text: "export { leaf } from '../../webview/leaf.ts';\n",
  },
  'reader-stays-light': {
    file: 'src/reader/planted.ts',
    text: "export { leaf } from '../engine/template/leaf.ts';\n",
  },
  'protocol-takes-only-types': {
    file: 'src/protocol/planted.ts',
    text: "export { leaf } from '../engine/base/leaf.ts';\n",
  },
  'webview-sees-protocol-only': {
    file: 'webview/planted.ts',
    text: "export { leaf } from '../src/engine/base/leaf.ts';\n",
  },
  'eval-sees-engine-only': {
    file: 'src/eval/planted.ts',
    text: "export { readFile } from '../cli/leaf.ts';\n",
  },
  'only-cli-measures': {
    file: 'src/worker/plantedMeasure.ts',
    text: "export { leaf } from '../eval/leaf.ts';\n",
  },
  'product-never-imports-test': {
    file: 'src/cli/plantedTest.ts',
    text: "export { helper } from '../../test/support/leaf.ts';\n",
  },
  ...Object.fromEntries(
    rooms.slice(0, -1).map((room, index) => [
      `engine-order-${room}`,
      {
        file: `src/engine/${room}/plantedOrder.ts`,
        text: `export type { leaf } from '../${rooms[index + 1]!}/leaf.ts';\n`,
      },
    ]),
  ),
};

async function cruise(folder: string): Promise<Violation[]> {
  const program = join(root, 'node_modules', '.bin', 'depcruise');
  const options = ['src', 'webview', '--config', '.dependency-cruiser.mjs', '-T', 'json'];
  // The status counts violations; they are in the report as well.
  const { stdout } = await promisify(execFile)(program, options, {
    cwd: folder,
    maxBuffer: 256 * 1024 * 1024,
  }).catch((error: unknown) => error as { stdout: string });
  const report = JSON.parse(stdout) as { summary: { violations: Violation[] } };
  return report.summary.violations;
}

let model: string;

beforeAll(async () => {
  model = await mkdtemp(join(tmpdir(), 'faultline-rooms-'));
  for (const name of ['.dependency-cruiser.mjs', 'tsconfig.base.json', 'package.json']) {
    await cp(join(root, name), join(model, name));
  }
  await symlink(join(root, 'node_modules'), join(model, 'node_modules'));
  for (const [file, text] of Object.entries(cleanTree)) {
    await mkdir(dirname(join(model, file)), { recursive: true });
    await writeFile(join(model, file), text);
  }
});

afterAll(async () => {
  await rm(model, { recursive: true, force: true });
});

describe('the rules of the architecture', () => {
  test('are silent on a tree that keeps them', async () => {
    expect(await cruise(model)).toEqual([]);
  });

  test('each have a planted violation here', async () => {
    const config = (await import(join(root, '.dependency-cruiser.mjs'))) as {
      default: { forbidden: { name: string }[] };
    };
    const names = config.default.forbidden.map((rule) => rule.name);
    expect(Object.keys(planted).sort()).toEqual(names.sort());
  });

  test('each report exactly what breaks them', async () => {
    for (const { file, text } of Object.values(planted)) await writeFile(join(model, file), text);
    const reported = (await cruise(model)).map(({ from, rule }) => `${rule.name}: ${from}`);
    const expected = Object.entries(planted).map(([rule, { file }]) => `${rule}: ${file}`);
    expect([...new Set(reported)].sort()).toEqual(expected.sort());
  });
});

describe('the import of vscode', () => {
  const complains = async (file: string): Promise<boolean> => {
    const eslint = new ESLint({ cwd: root });
    const text = "import * as vscode from 'vscode';\nexport const version = vscode.version;\n";
    const [result] = await eslint.lintText(text, { filePath: join(root, file) });
    return result!.messages.some(({ ruleId }) => ruleId === 'no-restricted-imports');
  };

  test.each([
    'src/engine/base/log.ts',
    'src/protocol/rpc.ts',
    'src/worker/main.ts',
    'src/cli/main.ts',
    'src/eval/rows.ts',
    'webview/main.ts',
  ])('is underlined in %s', async (file) => {
    expect(await complains(file)).toBe(true);
  });

  test('is fine in the host', async () => {
    expect(await complains('src/host/extension.ts')).toBe(false);
  });
});
