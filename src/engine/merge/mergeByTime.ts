import type { TextWriter } from './joinedText.ts';
import type { MergedLanes } from './laneTable.ts';
import type { MergeOptions } from './mergeLane.ts';
import type { MergeInput } from './timeMerge.ts';
import { TimeMerge } from './timeMerge.ts';

/**
 * Joins logs of any size by the times of their records, in bounded memory: a merge of as many streams
 * as there are logs (Knuth, The Art of Computer Programming 3, 5.4.1). Every line comes exactly once,
 * and the lines of one log in their order, also where its times go back. A record stays together, and
 * so does what stands above the first record with it; of equal times the log named first comes first.
 * Logs without times, or with times of which nothing tells where they lie among the others, stand
 * behind the rest, one after the other. The text is UTF-8.
 * @throws EngineError `aborted`, and as the sources and the writer do
 */
export function mergeByTime(
  inputs: readonly MergeInput[],
  out: TextWriter,
  options: MergeOptions = {},
): Promise<MergedLanes> {
  return joinAll(new TimeMerge(inputs, out), inputs, options);
}

/**
 * Joins logs one behind the other.
 * @throws EngineError `aborted`, and as the sources and the writer do
 */
export function concatenate(
  inputs: readonly Omit<MergeInput, 'skew'>[],
  out: TextWriter,
  options: MergeOptions = {},
): Promise<MergedLanes> {
  const logs = inputs.map((input) => ({ ...input, skew: 0 }));
  return joinAll(new TimeMerge(logs, out, false), logs, options);
}

async function joinAll(
  merge: TimeMerge,
  inputs: readonly MergeInput[],
  options: MergeOptions,
): Promise<MergedLanes> {
  await merge.extend(
    inputs.map(({ source }) => source.size),
    options,
  );
  return merge.lanes;
}
