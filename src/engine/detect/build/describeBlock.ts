import type { Family, Reason } from '../finding.ts';
import { featureNames } from './blockFeatures.ts';
import { signal } from './lineSignals.ts';
import type { SignalName } from './lineSignals.ts';
import type { RankedBlock } from './rankBlocks.ts';
import type { BuildRun } from './readBuild.ts';
import { shortened } from './shortened.ts';

type Aspect = 'statement' | 'detail' | 'place' | 'repetition';

const aspectOf: Readonly<Record<string, Aspect>> = {
  heading: 'statement',
  failWord: 'statement',
  errorPrefix: 'statement',
  exception: 'statement',
  errorCode: 'statement',
  failToken: 'statement',
  cause: 'statement',
  warning: 'statement',
  infoLevel: 'statement',
  negated: 'statement',
  ok: 'statement',
  expectation: 'detail',
  location: 'detail',
  caret: 'detail',
  frame: 'detail',
  assertion: 'detail',
  excerpt: 'detail',
  strongLines: 'detail',
  commonness: 'repetition',
  elsewhere: 'repetition',
};

/** What each signal is called in a sentence. Signals that say little alone have no words. */
const words: Partial<Record<SignalName, string>> = {
  heading: 'a failure heading',
  errorPrefix: 'an error message',
  exception: 'an exception name',
  errorCode: 'an error code',
  failToken: 'the word FAILED or ERROR',
  cause: 'a phrase that names a cause',
  expectation: 'expected and actual values',
  location: 'a file and line',
  caret: 'a marker under the offending source',
  frame: 'stack frames',
  assertion: 'an assertion',
  diff: 'a difference',
  excerpt: 'an excerpt of the source',
};

const families: Readonly<Record<Aspect, Family>> = {
  statement: 'severity',
  detail: 'build',
  place: 'build',
  repetition: 'rarity',
};

const aspects: readonly Aspect[] = ['statement', 'detail', 'place', 'repetition'];

const featureAspect: readonly Aspect[] = featureNames.map(
  (name) => aspectOf[name.replace(/^in:/, '')] ?? 'place',
);

/** The reasons for one block, strongest first; their bits add up to the bits of the block. */
export function reasonsFor(run: BuildRun, block: RankedBlock): Reason[] {
  const bits: Record<Aspect, number> = { statement: 0, detail: 0, place: 0, repetition: 0 };
  block.bits.forEach((value, k) => {
    bits[featureAspect[k]!] += value;
  });
  return aspects
    .map((aspect) => ({
      family: families[aspect],
      bits: bits[aspect],
      ...sentence(run, block, aspect),
    }))
    .sort((a, b) => b.bits - a.bits);
}

type Sentence = Pick<Reason, 'text' | 'observed' | 'expected' | 'lines'>;

function sentence(run: BuildRun, block: RankedBlock, aspect: Aspect): Sentence {
  switch (aspect) {
    case 'statement':
      return shapeSentence(
        run,
        block,
        ['errorPrefix', 'heading', 'exception', 'cause', 'failToken', 'errorCode'],
        'The block states a failure',
        'The block states no failure in the usual words',
      );
    case 'detail':
      return shapeSentence(
        run,
        block,
        ['expectation', 'location', 'caret', 'assertion', 'frame', 'diff', 'excerpt'],
        'It gives the details of one',
        'It gives no file, value or stack',
      );
    case 'place':
      return placeSentence(run, block);
    case 'repetition':
      return repetitionSentence(run, block);
  }
}

/** Signals shown in one sentence; more would not be read. */
const namedSignals = 3;

function shapeSentence(
  run: BuildRun,
  block: RankedBlock,
  names: readonly SignalName[],
  having: string,
  lacking: string,
): Sentence {
  const region = run.regions[block.region]!;
  const found: string[] = [];
  const lines: number[] = [];
  for (const name of names) {
    const line = firstWith(region.signals, block, region.first, signal[name]);
    if (line === null || found.length === namedSignals) continue;
    found.push(words[name] ?? name);
    if (!lines.includes(line + 1)) lines.push(line + 1);
  }
  const observed = found.length === 0 ? 'none' : found.join(', ');
  return {
    text: found.length === 0 ? `${lacking}.` : `${having}: ${observed}.`,
    observed,
    expected: 'an average block of this output',
    lines: lines.length === 0 ? [block.first + 1] : lines.sort((a, b) => a - b),
  };
}

function firstWith(
  signals: Int32Array,
  block: RankedBlock,
  regionFirst: number,
  bit: number,
): number | null {
  for (let line = block.first; line < block.end; line += 1) {
    if ((signals[line - regionFirst]! & bit) !== 0) return line;
  }
  return null;
}

function placeSentence(run: BuildRun, block: RankedBlock): Sentence {
  const { region } = run.regions[block.region]!;
  const command = region.name === '' ? 'the run' : `\`${shortened(region.name, 80)}\``;
  if (region.verdictLine === null) {
    return {
      text: `It stands ${distance(region.end - block.end)} before the end of the output of ${command}.`,
      observed: `line ${block.first + 1}`,
      expected: `the cause of a failure stands near line ${region.end}`,
      lines: [block.first + 1],
    };
  }
  const status = region.exit === null ? 'failed' : `ended with status ${region.exit}`;
  const before = region.verdictLine - block.end;
  const where = before <= 0 ? 'directly before' : `${distance(before)} before`;
  return {
    text: `It stands ${where} the line that says ${command} ${status}.`,
    observed: status,
    expected: 'status 0',
    lines: [block.first + 1, region.verdictLine + 1],
  };
}

function repetitionSentence(run: BuildRun, block: RankedBlock): Sentence {
  const region = run.regions[block.region]!;
  let shown = 0;
  let single = 0;
  let elsewhere = 0;
  for (let line = block.first; line < block.end; line += 1) {
    const at = line - region.first;
    if ((region.signals[at]! & signal.blank) !== 0) continue;
    shown += 1;
    if (region.counts[at]! <= 1) single += 1;
    elsewhere += region.elsewhere[at]!;
  }
  return {
    text:
      elsewhere === 0
        ? `${single} of its ${shown} lines occur once in the log, and none of them in a step that passed.`
        : `${single} of its ${shown} lines occur once in the log; ${elsewhere} also stand outside the failing step.`,
    observed: `${single} of ${shown} lines occur once`,
    expected: 'routine lines repeat',
    lines: [block.first + 1],
  };
}

function distance(lines: number): string {
  return lines === 1 ? '1 line' : `${Math.max(0, lines)} lines`;
}
