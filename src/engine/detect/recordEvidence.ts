import { levels } from '../record/levels.ts';
import { numberOf, slotColumns } from '../template/slotValues.ts';
import { findBurst, rateAxis } from './detectors/bursts.ts';
import { findGaps, findSilence } from './detectors/gaps.ts';
import { nextEventModel, type NextEvent, type Streams } from './detectors/nextEvent.ts';
import { slotOutliers } from './detectors/slotValues.ts';
import { recordsOf, type EventTable } from './events.ts';
import { shown, type Evidence } from './evidence.ts';
import type { LogView } from './logView.ts';
import { duration, number, percent, quoted, times } from './words.ts';

/** Least evidence that is worth a word. */
const leastBits = 8;
/** Pieces of evidence kept per detector, strongest first. */
const mostEvidence = 1500;
/** Records whose values are read, in all: beyond that every n-th of the commonest templates. */
const valueBudget = 250_000;
const templatesWithValues = 1500;
const slotsPerTemplate = 16;

function strongest(list: Evidence[]): Evidence[] {
  return list.sort((a, b) => b.bits - a.bits || a.record - b.record).slice(0, mostEvidence);
}

/** How a reader knows a slot: the word before it, else its number. */
export function slotName(template: string, slot: number): string {
  let at = -1;
  for (let index = 0; index <= slot; index += 1) at = template.indexOf('<*>', at + 1);
  const before = template.slice(Math.max(0, at - 60), Math.max(0, at));
  const word = /([A-Za-z][\w.-]{1,30})[\s=:"'([{#/]{0,3}$/.exec(before)?.[1];
  return word ?? `value ${slot + 1}`;
}

/** What a slot is measured in, where the text says so right after it: ` ms`, ` %`. */
export function slotUnit(template: string, slot: number): string {
  let at = -1;
  for (let index = 0; index <= slot; index += 1) at = template.indexOf('<*>', at + 1);
  const after = at < 0 ? '' : template.slice(at + 3, at + 20);
  const unit =
    /^\s?(%|[nuµm]?s|[kKMGT]i?[Bb]|bytes|secs?|seconds|mins?|minutes|hours|days)(?![\w%])/.exec(
      after,
    );
  return unit?.[1] === undefined ? '' : ` ${unit[1]}`;
}

/** Values that do not fit their slot. */
export function valueEvidence(view: LogView): Evidence[] {
  const { log, records, templates } = view;
  const found: Evidence[] = [];
  const order = templates.templates
    .filter((template) => template.slots.length > 0 && template.count >= 30)
    .sort((a, b) => a.count - b.count)
    .slice(-templatesWithValues);
  const members = membersByTemplate(view);
  let budget = valueBudget;
  for (const [position, template] of order.entries()) {
    // What the rarer templates leave is shared by the commoner ones.
    const share = Math.floor(budget / (order.length - position));
    const stride = Math.max(1, Math.ceil(template.count / Math.max(1000, share)));
    const all = members(template.id);
    const chosen = stride === 1 ? all : all.filter((_, index) => index % stride === 0);
    budget -= chosen.length;
    const columns = slotColumns(log, records, templates, template.id, chosen);
    for (const [slot, values] of columns.slice(0, slotsPerTemplate).entries()) {
      const numbers = Float64Array.from(values, numberOf);
      for (const outlier of slotOutliers(
        { name: slotName(template.text, slot), unit: slotUnit(template.text, slot) },
        values,
        numbers,
      )) {
        if (outlier.bits < leastBits) continue;
        const record = chosen[outlier.index]!;
        found.push({
          family: 'value',
          bits: outlier.bits,
          record,
          shows: [record],
          key: `value:${template.id}:${slot}:${outlier.kind}`,
          strong: false,
          describe: outlier.describe,
        });
      }
    }
  }
  return strongest(found);
}

/** Records of a template, ascending, from one pass over the log. */
function membersByTemplate(view: LogView): (template: number) => Uint32Array {
  const { templates } = view;
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

function nameOfEvent(view: LogView, events: EventTable, event: number): string {
  return quoted(view.templates.templates[events.template[event]!]!.text, 45);
}

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

/** Events that do not follow what stood before them. */
export function orderEvidence(
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

/** Long pauses, and regular events that stopped. */
export function gapEvidence(view: LogView, events: EventTable): Evidence[] {
  const { records } = view;
  const found: Evidence[] = findGaps(records.time, events.ofRecord).map((gap) => ({
    family: 'gap',
    bits: gap.bits,
    record: gap.record,
    shows: shown([Math.max(0, gap.record - 1), gap.record]),
    key: 'gap',
    strong: false,
    describe: () => {
      const longest = duration(gap.usual[1]);
      const observed = duration(gap.milliseconds);
      return {
        text: `Nothing was logged for ${observed} before this line; 99 % of ${number(gap.sample)} pauses are under ${longest}.`,
        observed: `${observed} without a line`,
        expected: `99 % of pauses are under ${longest}`,
      };
    },
  }));
  let end = Number.NaN;
  let lastRecord = -1;
  for (let record = records.count - 1; record >= 0; record -= 1) {
    if (Number.isNaN(records.time[record]!)) continue;
    end = records.time[record]!;
    lastRecord = record;
    break;
  }
  if (lastRecord < 0) return found;
  for (let event = 0; event < events.count; event += 1) {
    const members = recordsOf(events, event);
    if (members.length < 20 || members.length > 200_000) continue;
    const silence = findSilence(records.time, members, end, lastRecord);
    if (silence === null) continue;
    // Silence is about one event: the log itself must have gone on.
    if (silence.until - silence.record < 5) continue;
    found.push({
      family: 'gap',
      bits: silence.bits,
      record: silence.record,
      shows: [silence.record],
      key: `silence:${event}`,
      strong: false,
      describe: () => {
        const observed = duration(silence.milliseconds);
        const every = duration(silence.every);
        return {
          text: `${nameOfEvent(view, events, event)} came every ${every} (${number(silence.sample)} times), then not for ${observed} while the log went on.`,
          observed: `silent for ${observed}`,
          expected: `every ${every}`,
        };
      },
    });
  }
  return strongest(found);
}

/** Events that came far more often than usual for a while. */
export function rateEvidence(view: LogView, events: EventTable): Evidence[] {
  const axis = rateAxis(view.records.time);
  const found: Evidence[] = [];
  for (let event = 0; event < events.count; event += 1) {
    const members = recordsOf(events, event);
    const burst = findBurst(axis, members);
    if (burst === null) continue;
    found.push({
      family: 'rate',
      bits: burst.bits,
      record: burst.firstRecord,
      until: burst.lastRecord,
      shows: shown(
        members.filter((record) => record >= burst.firstRecord && record <= burst.lastRecord),
      ),
      key: `rate:${event}`,
      strong: false,
      describe: () => {
        const span =
          axis.kind === 'time' ? duration(burst.length) : `${number(burst.length)} records`;
        const low = number(Math.floor(burst.usual[0]));
        const high = number(Math.ceil(burst.usual[1]));
        const range = low === high ? low : `${low}-${high}`;
        const usual = high === '0' ? 'none' : range;
        return {
          text: `${nameOfEvent(view, events, event)} came ${times(burst.count)} within ${span}; usually ${usual} in that span.`,
          observed: `${number(burst.count)} within ${span}`,
          expected: `${usual} in that span`,
        };
      },
    });
  }
  return strongest(found);
}

/** The level of an event as the log wrote it, for sentences. */
export function levelName(level: number): string {
  const name = levels[level] ?? 'unknown';
  return name === 'unknown' ? '' : name.toUpperCase();
}
