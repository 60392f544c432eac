import type { LineInPart } from '../source/partLines.ts';
import { lineInPart } from '../source/partLines.ts';
import { lastTogether, lineInLog, lineInText } from './excerpt.ts';
import type { LogText } from './logText.ts';

type Placed = Pick<LogText, 'path' | 'parts' | 'excerpt' | 'lineCount'>;

/** Where a reader finds a line (1-based) of a text: in its log, or in the file of the log that holds it. */
export function placeInLog(log: Placed, line: number): LineInPart {
  const own = lineInLog(log, line);
  return log.parts === undefined ? { path: log.path, line: own } : lineInPart(log.parts, own);
}

/** The line (1-based) of a text that a place means; null where the text does not hold it. */
export function lineAtPlace(log: Placed, { path, line }: LineInPart): number | null {
  const own = lineOfLog(log, { path, line });
  return own === null ? null : lineInText(log, own);
}

/** The line (1-based) of a log that a place in one of its files means; null where it has no such place. */
export function lineOfLog(
  { path: whole, parts }: Pick<Placed, 'path' | 'parts'>,
  { path, line }: LineInPart,
): number | null {
  if (parts === undefined) return path === whole ? line : null;
  const at = parts.findIndex((part) => part.path === path);
  const part = parts[at];
  if (part === undefined) return null;
  const own = part.firstLine + line;
  return own <= (parts[at + 1]?.firstLine ?? Infinity) ? own : null;
}

/** The last line (1-based) of a text that stands together with a line of it in one file. */
export function lastInPlace(log: Placed, line: number): number {
  const last = lastTogether(log, line);
  const own = lineInLog(log, line);
  const next = log.parts?.find(({ firstLine }) => firstLine >= own);
  return next === undefined ? last : Math.min(last, line + next.firstLine - own);
}

/** The files that a reader finds the lines of a log in. */
export function filesOf({ path, parts }: Pick<Placed, 'path' | 'parts'>): readonly string[] {
  return parts === undefined ? [path] : parts.map((part) => part.path);
}
