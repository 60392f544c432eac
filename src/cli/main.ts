import { isMainThread, parentPort } from 'node:worker_threads';

import { Command, CommanderError } from 'commander';

import { EngineError } from '../engine/base/engineError.ts';
import { isDiskHanging } from '../engine/source/adapters/disk.ts';
import { serveSegments } from '../worker/serveSegments.ts';
import { evalCommand } from './commands/eval.ts';
import { explainCommand } from './commands/explain.ts';
import { incidentsCommand } from './commands/incidents.ts';
import { mergeCommand } from './commands/merge.ts';
import { parseCommand } from './commands/parse.ts';
import { scanCommand } from './commands/scan.ts';
import { sessionsCommand } from './commands/sessions.ts';
import { trainCommand } from './commands/train.ts';
import { complain, leaveQuietlyWhenUnread } from './terminal.ts';
import { UsageError } from './usageError.ts';
import { version } from './version.ts';

const exit = { done: 0, wrong: 2, interrupted: 130 } as const;

function program(signal: AbortSignal, setStatus: (status: number) => void): Command {
  const root = new Command('faultline')
    .description('Marks the lines of a log that do not belong, and says what broke. Offline.')
    .version(version());
  const context = { signal, setStatus };
  for (const command of [
    scanCommand,
    sessionsCommand,
    parseCommand,
    explainCommand,
    mergeCommand,
    incidentsCommand,
    trainCommand,
    evalCommand,
  ]) {
    root.addCommand(command(context));
  }
  const all = [root, ...root.commands, ...root.commands.flatMap(({ commands }) => commands)];
  for (const command of all) {
    command
      .exitOverride()
      .showSuggestionAfterError(true)
      .configureOutput({ outputError: () => undefined, writeErr: () => undefined });
  }
  return root;
}

/** One line: what is wrong and what to do. */
function usageLine(error: CommanderError): string {
  if (error.code === 'commander.help') {
    return 'name a command: scan, sessions, parse, explain, merge, incidents (with what to do), train or eval. See faultline --help.';
  }
  const text = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  return `${text}${/[.!?)]$/.test(text) ? '' : '.'} See faultline --help.`;
}

async function main(): Promise<number> {
  leaveQuietlyWhenUnread();
  const interrupt = new AbortController();
  process.once('SIGINT', () => {
    interrupt.abort();
    // A second one does not wait for a slice of work to end.
    process.once('SIGINT', () => process.exit(exit.interrupted));
  });
  let status: number = exit.done;
  try {
    await program(interrupt.signal, (value) => {
      status = value;
    }).parseAsync();
    return interrupt.signal.aborted ? exit.interrupted : status;
  } catch (error) {
    if (interrupt.signal.aborted || EngineError.is(error, 'aborted')) return exit.interrupted;
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exit.done;
      complain(usageLine(error));
      return exit.wrong;
    }
    if (error instanceof UsageError) complain(error.message);
    else if (EngineError.is(error)) complain(`${error.message} ${error.advice}`);
    else complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return exit.wrong;
  }
}

// Large logs are analysed in threads, which run this same program.
if (!isMainThread && parentPort !== null) serveSegments(parentPort);
else {
  process.exitCode = await main();
  // A call that a dead disk never answers keeps the program alive, and `process.exit` waits for it.
  if (isDiskHanging()) process.kill(process.pid, 'SIGKILL');
}
