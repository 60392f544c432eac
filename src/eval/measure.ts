import type { Benchmark, BenchmarkOptions } from './benchmark.ts';
import type { DataSet } from './dataSets.ts';
import { titleOf } from './dataSets.ts';
import type { Measured } from './report.ts';

export type MeasureOptions = Omit<BenchmarkOptions, 'folder'>;

/**
 * Runs one benchmark on one data set.
 * @throws Error when the data cannot be read, EngineError when the engine fails
 */
export async function measure(
  benchmark: Benchmark,
  dataSet: DataSet,
  options: MeasureOptions,
): Promise<Measured> {
  const started = performance.now();
  const { rows, notes } = await benchmark.run({
    ...options,
    folder: dataSet.folder,
    onProgress: (text) => {
      options.onProgress(`${benchmark.name}: ${text}`);
    },
  });
  return {
    dataSet: titleOf(dataSet),
    benchmark: benchmark.name,
    title: benchmark.title,
    rows,
    notes,
    seconds: (performance.now() - started) / 1000,
  };
}
