import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { mkdtemp, open, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { styleText } from 'node:util';

import { Command, InvalidArgumentError } from 'commander';

import { isoTime } from '../../engine/explain/words.ts';
import { estimateSkews } from '../../engine/merge/estimateSkews.ts';
import { followIdentifier } from '../../engine/merge/followIdentifier.ts';
import type { TextWriter } from '../../engine/merge/joinedText.ts';
import type { MergeInput } from '../../engine/merge/timeMerge.ts';
import { concatenate, mergeByTime } from '../../engine/merge/mergeByTime.ts';
import { terminalText } from '../../engine/present/safeText.ts';
import { openSource } from '../../engine/source/adapters/openSource.ts';
import type { ByteSource } from '../../engine/source/byteSource.ts';
import type { PartLines } from '../../engine/source/partLines.ts';
import { lineInPart, partLines } from '../../engine/source/partLines.ts';
import { formatsOption, useFormatsFile } from '../formatsFile.ts';
import { findInputs } from '../inputs.ts';
import { LaneLines } from '../laneLines.ts';
import { complain, coloursShown, Output, Progress } from '../terminal.ts';
import { UsageError } from '../usageError.ts';
import type { CommandContext } from './context.ts';

/** Lines with an identifier beyond this many, of all logs together, are left out with a word. */
const mostLines = 100_000;
const laneColours = ['cyan', 'magenta', 'green', 'yellow', 'blue', 'red'] as const;

interface MergeOptions {
  readonly concatenate?: true;
  readonly output?: string;
  readonly lanes?: true;
  readonly id?: string;
  readonly skew: ReadonlyMap<string, number>;
  readonly json?: true;
  readonly formats?: string;
}

/** `faultline merge`: several logs as one, by the times of their records. */
export function mergeCommand({ signal }: CommandContext): Command {
  return new Command('merge')
    .description('write several logs as one, in the order of time')
    .argument(
      '<path...>',
      'logs, plain or packed, and folders of them, where rotated parts are one log',
    )
    .option('--concatenate', 'one behind the other, not by time')
    .option('--output <file>', 'write there instead of to stdout')
    .option('--lanes', 'begin each line with the name of its log')
    .option('--id <id>', 'only lines that state this identifier')
    .option(
      '--skew <name=ms>',
      'add milliseconds to the times of a log; repeatable',
      addSkew,
      new Map(),
    )
    .option('--json', 'one JSON object a line')
    .addOption(formatsOption())
    .action(async (paths: string[], options: MergeOptions) => {
      await useFormatsFile(options.formats);
      const { files, logs, skipped } = await findInputs(paths);
      for (const { path, why } of skipped) complain(`left out ${path}: ${why}.`);
      await refuseOverwriting(options.output, files);
      const names = shortNames(logs.map(({ path }) => path));
      const unknown = [...options.skew.keys()].find((name) => !names.includes(name));
      if (unknown !== undefined) {
        throw new UsageError(`No log is called ${unknown}. The names are: ${names.join(', ')}.`);
      }
      const progress = new Progress();
      const spoolDir = await mkdtemp(join(tmpdir(), 'faultline-'));
      const sources: ByteSource[] = [];
      try {
        for (const { path, parts } of logs) {
          sources.push(await openSource(path, { spoolDir, signal, rotated: parts.length > 1 }));
        }
        for (const source of sources) {
          for (const note of source.notes) complain(`${source.path}: ${note}`);
        }
        const inputs = await withSkews(sources, names, options, signal);
        await write(inputs, options, signal, progress);
      } finally {
        progress.clear();
        for (const source of sources) await source.close();
        await rm(spoolDir, { recursive: true, force: true });
      }
    });
}

function addSkew(text: string, known: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const at = text.lastIndexOf('=');
  const skew = Number(text.slice(at + 1));
  if (at < 1 || text.length === at + 1 || !Number.isFinite(skew)) {
    throw new InvalidArgumentError('It must be a name and milliseconds, such as app.log=-2500.');
  }
  return new Map([...known, [text.slice(0, at), skew]]);
}

/** The last part of a path where no other log has it, else the path. */
function shortNames(files: readonly string[]): readonly string[] {
  const last = files.map((file) => basename(file));
  return files.map((file, at) => {
    const name = last[at] ?? file;
    return last.indexOf(name) === last.lastIndexOf(name) ? name : file;
  });
}

async function refuseOverwriting(
  output: string | undefined,
  files: readonly string[],
): Promise<void> {
  if (output === undefined) return;
  const target = await realpath(output).catch(() => null);
  for (const file of files) {
    if (target !== null && target === (await realpath(file))) {
      throw new UsageError(`${output} is one of the logs. Name another file for --output.`);
    }
  }
}

/** Clocks as the reader states them, and as the logs tell for the others. */
async function withSkews(
  sources: readonly ByteSource[],
  names: readonly string[],
  options: MergeOptions,
  signal: AbortSignal,
): Promise<readonly MergeInput[]> {
  const inputs = sources.map((source, at) => ({ source, name: names[at] ?? source.path, skew: 0 }));
  if (options.concatenate === true) return inputs;
  if (options.skew.size > 0) {
    return inputs.map((input) => ({ ...input, skew: options.skew.get(input.name) ?? 0 }));
  }
  const { skews, notes } = await estimateSkews(inputs, signal);
  for (const note of notes) complain(`${note} Its times were corrected; --skew states others.`);
  return inputs.map((input, at) => ({ ...input, skew: skews[at] ?? 0 }));
}

async function write(
  inputs: readonly MergeInput[],
  options: MergeOptions,
  signal: AbortSignal,
  progress: Progress,
): Promise<void> {
  const onProgress = (share: number): void => {
    progress.show(`Reading: ${Math.floor(share * 100)} %`);
  };
  const target = await Target.open(options.output, signal);
  try {
    const lines = await lineForm(inputs, options, target.isTerminal, signal);
    if (options.id !== undefined) {
      const most = Math.ceil(mostLines / inputs.length);
      const found = await followIdentifier(inputs, options.id, most, { signal, onProgress });
      for (const { log, line, time, text } of found.lines) {
        await target.text(lines({ lane: log, line, text, time }));
      }
      for (const log of found.cut) {
        complain(`${inputs[log]?.name ?? ''}: only the first ${most} lines with ${options.id}.`);
      }
      return;
    }
    const join = options.concatenate === true ? concatenate : mergeByTime;
    const plain = options.lanes === undefined && options.json === undefined && !target.isTerminal;
    const out: TextWriter = plain
      ? target
      : new LaneLines(inputs.length, (line) => target.text(lines(line)));
    const { notes } = await join(inputs, out, { signal, onProgress });
    for (const note of notes) complain(note);
  } finally {
    await target.close();
  }
}

interface WrittenLine {
  readonly lane: number;
  readonly line: number;
  readonly text: string;
  /** Only where lines are looked for one by one. */
  readonly time?: number | null;
}

/** How one line is written. */
async function lineForm(
  inputs: readonly MergeInput[],
  options: MergeOptions,
  terminal: boolean,
  signal: AbortSignal,
): Promise<(line: WrittenLine) => string> {
  if (options.json === true) {
    const sets = await Promise.all(inputs.map(({ source }) => partLines(source, signal)));
    return ({ lane, line, text, time }) => {
      const stated = time === undefined ? {} : { time: isoTime(time ?? Number.NaN) };
      const place = placeOf(inputs[lane]?.name ?? '', sets[lane] ?? [], line);
      return `${JSON.stringify({ ...place, ...stated, text })}\n`;
    };
  }
  const width = Math.max(...inputs.map(({ name }) => name.length));
  const shown = (text: string): string => (terminal ? terminalText(text) : text);
  const labelled = options.lanes === true || options.id !== undefined;
  const colours = terminal && coloursShown();
  const labels = inputs.map(({ name }, lane) => {
    const label = shown(name).padEnd(width);
    return colours ? styleText(laneColours[lane % laneColours.length] ?? 'cyan', label) : label;
  });
  return ({ lane, text }) => `${labelled ? `${labels[lane] ?? ''} ` : ''}${shown(text)}\n`;
}

/** A line where a reader finds it: in a rotated set that is one of its files, called as the set is. */
function placeOf(
  name: string,
  parts: readonly PartLines[],
  line: number,
): { readonly log: string; readonly line: number } {
  if (parts.length < 2) return { log: name, line };
  const place = lineInPart(parts, line);
  const isShort = name === basename(name);
  return { log: isShort ? basename(place.path) : place.path, line: place.line };
}

/** Where the joined text goes: a file, or stdout without outrunning its reader. */
class Target implements TextWriter {
  readonly isTerminal: boolean;
  readonly #file: FileHandle | null;
  readonly #output: Output;
  #pending: string[] = [];
  #size = 0;

  private constructor(file: FileHandle | null, signal: AbortSignal) {
    this.#file = file;
    this.isTerminal = file === null && process.stdout.isTTY;
    this.#output = new Output(signal);
  }

  /** @throws UsageError where the file cannot be written */
  static async open(path: string | undefined, signal: AbortSignal): Promise<Target> {
    if (path === undefined) return new Target(null, signal);
    try {
      return new Target(await open(path, 'w'), signal);
    } catch (error) {
      throw new UsageError(`${path} cannot be written. Check its folder and permissions.`, error);
    }
  }

  async append(bytes: Uint8Array): Promise<void> {
    if (this.#file !== null) await this.#file.appendFile(bytes);
    // Copied: a pipe may take the bytes after this has returned.
    else if (!process.stdout.write(bytes.slice())) await once(process.stdout, 'drain');
  }

  async text(text: string): Promise<void> {
    if (this.#file === null) {
      await this.#output.write(text);
      return;
    }
    this.#pending.push(text);
    this.#size += text.length;
    if (this.#size >= 1 << 18) await this.#flush();
  }

  async close(): Promise<void> {
    try {
      await this.#flush();
    } finally {
      await this.#file?.close();
    }
  }

  async #flush(): Promise<void> {
    if (this.#file === null) {
      await this.#output.flush();
      return;
    }
    const text = this.#pending.join('');
    this.#pending = [];
    this.#size = 0;
    if (text !== '') await this.#file.appendFile(text);
  }
}
