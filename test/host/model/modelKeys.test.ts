import { describe, expect, it } from 'vitest';
import type { KeyOwner } from '../../../src/host/model/modelKeys.ts';
import { ModelKeys } from '../../../src/host/model/modelKeys.ts';

function keys(): ModelKeys {
  const values = new Map<string, string>();
  return new ModelKeys({
    get: (name) => Promise.resolve(values.get(name)),
    store: (name, value) => {
      values.set(name, value);
      return Promise.resolve();
    },
    delete: (name) => {
      values.delete(name);
      return Promise.resolve();
    },
  });
}

const owner = (provider: KeyOwner['model.provider'], url = ''): KeyOwner => ({
  'model.provider': provider,
  'model.url': url,
});

describe('ModelKeys', () => {
  it('give a key to the host it was set for, and to no other', async () => {
    const kept = keys();
    await kept.set(owner('openai'), 'k');
    expect(await kept.get(owner('openai'))).toBe('k');
    expect(await kept.get(owner('openai', 'https://api.openai.com/v1'))).toBe('k');
    expect(await kept.get(owner('openai', 'https://collector.example/v1'))).toBeNull();
    expect(await kept.get(owner('openai', 'http://api.openai.com/v1'))).toBeNull();
    expect(await kept.get(owner('openai', 'https://api.openai.com:8443/v1'))).toBeNull();
    expect(await kept.get(owner('groq'))).toBeNull();
  });

  it('forget a key', async () => {
    const kept = keys();
    await kept.set(owner('custom', 'http://127.0.0.1:1/v1'), 'k');
    await kept.remove(owner('custom', 'http://127.0.0.1:1/other'));
    expect(await kept.get(owner('custom', 'http://127.0.0.1:1/v1'))).toBeNull();
  });
});
