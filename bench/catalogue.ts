import { basename } from 'node:path';
import type { Benchmark } from '../src/eval/benchmark.ts';
import { dataFolder } from '../src/eval/data/files.ts';
import type { DataSet } from '../src/eval/dataSets.ts';
import { benchmarks, dataSetNames, findDataSet } from '../src/eval/dataSets.ts';
import { ablation } from './ablation/benchmark.ts';
import { embedding } from './embedding.ts';
import { explainSpeed } from './explainSpeed.ts';
import { recognisedFormats } from './recognisedFormats.ts';
import { largeLogs } from './largeLogs.ts';
import { streamedLogs, tenGigabytes } from './streamedLogs.ts';

/** All that is measured: what the command line measures, and what needs processes or the model. */
export const catalogue: readonly Benchmark[] = [
  ...benchmarks,
  largeLogs,
  streamedLogs,
  explainSpeed,
  embedding,
  ablation,
];

/** What is measured only where it is asked for by name. */
export const onRequest: readonly Benchmark[] = [recognisedFormats, tenGigabytes];

/** Where the data of a benchmark lies, or why it is left out. */
export function dataOf(benchmark: Benchmark): DataSet | string {
  if (benchmark.dataSet !== everything) {
    return findDataSet(benchmark.dataSet) ?? `There is no data set ${benchmark.dataSet}.`;
  }
  const folder = dataFolder();
  const missing = dataSetNames.find((name) => typeof findDataSet(name) === 'string');
  if (folder === null || missing !== undefined) {
    return `It needs all data sets, and ${missing ?? 'the folder'} is missing. Set FAULTLINE_DATA.`;
  }
  return { name: basename(folder), folder };
}

/** The folder of all data sets. */
const everything = 'all';
