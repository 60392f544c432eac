import { levelRank } from '../../record/levels.ts';
import type { Region } from '../build/failingRegions.ts';
import { alignedLines } from './alignRuns.ts';
import { lineTrait } from './comparedRun.ts';
import type { ComparedRun, TemplateIds } from './comparedRun.ts';

/** Why a line counts as different, or not. */
export interface NovelLines {
  /** 1 where the line has no counterpart in a good run and is no routine text. */
  readonly candidate: Uint8Array;
  /** 1 where the template is in no good run, routine or not. */
  readonly unseen: Uint8Array;
  /** Template ids of the good runs. */
  readonly known: ReadonlySet<number>;
}

/** Longest stretch of known lines that is taken along between two new ones. */
const longestBridge = 20;

/** Words that say how something ended: a line that differs in them only tells the same story. */
const outcomeWords =
  /\b(?:success(?:ful(?:ly)?)?|succeeded|fail(?:ed|ure|s)?|unstable|ok|passed|done|complete[d]?|aborted|started|finished|true|false|errors?|warnings?)\b/gi;

/**
 * The lines of a run that no good run has.
 * @param evidenceLevel lines that state a level below it are routine: in a build INFO, WARN and DEBUG,
 *   in an application's log WARN is not
 */
export function novelLines(
  run: ComparedRun,
  good: readonly ComparedRun[],
  ids: TemplateIds,
  evidenceLevel: number,
): NovelLines {
  const known = new Set<number>();
  for (const each of good) for (const template of each.template) known.add(template);
  const outcomes = new Set<string>();
  const heads = new SimilarTexts();
  for (const template of known) {
    const text = ids.texts[template]!;
    outcomes.add(withoutOutcome(text));
    heads.add(text);
  }
  const unseen = new Uint8Array(run.count);
  const candidate = new Uint8Array(run.count);
  for (let line = 0; line < run.count; line += 1) {
    const traits = run.traits[line]!;
    if ((traits & lineTrait.blank) !== 0) continue;
    if (known.has(run.template[line]!)) continue;
    unseen[line] = 1;
    const level = run.level[line]!;
    const isError = level >= evidenceLevel;
    if ((traits & lineTrait.separator) !== 0) continue;
    if (level !== 0 && level < evidenceLevel) continue;
    const text = good.length === 0 ? null : ids.texts[run.template[line]!]!;
    if (text !== null && !isError && outcomes.has(withoutOutcome(text))) continue;
    if (!isError && (traits & (lineTrait.indented | lineTrait.frame)) === 0) {
      if ((traits & lineTrait.failing) === 0 && (traits & lineTrait.progress) !== 0) continue;
      if (text !== null && heads.has(text)) continue;
    }
    if (!isError && isBanner(run, line)) continue;
    candidate[line] = 1;
  }
  bridgeKnown(run, good, candidate);
  return { candidate, unseen, known };
}

/** Without a good run the steps that passed are the nearest thing to one: what they say is no cause. */
export function keepFailedSteps(candidate: Uint8Array, regions: readonly Region[]): void {
  let from = 0;
  for (const region of regions) {
    if (region.verdictLine === null) continue;
    candidate.fill(0, from, Math.max(from, region.first));
    from = Math.max(from, region.end);
  }
}

/** A title between two rulers. */
function isBanner(run: ComparedRun, line: number): boolean {
  const ruler = (at: number): boolean =>
    at >= 0 && at < run.count && (run.traits[at]! & lineTrait.separator) !== 0;
  return ruler(line - 1) && ruler(line + 1);
}

function withoutOutcome(text: string): string {
  return text.replace(outcomeWords, '<outcome>');
}

/** Known lines between two new ones that speak of failure belong to the same message. */
function bridgeKnown(run: ComparedRun, good: readonly ComparedRun[], candidate: Uint8Array): void {
  if (good.length === 0) return;
  const matched = new Uint8Array(run.count);
  for (const each of good) {
    alignedLines(run.template, each.template).forEach((flag, line) => {
      matched[line]! |= flag;
    });
  }
  const telling = (line: number): boolean =>
    (run.traits[line]! & (lineTrait.failing | lineTrait.indented)) !== 0 ||
    run.level[line]! >= levelRank.error;
  let last = -1;
  for (let line = 0; line < run.count; line += 1) {
    if (candidate[line] === 0) continue;
    if (last >= 0 && line - last > 1 && line - last - 1 <= longestBridge) {
      if (telling(last) && telling(line)) takeAlong(run, matched, candidate, last + 1, line);
    }
    last = line;
  }
}

function takeAlong(
  run: ComparedRun,
  matched: Uint8Array,
  candidate: Uint8Array,
  from: number,
  to: number,
): void {
  for (let line = from; line < to; line += 1) {
    const level = run.level[line]!;
    if (matched[line] === 1 || (level !== 0 && level < levelRank.error)) return;
  }
  for (let line = from; line < to; line += 1) candidate[line] = 1;
}

/** Texts by their first two words, to ask whether one is alike. */
class SimilarTexts {
  readonly #byHead = new Map<string, Set<string>[]>();

  add(text: string): void {
    const words = text.split(/\s+/);
    const head = headOf(words);
    const bucket = this.#byHead.get(head);
    if (bucket === undefined) this.#byHead.set(head, [new Set(words)]);
    else if (bucket.length < bucketSize) bucket.push(new Set(words));
  }

  /** Whether a text with the same first two words shares most of the others (Jaccard index). */
  has(text: string): boolean {
    const words = text.split(/\s+/);
    const bucket = this.#byHead.get(headOf(words));
    if (bucket === undefined) return false;
    const own = new Set(words);
    return bucket.some((other) => {
      let shared = 0;
      for (const word of own) if (other.has(word)) shared += 1;
      return shared >= alike * (own.size + other.size - shared);
    });
  }
}

const alike = 0.6;
const bucketSize = 64;

function headOf(words: readonly string[]): string {
  return words.slice(0, 3).join(' ');
}
