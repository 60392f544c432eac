import { explainLogs } from '../../src/engine/explain/explainLogs.ts';
import { quickAnalysis } from '../../src/eval/data/analyseFolder.ts';

/** Time of the explanation alone, for a log that is analysed already. */
const [path = ''] = process.argv.slice(2);
const analysis = await quickAnalysis(path, path);
const start = performance.now();
const told = explainLogs({ analyses: [analysis] });
const megabytes = analysis.view.log.bytes.length / 1e6;
console.log(
  `${megabytes.toFixed(0)} MB, ${analysis.view.records.count} records: ${told.verdict} in ${(performance.now() - start).toFixed(0)} ms`,
);
