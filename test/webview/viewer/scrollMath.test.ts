import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteOfThumb, thumbOf, wheelPixels } from '../../../webview/viewer/scrollMath.ts';

const gigabytes = 10e9;

describe('the thumb of the scroll bar', () => {
  it('is at the ends of its track at the ends of the log', () => {
    expect(thumbOf({ from: 0, to: 4000, of: gigabytes }, 500)).toEqual({ top: 0, height: 24 });
    expect(thumbOf({ from: gigabytes - 4000, to: gigabytes, of: gigabytes }, 500)).toEqual({
      top: 476,
      height: 24,
    });
  });

  it('is not there when everything is seen', () => {
    expect(thumbOf({ from: 0, to: 100, of: 100 }, 500)).toBeNull();
    expect(thumbOf({ from: 0, to: 0, of: 0 }, 500)).toBeNull();
  });

  it('has the share of what is seen', () => {
    expect(thumbOf({ from: 0, to: 50, of: 100 }, 500)?.height).toBe(250);
  });

  it('leads back to the byte it stands for, and never out of the log', () => {
    const of = fc.integer({ min: 1e5, max: 2 ** 50 });
    fc.assert(
      fc.property(of, fc.double({ min: 0, max: 1, noNaN: true }), (bytes, share) => {
        const from = Math.floor(share * (bytes - 5000));
        const seen = { from, to: from + 4000, of: bytes };
        const thumb = thumbOf(seen, 700);
        expect(thumb).not.toBeNull();
        const back = byteOfThumb(thumb!.top, thumb!, seen, 700);
        expect(Math.abs(back - from)).toBeLessThanOrEqual(1 + bytes * 1e-9);
        expect(byteOfThumb(9999, thumb!, seen, 700)).toBeLessThanOrEqual(bytes);
        expect(byteOfThumb(-50, thumb!, seen, 700)).toBe(0);
      }),
    );
  });

  it('takes wheels that count lines and pages', () => {
    expect(wheelPixels({ deltaY: 3, deltaMode: 1 }, 18, 600)).toBe(54);
    expect(wheelPixels({ deltaY: -1, deltaMode: 2 }, 18, 600)).toBe(-600);
    expect(wheelPixels({ deltaY: 100, deltaMode: 0 }, 18, 600)).toBe(100);
  });
});
