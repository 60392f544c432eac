import { Command } from 'commander';

import { addIncidents, changeIncidents } from './incidentChanges.ts';
import { keepIncidents } from './incidentKeeping.ts';
import { findIncidents } from './incidentSearch.ts';
import type { CommandContext } from './context.ts';

/** `faultline incidents`: what is remembered of past incidents, in a folder. */
export function incidentsCommand(context: CommandContext): Command {
  const command = new Command('incidents').description(
    'remember incidents, find them again, and look after their memory',
  );
  for (const part of [findIncidents, addIncidents, changeIncidents, keepIncidents]) {
    for (const child of part(context)) command.addCommand(child);
  }
  return command;
}
