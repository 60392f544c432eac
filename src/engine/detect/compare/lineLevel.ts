import { levelRank } from '../../record/levels.ts';

/** A level that a line states about itself, and where its own text starts. */
interface LineLevel {
  /** Value of `levelRank`; 0 where the line states none. */
  readonly level: number;
  readonly payload: number;
}

const rankOf: Readonly<Record<string, number>> = {
  trace: levelRank.trace,
  debug: levelRank.debug,
  verbose: levelRank.debug,
  info: levelRank.info,
  notice: levelRank.notice,
  warn: levelRank.warning,
  warning: levelRank.warning,
  error: levelRank.error,
  err: levelRank.error,
  severe: levelRank.error,
  fatal: levelRank.fatal,
  critical: levelRank.fatal,
};

const bracketed =
  /^\s{0,4}(?:##)?\[\s?(trace|debug|verbose|info|notice|warn|warning|error|severe|fatal|critical)\s?\]:? ?/i;
const prefixed =
  /^(?:[\w.-]{1,16} )?(trace|debug|info|notice|warning|warn|error|severe|fatal|critical)(?:: |!)|^\w{1,12} (ERR|WARN|INFO)!? ?/i;
const upperWord =
  /^(?:\S{1,60}\s{1,4}){0,4}?\[?(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|FATAL|CRITICAL)\]?(?=[\s:]|$)/;

/** Reads `[X]`, `##[x]`, `X:`, `tool ERR!` or an upper-case level among the first words. */
export function lineLevel(text: string): LineLevel {
  for (const shape of [bracketed, prefixed, upperWord]) {
    const found = shape.exec(text);
    if (found === null) continue;
    const word = (found[1] ?? found[2] ?? '').toLowerCase();
    return { level: rankOf[word] ?? 0, payload: found[0].length };
  }
  return { level: 0, payload: 0 };
}
