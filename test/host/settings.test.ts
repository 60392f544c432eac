import { describe, expect, it } from 'vitest';
import { settingDefaults } from '../../src/host/contributions.ts';
import { meetsFloor, readSettings } from '../../src/host/settings.ts';

describe('readSettings', () => {
  it('takes the defaults where nothing is set', () => {
    expect(readSettings(() => undefined)).toEqual(settingDefaults);
  });

  it('takes what is set', () => {
    const set = { ...settingDefaults, notes: false, minimumSeverity: 'low' } as const;
    expect(readSettings((name) => set[name])).toEqual(set);
  });

  it('takes the default for a value of the wrong type or unknown', () => {
    for (const wrong of ['yes', 1, null, {}, []]) {
      expect(readSettings(() => wrong)).toEqual(settingDefaults);
    }
  });
});

describe('meetsFloor', () => {
  it('lets pass what is at least as severe', () => {
    expect(meetsFloor('high', 'medium')).toBe(true);
    expect(meetsFloor('medium', 'medium')).toBe(true);
    expect(meetsFloor('low', 'medium')).toBe(false);
    expect(meetsFloor('medium', 'high')).toBe(false);
  });
});
