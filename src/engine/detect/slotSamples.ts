import { dimensionOf, factorOf, MeasureReader, type Dimension } from '../template/measures.ts';
import type { Template } from '../template/templateTable.ts';
import { ColumnReader, type ColumnPlace } from './columnReader.ts';
import { recordsOfTemplates } from './events.ts';
import { fieldsOf, hasLineFields } from './lineFields.ts';
import type { LogView } from './logView.ts';

/** Values of one slot, or of a field beside the message, in some records of their template. */
export interface SlotColumn {
  readonly place: ColumnPlace;
  /** In one unit for all; NaN where the value is no number. */
  readonly numbers: Float64Array;
  readonly dimension: Dimension;
  /** Hash of each value as it is written. */
  readonly hashes: Int32Array;
}

/** Values of one template, read in some of its records. */
export interface SlotSample {
  readonly template: Template;
  /** All records of the template, ascending. */
  readonly members: Uint32Array;
  /** Those that were read, ascending. */
  readonly records: Uint32Array;
  readonly columns: readonly SlotColumn[];
}

/** Values read in all. */
const valueBudget = 500_000;
/** Values of one slot: more do not sharpen what is usual. */
const valuesPerSlot = 2048;
/** Fewer values do not say what is usual. */
const fewestValues = 30;
const templatesWithValues = 1500;
const columnsPerTemplate = 16;
/** Records of a template that show which fields its lines carry. */
const recordsWithFields = 24;
/** Bytes of a value that are looked at. */
const valueBytes = 80;

/** FNV-1a (Fowler, Noll, Vo 1991) of a value; signed, as maps keep such numbers without an object each. */
export function hashOfValue(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < Math.min(end, start + valueBytes); at += 1) {
    hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  }
  return hash | 0;
}

const samples = new WeakMap<LogView['templates'], readonly SlotSample[]>();

/** Values of the slots of a log, from a bounded, even sample of the records of each template. */
export function slotSamples(view: LogView): readonly SlotSample[] {
  let known = samples.get(view.templates);
  if (known === undefined) {
    known = readSamples(view);
    samples.set(view.templates, known);
  }
  return known;
}

function readSamples(view: LogView): SlotSample[] {
  const { templates } = view;
  const fielded = hasLineFields(view);
  const order = templates.templates
    .filter(({ slots, count }) => (fielded || slots.length > 0) && count >= fewestValues)
    .sort((a, b) => a.count - b.count)
    .slice(-templatesWithValues);
  const membersOf = recordsOfTemplates(templates);
  const reader = new ColumnReader(view);
  const measure = new MeasureReader();
  let budget = valueBudget;
  return order.map((template, position): SlotSample => {
    // What the rarer templates leave is shared by the commoner ones.
    const share = budget / (order.length - position);
    const members = membersOf(template.id);
    const fields = fielded ? fieldsOf(view, spreadOver(members, recordsWithFields)) : [];
    const places: ColumnPlace[] = [...template.slots.map((_, slot) => ({ slot })), ...fields].slice(
      0,
      columnsPerTemplate,
    );
    const width = Math.max(1, places.length);
    const size = Math.max(200, Math.min(valuesPerSlot, Math.floor(share / width)));
    const chosen = Uint32Array.from(spreadOver(members, size));
    budget -= chosen.length * width;
    reader.open(template, places);
    const columns = places.map((place) => ({
      place,
      numbers: new Float64Array(chosen.length).fill(Number.NaN),
      units: new Uint32Array(chosen.length),
      hashes: new Int32Array(chosen.length),
    }));
    for (let index = 0; index < chosen.length; index += 1) {
      if (!reader.read(chosen[index]!)) continue;
      for (const column of columns) {
        if (!reader.find(column.place)) continue;
        const { source, start, end } = reader;
        column.hashes[index] = hashOfValue(source, start, end);
        if (!measure.read(source, start, end)) continue;
        column.numbers[index] = measure.value;
        column.units[index] = measure.unit;
      }
    }
    return {
      template,
      members,
      records: chosen,
      columns: columns.map(({ place, numbers, units, hashes }) => {
        const dimension = dimensionOf(units);
        if (dimension !== 'plain') {
          for (let index = 0; index < numbers.length; index += 1) {
            numbers[index] = numbers[index]! * factorOf(dimension, units[index]!);
          }
        }
        return { place, numbers, dimension, hashes };
      }),
    };
  });
}

/** So many of the records, evenly spread. */
function spreadOver(members: Uint32Array, size: number): number[] {
  const step = Math.max(1, members.length / size);
  return Array.from(
    { length: Math.min(members.length, size) },
    (_, index) => members[Math.floor(index * step)]!,
  );
}
