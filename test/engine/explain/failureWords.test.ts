import { describe, expect, it } from 'vitest';

import { readFacts } from '../../../src/engine/explain/knowledge/readFacts.ts';

const named = (text: string): string =>
  readFacts(text, false).find(({ category }) => category !== 'unknown')?.category ?? 'none';

describe('what did not work', () => {
  it.each([
    ['failed to send the invoice', 'dependency.unavailable'],
    ['unable to decode frame 12', 'data.corrupt'],
    ['upload failed', 'dependency.unavailable'],
    ['precheck failed', 'dependency.unavailable'],
    ['error while rendering the page', 'config.invalid'],
    ['could not acquire the turnstile', 'concurrency'],
    ['SHOP_TOKEN is not set', 'config.invalid'],
    ['SHOP_TOKEN undefined', 'config.invalid'],
    ['SQLSTATE[53100]: cannot go on', 'resource.disk'],
    ['sqlstate=28P01', 'auth.denied'],
    ['faulted with 0xC0000005', 'process.crash'],
    ['exited with code -1073741819', 'process.crash'],
    ['died of SIGXCPU', 'resource.cpu'],
    ['orders\tstart\tError\t139', 'process.crash'],
  ])('%s', (text, category) => {
    expect(named(text)).toBe(category);
  });

  it.each([
    '0 write errors',
    'no sync failures',
    'send error: null',
    'SHOP_TOKEN is set',
    'sqlstate=00000',
    'status 0x00000000',
  ])('is not said by %s', (text) => {
    const facts = readFacts(text, false).filter(({ strength }) => strength >= 0.3);
    expect(facts.filter(({ category }) => category !== 'unknown')).toEqual([]);
  });
});
