import { Command } from 'commander';

import { scoreFile } from '../compose.ts';
import { formatsOption, useFormatsFile } from '../formatsFile.ts';
import { Output, Progress } from '../terminal.ts';
import type { CommandContext } from './context.ts';

interface SessionsOptions {
  readonly baseline?: string;
  readonly formats?: string;
}

/** `faultline sessions`: how unusual every session of a log is, the normal ones included. */
export function sessionsCommand({ signal }: CommandContext): Command {
  return new Command('sessions')
    .description('score every session (records that share an identifier)')
    .argument('<file>', 'log, plain or gzipped')
    .option('--baseline <good>', 'log of a good run to learn from, or a file of `train`')
    .requiredOption('--json', 'one JSON object a line')
    .addOption(formatsOption())
    .action(async (file: string, options: SessionsOptions) => {
      await useFormatsFile(options.formats);
      const progress = new Progress();
      const scores = await scoreFile(file, options.baseline, { signal, progress });
      progress.clear();
      const output = new Output(signal);
      for (const { id, identifier, score, flagged, lines, reasons } of scores) {
        const row = { id, identifier, score, flagged, lines, reasons };
        await output.write(`${JSON.stringify(row)}\n`);
      }
      await output.flush();
    });
}
