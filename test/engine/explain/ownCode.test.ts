import { describe, expect, it } from 'vitest';

import { ownNames, rankFrames } from '../../../src/engine/explain/ownCode.ts';
import type { Frame, StackTrace } from '../../../src/engine/explain/traces/stackTrace.ts';

const own = ownNames([{ path: 'shop/shop-api.log', sources: ['shop.api.orders'] }]);

/** A trace of Python frames, innermost first, as `file function`. */
function thrown(kind: string, message: string, ...places: readonly string[]): StackTrace {
  const frames = places.map((place, index): Frame => {
    const [file = '', name = ''] = place.split(' ');
    return { file: `/srv/site-packages/${file}`, function: name, module: '', line: 10 + index };
  });
  return { language: 'python', firstLine: 0, lastLine: 9, chain: [{ kind, message, frames }] };
}

const filesOf = (trace: StackTrace): string[] =>
  rankFrames(trace, own).map(({ frame }) => frame.file.replace('/srv/site-packages/', ''));

describe('rankFrames', () => {
  it('begins with the innermost frame of own code', () => {
    const trace = thrown(
      'ValueError',
      'bad amount',
      'requests/models.py prepare',
      'shop/pay.py charge',
      'shop/orders.py place',
    );
    expect(filesOf(trace)).toEqual(['shop/pay.py', 'shop/orders.py']);
  });

  it('sets a function back that was handed a missing value by its namesake', () => {
    const places = ['shop/notify.py tell_customer', 'shop/orders.py _tell_customer'];
    expect(filesOf(thrown('AttributeError', "'NoneType' has no attribute", ...places))[0]).toBe(
      'shop/orders.py',
    );
    // Any other failure is where it is.
    expect(filesOf(thrown('ValueError', 'bad amount', ...places))[0]).toBe('shop/notify.py');
  });

  it('takes what a wrapper calls in its own file for a part of the wrapper', () => {
    const trace = thrown(
      'ContextError',
      'empty request context',
      'shop/guard.py is_admin',
      'shop/guard.py wrapper',
      'shop/orders.py update',
    );
    expect(filesOf(trace)[0]).toBe('shop/orders.py');
  });
});
