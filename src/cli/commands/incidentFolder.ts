import { Command } from 'commander';

import type { Incident, IncidentStore } from '../../engine/incident/incident.ts';
import { hashingEmbedder } from '../../engine/embed/hashingEmbedder.ts';
import { openIncidentStore } from '../../engine/incident/openIncidentStore.ts';
import type { Log } from '../../engine/base/log.ts';
import { terminalText } from '../../engine/present/safeText.ts';
import { complain, Output } from '../terminal.ts';
import type { CommandContext } from './context.ts';

/** Options of every command on a memory. */
export interface FolderOptions {
  readonly dir: string;
  readonly json?: boolean;
}

/** What is wrong with a memory but does not stop the command. */
export const complaints: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: complain,
  error: complain,
};

/** A command on the memory of a folder, with its answer in words or as JSON. */
export function folderCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .requiredOption('--dir <folder>', 'folder of the memory')
    .option('--json', 'one JSON object instead of text');
}

/** The memory of a folder, for all that needs no model. */
export function openFolder(dir: string): IncidentStore {
  return openIncidentStore({
    dir,
    embedder: hashingEmbedder,
    now: () => Date.now(),
    log: complaints,
  });
}

/** Writes the answer of a command. */
export async function answer(
  { signal }: CommandContext,
  { json }: Pick<FolderOptions, 'json'>,
  { text, value }: { readonly text: string; readonly value: Readonly<Record<string, unknown>> },
): Promise<void> {
  const output = new Output(signal);
  await output.write(json === true ? `${JSON.stringify({ version: 1, ...value })}\n` : `${text}\n`);
  await output.flush();
}

/** An incident in a few lines. */
export function incidentLines(incident: Incident, note = ''): string {
  const { id, title, status, origin, savedAt, rootCause, resolution } = incident;
  const head = `${terminalText(title)}  (${status}${origin === '' ? '' : `, from ${terminalText(origin)}`}, ${savedAt.slice(0, 10)})`;
  const rest = [
    note,
    rootCause === '' ? '' : `cause: ${terminalText(rootCause)}`,
    resolution === '' ? '' : `fix: ${terminalText(resolution)}`,
    `id: ${terminalText(id)}`,
  ];
  return [head, ...rest.filter((line) => line !== '').map((line) => `    ${line}`)].join('\n');
}
