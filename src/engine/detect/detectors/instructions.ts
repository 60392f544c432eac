import { instructionIn } from '../../privacy/instructionIn.ts';
import type { Detector } from '../detector.ts';
import { recordsOf, type EventTable } from '../events.ts';
import { strongest, type Evidence } from '../evidence.ts';
import type { LogView } from '../logView.ts';

/** What strangers write is rare as a pattern, or stands in a slot of a common one. */
const rareRecords = 8;
/** Records that are read of a common pattern with text in its slots, evenly. */
const sampled = 16;
/** Records that are read of one log: trying the patterns of instructions takes its time. */
const mostRead = 800;
const mostBytes = 2000;
/** A sentence that talks to an AI is no chance: as much as the plainest statement of a failure. */
const bits = 12;

/** What a reason of this detector observed; an explanation leaves such reasons out. */
export const addressesModel = 'text that addresses a model';

/**
 * Messages that talk to an AI which reads the log, instead of to people: a stranger's request, a name,
 * a header of a client that the program logged as it came. There is nothing to learn.
 */
export const instructions: Detector = {
  learn: () => ({ judge }),
};

function judge(view: LogView, events: EventTable, fromRecord: number): Evidence[] {
  const found: Evidence[] = [];
  let read = 0;
  const order = [...events.records.subarray(0, events.count).keys()].sort(
    (a, b) => events.records[a]! - events.records[b]! || a - b,
  );
  for (const event of order) {
    if (read >= mostRead) break;
    if (events.last[event]! < fromRecord) continue;
    for (const record of recordsToRead(view, events, event, fromRecord)) {
      read += 1;
      const what = instructionIn(messageOf(view, record));
      if (what === null) continue;
      found.push({
        family: 'text',
        bits,
        record,
        shows: [record],
        key: `instruction:${event}`,
        strong: false,
        describe: () => ({
          text: `This line looks like an instruction to an AI: it ${what}.`,
          observed: addressesModel,
          expected: 'text for people and programs',
        }),
      });
    }
  }
  return strongest(found);
}

/** All records of a rare event, a few of one with text in its slots, none of the others. */
function recordsToRead(
  view: LogView,
  events: EventTable,
  event: number,
  fromRecord: number,
): readonly number[] {
  const members = recordsOf(events, event);
  if (members.length <= rareRecords) return [...members].filter((record) => record >= fromRecord);
  const { slots } = view.templates.templates[events.template[event]!]!;
  if (!slots.some((kind) => ['word', 'mixed', 'quoted', 'url'].includes(kind))) return [];
  let first = 0;
  // Ascending: halves of what is left, until the first record to judge stands in front.
  for (let end = members.length; first < end;) {
    const middle = (first + end) >> 1;
    if (members[middle]! < fromRecord) first = middle + 1;
    else end = middle;
  }
  const step = Math.max(1, Math.ceil((members.length - first) / sampled));
  const chosen: number[] = [];
  for (let at = first; at < members.length; at += step) chosen.push(members[at]!);
  return chosen;
}

/** The message with the lines that continue it. */
function messageOf({ log, records }: LogView, record: number): string {
  const start = records.messageStart[record]!;
  const lastLine = records.firstLine[record + 1]!;
  const end = log.lineStarts[lastLine] ?? log.bytes.length;
  return new TextDecoder().decode(log.bytes.subarray(start, Math.min(end, start + mostBytes)));
}
