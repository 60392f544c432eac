import { buildIncidents } from './incidents/builds.ts';
import { codeIncidents } from './incidents/code.ts';
import { dataIncidents } from './incidents/data.ts';
import { networkIncidents } from './incidents/network.ts';
import { processIncidents } from './incidents/processes.ts';
import { resourceIncidents } from './incidents/resources.ts';
import { settingIncidents } from './incidents/settings.ts';
import { buildRewordings } from './rewordings/builds.ts';
import { codeRewordings } from './rewordings/code.ts';
import { dataRewordings } from './rewordings/data.ts';
import { networkRewordings } from './rewordings/network.ts';
import { processRewordings } from './rewordings/processes.ts';
import { resourceRewordings } from './rewordings/resources.ts';
import { settingRewordings } from './rewordings/settings.ts';
import type { Form, Incident, Scenario } from './scenario.ts';

/** Every incident in its three forms. */
export const allScenarios: readonly Scenario[] = [
  ...reworded(resourceIncidents, resourceRewordings),
  ...reworded(networkIncidents, networkRewordings),
  ...reworded(processIncidents, processRewordings),
  ...reworded(settingIncidents, settingRewordings),
  ...reworded(codeIncidents, codeRewordings),
  ...reworded(buildIncidents, buildRewordings),
  ...reworded(dataIncidents, dataRewordings),
];

/** @throws Error for an incident that was not reworded: both are part of the program */
function reworded(
  incidents: readonly Incident[],
  rewordings: Readonly<Record<string, Form>>,
): Scenario[] {
  return incidents.map((incident) => {
    const form = rewordings[incident.name];
    if (form === undefined) throw new Error(`This incident is not reworded: ${incident.name}`);
    return { ...incident, reworded: form };
  });
}
