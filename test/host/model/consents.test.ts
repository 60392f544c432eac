import { describe, expect, it, vi } from 'vitest';
import { Consents } from '../../../src/host/model/consents.ts';
import { payload } from './payload.ts';

function memory(kept?: unknown) {
  const values = new Map<string, unknown>();
  if (kept !== undefined) values.set('modelConsents', kept);
  return {
    get: (key: string) => values.get(key),
    update: (key: string, value: unknown) => {
      values.set(key, value);
      return Promise.resolve();
    },
  };
}

describe('Consents', () => {
  it('hold for one provider at one address, at one level of privacy', async () => {
    const consents = new Consents(memory());
    expect(consents.has(payload())).toBe(false);
    await consents.add(payload());
    expect(consents.has(payload({ digest: 'other text' }))).toBe(true);
    expect(consents.has(payload({ level: 'secrets' }))).toBe(false);
    expect(consents.has(payload({ provider: 'OpenAI at api.openai.com.evil.example' }))).toBe(
      false,
    );
  });

  it('are kept, and gone once forgotten', async () => {
    const kept = memory();
    const consents = new Consents(kept);
    const told = vi.fn();
    consents.onDidChange(told);
    await consents.add(payload());
    await consents.add(payload());
    expect(new Consents(kept).has(payload())).toBe(true);
    expect(consents.list()).toEqual(['OpenAI at api.openai.com (personal)']);
    await consents.forget();
    expect(new Consents(kept).has(payload())).toBe(false);
    expect(told).toHaveBeenCalledTimes(2);
  });

  it('take nothing for a consent that is none', () => {
    for (const wrong of ['OpenAI at api.openai.com (personal)', 1, {}, [1, null]]) {
      expect(new Consents(memory(wrong)).has(payload())).toBe(false);
    }
  });
});
