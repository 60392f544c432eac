import type { Description } from '../evidence.ts';
import type { Detector } from '../detector.ts';
import { leastBits, strongest, type Evidence } from '../evidence.ts';
import type { LogView } from '../logView.ts';
import { slotLabel } from '../slotLabel.ts';
import {
  hashOfValue,
  shapeOfValue,
  slotSamples,
  type SlotColumn,
  type SlotSample,
} from '../slotSamples.ts';
import { factorOf, MeasureReader, type Dimension } from '../../template/measures.ts';
import { SlotReader, slotValues as valuesOfRecord } from '../../template/slotValues.ts';
import { duration, measure, number, percent, quoted, size } from '../words.ts';
import { learnCategories, strangerBits, type CategoryModel } from './categoryModel.ts';
import { learnNumbers, type NumberModel } from './numberModel.ts';

/** What is known of one slot. */
interface SlotModel {
  readonly sample: SlotSample;
  readonly column: SlotColumn;
  readonly numbers: NumberModel | null;
  readonly list: CategoryModel | null;
  /** Whether the list is one of shapes, not of values. */
  readonly shapes: boolean;
}

/** Values of one slot that do not fit, while records are judged. */
interface Odd {
  readonly model: SlotModel;
  judged: number;
  readonly outliers: number[];
  readonly outlying: number[];
  readonly strangers: number[];
  readonly labels: number[];
}

/** Odd values of one slot that may be many before they are a kind of their own. */
const fewOdd = 4;
const oddShare = 0.01;
/** Odd values that stand so close together, in values of the slot, are one episode. */
const oneEpisode = 20;

function learnSlot(sample: SlotSample, column: SlotColumn): SlotModel | null {
  let list = learnCategories(column.hashes);
  const numbers = learnNumbers(column.numbers);
  let shapes = false;
  // Numbers have no other shape that would say something.
  if (list === null && numbers === null && column.numbers.every(Number.isNaN)) {
    list = learnCategories(column.shapes);
    shapes = list !== null;
  }
  if (numbers === null && list === null) return null;
  return { sample, column, numbers, list, shapes };
}

/** Values that do not fit their slot: numbers far outside, and values that stand in no list. */
export const slotValues: Detector = {
  learn: (known) => {
    const models = new Map<number, SlotModel[]>();
    for (const sample of slotSamples(known)) {
      const learned = sample.columns
        .map((column) => learnSlot(sample, column))
        .filter((model) => model !== null);
      if (learned.length > 0) models.set(sample.template.id, learned);
    }
    return {
      judge: (view, _events, fromRecord) => judge(view, models, fromRecord),
    };
  },
};

/** Records of each template with a model, from `fromRecord` on. */
function recordsToJudge(
  view: LogView,
  models: ReadonlyMap<number, SlotModel[]>,
  fromRecord: number,
): Map<number, Iterable<number>> {
  const found = new Map<number, Iterable<number>>();
  if (fromRecord === 0) {
    for (const [template, [first]] of models) found.set(template, first!.sample.members);
    return found;
  }
  const lists = new Map<number, number[]>();
  const { ofRecord } = view.templates;
  for (let record = fromRecord; record < ofRecord.length; record += 1) {
    const template = ofRecord[record]!;
    if (!models.has(template)) continue;
    const list = lists.get(template);
    if (list === undefined) lists.set(template, [record]);
    else list.push(record);
  }
  for (const [template, list] of lists) found.set(template, list);
  return found;
}

function judge(
  view: LogView,
  models: ReadonlyMap<number, SlotModel[]>,
  fromRecord: number,
): Evidence[] {
  const reader = new SlotReader(view.log, view.records, fromRecord);
  const measures = new MeasureReader();
  const odd: Odd[] = [];
  for (const [template, records] of recordsToJudge(view, models, fromRecord)) {
    const own = models.get(template)!.map((model): Odd => ({
      model,
      judged: 0,
      outliers: [],
      outlying: [],
      strangers: [],
      labels: [],
    }));
    reader.open(view.templates.templates[template]!);
    for (const record of records) {
      if (!reader.read(record)) continue;
      for (const slot of own) look(slot, record, reader, measures);
    }
    odd.push(...own);
  }
  return evidenceOf(view, odd);
}

function look(odd: Odd, record: number, reader: SlotReader, measures: MeasureReader): void {
  const { model } = odd;
  const { numbers, list, column } = model;
  const start = reader.spans[column.slot * 2]!;
  const end = reader.spans[column.slot * 2 + 1]!;
  odd.judged += 1;
  if (numbers !== null && measures.read(reader.source, start, end)) {
    const value = measures.value * factorOf(column.dimension, measures.unit);
    if (numbers.isOutside(value)) {
      odd.outliers.push(record);
      odd.outlying.push(value);
    }
  }
  if (list !== null) {
    const label = model.shapes
      ? shapeOfValue(reader.source, start, end)
      : hashOfValue(reader.source, start, end);
    if (!list.usual.has(label)) {
      odd.strangers.push(record);
      odd.labels.push(label);
    }
  }
}

/** Whether odd values are so many, all over the log, that they are a kind of their own. */
function isKind(odd: Odd, records: readonly number[]): boolean {
  const { members } = odd.model.sample;
  const step = (oneEpisode * (members[members.length - 1]! - members[0]! + 1)) / members.length;
  let episodes = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const record of records) {
    if (record - last > step) episodes += 1;
    last = record;
  }
  const enough = Math.max(odd.judged, odd.model.sample.records.length);
  return episodes > Math.max(fewOdd, enough * oddShare);
}

function evidenceOf(view: LogView, odd: readonly Odd[]): Evidence[] {
  const found: Evidence[] = [];
  const lists = odd.filter((item) => item.model.list !== null && !isKind(item, item.strangers));
  let strangers = 0;
  let listed = 0;
  for (const item of lists) {
    strangers += item.strangers.length;
    listed += item.judged;
  }
  for (const item of lists) {
    const { list } = item.model;
    if (item.strangers.length === 0 || list === null) continue;
    const judged = Math.max(item.judged, list.sample);
    const others = { rare: strangers - item.strangers.length, total: listed - item.judged };
    const counts = new Map<number, number>(item.judged >= list.sample ? [] : list.rare);
    for (const label of item.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    const ascending = [...counts].sort((a, b) => a[1] - b[1]);
    const beyond = new Map<number, number>();
    let mass = 0;
    for (const [label, count] of ascending) {
      mass += count;
      beyond.set(label, mass);
    }
    for (const [index, record] of item.strangers.entries()) {
      const label = item.labels[index]!;
      const bits = strangerBits(beyond.get(label)!, judged, others);
      const times = counts.get(label)!;
      add(found, item.model, record, bits, 'list', () =>
        describeStranger(view, item.model, record, times, judged),
      );
    }
  }
  for (const item of odd) {
    const { numbers } = item.model;
    if (numbers === null || item.outliers.length === 0 || isKind(item, item.outliers)) continue;
    const judged = Math.max(item.judged, numbers.sample);
    const [low, high] = numbers.usual;
    const above = item.outlying.filter((value) => value > high).sort((a, b) => b - a);
    const below = item.outlying.filter((value) => value < low).sort((a, b) => a - b);
    for (const [index, record] of item.outliers.entries()) {
      const value = item.outlying[index]!;
      const rank = (value > high ? above : below).lastIndexOf(value) + 1;
      add(found, item.model, record, numbers.bits(value, rank, judged), 'number', () =>
        describeOutlier(view, item.model, numbers, record),
      );
    }
  }
  return strongest(found);
}

function add(
  found: Evidence[],
  model: SlotModel,
  record: number,
  bits: number,
  kind: string,
  describe: () => Description,
): void {
  if (bits < leastBits) return;
  found.push({
    family: 'value',
    bits,
    record,
    shows: [record],
    key: `value:${model.sample.template.id}:${model.column.slot}:${kind}`,
    strong: false,
    describe,
  });
}

function valueAt(view: LogView, record: number, slot: number): string {
  return valuesOfRecord(view.log, view.records, view.templates, record)[slot] ?? '';
}

const inWords: Record<Dimension, (value: number) => string> = {
  plain: (value) => measure(value),
  time: duration,
  size,
};

function describeOutlier(
  view: LogView,
  { sample, column }: SlotModel,
  numbers: NumberModel,
  record: number,
): Description {
  const { name, unit } = slotLabel(sample.template.text, column.slot);
  const text = valueAt(view, record, column.slot);
  const plain = Number(text);
  const value = Number.isNaN(plain) ? text : measure(plain);
  const words = inWords[column.dimension];
  const low = words(numbers.usual[0]);
  const high = words(numbers.usual[1]);
  const usual = low === high ? low : `${low}-${high}`;
  return {
    text: `${name} ${value}${unit}, usually ${usual}${unit} (${number(numbers.sample)} values).`,
    observed: `${name} ${value}${unit}`,
    expected: `${usual}${unit}`,
  };
}

function describeStranger(
  view: LogView,
  { sample, column, list, shapes }: SlotModel,
  record: number,
  times: number,
  judged: number,
): Description {
  const { name } = slotLabel(sample.template.text, column.slot);
  const value = quoted(valueAt(view, record, column.slot), 40);
  const labels = shapes ? column.shapes : column.hashes;
  const usual = [...list!.usual]
    .sort((a, b) => b[1] - a[1])
    .slice(0, shapes ? 2 : 3)
    .map(([label]) =>
      quoted(valueAt(view, sample.records[labels.indexOf(label)]!, column.slot), 24),
    );
  const share = percent(list!.coverage);
  return shapes
    ? {
        text: `${name} ${value} is written like ${number(times)} of ${number(judged)} values; ${share} look like ${usual.join(' or ')}.`,
        observed: `${name} ${value}`,
        expected: `like ${usual.join(' or ')}`,
      }
    : {
        text: `${name} is ${value}, ${number(times)} of ${number(judged)}; ${share} are ${usual.join(' or ')}.`,
        observed: `${name} ${value}`,
        expected: usual.join(' or '),
      };
}
