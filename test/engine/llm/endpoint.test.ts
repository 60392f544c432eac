import { describe, expect, it } from 'vitest';

import { requireKey, isLocalHost, resolveEndpoint } from '../../../src/engine/llm/endpoint.ts';
import type { PresetName } from '../../../src/engine/llm/modelChoice.ts';
import { presetNames } from '../../../src/engine/llm/modelChoice.ts';
import { presets } from '../../../src/engine/llm/presets.ts';

const resolve = (
  baseUrl: string | null,
  key: string | null = null,
  preset: PresetName = 'custom',
) =>
  resolveEndpoint({
    kind: 'endpoint',
    preset,
    baseUrl,
    model: 'm',
    key,
    contextTokens: null,
    privacy: null,
  });

describe('a local host', () => {
  it.each([
    'localhost',
    '127.0.0.1',
    '127.8.9.10',
    '[::1]',
    '0.0.0.0',
    '[::]',
    'api.localhost',
    '[::ffff:7f00:1]',
  ])('%s is this machine', (host) => {
    expect(isLocalHost(host)).toBe(true);
  });

  it.each([
    'localhost.example.com',
    '128.0.0.1',
    '127.0.0.1.example.com',
    '10.0.0.1',
    'notlocalhost',
  ])('%s is another one', (host) => {
    expect(isLocalHost(host)).toBe(false);
  });

  it('is known however its address is written', () => {
    for (const url of ['http://2130706433/v1', 'http://0x7f.1/v1', 'http://LOCALHOST:1234']) {
      expect(resolve(url).local).toBe(true);
    }
  });
});

describe('an address', () => {
  it.each([
    ['', 'invalid-argument'],
    ['not an address', 'invalid-argument'],
    ['ftp://localhost/v1', 'invalid-argument'],
    ['file:///etc/passwd', 'invalid-argument'],
    ['https://user:pw@api.example.com/v1', 'invalid-argument'],
    ['https://api.example.com/v1?key=abc', 'invalid-argument'],
    ['http://api.example.com/v1', 'llm-refused'],
  ])('%s is refused', (url, reason) => {
    expect(() => resolve(url)).toThrow(expect.objectContaining({ reason }) as Error);
  });

  it('sends no key in the clear, not even to the next room', () => {
    expect(resolve('http://192.168.1.20:11434/v1').local).toBe(false);
    expect(() => resolve('http://192.168.1.20:11434/v1', 'secret-key')).toThrow(
      expect.objectContaining({ reason: 'llm-refused' }) as Error,
    );
    expect(() => resolve('http://192.168.1.20.example.com/v1')).toThrow(/in the clear/);
    expect(resolve('http://localhost:1/v1', 'secret-key').key).toBe('secret-key');
  });

  it('loses the slash at its end, and names who receives what is sent', () => {
    const endpoint = resolve('https://api.example.com/v1///', 'k');
    expect(endpoint).toMatchObject({
      baseUrl: 'https://api.example.com/v1',
      provider: 'Model at api.example.com',
      name: 'custom/m',
      local: false,
    });
  });

  it('of a preset is known, and asks for a key where one is needed', () => {
    for (const preset of presetNames.filter((name) => name !== 'custom')) {
      const { needsKey, title } = presets[preset];
      if (needsKey) {
        const keyless = resolve(null, null, preset);
        expect(() => {
          requireKey(keyless);
        }).toThrow(`${title} needs a key`);
      }
      expect(resolve(null, 'key-1', preset).provider).toContain(title);
      expect(resolve(null, 'key-1', preset).local).toBe(!needsKey);
    }
    expect(() => resolve(null)).toThrow(/has no address/);
  });

  it('takes no key with a line break, which could add headers', () => {
    expect(() => resolve('https://api.example.com', 'a\r\nX-Evil: 1')).toThrow(/characters/);
  });
});
