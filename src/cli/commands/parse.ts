import { Command } from 'commander';

import { isoTime } from '../../engine/explain/words.ts';
import { levels } from '../../engine/record/levels.ts';
import { parseLog } from '../compose.ts';
import { formatsOption, useFormatsFile } from '../formatsFile.ts';
import { Output, Progress } from '../terminal.ts';
import type { CommandContext } from './context.ts';

/** `faultline parse`: what was understood of every line, one JSON object a line. */
export function parseCommand({ signal }: CommandContext): Command {
  return new Command('parse')
    .description('print template, level and time of every line')
    .argument('<file>', 'log, plain or gzipped')
    .requiredOption('--json', 'one JSON object a line')
    .addOption(formatsOption())
    .action(async (file: string, options: { readonly formats?: string }) => {
      await useFormatsFile(options.formats);
      const progress = new Progress();
      const { view } = await parseLog(file, { signal, progress });
      progress.clear();
      const { records, templates } = view;
      const output = new Output(signal);
      for (let record = 0; record < records.count; record++) {
        const id = templates.ofRecord[record] ?? 0;
        const shared = {
          templateId: id,
          template: templates.templates[id]?.text ?? '',
          level: levels[records.level[record] ?? 0] ?? 'unknown',
          time: isoTime(records.time[record] ?? Number.NaN),
        };
        const first = records.firstLine[record] ?? 0;
        const end = records.firstLine[record + 1] ?? first + 1;
        for (let line = first; line < end; line++) {
          const row = { line: line + 1, ...shared, continuation: line > first };
          await output.write(`${JSON.stringify(row)}\n`);
        }
      }
      await output.flush();
    });
}
