import { buildIncidents } from './incidents/builds.ts';
import { codeIncidents } from './incidents/code.ts';
import { dataIncidents } from './incidents/data.ts';
import { networkIncidents } from './incidents/network.ts';
import { processIncidents } from './incidents/processes.ts';
import { resourceIncidents } from './incidents/resources.ts';
import { settingIncidents } from './incidents/settings.ts';
import type { Scenario } from './scenario.ts';

/** Every incident, each logged in two ways. */
export const allScenarios: readonly Scenario[] = [
  ...resourceIncidents,
  ...networkIncidents,
  ...processIncidents,
  ...settingIncidents,
  ...codeIncidents,
  ...buildIncidents,
  ...dataIncidents,
];
