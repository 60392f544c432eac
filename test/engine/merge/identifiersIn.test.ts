import { describe, expect, it } from 'vitest';

import { identifierAt, identifiersIn } from '../../../src/engine/merge/identifiersIn.ts';

const ids = (text: string): string[] => identifiersIn(text).map(({ id }) => id);

describe('identifiersIn', () => {
  it('finds shapes that are identifiers anywhere', () => {
    expect(
      ids('handled 6fa459ea-ee8a-3ca4-894e-db77e160355e for 4bf92f3577b34da6a3ce929d0e0e4736'),
    ).toEqual(['6fa459ea-ee8a-3ca4-894e-db77e160355e', '4bf92f3577b34da6a3ce929d0e0e4736']);
    expect(ids('moved blk_1073741825 to req-9f3c2a1b')).toEqual(['blk_1073741825', 'req-9f3c2a1b']);
  });

  it('finds values behind a key that names something', () => {
    expect(ids('request_id=8f3a: done, traceId: "77c", took=12')).toEqual(['8f3a', '77c']);
    expect(ids('{"orderId": "A-551", "count": 7}')).toEqual(['A-551']);
    expect(ids('starting a request 5512 again')).toEqual(['5512']);
  });

  it('takes no words and no plain numbers', () => {
    expect(ids('read-timeout after 300 ms, id of the caller unknown')).toEqual([]);
  });

  it('says where they stand', () => {
    const line = 'ERROR request_id=8f3a failed';
    const [found] = identifiersIn(line);
    expect(line.slice(found!.from, found!.to)).toBe('8f3a');
  });
});

describe('identifierAt', () => {
  it('gives the identifier at the cursor, else the token there', () => {
    const line = 'worker-7 took request_id=8f3a now';
    expect(identifierAt(line, 27)).toBe('8f3a');
    expect(identifierAt(line, 3)).toBe('worker-7');
    expect(identifierAt('a  b', 2)).toBeNull();
  });
});
