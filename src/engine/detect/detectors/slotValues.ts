import type { Description } from '../evidence.ts';
import { bytesText } from '../../record/decodeLog.ts';
import { ColumnReader, placeKey } from '../columnReader.ts';
import type { Detector } from '../detector.ts';
import { strongest, type Evidence } from '../evidence.ts';
import type { LogView } from '../logView.ts';
import { slotLabel } from '../slotLabel.ts';
import { hashOfValue, slotSamples, type SlotColumn, type SlotSample } from '../slotSamples.ts';
import { factorOf, MeasureReader } from '../../template/measures.ts';
import { measure, measureIn, number, percent, quoted } from '../words.ts';
import { learnCategories, leastOdd, strangerBits, type CategoryModel } from './categoryModel.ts';
import { learnNumbers, outlierBits, type NumberModel } from './numberModel.ts';

/** What is known of one slot. */
interface SlotModel {
  readonly sample: SlotSample;
  readonly column: SlotColumn;
  readonly numbers: NumberModel | null;
  readonly list: CategoryModel | null;
}

/** Values of one slot that do not fit, while records are judged. */
interface Odd {
  readonly model: SlotModel;
  judged: number;
  /** Records with a value beyond the edges, and its distance from the middle. */
  readonly extreme: number[];
  readonly distances: number[];
  /** Records with a value that stands in no list, and its label. */
  readonly strangers: number[];
  readonly labels: number[];
}

const lowerWeight = 0.6;
/** Odd values of one slot that may be many before they are a kind of their own. */
const fewOdd = 4;
const oddShare = 0.01;
/** Odd values that stand so close together, in values of the slot, are one episode. */
const oneEpisode = 20;

function learnSlot(sample: SlotSample, column: SlotColumn): SlotModel | null {
  const numbers = learnNumbers(column.numbers);
  const list = learnCategories(column.hashes);
  return numbers === null && list === null ? null : { sample, column, numbers, list };
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
  const reader = new ColumnReader(view, fromRecord);
  const measures = new MeasureReader();
  const odd: Odd[] = [];
  for (const [template, records] of recordsToJudge(view, models, fromRecord)) {
    const own = models.get(template)!.map((model): Odd => ({
      model,
      judged: 0,
      extreme: [],
      distances: [],
      strangers: [],
      labels: [],
    }));
    reader.open(
      view.templates.templates[template]!,
      own.map(({ model }) => model.column.place),
    );
    for (const record of records) {
      if (!reader.read(record)) continue;
      for (const slot of own) look(slot, record, reader, measures);
    }
    odd.push(...own);
  }
  return evidenceOf(view, odd);
}

function look(odd: Odd, record: number, reader: ColumnReader, measures: MeasureReader): void {
  const { model } = odd;
  const { numbers, list, column } = model;
  if (!reader.find(column.place)) return;
  const { source, start, end } = reader;
  odd.judged += 1;
  if (numbers !== null && measures.read(source, start, end)) {
    const value = measures.value * factorOf(column.dimension, measures.unit);
    if (!(value >= numbers.within[0] && value <= numbers.within[1])) {
      const distance = numbers.distance(value);
      if (distance < numbers.edges[0] || distance > numbers.edges[1]) {
        odd.extreme.push(record);
        odd.distances.push(distance);
      }
    }
  }
  if (list !== null) {
    const label = hashOfValue(source, start, end);
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
  return strongest([...strangersOf(view, odd), ...odd.flatMap((item) => outliersOf(view, item))]);
}

/** Values that stand in no list, of all slots: they say of each other how closed lists are. */
function strangersOf(view: LogView, odd: readonly Odd[]): Evidence[] {
  const found: Evidence[] = [];
  const lists = odd.filter((item) => item.model.list !== null && !isKind(item, item.strangers));
  let strangers = 0;
  let listed = 0;
  for (const item of lists) {
    strangers += item.strangers.length;
    listed += item.judged;
  }
  for (const { model, strangers: records, labels, judged } of lists) {
    const { list } = model;
    if (records.length === 0 || list === null) continue;
    const others = { rare: strangers - records.length, total: listed - judged };
    const all = judged >= list.sample;
    const counts = new Map<number, number>(all ? [] : list.rare);
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    let number = 0;
    for (const count of counts.values()) number += count;
    const size = Math.max(judged, list.sample);
    const bits = strangerBits(number, size, others);
    for (const [index, record] of records.entries()) {
      const times = counts.get(labels[index]!)!;
      add(found, model, record, bits, 'list', () =>
        describeStranger(view, model, record, times, size),
      );
    }
  }
  return found;
}

/** Numbers far outside of what is usual in their slot. */
function outliersOf(view: LogView, odd: Odd): Evidence[] {
  const { model, extreme, distances } = odd;
  const { numbers } = model;
  const found: Evidence[] = [];
  if (numbers === null) return found;
  const [low, high] = numbers.outside;
  const outside = extreme.filter((_, at) => distances[at]! > high || distances[at]! < low);
  if (outside.length === 0 || isKind(odd, outside)) return found;
  const all = odd.judged >= numbers.sample;
  const extremesOf = (learned: Float64Array, sign: number): Float64Array =>
    Float64Array.from([
      ...(all ? [] : learned),
      ...distances.filter((distance) => distance * sign > 0).map(Math.abs),
    ])
      .sort()
      .reverse();
  const above = extremesOf(numbers.above, 1);
  const below = extremesOf(numbers.below, -1);
  for (const [index, record] of extreme.entries()) {
    const distance = distances[index]!;
    if (distance <= high && distance >= low) continue;
    const side = distance > 0 ? above : below;
    const rank = side.lastIndexOf(Math.abs(distance)) + 1;
    const edge = Math.abs(numbers.edges[distance > 0 ? 1 : 0]);
    const bits = outlierBits(side, edge, rank, Math.max(odd.judged, numbers.sample));
    // What is too small rarely is what went wrong, unless its sign is wrong.
    const weight =
      distance > 0 || (numbers.nonNegative && valueBelowZero(view, model, record))
        ? 1
        : lowerWeight;
    add(found, model, record, bits * weight, 'number', () =>
      describeOutlier(view, model, numbers, record),
    );
  }
  return found;
}

function valueBelowZero(view: LogView, model: SlotModel, record: number): boolean {
  return valueAt(view, record, model).startsWith('-');
}

function add(
  found: Evidence[],
  model: SlotModel,
  record: number,
  bits: number,
  kind: string,
  describe: () => Description,
): void {
  if (bits < leastOdd) return;
  found.push({
    family: 'value',
    bits,
    record,
    shows: [record],
    key: `value:${model.sample.template.id}:${placeKey(model.column.place)}:${kind}`,
    strong: false,
    describe,
  });
}

function valueAt(view: LogView, record: number, { sample, column }: SlotModel): string {
  const reader = new ColumnReader(view, record);
  reader.open(sample.template, [column.place]);
  if (!reader.read(record) || !reader.find(column.place)) return '';
  return bytesText({ ...view.log, bytes: reader.source }, reader.start, reader.end);
}

function describeOutlier(
  view: LogView,
  model: SlotModel,
  numbers: NumberModel,
  record: number,
): Description {
  const { sample, column } = model;
  const { name, unit } = slotLabel(sample.template.text, column.place);
  const text = valueAt(view, record, model);
  const plain = Number(text);
  const value = Number.isNaN(plain) ? text : measure(plain);
  const low = measureIn(column.dimension, numbers.usual[0]);
  const high = measureIn(column.dimension, numbers.usual[1]);
  const usual = low === high ? low : `${low}-${high}`;
  return {
    text: `${name} ${value}${unit}, usually ${usual}${unit} (${number(numbers.sample)} values).`,
    observed: `${name} ${value}${unit}`,
    expected: `${usual}${unit}`,
  };
}

function describeStranger(
  view: LogView,
  model: SlotModel,
  record: number,
  times: number,
  judged: number,
): Description {
  const { sample, column, list } = model;
  const { name } = slotLabel(sample.template.text, column.place);
  const value = quoted(valueAt(view, record, model), 40);
  const usual = [...list!.usual]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([label]) =>
      quoted(valueAt(view, sample.records[column.hashes.indexOf(label)]!, model), 24),
    );
  const share = percent(list!.coverage);
  return {
    text: `${name} is ${value}, ${number(times)} of ${number(judged)}; ${share} are ${usual.join(' or ')}.`,
    observed: `${name} ${value}`,
    expected: usual.join(' or '),
  };
}
