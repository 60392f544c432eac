import { levels } from '../record/levels.ts';
import type { RecordTable } from '../record/recordTable.ts';
import type { TemplateTable } from '../template/templateTable.ts';

/**
 * What can happen in a log: a template at a level. The same text at another level is another event,
 * which is how a level that shifts is seen.
 */
export interface EventTable {
  readonly count: number;
  /** Event per record. */
  readonly ofRecord: Uint32Array;
  readonly template: Uint32Array;
  /** Index into `levels`. */
  readonly level: Uint8Array;
  /** Records of each event. */
  readonly records: Uint32Array;
  readonly first: Uint32Array;
  readonly last: Uint32Array;
  /** `count + 1` offsets into `members`. */
  readonly offsets: Uint32Array;
  /** Record indexes, event after event, ascending in each. */
  readonly members: Uint32Array;
}

/** Records of one event, ascending. */
export function recordsOf(events: EventTable, event: number): Uint32Array {
  return events.members.subarray(events.offsets[event], events.offsets[event + 1]);
}

const nothing: EventTable = {
  count: 0,
  ofRecord: new Uint32Array(0),
  template: new Uint32Array(0),
  level: new Uint8Array(0),
  records: new Uint32Array(0),
  first: new Uint32Array(0),
  last: new Uint32Array(0),
  offsets: new Uint32Array(1),
  members: new Uint32Array(0),
};

/** The events of a log; ids in order of first appearance. */
export function buildEvents(records: RecordTable, templates: TemplateTable): EventTable {
  return extendEvents(nothing, records, templates, 0);
}

/**
 * The events of a log that has grown: equal to building them at once, but only records from `kept` on
 * are looked at one by one.
 *
 * @param kept the first records, which stand in `before` with the same templates and levels
 */
export function extendEvents(
  before: EventTable,
  records: RecordTable,
  templates: TemplateTable,
  kept: number,
): EventTable {
  const width = levels.length;
  const eventOf = new Int32Array(templates.templates.length * width).fill(-1);
  const ofRecord = new Uint32Array(records.count);
  ofRecord.set(before.ofRecord.subarray(0, kept));
  const template: number[] = [];
  const level: number[] = [];
  const sizes: number[] = [];
  const first: number[] = [];
  const last: number[] = [];
  /** Records of each event among those that were kept. */
  const sizesBefore: number[] = [];
  for (let event = 0; event < before.count && before.first[event]! < kept; event += 1) {
    const members = recordsOf(before, event);
    let size = members.length;
    while (members[size - 1]! >= kept) size -= 1;
    eventOf[before.template[event]! * width + before.level[event]!] = event;
    template.push(before.template[event]!);
    level.push(before.level[event]!);
    sizes.push(size);
    sizesBefore.push(size);
    first.push(before.first[event]!);
    last.push(members[size - 1]!);
  }
  for (let record = kept; record < records.count; record += 1) {
    const slot = templates.ofRecord[record]! * width + records.level[record]!;
    let event = eventOf[slot]!;
    if (event < 0) {
      event = template.length;
      eventOf[slot] = event;
      template.push(templates.ofRecord[record]!);
      level.push(records.level[record]!);
      sizes.push(0);
      first.push(record);
      last.push(record);
    }
    ofRecord[record] = event;
    sizes[event] = sizes[event]! + 1;
    last[event] = record;
  }
  const count = template.length;
  const offsets = new Uint32Array(count + 1);
  for (let event = 0; event < count; event += 1)
    offsets[event + 1] = offsets[event]! + sizes[event]!;
  const next = offsets.slice(0, count);
  const members = new Uint32Array(records.count);
  for (const [event, size] of sizesBefore.entries()) {
    const from = before.offsets[event]!;
    members.set(before.members.subarray(from, from + size), next[event]);
    next[event] = next[event]! + size;
  }
  for (let record = kept; record < records.count; record += 1) {
    const event = ofRecord[record]!;
    members[next[event]!] = record;
    next[event] = next[event]! + 1;
  }
  return {
    count,
    ofRecord,
    template: Uint32Array.from(template),
    level: Uint8Array.from(level),
    records: Uint32Array.from(sizes),
    first: Uint32Array.from(first),
    last: Uint32Array.from(last),
    offsets,
    members,
  };
}

/** Records of each template, ascending, from one pass over the log. */
export function recordsOfTemplates(templates: TemplateTable): (template: number) => Uint32Array {
  const offsets = new Uint32Array(templates.templates.length + 1);
  for (const template of templates.templates) offsets[template.id + 1] = template.count;
  for (let id = 0; id < templates.templates.length; id += 1) {
    offsets[id + 1] = offsets[id + 1]! + offsets[id]!;
  }
  const next = offsets.slice();
  const members = new Uint32Array(templates.ofRecord.length);
  for (let record = 0; record < members.length; record += 1) {
    const template = templates.ofRecord[record]!;
    members[next[template]!] = record;
    next[template] = next[template]! + 1;
  }
  return (template) => members.subarray(offsets[template], offsets[template + 1]);
}
