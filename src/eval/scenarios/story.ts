export type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** One thing that is logged. */
export interface Statement {
  readonly level: Level;
  /** Logger, daemon, thread or pod, as the format understands it. */
  readonly source: string;
  /** `{name}` stands for a drawn value; further lines follow a line break, as they stand. */
  readonly text: string;
}

/** One step of a story: what is logged, or a program that ends (`stop`) or comes back (`start`). */
export interface Step {
  /** Seconds since the first step. */
  readonly after: number;
  /** Name of the file in the form; `.` where there is only one. */
  readonly file: string;
  /** Whether this is where it began; the others follow from it. */
  readonly isCause: boolean;
  readonly kind: 'say' | 'stop' | 'start';
  readonly say: Statement;
  /** How often it is said, a few seconds apart. */
  readonly times: number;
}

const stepLine = /^\+(\d+(?:\.\d+)?) ([\w.]+)(!?) (\w+)(?:\*(\d+))?(?: ([^|]*?) ?\|(?: (.*))?)?$/;

/**
 * Reads a story, a step a line: `+2 db! error*3 checkpointer | message` is said two seconds after the
 * step before, in the file `db`, as the cause (`!`), three times. A line that begins with `>` continues
 * the message. `+5 db stop` ends what the program writes of its own accord, `+60 db start` resumes it.
 * @throws Error for a line that is none of these: stories are part of the program
 */
export function readStory(text: string): readonly Step[] {
  const steps: Step[] = [];
  let after = 0;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '') continue;
    const last = steps.at(-1);
    if (line.startsWith('>') && last !== undefined) {
      steps[steps.length - 1] = {
        ...last,
        say: { ...last.say, text: `${last.say.text}\n${line.replace(/^> ?/, '')}` },
      };
      continue;
    }
    const found = stepLine.exec(line);
    if (found === null) throw new Error(`A story has a line that is no step: ${line}`);
    const [, wait = '0', file = '.', mark = '', word = '', times, source = '', message = ''] =
      found;
    after += Number(wait);
    const kind = word === 'stop' || word === 'start' ? word : 'say';
    steps.push({
      after,
      file,
      isCause: mark === '!',
      kind,
      say: { level: kind === 'say' ? levelOf(word) : 'info', source, text: message },
      times: Number(times ?? 1),
    });
  }
  return steps;
}

/** Reads statements, one a line: `info checkpointer | message`. */
export function readStatements(text: string): readonly Statement[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const found = /^(\w+) ([^|]*?) ?\| (.*)$/.exec(line);
      if (found === null) throw new Error(`This is no statement: ${line}`);
      const [, level = '', source = '', message = ''] = found;
      return { level: levelOf(level), source, text: message };
    });
}

function levelOf(word: string): Level {
  if (word === 'debug' || word === 'info' || word === 'warn' || word === 'error') return word;
  if (word === 'fatal') return word;
  throw new Error(`A story has a level that is none: ${word}`);
}
