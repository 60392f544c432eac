import { describe, expect, it } from 'vitest';
import { settingDefaults } from '../../src/host/contributions.ts';
import type { Settings } from '../../src/host/settings.ts';
import { meetsFloor, readSettings } from '../../src/host/settings.ts';

describe('readSettings', () => {
  it('takes the defaults where nothing is set', () => {
    expect(readSettings(() => undefined)).toEqual(settingDefaults);
  });

  it('takes what is set', () => {
    const set = { ...settingDefaults, notes: false, minimumSeverity: 'low' } as const;
    expect(readSettings((name) => set[name])).toEqual(set);
  });

  it('keeps figures within their bounds and names without blanks', () => {
    const set: Partial<Record<keyof Settings, unknown>> = {
      'incidents.similarity': 1.2,
      'incidents.limit': 3.7,
      'model.contextTokens': 4096,
      'model.name': ' llama3.2 ',
    };
    expect(readSettings((name) => set[name])).toMatchObject({
      'incidents.similarity': 0.7,
      'incidents.limit': 3,
      'model.contextTokens': 4096,
      'model.name': 'llama3.2',
    });
  });

  it('takes the default for a value of the wrong type or unknown', () => {
    for (const wrong of [-1, Number.NaN, null, {}, []]) {
      expect(readSettings(() => wrong)).toEqual(settingDefaults);
    }
    const { 'model.name': name, 'model.url': url, ...others } = readSettings(() => 'yes');
    expect([name, url]).toEqual(['yes', 'yes']);
    expect({ ...others, 'model.name': '', 'model.url': '' }).toEqual(settingDefaults);
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
