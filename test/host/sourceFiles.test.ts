import { describe, expect, it } from 'vitest';
import { fileNameOf, likeliestPath } from '../../src/host/sourceFiles.ts';

describe('likeliestPath', () => {
  it('takes the file that shares the longest end with the trace', () => {
    const candidates = ['/w/web/src/pool.py', '/w/orders/src/pool.py', '/w/pool.py'];
    expect(likeliestPath('/usr/lib/app/orders/src/pool.py', candidates)).toBe(candidates[1]);
  });

  it('takes the shortest where the trace names the file only', () => {
    expect(likeliestPath('Pool.java', ['/w/a/b/Pool.java', '/w/a/Pool.java'])).toBe(
      '/w/a/Pool.java',
    );
  });

  it('reads paths of any system', () => {
    expect(likeliestPath('C:\\build\\src\\Pool.cs', ['/w/src/Pool.cs', '/w/test/Pool.cs'])).toBe(
      '/w/src/Pool.cs',
    );
    expect(fileNameOf('C:\\build\\src\\Pool.cs')).toBe('Pool.cs');
  });

  it('finds nothing where the name is another', () => {
    expect(likeliestPath('/app/pool.py', ['/w/spool.py', '/w/pool.pyc'])).toBeNull();
    expect(likeliestPath('', ['/w/pool.py'])).toBeNull();
    expect(likeliestPath('/app/pool.py', [])).toBeNull();
  });

  it('does not take a folder of another name for the same', () => {
    expect(likeliestPath('../orders/pool.py', ['/w/preorders/pool.py', '/w/orders/pool.py'])).toBe(
      '/w/orders/pool.py',
    );
  });
});
