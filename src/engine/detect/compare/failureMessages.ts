import { levelRank } from '../../record/levels.ts';
import type { LogText } from '../../record/logText.ts';
import type { Region } from '../build/failingRegions.ts';
import { readAlone, TemplateIds } from './comparedRun.ts';
import { differingRegions } from './differingRegions.ts';
import { keepFailedSteps, novelLines } from './novelLines.ts';

/**
 * The messages of failure in the failing regions of a build, each with all of its lines (0-based,
 * ascending): what the comparison finds without a good run to compare with.
 */
export function failureMessages(log: LogText, regions: readonly Region[]): (readonly number[])[] {
  const from = Math.min(...regions.map((region) => region.first));
  const run = readAlone(log, from);
  const novel = novelLines(run, [], new TemplateIds(), levelRank.error);
  keepFailedSteps(novel.candidate, regions);
  return differingRegions(run, novel, levelRank.error).map((message) => message.lines);
}
