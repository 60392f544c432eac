import { describe, expect, it } from 'vitest';
import { LogSession } from '../../src/engine/analysis/logSession.ts';
import { decodeLog } from '../../src/engine/record/decodeLog.ts';
import { LogShelf } from '../../src/worker/logShelf.ts';

const deps = {
  embedder: null,
  embedderStatus: { id: 'none', state: 'off', detail: '' },
  now: () => 0,
} as const;
const session = (bytes: number): LogSession =>
  new LogSession(decodeLog('a.log', new Uint8Array(bytes).fill(0x61)), deps);

describe('LogShelf', () => {
  it('forgets the logs that nobody asked about for longest when memory runs short', () => {
    const shelf = new LogShelf(250);
    shelf.put('a', session(100), true);
    shelf.put('b', session(100), true);
    shelf.get('a');
    shelf.put('c', session(100), true);
    expect(() => shelf.get('b')).toThrow(expect.objectContaining({ reason: 'not-found' }) as Error);
    expect(shelf.get('a').key).toBe('a');
    expect(shelf.get('c').key).toBe('c');
  });

  it('keeps the log in hand, however large', () => {
    const shelf = new LogShelf(10);
    shelf.put('a', session(100), true);
    expect(shelf.get('a').key).toBe('a');
  });

  it('has no result before the first one', () => {
    const shelf = new LogShelf();
    shelf.put('a', session(1), true);
    expect(() => shelf.result('a')).toThrow(
      expect.objectContaining({ reason: 'not-found' }) as Error,
    );
  });
});
