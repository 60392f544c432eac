import type { BuildLine } from './buildLine.ts';

/** What a line says about the structure of a build. */
export interface SectionMark {
  /**
   * `open`: a step or an echoed command starts. `close`: it ends. `fail`: the running step failed.
   * `outcome`: the verdict on the whole run.
   */
  readonly kind: 'open' | 'close' | 'fail' | 'outcome';
  /** The command or step; empty where the line does not name it. */
  readonly name: string;
  /** Exit status; null where the line states none. */
  readonly exit: number | null;
}

/** The port behind which every build service's way to write sections stands. */
type SectionReader = (line: BuildLine) => SectionMark | null;

/** A shell that echoes its commands, and services that state the exit of each. */
const readShell: SectionReader = ({ text }) => {
  const first = text.charCodeAt(0);
  if (first === dollar || first === plus) {
    const echoed = /^(?:\$|\+{1,2}) ([^\s\d+*=>~^|-].*)$/.exec(text);
    return echoed === null ? null : open(echoed[1]!);
  }
  const prompted = /^[\w.-]{1,40}@[\w.-]{1,60}[: ][^$#]{0,80}[$#] (\S.*)$/.exec(text);
  if (prompted !== null) return open(prompted[1]!);
  if (!text.startsWith('The command ') && !text.startsWith('Command ')) return null;
  const closed =
    /^(?:The command|Command) ["'`](.*)["'`](?: failed and)? (?:exited with|returned a non-zero code:) (\d{1,3})\b/.exec(
      text,
    );
  if (closed !== null) return { kind: 'close', name: closed[1]!, exit: Number(closed[2]) };
  return null;
};

/** Verdicts on a step or on the run, in the words that services share. */
const readVerdict: SectionReader = ({ text }) => {
  if (text.length > 300) return null;
  const exited =
    /^[^A-Za-z]{0,6}(?:(?:Error|ERROR): )?(?:The )?(?:(?:Process|Job|Script|Step|Command|Task|Build|script|command)\b.{0,80}?\b(?:completed with|failed:?|exited with|returned|finished with)|Exited with) (?:a )?(?:code )?(?:non-zero )?(?:exit )?(?:code|status):? ?'?(\d{1,3})\b/.exec(
      text,
    );
  if (exited !== null) {
    const exit = Number(exited[1]);
    return { kind: exit === 0 ? 'close' : 'fail', name: '', exit };
  }
  const run = /^(?:Done\. )?Your build exited with (\d{1,3})\b/.exec(text);
  if (run !== null) return { kind: 'outcome', name: '', exit: Number(run[1]) };
  const finished =
    /^(?:Finished: |Job |Build |Pipeline )(SUCCESS|succeeded|passed|FAILURE|failed|UNSTABLE|ABORTED)\b[.!]?/i.exec(
      text,
    );
  if (finished !== null && text.length < 60) {
    return { kind: 'outcome', name: '', exit: /^(?:succ|pass)/i.test(finished[1]!) ? 0 : 1 };
  }
  if (/^Build step ['‘`].{1,200} (?:marked build as failure|changed build result to)/.test(text)) {
    return { kind: 'fail', name: '', exit: 1 };
  }
  return null;
};

/** Travis: folds hidden in overwritten segments. */
const readTravis: SectionReader = ({ text, overwritten }) => {
  const hidden = overwritten === '' ? text : overwritten;
  if (!hidden.startsWith('travis_fold:')) return null;
  const fold = /travis_fold:(start|end):([\w.-]{1,80})/.exec(hidden);
  if (fold === null) return null;
  return fold[1] === 'start' ? open(fold[2]!) : close(fold[2]!);
};

/** GitHub Actions and Azure: `##[group]`, `##[section]`, `##[error]`. */
const readActions: SectionReader = ({ text }) => {
  if (!text.startsWith('##[')) return null;
  const mark = /^##\[(group|endgroup|section|error)\](.{0,200})/.exec(text);
  if (mark === null) return null;
  const rest = mark[2]!;
  if (mark[1] === 'group') return open(rest);
  if (mark[1] === 'endgroup') return null;
  if (mark[1] === 'section') {
    const step = /^(Starting|Finishing): (.*)$/.exec(rest);
    if (step === null) return null;
    return step[1] === 'Starting' ? open(step[2]!) : close(step[2]!);
  }
  const exit = /exit(?:ed)?(?: with)?(?: code)?:? '?(\d{1,3})/.exec(rest);
  return exit === null ? null : { kind: 'fail', name: '', exit: Number(exit[1]) };
};

/** GitLab: `section_start:TIME:NAME` before a carriage return. */
const readGitLab: SectionReader = ({ text, overwritten }) => {
  const hidden = overwritten === '' ? text : overwritten;
  const at = hidden.indexOf('section_');
  if (at < 0 || at > 120) return null;
  const mark = /section_(start|end):\d{1,14}:([\w.-]{1,80})/.exec(hidden);
  if (mark === null) return null;
  return mark[1] === 'start' ? open(mark[2]!) : close(mark[2]!);
};

/** Jenkins pipelines: `[Pipeline] sh` starts a step, the next `[Pipeline]` line ends it. */
const readJenkins: SectionReader = ({ text }) => {
  if (!text.startsWith('[Pipeline]')) return null;
  const step = /^\[Pipeline\] (\w{1,40}|\{ \(.{1,80}\))/.exec(text);
  return step === null ? close('') : open(step[1]!);
};

/** Buildkite: groups of output; the last ones are also the marks of a diff and need their emoji. */
const readBuildkite: SectionReader = ({ text }) => {
  const mark = /^(?:~~~ |(?:---|\+\+\+) (?=:\w+: ))(\S.*)$/.exec(text);
  return mark === null ? null : open(mark[1]!);
};

/** CircleCI: `====>> Run tests`. */
const readCircle: SectionReader = ({ text }) => {
  const mark = /^={2,8}>{1,4} (\S.*)$/.exec(text);
  return mark === null ? null : open(mark[1]!);
};

/** Images: `#7 [build 3/4] RUN …`, `#7 DONE 1.2s`, `#7 ERROR: …` in any order; `Step 3/6 : RUN …` in one. */
const readImageBuild: SectionReader = ({ text }) => {
  const classic = /^Step \d{1,4}\/\d{1,4} : (\S.*)$/.exec(text);
  if (classic !== null) return open(classic[1]!);
  const step = /^(#\d{1,4}) (?:(\[.{1,80}?\]) |(DONE|CACHED)\b|(ERROR): )/.exec(text);
  if (step === null) return null;
  if (step[2] !== undefined) return open(step[1]!);
  if (step[4] !== undefined) return { kind: 'fail', name: step[1]!, exit: null };
  return close(step[1]!);
};

/** TeamCity service messages and its exit line. */
const readTeamCity: SectionReader = ({ text }) => {
  const at = text.indexOf('##teamcity[');
  if (at < 0) return null;
  const block =
    /^##teamcity\[(block(?:Opened|Closed)|testFailed|buildProblem)\b(?:.{0,400}?\b(?:name|description)='([^']{0,200}))?/.exec(
      text.slice(at),
    );
  if (block === null) return null;
  const name = block[2] ?? '';
  if (block[1] === 'blockOpened') return open(name);
  if (block[1] === 'blockClosed') return close(name);
  return { kind: 'fail', name: '', exit: null };
};

const dollar = 36;
const plus = 43;

function open(name: string): SectionMark {
  return { kind: 'open', name: name.trim(), exit: null };
}

function close(name: string): SectionMark {
  return { kind: 'close', name, exit: null };
}

/** Every known way, asked in this order; the first answer counts. */
const sectionReaders: readonly SectionReader[] = [
  readTravis,
  readGitLab,
  readActions,
  readJenkins,
  readBuildkite,
  readCircle,
  readImageBuild,
  readTeamCity,
  readShell,
  readVerdict,
];

/** The mark on a line, or null for ordinary output. */
export function readSectionMark(line: BuildLine): SectionMark | null {
  for (const read of sectionReaders) {
    const mark = read(line);
    if (mark !== null) return mark;
  }
  return null;
}
