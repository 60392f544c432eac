import type { Detector, Judge } from '../detector.ts';
import { nameOfEvent } from '../eventName.ts';
import type { EventTable } from '../events.ts';
import { leastBits, mostEvidence, type Evidence } from '../evidence.ts';
import type { LogView } from '../logView.ts';
import { percent } from '../words.ts';
import { nextEventModel, type NextEvent, type Streams } from './nextEventModel.ts';

export interface NextEventJudge extends Judge {
  /** Bits of surprise beyond the event's own rarity, per record that was learned. */
  readonly surprise: Float32Array;
}

/** Events that do not follow what stood before them. */
export const nextEvent: Detector<NextEventJudge> = {
  learn: (known, knownEvents) => {
    const { evidence, surprise } = orderEvidence(known, knownEvents);
    return {
      surprise,
      judge: (_view, _events, fromRecord) => evidence.filter((item) => item.record >= fromRecord),
    };
  },
};

/** What comes next, per session, else per component, else over the whole log. */
function streamsOf(view: LogView, events: EventTable): { streams: Streams; records: Uint32Array } {
  const { sessions, records } = view;
  let offsets: Uint32Array;
  let members: Uint32Array;
  const bySession =
    sessions.kind === 'identifier' && sessions.members.length >= records.count * 0.6;
  if (bySession) {
    offsets = sessions.offsets;
    members = sessions.members;
  } else {
    const sources = records.sources.length;
    offsets = new Uint32Array(sources + 1);
    for (let record = 0; record < records.count; record += 1) {
      const slot = records.source[record]! + 1;
      offsets[slot] = offsets[slot]! + 1;
    }
    for (let source = 0; source < sources; source += 1) {
      offsets[source + 1] = offsets[source + 1]! + offsets[source]!;
    }
    const next = offsets.slice();
    members = new Uint32Array(records.count);
    for (let record = 0; record < records.count; record += 1) {
      const source = records.source[record]!;
      members[next[source]!] = record;
      next[source] = next[source]! + 1;
    }
  }
  const sequence = new Uint32Array(members.length);
  for (let at = 0; at < members.length; at += 1) sequence[at] = events.ofRecord[members[at]!]!;
  return { streams: { events: sequence, offsets, vocabulary: events.count }, records: members };
}

function orderEvidence(
  view: LogView,
  events: EventTable,
): { evidence: Evidence[]; surprise: Float32Array } {
  const { streams, records } = streamsOf(view, events);
  const model: NextEvent = nextEventModel(streams);
  const surprise = new Float32Array(view.records.count);
  const candidates: { position: number; bits: number }[] = [];
  for (let position = 0; position < records.length; position += 1) {
    const excess = model.excess[position]!;
    if (excess <= 0) continue;
    const record = records[position]!;
    if (excess > surprise[record]!) surprise[record] = excess;
    if (excess < leastBits) continue;
    const bits = model.bitsAt(position);
    if (bits >= leastBits) candidates.push({ position, bits });
  }
  candidates.sort((a, b) => b.bits - a.bits || a.position - b.position);
  const evidence = candidates.slice(0, mostEvidence).map(({ position, bits }): Evidence => {
    const record = records[position]!;
    const event = events.ofRecord[record]!;
    const before = position > 0 ? records[position - 1]! : record;
    const shows = before === record ? [record] : [before, record].sort((a, b) => a - b);
    return {
      family: 'order',
      bits,
      record,
      shows,
      key: `next:${events.ofRecord[before]!}:${event}`,
      strong: false,
      describe: () => {
        const ahead = nameOfEvent(view, events, events.ofRecord[before]!);
        const [usual] = model.usual(position);
        const again = usual?.event === events.ofRecord[before];
        const next = usual === undefined ? '' : nameOfEvent(view, events, usual.event);
        const share = percent(usual?.share ?? 0);
        return {
          text: again
            ? `After ${ahead} the same usually comes again (${share}), hardly ever this message.`
            : `After ${ahead} usually comes ${next} (${share}), hardly ever this message.`,
          observed: `after ${ahead}`,
          expected: `${next} next (${share})`,
        };
      },
    };
  });
  return { evidence, surprise };
}
