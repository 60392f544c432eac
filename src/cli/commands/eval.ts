import { fileURLToPath } from 'node:url';

import { Command } from 'commander';

import { throwIfAborted } from '../../engine/base/abort.ts';
import { EngineError } from '../../engine/base/engineError.ts';
import type { Benchmark } from '../../eval/benchmark.ts';
import type { DataSet } from '../../eval/dataSets.ts';
import { benchmarks, dataSetNames, findDataSet } from '../../eval/dataSets.ts';
import { measure } from '../../eval/measure.ts';
import { provenance, provenanceLine } from '../../eval/provenance.ts';
import type { Measured } from '../../eval/report.ts';
import { markdownSection } from '../../eval/report.ts';
import { parseCount } from '../options.ts';
import { Output, Progress } from '../terminal.ts';
import { UsageError } from '../usageError.ts';
import { version } from '../version.ts';
import type { CommandContext } from './context.ts';

const defaultSeeds = 5;

interface EvalOptions {
  readonly seeds: number;
  readonly json?: boolean;
}

/** `faultline eval`: measures the engine on labelled logs, with the floors beside each figure. */
export function evalCommand({ signal }: CommandContext): Command {
  return new Command('eval')
    .description('measure the engine on labelled logs')
    .argument('<dataset...>', `${dataSetNames.join(', ')}, or a folder laid out like one of them`)
    .option('--seeds <count>', 'seeds where results depend on one', parseCount, defaultSeeds)
    .option('--json', 'one JSON object instead of tables')
    .action(async (names: string[], { seeds, json }: EvalOptions) => {
      const dataSets = names.map(dataSetOf);
      const source = provenance({
        now: new Date(),
        root: fileURLToPath(new URL('..', import.meta.url)),
        version: version(),
        seeds,
      });
      const output = new Output(signal);
      if (json !== true) await output.write(`${provenanceLine(source)}\n`);
      const results: Measured[] = [];
      for (const dataSet of dataSets) {
        for (const benchmark of benchmarks.filter((each) => each.dataSet === dataSet.name)) {
          const measured = await measureOne(benchmark, dataSet, seeds, signal);
          results.push(measured);
          if (json !== true) await output.write(`\n${markdownSection(measured)}\n`);
        }
      }
      if (json === true) {
        await output.write(`${JSON.stringify({ version: 1, ...source, results })}\n`);
      }
      await output.flush();
    });
}

/** @throws UsageError for a data set that lacks a file or holds a damaged one, EngineError `aborted` */
async function measureOne(
  benchmark: Benchmark,
  dataSet: DataSet,
  seeds: number,
  signal: AbortSignal,
): Promise<Measured> {
  const progress = new Progress();
  const onProgress = (text: string): void => {
    throwIfAborted(signal);
    progress.show(text);
  };
  try {
    return await measure(benchmark, dataSet, { seeds, embedder: null, peers: null, onProgress });
  } catch (error) {
    const damaged = error instanceof SyntaxError || (error instanceof Error && 'code' in error);
    if (!damaged || EngineError.is(error)) throw error;
    throw new UsageError(`${dataSet.folder}: ${error.message}. Is the data set complete?`, error);
  } finally {
    progress.clear();
  }
}

/** @throws UsageError for a name that is none, and for data that is not there */
function dataSetOf(name: string): DataSet {
  const found = findDataSet(name);
  if (found === null) {
    throw new UsageError(
      `${name}: no data set of this name and no such folder. There are ${dataSetNames.join(', ')}.`,
    );
  }
  if (typeof found === 'string') throw new UsageError(found);
  return found;
}
