import { chooseIncident } from './chooseIncident.ts';
import { actOn } from './incidentActions.ts';
import type { CommandHandler } from './services.ts';

/** Finds past incidents by words, or by the log that is open, and offers what can be done with one. */
export const searchIncidents: CommandHandler = async (services) => {
  const incident = await chooseIncident(services, 'Faultline: past incidents');
  if (incident !== null) await actOn(services, incident);
};
