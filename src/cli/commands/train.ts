import { rename, rm, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

import { Command } from 'commander';

import { writeBaseline } from '../../engine/detect/compare/baselineFile.ts';
import { readGoodRuns } from '../compose.ts';
import { findInputs } from '../inputs.ts';
import { complain, Output, Progress } from '../terminal.ts';
import { UsageError } from '../usageError.ts';
import type { CommandContext } from './context.ts';

/** `faultline train`: good runs as one small file without their values, for `--baseline`. */
export function trainCommand({ signal }: CommandContext): Command {
  return new Command('train')
    .description('keep what good runs look like, without their values, for --baseline')
    .argument('<good...>', 'logs or folders of good runs')
    .requiredOption('--out <baseline>', 'file to write')
    .action(async (paths: string[], { out }: { readonly out: string }) => {
      const progress = new Progress();
      const inputs = await findInputs(paths);
      for (const { path, why } of inputs.skipped) complain(`skipped ${path}: ${why}`);
      const good = await readGoodRuns(inputs.files, { signal, progress });
      const lines = good.reduce((sum, run) => sum + run.lineCount, 0);
      if (lines === 0)
        throw new UsageError('There is no line to learn from. Name logs of good runs.');
      const packed = gzipSync(writeBaseline(good));
      await replaceFile(out, packed);
      progress.clear();
      const output = new Output(signal);
      const runs = good.length === 1 ? 'one run' : `${good.length} runs`;
      await output.write(
        `${out}: ${runs}, ${lines.toLocaleString('en-US')} lines, ${Math.ceil(packed.length / 1024)} kB\n`,
      );
      await output.flush();
    });
}

/** Writes beside the file and renames: a baseline is there as a whole or not at all. */
async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(draft, bytes);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new UsageError(
      `${path} cannot be written (${why}). Name a file in a folder of yours.`,
      error,
    );
  }
}
