import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandUri, placeOf } from '../../src/host/commandLinks.ts';
import { commandIds } from '../../src/host/contributions.ts';

describe('commandUri and placeOf', () => {
  it('carry a place there and back, whatever a file is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (uri, line) => {
        const address = commandUri(commandIds.markNormal, { uri, line });
        expect(address.startsWith('command:faultline.markNormal?')).toBe(true);
        const [argument] = JSON.parse(
          decodeURIComponent(address.slice(address.indexOf('?') + 1)),
        ) as unknown[];
        expect(placeOf(argument)).toEqual({ uri, line });
      }),
      { seed: 2 },
    );
  });

  it('take nothing for a place that is none', () => {
    fc.assert(
      fc.property(fc.anything(), (argument) => {
        const place = placeOf(argument);
        if (place !== null) expect(Number.isInteger(place.line) && place.line >= 0).toBe(true);
      }),
      { seed: 2 },
    );
    expect(placeOf(undefined)).toBeNull();
    expect(placeOf({ uri: 'file:///a.log', line: -1 })).toBeNull();
    expect(placeOf({ uri: 'file:///a.log', line: 1.5 })).toBeNull();
    expect(placeOf({ fsPath: '/a.log' })).toBeNull();
  });
});
