import { basename, join, resolve } from 'node:path';

import type { Command } from 'commander';

import { readPackFile, writePackFile } from '../../engine/incident/packFile.ts';
import { openEngine } from '../compose.ts';
import { Progress } from '../terminal.ts';
import { UsageError } from '../usageError.ts';
import type { CommandContext } from './context.ts';
import { answer, folderCommand, type FolderOptions, openFolder } from './incidentFolder.ts';

/** `faultline incidents status`, `verify`, `rebuild`, `backup`, `clear`, `export` and `import`. */
export function keepIncidents(context: CommandContext): readonly Command[] {
  const status = folderCommand('status', 'the memory in figures').action(
    async (options: FolderOptions) => {
      const value = await openFolder(options.dir).status();
      const { incidents, confirmed, unconfirmed, rejected, bytes, indexed, model } = value;
      const text = [
        `${incidents} incidents: ${confirmed} confirmed, ${unconfirmed} unconfirmed, ${rejected} rejected`,
        `${Math.ceil(bytes / 1024)} kB in ${value.folder}`,
        indexed === 0 ? 'no vectors yet' : `${indexed} with vectors of ${model}`,
      ].join('\n');
      await answer(context, options, { text, value: { ...value } });
    },
  );
  const verify = folderCommand('verify', 'read everything and say what is wrong').action(
    async (options: FolderOptions) => {
      const value = await openFolder(options.dir).verify();
      const text =
        value.problems.length === 0
          ? `all is well: ${value.incidents} incidents`
          : value.problems.join('\n');
      await answer(context, options, { text, value: { ...value } });
      if (value.problems.length > 0) context.setStatus(1);
    },
  );
  const rebuild = folderCommand('rebuild', 'make the index anew from the incidents').action(
    async (options: FolderOptions) => {
      const progress = new Progress();
      const engine = await openEngine({ embeddings: true, signal: context.signal, progress });
      const indexed = await engine.incidents(options.dir).rebuild();
      await engine.close();
      await answer(context, options, { text: `${indexed} incidents indexed`, value: { indexed } });
    },
  );
  const backup = folderCommand('backup', 'copy the memory')
    .option('--to <folder>', 'where the copy goes; beside the memory where it is not said')
    .action(async (options: FolderOptions & { readonly to?: string }) => {
      const path = await openFolder(options.dir).backup(
        resolve(options.to ?? join(options.dir, 'backups')),
      );
      await answer(context, options, { text: path, value: { path } });
    });
  const clear = folderCommand('clear', 'forget everything, after a backup')
    .option('--yes', 'do it; without it nothing happens')
    .action(async (options: FolderOptions & { readonly yes?: boolean }) => {
      if (options.yes !== true) {
        throw new UsageError('clear forgets all incidents. Say --yes if that is what you want.');
      }
      const value = await openFolder(options.dir).clear();
      const text = `${value.removed} incidents forgotten; a copy is at ${value.backup}`;
      await answer(context, options, { text, value });
    });
  const exported = folderCommand('export', 'write the confirmed incidents as a pack, redacted')
    .argument('<pack>', 'file to write')
    .action(async (path: string, options: FolderOptions) => {
      const { text: pack, incidents } = await openFolder(options.dir).exportPack(nameOf(path));
      await writePackFile(path, pack);
      await answer(context, options, {
        text: `${path}: ${incidents} confirmed incidents`,
        value: { path, incidents },
      });
    });
  const imported = folderCommand('import', 'take in a pack of others, or a backup')
    .argument('<pack>', 'file that `export` or `backup` has written')
    .action(async (path: string, options: FolderOptions) => {
      const value = await openFolder(options.dir).importPack(
        await readPackFile(path),
        nameOf(path),
      );
      const { added, skipped, refused } = value;
      const text = `${added} added, ${skipped} known already or older, ${refused} refused`;
      await answer(context, options, { text, value: { ...value } });
    });
  return [status, verify, rebuild, backup, clear, exported, imported];
}

/** What a pack is called: its file without the ending. */
function nameOf(path: string): string {
  return basename(path).replace(/\.[a-z]+$/i, '');
}
