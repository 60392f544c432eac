import type { Suspect } from './explanation.ts';
import type { EvidenceList } from './evidence.ts';
import type { OwnNames } from './ownCode.ts';
import { framePackage, placeWeight, rankFrames } from './ownCode.ts';
import { placesIn } from './sourceLocations.ts';
import type { Frame } from './traces/stackTrace.ts';
import type { Hypothesis } from './hypotheses.ts';
import type { Signal } from './signal.ts';

const maxSuspects = 8;

/**
 * Places in code that the traces point at, likeliest first; without any trace those that the lines of
 * the cause name. The trace of the root cause counts
 * fully, later ones less and less; a file that several traces name gains.
 */
export function rankSuspects(
  hypothesis: Hypothesis,
  ordered: readonly Signal[],
  own: OwnNames,
  evidence: EvidenceList,
  textOf: (signal: Signal) => string,
): readonly Suspect[] {
  const best = new Map<string, { frame: Frame; score: number; signals: Signal[] }>();
  tracesOf(hypothesis, ordered).forEach((signal, index) => {
    const trace = signal.trace?.trace;
    if (trace === undefined) return;
    for (const { frame, weight } of rankFrames(trace, own).slice(0, 12)) {
      const key = frame.file === '' ? `${frame.module}.${frame.function}` : frame.file;
      const score = weight * 0.8 ** index;
      const known = best.get(key);
      if (known === undefined) best.set(key, { frame, score, signals: [signal] });
      else {
        known.score = Math.max(known.score, score) + 0.05 * Math.min(known.score, score);
        if (score > known.score) known.frame = frame;
        known.signals.push(signal);
      }
    }
  });
  if (best.size === 0) {
    for (const place of writtenPlaces(hypothesis, own, textOf)) best.set(place.frame.file, place);
  }
  return [...best.values()]
    .sort((a, b) => b.score - a.score)
    .slice(0, maxSuspects)
    .map(({ frame, score, signals }) => ({
      file: frame.file === '' ? frame.module : plainPath(frame.file),
      function: frame.module === '' ? frame.function : shortFunction(frame),
      line: frame.line,
      score: Math.min(1, Math.round(score * 100) / 100),
      evidence: evidence.citeAll(signals.slice(0, 3)),
    }));
}

/** A place that only the logger wrote says where it was noticed, seldom where it is. */
const writtenScore = 0.45;

/** Places in code that the lines of the cause name themselves, where no trace shows more. */
function writtenPlaces(
  { primary, support }: Hypothesis,
  own: OwnNames,
  textOf: (signal: Signal) => string,
): readonly { frame: Frame; score: number; signals: Signal[] }[] {
  const found = new Map<string, { frame: Frame; score: number; signals: Signal[] }>();
  [primary, ...support.slice(0, 4)].forEach((signal, depth) => {
    for (const frame of placesIn(textOf(signal))) {
      const score = writtenScore * 0.8 ** depth * placeWeight(frame, own);
      const known = found.get(frame.file);
      if (known === undefined) found.set(frame.file, { frame, score, signals: [signal] });
      else known.signals.push(signal);
    }
  });
  return [...found.values()];
}

/** Traces in the order in which they count: the root cause's, then by time. */
function tracesOf(hypothesis: Hypothesis, ordered: readonly Signal[]): readonly Signal[] {
  // A source text that does not compile has not run: traces nearby belong to something else.
  if (hypothesis.category.startsWith('build.') && hypothesis.primary.trace === null) return [];
  const traced = ordered.filter((signal) => signal.trace !== null && signal.weight >= 0.3);
  const first = hypothesis.primary.trace === null ? [] : [hypothesis.primary];
  return [...first, ...traced.filter((signal) => signal !== hypothesis.primary)].slice(0, 8);
}

/** A path without the address forms that run times print: `dist/file:///srv/a.js` → `/srv/a.js`. */
function plainPath(file: string): string {
  const at = file.lastIndexOf('file:/');
  if (at < 0) return file.replace(/^webpack:\/{2,3}(?:\.\/)?/, '');
  return file.slice(at + 'file:'.length).replace(/^\/{2,}/, '/');
}

function shortFunction(frame: Frame): string {
  const holder = frame.module.split(/[.:/]+/).at(-1) ?? '';
  return holder === '' ? frame.function : `${holder}.${frame.function}`;
}

/**
 * What a signal concerns: the package of its likeliest own frame, else the logger or process, else
 * the file's name.
 */
export function componentOf(
  signal: Signal,
  own: OwnNames,
  path: string,
  severalFolders: boolean,
): string {
  const trace = signal.trace?.trace;
  if (trace !== undefined) {
    const first = rankFrames(trace, own).find((item) => item.own);
    const name = first === undefined ? '' : framePackage(first.frame);
    if (name !== '' && own.packages.has(name.toLowerCase())) return name;
    if (name !== '' && signal.source === '') return name;
  }
  if (signal.source !== '') return signal.source;
  const parts = path.split(/[/\\]/);
  const stem = (parts.at(-1) ?? '').replace(/(?:\.(?:log|txt|out|err|gz))+$/i, '');
  // Among several folders a bare `server` or `api` says too little.
  const folder = parts.at(-2) ?? '';
  // The number of a run names no part of a system.
  if (/^[0-9a-f-]*[0-9][0-9a-f-]*$/i.test(stem)) return /[a-z]/i.test(folder) ? folder : '';
  return folder === '' || !severalFolders ? stem : `${folder}/${stem}`;
}
