import { type Command, InvalidArgumentError } from 'commander';

import {
  usualSimilarity,
  type Incident,
  type SimilarIncident,
} from '../../engine/incident/incident.ts';
import { incidentQueries } from '../../engine/explain/lookUp.ts';
import { searchAll } from '../../engine/incident/searchAll.ts';
import { openEngine } from '../compose.ts';
import { findInputs } from '../inputs.ts';
import { parseCount } from '../options.ts';
import { complain, Progress } from '../terminal.ts';
import { UsageError } from '../usageError.ts';
import type { CommandContext } from './context.ts';
import {
  answer,
  folderCommand,
  type FolderOptions,
  incidentLines,
  openFolder,
} from './incidentFolder.ts';

interface SearchOptions extends FolderOptions {
  readonly log?: string[];
  readonly limit: number;
  readonly similarity: number;
}

const usualLimit = 5;

/** `faultline incidents list` and `search`. */
export function findIncidents(context: CommandContext): readonly Command[] {
  const list = folderCommand('list', 'name all incidents, the latest first').action(
    async (options: FolderOptions) => {
      const incidents = (await openFolder(options.dir).list()).toSorted((a, b) =>
        b.savedAt.localeCompare(a.savedAt),
      );
      const text = incidents.map((incident) => incidentLines(incident)).join('\n');
      await answer(context, options, {
        text: text === '' ? 'no incidents yet' : text,
        value: { incidents },
      });
    },
  );
  const search = folderCommand('search', 'find incidents by words, or by the example of logs')
    .argument('[word...]', 'words of a title, a cause, a fix or a log line; their start is enough')
    .option('--log <path...>', 'logs or folders of logs to find similar incidents for')
    .option('--limit <number>', 'most incidents to show', parseCount, usualLimit)
    .option(
      '--similarity <share>',
      'least similarity to the logs, 0 to 1',
      parseShare,
      usualSimilarity,
    )
    .action(async (words: string[], options: SearchOptions) => {
      const { log, limit } = options;
      if ((words.length === 0) === (log === undefined)) {
        throw new UsageError('Name words to search for, or --log with logs, and not both.');
      }
      const found =
        log === undefined
          ? await openFolder(options.dir).searchWords(words.join(' '), limit)
          : await likeLogs(context, { ...options, log });
      await answer(context, options, { text: foundText(found, log), value: { incidents: found } });
    });
  return [list, search];
}

async function likeLogs(
  { signal }: CommandContext,
  { dir, log, limit, similarity }: SearchOptions & { readonly log: string[] },
): Promise<readonly SimilarIncident[]> {
  const progress = new Progress();
  const inputs = await findInputs(log);
  for (const { path, why } of inputs.skipped) complain(`skipped ${path}: ${why}`);
  const engine = await openEngine({ embeddings: true, signal, progress });
  try {
    const analyses = await engine.analyse(inputs.logs);
    const store = engine.incidents(dir);
    return await searchAll(
      (query, most) => store.search(query, most, similarity),
      incidentQueries(analyses),
      limit,
    );
  } finally {
    progress.clear();
    await engine.close();
  }
}

function foundText(found: readonly SimilarIncident[], log: readonly string[] | undefined): string {
  if (found.length === 0)
    return log === undefined ? 'nothing holds these words' : 'not seen before';
  return found
    .map(({ incident, similarity, why }: { incident: Incident } & SimilarIncident) =>
      incidentLines(incident, `${Math.round(similarity * 100)} % alike: ${why}`),
    )
    .join('\n');
}

function parseShare(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError('It must be a number from 0 to 1.');
  }
  return value;
}
