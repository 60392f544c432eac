import type { Frame, StackTrace, Thrown } from './traces/stackTrace.ts';

/** Directories and modules of installed libraries and run times, not of the reader's own code. */
const libraryPaths = [
  '/site-packages/',
  '/dist-packages/',
  '/node_modules/',
  '/lib/python',
  '/usr/lib/',
  '/usr/local/go/',
  '/go/pkg/mod/',
  '/goroot/',
  '/.cargo/',
  '/rustc/',
  '/library/std/',
  '/library/core/',
  '/gems/',
  '/vendor/',
  '/usr/include/',
  '/sysdeps/',
  '/build/glibc',
] as const;

const libraryModules = [
  'java.',
  'javax.',
  'jakarta.',
  'sun.',
  'jdk.',
  'com.sun.',
  'kotlin.',
  'kotlinx.',
  'scala.',
  'org.springframework.',
  'org.hibernate.',
  'org.apache.',
  'org.junit',
  'junit.',
  'org.eclipse.',
  'org.jboss.',
  'org.postgresql.',
  'com.mysql.',
  'com.zaxxer.',
  'com.fasterxml.',
  'com.google.',
  'io.netty.',
  'reactor.',
  'akka.',
  'org.gradle.',
  'org.codehaus.',
  'groovy.',
  'System.',
  'Microsoft.',
  'Npgsql.',
  'std::',
  'core::',
  'alloc::',
  'tokio::',
  'runtime',
  'net/http',
  'reflect',
  '__gnu_cxx',
] as const;

/** Functions that only pass a call on: decorators, wrappers, retries, (de)serialisers. */
const passThrough =
  /^(?:wrap(?:per|ped|s)?|inner|decorat(?:or|ed)|wrapped_f.*|__call__|__exit__|__enter__|force_reraise|reraise|_?retry.*|_?dispatch.*|_?(?:de)?serialize.*|_?serialize.*|coerce.*|to_primitive|from_primitive|invoke.*|intercept.*|do_?[fF]ilter.*|apply|call|lambda.*|<lambda>|proxy.*|\$.*|__init__|next|run|_run|emit|process_?[tT]icks.*)$/;

/** Names that the run itself uses for its parts: packages of its loggers, folders and stems of its files. */
export interface OwnNames {
  readonly packages: ReadonlySet<string>;
}

/** A place in code with its weight among the suspects of one trace. */
export interface RankedFrame {
  readonly frame: Frame;
  readonly weight: number;
  readonly own: boolean;
}

/**
 * The package a frame belongs to: what follows the library root in its path, or the first parts of
 * its module.
 */
export function framePackage(frame: Frame): string {
  const path = frame.file.replaceAll('\\', '/');
  for (const root of ['/site-packages/', '/dist-packages/', '/node_modules/', '/gems/']) {
    const at = path.lastIndexOf(root);
    if (at >= 0) return (path.slice(at + root.length).split('/')[0] ?? '').replace(/\.py$/, '');
  }
  if (frame.module !== '') return frame.module.split(/[.:/]/)[0] ?? '';
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length > 1 ? (parts.at(-2) ?? '') : (parts[0] ?? '');
}

/** Whether a frame is code of the system that was run, rather than of a library below it. */
function isOwnFrame(frame: Frame, own: OwnNames): boolean {
  const name = framePackage(frame).toLowerCase();
  if (name !== '' && own.packages.has(name)) return true;
  const path = frame.file.replaceAll('\\', '/').toLowerCase();
  if (path.startsWith('node:') || path.startsWith('internal/') || path.startsWith('<'))
    return false;
  if (libraryPaths.some((part) => path.includes(part))) return false;
  const module = frame.module;
  if (module !== '' && libraryModules.some((start) => module.startsWith(start))) return false;
  return path !== '' || module !== '';
}

/** How far a frame counts that only passes calls on. */
const passiveWeight = 0.55;
/** Where a value was missing, it got lost before the functions that only hand it on. */
const passedEmptyWeight = 0.3;
/** A function that was called by its namesake was given its values by it. */
const delegatedWeight = 0.5;

/**
 * Frames of a trace from the likeliest place of the fault to the least: the innermost own frame of
 * the root exception first (measured 2.3 times as often right as the most frequent one). Where a
 * value was missing, functions that only pass calls on are set back, since the value got lost
 * before them: wrappers, what wrappers call in their own file, and what a namesake delegates to.
 */
export function rankFrames(trace: StackTrace, own: OwnNames): readonly RankedFrame[] {
  const ranked = new Map<string, RankedFrame>();
  trace.chain.forEach((thrown, depth) => {
    const candidates = ownFrames(thrown, own);
    const empty = speaksOfNothing(thrown);
    candidates.forEach(({ frame, own: mine }, index) => {
      const key = `${frame.file}|${frame.module}`;
      let weight = (mine ? 1 : 0.35) * 0.85 ** index * 0.6 ** depth;
      const caller = candidates[index + 1]?.frame;
      if (passThrough.test(frame.function)) weight *= empty ? passedEmptyWeight : passiveWeight;
      else if (empty && caller !== undefined) {
        if (isPartOfWrapper(frame, caller)) weight *= passedEmptyWeight;
        else if (isDelegate(frame, caller)) weight *= delegatedWeight;
      }
      const twin = candidates.slice(0, 3).filter((item) => item.frame.file === frame.file).length;
      if (empty && index < 3 && twin > 1) weight *= 1.25;
      // A file counts by its innermost frame: what stands further out only led there.
      if (!ranked.has(key)) ranked.set(key, { frame, weight, own: mine });
    });
  });
  return [...ranked.values()].sort((a, b) => b.weight - a.weight);
}

/** How far a single place counts: own code fully, libraries and what only passes calls on less. */
export function placeWeight(frame: Frame, own: OwnNames): number {
  return (
    (isOwnFrame(frame, own) ? 1 : 0.35) * (passThrough.test(frame.function) ? passiveWeight : 1)
  );
}

/** What a wrapper calls in its own file before it calls what it wraps. */
function isPartOfWrapper(frame: Frame, caller: Frame): boolean {
  return frame.file === caller.file && passThrough.test(caller.function);
}

/** `_notify_about_usage` that calls `notify_about_usage` of another file hands its values on. */
function isDelegate(frame: Frame, caller: Frame): boolean {
  return (
    frame.file !== caller.file && bareFunction(frame.function) === bareFunction(caller.function)
  );
}

function bareFunction(name: string): string {
  return name.replace(/[^A-Za-z]/g, '').toLowerCase();
}

function ownFrames(thrown: Thrown, own: OwnNames): readonly { frame: Frame; own: boolean }[] {
  const frames = thrown.frames.map((frame) => ({ frame, own: isOwnFrame(frame, own) }));
  const mine = frames.filter((item) => item.own);
  return mine.length > 0 ? mine : frames;
}

/** The message says that a value was not there. */
function speaksOfNothing(thrown: Thrown): boolean {
  return /\bNone(?:Type)?\b|\bnull\b|\bundefined\b|\bnil\b|\bempty\b|NullPointer|NullReference/.test(
    `${thrown.kind} ${thrown.message}`,
  );
}

/** Own names of a run, from its loggers' names and its files' paths. */
export function ownNames(
  logs: readonly { readonly path: string; readonly sources: readonly string[] }[],
): OwnNames {
  const fromPaths = new Set<string>();
  for (const { path } of logs) {
    for (const part of path.toLowerCase().split(/[/\\]/)) {
      for (const word of part.replace(/\.(?:log|txt|gz|out|err)/g, '').split(/[-_.]/)) {
        if (/^[a-z][a-z0-9]{2,}$/.test(word)) fromPaths.add(word);
      }
    }
  }
  const fromSources = new Set<string>();
  for (const { sources } of logs) {
    for (const source of sources) {
      const first = source.split(/[.:/]/)[0]?.toLowerCase() ?? '';
      if (/^[a-z][a-z0-9_]{2,}$/.test(first)) fromSources.add(first);
    }
  }
  // A logger's package alone may be a library's; the path of a log names what was run.
  const both = new Set([...fromPaths].filter((name) => fromSources.has(name)));
  return { packages: both };
}
