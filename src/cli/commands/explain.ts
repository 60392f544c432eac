import { readFile } from 'node:fs/promises';

import { Command, Option } from 'commander';

import type { ExplainMode, Explanation } from '../../engine/explain/explanation.ts';
import type { ExplainInput } from '../../engine/explain/explainLogs.ts';
import { explainLogs } from '../../engine/explain/explainLogs.ts';
import { incidentQueries } from '../../engine/explain/lookUp.ts';
import { builtInRules } from '../../engine/explain/rules/builtInRules.ts';
import type { RuleBook } from '../../engine/explain/rules/ruleBook.ts';
import { compileUserRules } from '../../engine/explain/rules/userRules.ts';
import { searchAll } from '../../engine/incident/searchAll.ts';
import { explanationMarkdown } from '../../engine/present/explanationMarkdown.ts';
import { explanationText } from '../../engine/present/terminal.ts';
import type { Endpoint } from '../../engine/llm/endpoint.ts';
import type { PrivacyLevel } from '../../engine/privacy/privacyLevel.ts';
import { privacyLevels } from '../../engine/privacy/privacyLevel.ts';
import { askEndpoint, payloadText, showPrompt } from '../askEndpoint.ts';
import { openEngine } from '../compose.ts';
import { formatsOption, useFormatsFile } from '../formatsFile.ts';
import { findInputs } from '../inputs.ts';
import { openEndpoint, parseModel } from '../languageModel.ts';
import { parseCount } from '../options.ts';
import { complain, Output, Progress, terminalPaint } from '../terminal.ts';
import { UsageError } from '../usageError.ts';
import type { CommandContext } from './context.ts';

interface ExplainOptions {
  readonly baseline?: string[];
  readonly incidents?: string;
  readonly rules?: string[];
  readonly mode: ExplainMode;
  readonly llm: string;
  readonly llmUrl?: string;
  readonly llmContext?: number;
  readonly privacy?: PrivacyLevel;
  readonly showPrompt?: boolean;
  readonly question?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly formats?: string;
}

const maxSimilar = 5;

/** `faultline explain`: what broke, from one log, several, or a folder of them. */
export function explainCommand(context: CommandContext): Command {
  return new Command('explain')
    .description('say what broke, with evidence; offline unless a language model is named')
    .argument('<path...>', 'logs, or folders of logs, where rotated parts are one log')
    .option(
      '--baseline <path...>',
      'logs or folders of a good run to compare with, or a file of `train`',
    )
    .option('--incidents <dir>', 'folder of remembered incidents to look into')
    .option('--rules <file...>', 'rules of your own, as YAML')
    .addOption(
      new Option('--mode <mode>', 'fast leaves embeddings and past incidents away')
        .choices(['full', 'fast'])
        .default('full'),
    )
    .option(
      '--llm <name>',
      'language model that words the report, such as ollama:llama3.2; what it is sent leaves this machine if it runs elsewhere',
      'off',
    )
    .option('--llm-url <url>', 'base URL of the endpoint, for custom:MODEL or another address')
    .option('--llm-context <tokens>', 'tokens that the model reads and writes', parseCount)
    .addOption(
      new Option(
        '--privacy <level>',
        'what is masked before it is sent: secrets (for a local model), personal data as well (for any other), or all text but templates',
      ).choices(privacyLevels),
    )
    .option('--show-prompt', 'print exactly what the model would be sent, and send nothing')
    .option('--question <text>', 'what you want to know; the answer comes from the logs')
    .addOption(new Option('--json', 'one JSON object instead of text').conflicts('markdown'))
    .option('--markdown', 'a Markdown report instead of text')
    .addOption(formatsOption())
    .action((paths: string[], options: ExplainOptions) => explain(paths, options, context));
}

async function explain(
  paths: readonly string[],
  options: ExplainOptions,
  { signal, setStatus }: CommandContext,
): Promise<void> {
  await useFormatsFile(options.formats);
  const endpoint = endpointOf(options);
  const progress = new Progress();
  const rules = await rulesOf(options.rules ?? []);
  const inputs = await findInputs(paths);
  const good = options.baseline === undefined ? null : await findInputs(options.baseline);
  for (const { path, why } of [...inputs.skipped, ...(good?.skipped ?? [])]) {
    complain(`skipped ${path}: ${why}`);
  }
  const memory = options.mode === 'fast' ? undefined : options.incidents;
  const engine = await openEngine({ embeddings: memory !== undefined, signal, progress });
  const analyses = await engine.analyse(inputs.logs, options.question);
  if (engine.unread().some(({ path }) => paths.includes(path))) setStatus(2);
  const baseline = good === null ? [] : await engine.parse(good.files);
  const store = memory === undefined ? null : engine.incidents(memory);
  const similar =
    store === null
      ? []
      : await searchAll(
          (query, limit) => store.search(query, limit),
          incidentQueries(analyses, baseline),
          maxSimilar,
        );
  const input: ExplainInput = {
    analyses,
    baseline,
    similar,
    rules,
    mode: options.mode,
    ...(options.question === undefined ? {} : { question: options.question }),
  };
  const offline = explainLogs(input);
  const report = await reportOf(offline, input, { endpoint, options, signal, progress });
  progress.clear();
  const output = new Output(signal);
  await output.write(report);
  await output.flush();
  await engine.close();
}

/** The report as it is printed: offline, worded by a model, or what that model would be sent. */
async function reportOf(
  offline: Explanation,
  input: ExplainInput,
  {
    endpoint,
    options,
    signal,
    progress,
  }: {
    readonly endpoint: Endpoint | null;
    readonly options: ExplainOptions;
    readonly signal: AbortSignal;
    readonly progress: Progress;
  },
): Promise<string> {
  if (endpoint === null) return format(offline, options);
  const asked = {
    endpoint,
    offline,
    input,
    level: options.privacy ?? null,
    question: options.question ?? null,
  };
  if (options.showPrompt === true) {
    const payload = showPrompt(asked);
    return options.json === true ? `${JSON.stringify(payload)}\n` : payloadText(payload);
  }
  return format(await askEndpoint(asked, signal, progress), options);
}

/** @throws UsageError for a model that is none, and for options that say nothing without one */
function endpointOf(options: ExplainOptions): Endpoint | null {
  const named = parseModel(options.llm);
  if (named !== null) {
    return openEndpoint(named, {
      url: options.llmUrl,
      contextTokens: options.llmContext,
      shown: options.showPrompt === true,
    });
  }
  const lonely = [
    options.llmUrl === undefined ? null : '--llm-url',
    options.llmContext === undefined ? null : '--llm-context',
    options.privacy === undefined ? null : '--privacy',
    options.showPrompt === true ? '--show-prompt' : null,
  ].find((name) => name !== null);
  if (lonely === undefined) return null;
  throw new UsageError(`${lonely} is about a language model. Name one with --llm.`);
}

/** @throws UsageError for a file that cannot be read */
async function rulesOf(paths: readonly string[]): Promise<RuleBook> {
  const files = [];
  for (const path of paths) {
    try {
      files.push({ path, text: await readFile(path, 'utf8') });
    } catch (error) {
      throw new UsageError(`${path}: cannot be read. Check the path of the rules.`, error);
    }
  }
  const { rules, problems } = compileUserRules(files);
  for (const problem of problems) complain(`${problem.message} ${problem.advice}`);
  return builtInRules().with(rules);
}

function format(explanation: Explanation, options: ExplainOptions): string {
  if (options.json === true) return `${JSON.stringify(explanation)}\n`;
  if (options.markdown === true) return explanationMarkdown(explanation);
  return `${explanationText(explanation, terminalPaint())}\n`;
}
