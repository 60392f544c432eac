import type {
  OpenedView,
  SearchCount,
  SourceChange,
  ViewerAnalysis,
} from '../../src/protocol/viewerApi.ts';
import { count, counted, share } from '../format.ts';
import { duration } from './gaps.ts';

const sizes = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size in decimal units, as disks are sold: `1.5 GB`. */
export function size(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < sizes.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${sizes[unit] ?? 'bytes'}`;
}

/** The lines of a log; an estimate has a `~`. */
export function lineCount(lines: number, exact: boolean): string {
  return `${exact ? '' : '~'}${counted(lines, 'line')}`;
}

/** What the log is: format, encoding, size. */
export function kindOfLog({ format, encoding, lanes, parts }: OpenedView): readonly string[] {
  const packed = parts.find(({ packing }) => packing !== 'none')?.packing;
  return [
    format === 'plain' ? 'plain text' : format,
    encoding,
    ...(packed === undefined ? [] : [packed]),
    ...(lanes.length > 1 ? [`${lanes.length} logs as one`] : []),
    ...(lanes.length <= 1 && parts.length > 1 ? [`${parts.length} parts`] : []),
  ];
}

/** How far the analysis is, in a few words; empty where it is off. */
export function analysisText(analysis: ViewerAnalysis, findings: number): string {
  switch (analysis.kind) {
    case 'off':
      return '';
    case 'working': {
      const rate = analysis.bytesPerSecond;
      const left = analysis.secondsLeft;
      return [
        `${analysis.stage} ${share(analysis.share)}`,
        ...(rate === null ? [] : [`${size(rate)}/s`]),
        ...(left === null ? [] : [`${duration(Math.ceil(left) * 1000).replace('.000', '')} left`]),
      ].join(' · ');
    }
    case 'done':
      return findings === 0 ? 'No findings' : counted(findings, 'finding');
    case 'cancelled':
      return `Analysis stopped · ${counted(findings, 'finding')} so far`;
    case 'failed':
      return `Not analysed: ${analysis.failure.message}`;
  }
}

/** What happened to the file, where the reader has to know. */
export function changeText(change: SourceChange): string | null {
  switch (change.kind) {
    case 'same':
    case 'grew':
      return null;
    case 'truncated':
      return `The log was cut to ${size(change.to)} by another program. What is shown begins anew.`;
    case 'replaced':
      return 'Another file has taken the place of this log. What is shown is the new one.';
    case 'gone':
      return 'The log was removed or renamed. What was read can still be seen.';
    case 'unreadable':
      return `${change.message} ${change.advice}`;
  }
}

/** How a search stands: `3 of 120` lines, with a `+` while it goes on. */
export function foundText(found: SearchCount | null, position: number | null): string {
  if (found === null) return '';
  if (found.done && found.lines === 0) return 'No results';
  const all = `${count(found.lines)}${found.done ? '' : '+'}`;
  return `${position === null ? '?' : count(position)} of ${all}`;
}

/** More about a search, for its tooltip. */
export function foundTitle(found: SearchCount | null): string {
  if (found === null) return '';
  const matches = `${counted(found.matches, 'match', 'matches')} in ${counted(found.lines, 'line')}`;
  if (found.done) return matches;
  return `${matches} so far, ${share(found.of === 0 ? 1 : found.scanned / found.of)} searched`;
}
