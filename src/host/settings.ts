import type { Severity } from '../engine/detect/finding.ts';
import { settingDefaults, severityFloors } from './contributions.ts';

/** What the reader chose. Each field is one setting of the same name. */
export interface Settings {
  readonly enable: boolean;
  readonly gutter: boolean;
  readonly background: boolean;
  readonly ruler: boolean;
  readonly notes: boolean;
  /** Findings below it are neither marked nor listed. */
  readonly minimumSeverity: Severity;
  readonly embeddings: boolean;
}

/** Reads settings through `get` (a name without prefix); a value of the wrong type counts as not set. */
export function readSettings(get: (name: keyof Settings) => unknown): Settings {
  const flag = (name: Exclude<keyof Settings, 'minimumSeverity'>): boolean => {
    const value = get(name);
    return typeof value === 'boolean' ? value : settingDefaults[name];
  };
  const floor = get('minimumSeverity');
  return {
    enable: flag('enable'),
    gutter: flag('gutter'),
    background: flag('background'),
    ruler: flag('ruler'),
    notes: flag('notes'),
    minimumSeverity:
      severityFloors.find((severity) => severity === floor) ?? settingDefaults.minimumSeverity,
    embeddings: flag('embeddings'),
  };
}

/** True where `severity` is to be shown. */
export function meetsFloor(severity: Severity, floor: Severity): boolean {
  return severityFloors.indexOf(severity) <= severityFloors.indexOf(floor);
}
