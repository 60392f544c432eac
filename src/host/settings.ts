import type { Severity } from '../engine/detect/finding.ts';
import {
  explainModes,
  modelProviders,
  privacySettings,
  settingDefaults,
  severityFloors,
} from './contributions.ts';

/** What the reader chose. Each field is one setting of the same name. */
export interface Settings {
  readonly enable: boolean;
  readonly gutter: boolean;
  readonly background: boolean;
  readonly ruler: boolean;
  readonly notes: boolean;
  /** Time since the message before, in front of each line. */
  readonly deltas: boolean;
  /** Findings below it are neither marked nor listed. */
  readonly minimumSeverity: Severity;
  readonly embeddings: boolean;
  /** Formats of the reader's own; the engine says which of them it can use. */
  readonly formats: readonly unknown[];
  /** Offer the viewer for logs that are too large for the text editor's extensions. */
  readonly 'offer.viewer': boolean;
  /** Offer the older parts of a rotated log. */
  readonly 'offer.rotated': boolean;
  readonly 'explain.mode': (typeof explainModes)[number];
  readonly 'model.provider': (typeof modelProviders)[number];
  /** As the provider names it; empty where none is chosen. */
  readonly 'model.name': string;
  /** Empty takes the address of the provider. */
  readonly 'model.url': string;
  /** 0 takes what is usual for the provider. */
  readonly 'model.contextTokens': number;
  readonly 'privacy.level': (typeof privacySettings)[number];
  /** 0..1. */
  readonly 'incidents.similarity': number;
  readonly 'incidents.limit': number;
  readonly 'incidents.learning': boolean;
}

type Named<T> = { [K in keyof Settings]: Settings[K] extends T ? K : never }[keyof Settings];

/** Most past incidents beside a report: more would crowd out the evidence. */
const mostIncidents = 20;

/** More than any model reads today. */
const mostTokens = 10_000_000;

/** Reads settings through `get` (a name without prefix); a value of the wrong type counts as not set. */
export function readSettings(get: (name: keyof Settings) => unknown): Settings {
  const flag = (name: Named<boolean>): boolean => {
    const value = get(name);
    return typeof value === 'boolean' ? value : settingDefaults[name];
  };
  const text = (name: 'model.name' | 'model.url'): string => {
    const value = get(name);
    return typeof value === 'string' ? value.trim() : settingDefaults[name];
  };
  const number = (name: Named<number>, least: number, most: number): number => {
    const value = get(name);
    return typeof value === 'number' && value >= least && value <= most
      ? value
      : settingDefaults[name];
  };
  const choice = <T extends string>(
    name: keyof Settings,
    known: readonly T[],
    otherwise: NoInfer<T>,
  ): T => {
    const value = get(name);
    return known.find((one) => one === value) ?? otherwise;
  };
  const formats = get('formats');
  return {
    enable: flag('enable'),
    gutter: flag('gutter'),
    background: flag('background'),
    ruler: flag('ruler'),
    notes: flag('notes'),
    deltas: flag('deltas'),
    minimumSeverity: choice('minimumSeverity', severityFloors, settingDefaults.minimumSeverity),
    embeddings: flag('embeddings'),
    formats: Array.isArray(formats) ? formats : settingDefaults.formats,
    'offer.viewer': flag('offer.viewer'),
    'offer.rotated': flag('offer.rotated'),
    'explain.mode': choice('explain.mode', explainModes, settingDefaults['explain.mode']),
    'model.provider': choice('model.provider', modelProviders, settingDefaults['model.provider']),
    'model.name': text('model.name'),
    'model.url': text('model.url'),
    'model.contextTokens': Math.floor(number('model.contextTokens', 0, mostTokens)),
    'privacy.level': choice('privacy.level', privacySettings, settingDefaults['privacy.level']),
    'incidents.similarity': number('incidents.similarity', 0, 1),
    'incidents.limit': Math.floor(number('incidents.limit', 1, mostIncidents)),
    'incidents.learning': flag('incidents.learning'),
  };
}

/** True where `severity` is to be shown. */
export function meetsFloor(severity: Severity, floor: Severity): boolean {
  return severityFloors.indexOf(severity) <= severityFloors.indexOf(floor);
}
