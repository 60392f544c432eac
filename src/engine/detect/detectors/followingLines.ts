import { bytesText } from '../../record/decodeLog.ts';
import type { Detector } from '../detector.ts';
import type { EventTable } from '../events.ts';
import { strongest, type Evidence } from '../evidence.ts';
import type { LogView } from '../logView.ts';
import { bitsOf } from '../numeric/statistics.ts';
import { number, percent, quoted } from '../words.ts';

/** A message with fewer lines below it is no block. */
const fewestLines = 2;
/** Longer blocks are as odd as one of that length. */
const mostLines = 512;
const leastBits = 5;
/** Bytes of a block that are looked at. */
const readBytes = 2000;

/** A frame of a stack trace: indented with a place in a program, as runtimes of many kinds print it. */
const frame = /^\s+(?:at |in |from |File "|\d+: |\.\.\. \d+)|\.[a-z]{1,5}:\d+/;

function followersOf({ records }: LogView, record: number): number {
  const lines = records.firstLine[record + 1]! - records.firstLine[record]! - 1;
  return Math.min(mostLines, lines);
}

/** The lines below the head of a record. */
function blockOf({ log, records }: LogView, record: number): string[] {
  const start = log.lineStarts[records.firstLine[record]! + 1]!;
  const end = Math.min(log.lineStarts[records.firstLine[record + 1]!]!, start + readBytes);
  return bytesText(log, start, end).split('\n');
}

/**
 * Messages that are followed by lines of their own where hardly any message is: a stack trace, a dump.
 * The evidence is the share of messages with at least as many lines below them.
 */
export const followingLines: Detector = {
  learn(learned) {
    const { count } = learned.records;
    /** Messages by the number of lines below them, then those with at least so many. */
    const withAtLeast = new Float64Array(mostLines + 2);
    for (let record = 0; record < count; record += 1) {
      const followers = followersOf(learned, record);
      withAtLeast[followers] = withAtLeast[followers]! + 1;
    }
    for (let lines = mostLines; lines >= 0; lines -= 1) {
      withAtLeast[lines] = withAtLeast[lines]! + withAtLeast[lines + 1]!;
    }
    const bitsOfFollowers = Float64Array.from(withAtLeast, (records) =>
      bitsOf((Math.max(1, records) - 0.5) / (count + 1)),
    );
    const judgeOne = (view: LogView, events: EventTable, record: number): Evidence | null => {
      const followers = followersOf(view, record);
      if (followers < fewestLines) return null;
      const bits = bitsOfFollowers[followers]!;
      if (bits < leastBits) return null;
      const block = blockOf(view, record);
      const isTrace = block.filter((line) => frame.test(line)).length >= 2;
      return {
        family: 'text',
        bits,
        record,
        shows: [record],
        key: `lines:${isTrace ? 'trace' : 'block'}:${events.ofRecord[record]!}`,
        strong: false,
        describe: () => {
          const what = isTrace ? 'A stack trace' : 'A block';
          const first = quoted(block.find((line) => line.trim() !== '')?.trim() ?? '', 40);
          const alone = percent(1 - withAtLeast[fewestLines]! / count);
          return {
            text: `${what} of ${number(followers)} lines follows (${first}); ${alone} of messages have none.`,
            observed: `${number(followers)} lines follow`,
            expected: `${alone} of messages stand alone`,
          };
        },
      };
    };
    return {
      judge: (view, events, fromRecord) => {
        const found: Evidence[] = [];
        for (let record = fromRecord; record < view.records.count; record += 1) {
          const evidence = judgeOne(view, events, record);
          if (evidence !== null) found.push(evidence);
        }
        return strongest(found);
      },
    };
  },
};
