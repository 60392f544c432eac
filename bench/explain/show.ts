import { explainLogs } from '../../src/engine/explain/explainLogs.ts';
import { builtInRules } from '../../src/engine/explain/rules/builtInRules.ts';
import { collectSignals } from '../../src/engine/explain/signals.ts';
import { quickAnalysis } from '../../src/eval/data/analyseFolder.ts';

/** Prints the signals and the explanation of some logs: for looking into one case. */
const paths = process.argv.slice(2);
const analyses = await Promise.all(
  paths.map((path) => quickAnalysis(path, path.replace(/\.gz$/, ''))),
);
analyses.forEach((analysis, log) => {
  const { records, templates } = analysis.view;
  console.log(
    paths[log],
    records.count,
    'records',
    templates.templates.length,
    'templates',
    records.format,
    records.sources.slice(0, 8),
  );
  for (const signal of collectSignals(analysis, log, null, builtInRules()).slice(0, 40)) {
    console.log(
      signal.line,
      signal.weight.toFixed(2),
      'level',
      signal.level,
      signal.source,
      signal.trace === null
        ? ''
        : `TRACE ${signal.trace.trace.language} ${signal.trace.trace.chain.map((item) => `${item.kind}/${item.frames.length}`).join(' < ')}`,
      signal.facts
        .slice(0, 2)
        .map((fact) => `${fact.category}:${fact.words}:${fact.strength.toFixed(2)}`)
        .join(' '),
      '|',
      signal.text.slice(0, 140),
    );
  }
});
const told = explainLogs({ analyses });
console.log(JSON.stringify({ ...told, evidence: told.evidence.length }, null, 1).slice(0, 6000));
