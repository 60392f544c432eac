import { EngineError } from '../../base/engineError.ts';
import { largestWhole } from './readSegments.ts';

/** Logs too large to be held that are explained together: a segment of each is two such logs. */
const mostTogether = 8;

/**
 * Bytes that a report may read again of each of some logs that are too large to be held: together as
 * much as a log has that is held as a whole, but a segment of each.
 * @param logs how many they are
 * @throws EngineError `too-large`
 */
export function excerptRoom(logs: number): number {
  if (logs > mostTogether) {
    throw new EngineError(
      'too-large',
      `${logs} of these logs are too large to be weighed together.`,
      `Explain at most ${mostTogether} of them at once.`,
    );
  }
  return largestWhole / Math.max(1, logs);
}
