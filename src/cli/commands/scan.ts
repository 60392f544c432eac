import { Command } from 'commander';

import type { Finding, Severity } from '../../engine/detect/finding.ts';
import { reaches } from '../../engine/present/lineMarks.ts';
import { filesText, findingsText, scanSummary } from '../../engine/present/terminal.ts';
import { openEngine } from '../compose.ts';
import { formatsOption, useFormatsFile } from '../formatsFile.ts';
import { findInputs } from '../inputs.ts';
import { mergeFindings } from '../mergeFindings.ts';
import { parseCount, parseSeverity } from '../options.ts';
import { complain, Output, Progress, terminalPaint } from '../terminal.ts';
import type { CommandContext } from './context.ts';

interface ScanOptions {
  readonly json?: boolean;
  readonly baseline?: string[];
  readonly top?: number;
  readonly embeddings: boolean;
  readonly failOn?: Severity;
  readonly formats?: string;
}

/** Findings that a terminal shows unless asked for more. */
const shownByDefault = 20;

/** `faultline scan`: the findings of some logs, best first. */
export function scanCommand({ signal, setStatus }: CommandContext): Command {
  return new Command('scan')
    .description('print the lines that do not belong, with reasons')
    .argument(
      '<path...>',
      'logs of any size, plain or packed, or folders of them, where rotated parts are one log',
    )
    .option('--json', 'one JSON object instead of text')
    .option('--baseline <good...>', 'logs of good runs to compare with, or a file of `train`')
    .option('--top <n>', 'at most n findings', parseCount)
    .option('--no-embeddings', 'compare patterns by words, without the model')
    .option(
      '--fail-on <severity>',
      'exit with 1 if there is a finding of this severity',
      parseSeverity,
    )
    .addOption(formatsOption())
    .action(async (paths: string[], options: ScanOptions) => {
      const start = performance.now();
      await useFormatsFile(options.formats);
      const progress = new Progress();
      const { files, logs, skipped } = await findInputs(paths);
      for (const { path, why } of skipped) complain(`skipped ${path}: ${why}`);
      const engine = await openEngine({ embeddings: options.embeddings, signal, progress });
      const baseline = options.baseline ?? [];
      const scanned = await engine.scan(logs, baseline);
      progress.clear();
      const all = mergeFindings(scanned.map(({ findings }) => findings));
      if (options.failOn !== undefined) {
        const floor = options.failOn;
        if (all.some(({ severity }) => reaches(severity, floor))) setStatus(1);
      }
      if (engine.unread().some(({ path }) => paths.includes(path))) setStatus(2);
      // What is known when the scan was interrupted is still printed.
      const output = new Output(signal.aborted ? new AbortController().signal : signal);
      if (options.json === true) {
        const report = {
          version: 1,
          files: scanned.map(({ file }) => file),
          findings: all.slice(0, options.top ?? all.length).map(findingJson),
          embedder: { id: engine.embedder().id, state: engine.embedder().state },
          milliseconds: rounded(performance.now() - start),
          peakBytes: process.resourceUsage().maxRSS * 1024,
        };
        await output.write(`${JSON.stringify(report)}\n`);
      } else {
        const paint = terminalPaint();
        const lines = scanned.reduce((sum, { file }) => sum + file.lines, 0);
        const read = files.length - engine.unread().flatMap(({ parts }) => parts).length;
        const shown = all.slice(0, options.top ?? shownByDefault);
        if (shown.length > 0) await output.write(`${findingsText(shown, paint)}\n\n`);
        const summary = scanSummary({ findings: all, lines, files: read }, paint);
        const about = filesText(
          scanned.map(({ file }) => file),
          paint,
        );
        const more = all.length - shown.length;
        await output.write(
          `${summary}${more > 0 ? `; ${more} more with --top ${all.length}` : ''}\n${about === '' ? '' : `${about}\n`}`,
        );
      }
      await output.flush();
      await engine.close();
    });
}

/** A finding as the contract writes it; `lines` only with a baseline. */
function findingJson(finding: Finding): object {
  const { rank, path, line, endLine, severity, score, bits, count, template, title } = finding;
  return {
    rank,
    path,
    line,
    endLine,
    severity,
    score,
    bits,
    count,
    template,
    title,
    reasons: finding.reasons.map(({ family, bits: strength, text, observed, expected, lines }) => ({
      family,
      bits: strength,
      text,
      observed,
      expected,
      lines,
    })),
    related: finding.related,
    ...(finding.lines === undefined ? {} : { lines: finding.lines }),
  };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
