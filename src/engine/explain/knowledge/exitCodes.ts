import type { Category } from '../explanation.ts';
import type { Hit, Role } from './rule.ts';

type Fact = readonly [category: Category, role: Role, strength: number, says: string];

/** POSIX shells report death by signal n as 128 + n; the rest are shell conventions (bash(1), sysexits.h). */
const codes: Readonly<Record<number, Fact>> = {
  126: ['auth.denied', 'cause', 0.6, 'a command could not be executed (exit code 126)'],
  127: ['config.invalid', 'cause', 0.75, 'a command was not found (exit code 127)'],
  132: ['process.crash', 'effect', 0.7, 'a process died of an illegal instruction'],
  133: ['process.crash', 'effect', 0.6, 'a process died of a trap'],
  134: ['process.crash', 'effect', 0.75, 'a process aborted itself (SIGABRT)'],
  135: ['process.crash', 'effect', 0.7, 'a process died of a bus error'],
  136: ['process.crash', 'effect', 0.7, 'a process died of an arithmetic error'],
  137: ['process.killed', 'effect', 0.55, 'a process was killed (SIGKILL)'],
  139: ['process.crash', 'effect', 0.8, 'a process crashed with a segmentation fault'],
  141: ['network.disconnect', 'effect', 0.5, 'a process wrote to a closed pipe (SIGPIPE)'],
  124: ['network.timeout', 'effect', 0.6, 'a command ran past its time limit (exit code 124)'],
  152: ['resource.cpu', 'cause', 0.75, 'a process used up its processor time (SIGXCPU)'],
  153: ['resource.disk', 'cause', 0.75, 'a process wrote a file past its limit (SIGXFSZ)'],
  159: ['auth.denied', 'cause', 0.7, 'a process made a forbidden system call (SIGSYS)'],
  143: ['process.killed', 'symptom', 0.25, 'a process was asked to stop (SIGTERM)'],
};

const signals: Readonly<Record<string, Fact>> = {
  sigsegv: ['process.crash', 'effect', 0.85, 'a process crashed with a segmentation fault'],
  sigabrt: ['process.crash', 'effect', 0.75, 'a process aborted itself (SIGABRT)'],
  sigbus: ['process.crash', 'effect', 0.8, 'a process died of a bus error'],
  sigill: ['process.crash', 'effect', 0.8, 'a process died of an illegal instruction'],
  sigfpe: ['process.crash', 'effect', 0.75, 'a process died of an arithmetic error'],
  sigkill: ['process.killed', 'effect', 0.55, 'a process was killed (SIGKILL)'],
  sigpipe: ['network.disconnect', 'effect', 0.4, 'a process wrote to a closed pipe (SIGPIPE)'],
  sigxcpu: ['resource.cpu', 'cause', 0.75, 'a process used up its processor time (SIGXCPU)'],
  sigxfsz: ['resource.disk', 'cause', 0.75, 'a process wrote a file past its limit (SIGXFSZ)'],
  sigsys: ['auth.denied', 'cause', 0.7, 'a process made a forbidden system call (SIGSYS)'],
  sigtrap: ['process.crash', 'effect', 0.6, 'a process died of a trap'],
  sigterm: ['process.killed', 'symptom', 0.2, 'a process was asked to stop (SIGTERM)'],
  sighup: [
    'process.killed',
    'symptom',
    0.1,
    'a process was told that its terminal is gone (SIGHUP)',
  ],
  '9': ['process.killed', 'effect', 0.55, 'a process was killed (SIGKILL)'],
  '6': ['process.crash', 'effect', 0.75, 'a process aborted itself (SIGABRT)'],
  '11': ['process.crash', 'effect', 0.85, 'a process crashed with a segmentation fault'],
};

const exitShape =
  /\b(?:exit(?:ed|s)?(?: with)?(?: a)?(?: non-?zero)?(?: exit)?[ -_]?(?:code|status|value)?|return(?:ed)?(?: exit)? (?:code|status)|error code|exitcode|status|(?<=[\t ])error(?=[\t ]+1[23][0-9]\b)) ?[:=]?[\t ]?\(?(-?[0-9]{1,10})\b/gi;

const signalShape =
  /(?:\bsignal(?:led)?:? ?(?:number )?\(?|\b)(sig(?:segv|abrt|bus|ill|fpe|kill|pipe|xcpu|xfsz|sys|trap|term|hup)|(?<=signal(?:led)?:? )(?:9|6|11))\b/gi;

/** What the exit codes and signals of a text say. An exit code of 0 says nothing. */
export function exitHits(text: string): readonly Hit[] {
  const hits: Hit[] = [];
  for (const match of text.matchAll(exitShape)) {
    const shown = match[1] ?? '';
    const code = Number(shown);
    if (code === 0 || (/^status/i.test(match[0]) && codes[code] === undefined)) continue;
    const known = codes[code] ?? [
      'unknown',
      'symptom',
      0.3,
      `a process ended with exit code ${shown}`,
    ];
    const [category, role, strength, says] = known;
    hits.push({ category, role, strength, says, words: `exit code ${shown}`, at: match.index });
    if (hits.length >= 3) break;
  }
  for (const match of text.matchAll(signalShape)) {
    const known = signals[(match[1] ?? '').toLowerCase()];
    if (known === undefined) continue;
    const [category, role, strength, says] = known;
    hits.push({ category, role, strength, says, words: match[0].trim(), at: match.index });
    if (hits.length >= 5) break;
  }
  return hits;
}
