import { Argument, type Command, Option } from 'commander';

import { grades, type Grade, type Incident } from '../../engine/incident/incident.ts';
import { graded } from '../../engine/incident/judge.ts';
import type { CommandContext } from './context.ts';
import { addedFrom, type AddOptions } from './incidentAdd.ts';
import {
  answer,
  folderCommand,
  type FolderOptions,
  incidentLines,
  openFolder,
} from './incidentFolder.ts';

interface WordOptions extends FolderOptions {
  readonly title?: string;
  readonly cause?: string;
  readonly fix?: string;
}

const title = (): Option => new Option('--title <text>', 'what happened');
const cause = (): Option => new Option('--cause <text>', 'what the cause was');
const fix = (): Option => new Option('--fix <text>', 'what fixed it');

/** `faultline incidents add`. */
export function addIncidents(context: CommandContext): readonly Command[] {
  return [
    folderCommand('add', 'remember an incident: that of logs, or one written as JSON on stdin')
      .argument('[path...]', 'logs, or folders of logs; without any, JSON is read from stdin')
      .addOption(title())
      .addOption(cause())
      .addOption(fix())
      .option('--baseline <path...>', 'logs or folders of a good run to compare with')
      .option('--confirmed', 'the cause is known to be right')
      .action(async (paths: string[], options: AddOptions) => {
        for await (const incident of addedFrom(context, paths, options)) {
          // Each is told once it is on the disk, so that a script knows what is kept.
          await answer(context, options, {
            text: `saved ${incident.id}`,
            value: { incident },
          });
        }
      }),
  ];
}

/** `faultline incidents confirm`, `reject`, `grade`, `merge` and `remove`. */
export function changeIncidents(context: CommandContext): readonly Command[] {
  const judged = (name: string, status: Incident['status'], description: string): Command =>
    folderCommand(name, description)
      .argument('<id>', 'as `list` names it')
      .addOption(title())
      .addOption(cause())
      .addOption(fix())
      .action(async (id: string, options: WordOptions) => {
        const incident = await openFolder(options.dir).update(id, (known) => ({
          ...known,
          title: options.title ?? known.title,
          rootCause: options.cause ?? known.rootCause,
          resolution: options.fix ?? known.resolution,
          status,
        }));
        await answer(context, options, { text: incidentLines(incident), value: { incident } });
      });
  const grade = folderCommand('grade', 'say how good the report was that an incident came from')
    .argument('<id>', 'as `list` names it')
    .addArgument(new Argument('<grade>', 'how good').choices(grades))
    .action(async (id: string, how: Grade, options: FolderOptions) => {
      const incident = await openFolder(options.dir).update(id, (known) => graded(known, how));
      await answer(context, options, { text: incidentLines(incident), value: { incident } });
    });
  const merge = folderCommand('merge', 'make one incident of several')
    .argument('<id...>', 'the first one stays, the others go into it')
    .action(async (ids: string[], options: FolderOptions) => {
      const incident = await openFolder(options.dir).merge(ids);
      await answer(context, options, { text: incidentLines(incident), value: { incident } });
    });
  const remove = folderCommand('remove', 'forget incidents')
    .argument('<id...>', 'as `list` names them')
    .action(async (ids: string[], options: FolderOptions) => {
      const store = openFolder(options.dir);
      const known = new Set((await store.list()).map(({ id }) => id));
      const removed = [...new Set(ids)].filter((id) => known.has(id));
      for (const id of removed) await store.remove(id);
      const text = `${removed.length} of ${ids.length} removed`;
      await answer(context, options, { text, value: { removed } });
    });
  return [
    judged('confirm', 'confirmed', 'say that the cause is right, or correct it'),
    judged('reject', 'rejected', 'say that the cause is wrong; it is not shown any more'),
    grade,
    merge,
    remove,
  ];
}
