import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError, type ErrorReason } from '../../../src/engine/base/engineError.ts';
import { nullLog } from '../../../src/engine/base/log.ts';
import { checkModelFiles } from '../../../src/engine/embed/modelFiles.ts';
import { openEmbedder } from '../../../src/engine/embed/openEmbedder.ts';
import { modelsDir } from '../../support/models.ts';

const onnx = 'all-MiniLM-L6-v2/onnx/model_quantized.onnx';

let folder: string;
let copy: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embedder-'));
  copy = join(folder, 'models');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const open = (models: string) =>
  openEmbedder({ modelsDir: models, cacheDir: join(folder, 'cache'), cores: 1, log: nullLog });

const damages: readonly { what: string; reason: ErrorReason; damage: () => void }[] = [
  {
    what: 'a missing folder',
    reason: 'model-missing',
    damage: () => {
      rmSync(copy, { recursive: true });
    },
  },
  {
    what: 'a missing file',
    reason: 'model-missing',
    damage: () => {
      rmSync(join(copy, onnx));
    },
  },
  {
    what: 'a folder in place of a file',
    reason: 'model-missing',
    damage: () => {
      rmSync(join(copy, onnx));
      mkdirSync(join(copy, onnx));
    },
  },
  {
    what: 'a cut file',
    reason: 'model-corrupt',
    damage: () => {
      writeFileSync(join(copy, onnx), readFileSync(join(copy, onnx)).subarray(0, 1_000_000));
    },
  },
  {
    what: 'one changed byte',
    reason: 'model-corrupt',
    damage: () => {
      const bytes = readFileSync(join(copy, onnx));
      bytes.writeUInt8(bytes.readUInt8(12_345_678) ^ 1, 12_345_678);
      writeFileSync(join(copy, onnx), bytes);
    },
  },
  {
    what: 'a manifest that is not JSON',
    reason: 'model-corrupt',
    damage: () => {
      writeFileSync(join(copy, 'manifest.json'), '{"version": 1, "models": [');
    },
  },
  {
    what: 'a manifest that points outside its folder',
    reason: 'model-corrupt',
    damage: () => {
      const path = join(copy, 'manifest.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace('"config.json"', '"../config.json"'));
    },
  },
];

describe('openEmbedder', () => {
  it('uses the local model', async () => {
    const { embedder, status, close } = await open(modelsDir);
    expect(status.state).toBe('ready');
    expect(status.detail).toBe('');
    expect(status.id).toBe(embedder.id);
    expect(embedder.id).toContain('all-MiniLM-L6-v2');
    expect(await embedder.embed(['a b', 'a <*> b'])).toHaveLength(2);
    await close();
  });

  it.each(damages)('falls back and says why: $what', async ({ damage, reason }) => {
    cpSync(modelsDir, copy, { recursive: true });
    damage();
    await expect(checkModelFiles(copy)).rejects.toSatisfy((error) => EngineError.is(error, reason));
    const { embedder, status } = await open(copy);
    expect(status.state).toBe('fallback');
    expect(status.detail).toMatch(/model/);
    expect(status.id).toBe(embedder.id);
    expect(await embedder.embed(['still works'])).toHaveLength(1);
  });

  it('falls back when the files are as listed but no model', async () => {
    const { createHash } = await import('node:crypto');
    cpSync(modelsDir, copy, { recursive: true });
    const junk = Buffer.from('not a model');
    writeFileSync(join(copy, onnx), junk);
    const path = join(copy, 'manifest.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as {
      models: { files: { path: string; bytes: number; sha256: string }[] }[];
    };
    const file = manifest.models[0]!.files.find((each) => each.path.endsWith('.onnx'))!;
    file.bytes = junk.length;
    file.sha256 = createHash('sha256').update(junk).digest('hex');
    writeFileSync(path, JSON.stringify(manifest));
    const { status } = await open(copy);
    expect(status.state).toBe('fallback');
    expect(status.detail).toContain('could not be started');
  });

  it('names a model that the manifest does not have', async () => {
    await expect(checkModelFiles(modelsDir, 'other')).rejects.toSatisfy((error) =>
      EngineError.is(error, 'model-missing'),
    );
  });
});
