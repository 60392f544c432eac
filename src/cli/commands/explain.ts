import { Command, Option } from 'commander';

import type { Explanation } from '../../engine/explain/explanation.ts';
import { explainLogs } from '../../engine/explain/explainLogs.ts';
import { incidentQueries } from '../../engine/explain/lookUp.ts';
import { searchAll } from '../../engine/incident/searchAll.ts';
import { explanationMarkdown } from '../../engine/present/explanationMarkdown.ts';
import { explanationText } from '../../engine/present/terminal.ts';
import { openEngine } from '../compose.ts';
import { findInputs } from '../inputs.ts';
import { parseModelName } from '../options.ts';
import { complain, Output, Progress, terminalPaint } from '../terminal.ts';
import type { CommandContext } from './context.ts';

interface ExplainOptions {
  readonly baseline?: string[];
  readonly incidents?: string;
  readonly question?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

const maxSimilar = 5;

/** `faultline explain`: what broke, from one log, several, or a folder of them. */
export function explainCommand({ signal }: CommandContext): Command {
  return new Command('explain')
    .description('say what broke, with evidence; no language model is used')
    .argument('<path...>', 'logs, or folders of logs')
    .option(
      '--baseline <path...>',
      'logs or folders of a good run to compare with, or a file of `train`',
    )
    .option('--incidents <dir>', 'folder of remembered incidents to look into')
    .addOption(
      new Option('--llm <name>', 'language model; this version has none, so only "off"')
        .argParser(parseModelName)
        .default('off'),
    )
    .option('--question <text>', 'what you want to know; the answer comes from the logs')
    .addOption(new Option('--json', 'one JSON object instead of text').conflicts('markdown'))
    .option('--markdown', 'a Markdown report instead of text')
    .action(async (paths: string[], options: ExplainOptions) => {
      const progress = new Progress();
      const inputs = await findInputs(paths);
      const good = options.baseline === undefined ? null : await findInputs(options.baseline);
      for (const { path, why } of [...inputs.skipped, ...(good?.skipped ?? [])]) {
        complain(`skipped ${path}: ${why}`);
      }
      const engine = await openEngine({
        embeddings: options.incidents !== undefined,
        signal,
        progress,
      });
      const analyses = await engine.analyse(inputs.files);
      const baseline = good === null ? [] : await engine.parse(good.files);
      const store = options.incidents === undefined ? null : engine.incidents(options.incidents);
      const similar =
        store === null
          ? []
          : await searchAll(
              (query, limit) => store.search(query, limit),
              incidentQueries(analyses),
              maxSimilar,
            );
      const explanation = explainLogs({
        analyses,
        baseline,
        similar,
        ...(options.question === undefined ? {} : { question: options.question }),
      });
      progress.clear();
      const output = new Output(signal);
      await output.write(format(explanation, options));
      await output.flush();
      await engine.close();
    });
}

function format(explanation: Explanation, options: ExplainOptions): string {
  if (options.json === true) return `${JSON.stringify(explanation)}\n`;
  if (options.markdown === true) return explanationMarkdown(explanation);
  return `${explanationText(explanation, terminalPaint())}\n`;
}
