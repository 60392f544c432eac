import { describe, expect, it } from 'vitest';
import { rotatedSet } from '../../../src/engine/source/rotation.ts';

describe('rotatedSet', () => {
  it.each([
    [
      'app.log',
      ['app.log', 'app.log.10.gz', 'app.log.2', 'app.log.1', 'apps.log', 'app.log.bak'],
      ['app.log.10.gz', 'app.log.2', 'app.log.1', 'app.log'],
    ],
    ['app.log', ['app.1.log', 'app.log', 'app.2.log'], ['app.2.log', 'app.1.log', 'app.log']],
    [
      'app.log.1',
      ['app.log', 'app.log.1', 'app.log-20240514.xz', 'app.log-20240513'],
      ['app.log-20240513', 'app.log-20240514.xz', 'app.log.1', 'app.log'],
    ],
    [
      'app.log',
      ['app-2024-05-14.log', 'app-2023-12-31.log.gz', 'app.log'],
      ['app-2023-12-31.log.gz', 'app-2024-05-14.log', 'app.log'],
    ],
    ['app.log', ['app.log', 'app.log.1', 'app.log.1.gz'], ['app.log.1', 'app.log']],
  ])('finds the parts of %s, oldest first', (name, siblings, parts) => {
    expect(rotatedSet(name, siblings).names).toEqual(parts);
  });

  it('says which numbers are missing', () => {
    expect(rotatedSet('a.log', ['a.log', 'a.log.4', 'a.log.2']).missing).toEqual([1, 3]);
    expect(rotatedSet('a.log', ['a.log']).missing).toEqual([]);
  });
});
