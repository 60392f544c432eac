// Writes models/manifest.json from the files that lie in models/.
//
//     node scripts/model/manifest.mjs

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const models = new URL('../../models/', import.meta.url);
const id = 'all-MiniLM-L6-v2';
const paths = [
  'config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'onnx/model_quantized.onnx',
];

const files = paths.map((path) => {
  const content = readFileSync(new URL(`${id}/${path}`, models));
  return {
    path,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  };
});

const manifest = {
  version: 1,
  models: [
    {
      id,
      precision: 'q8',
      dimensions: 384,
      maxTokens: 128,
      licence: 'Apache-2.0',
      source: 'https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2',
      weightsSha256: '53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db',
      files,
    },
  ],
};

writeFileSync(new URL('manifest.json', models), `${JSON.stringify(manifest, null, 2)}\n`);
