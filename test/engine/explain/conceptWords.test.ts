import { describe, expect, it } from 'vitest';

import { readFacts } from '../../../src/engine/explain/knowledge/readFacts.ts';

/** The category that general words name first; `unknown` for none. */
function named(text: string): string {
  const facts = readFacts(text, false).filter(
    ({ role, category }) => role !== 'symptom' && category !== 'unknown',
  );
  return facts[0]?.category ?? 'unknown';
}

describe('things and what becomes of them', () => {
  it.each([
    ['the tablespace has no room for another extent', 'resource.disk'],
    ['swap exhausted while loading the model', 'resource.memory'],
    ['processor saturated by the encoder', 'resource.cpu'],
    ['sockets exhausted by clients that stay', 'resource.handles'],
    ['the monthly limit of your plan is exceeded', 'resource.quota'],
    ['uplink to site B went down', 'network.disconnect'],
    ['a revoked certificate was shown by the mirror', 'network.tls'],
    ['the hypervisor went offline', 'node.down'],
    ['the supervisor is killing the loader', 'process.killed'],
    ['account lacks the rights, access denied', 'auth.denied'],
    ['unrecognised option in line 4', 'config.invalid'],
    ['the schema is newer than this program, incompatible', 'version.mismatch'],
    ['precondition violated in the planner', 'code.assertion'],
    ['the segment is corrupted', 'data.corrupt'],
  ])('%s: %s', (text, category) => {
    expect(named(text)).toBe(category);
  });

  it.each([
    'full backup of drive D written',
    'swap file created with 4096 MB',
    'processor model and stepping read',
    'certificate renewed for another year',
    'option list printed',
    'version 4.2 started',
    'segment 41 merged into segment 42',
  ])('is no more than the thing where nothing became of it: %s', (text) => {
    expect(named(text)).toBe('unknown');
  });
});

it('does not take a file that is not found for a host that is not found', () => {
  const [first] = readFacts("raised FileNotFoundError(2, 'prices.csv')", false);
  expect(first?.category).toBe('data.missing');
});
