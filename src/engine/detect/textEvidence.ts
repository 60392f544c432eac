import { reconstructLines, type LineContext } from './detectors/lineAutoencoder.ts';
import { massNeighbours } from './detectors/neighbours.ts';
import type { EventTable } from './events.ts';
import type { Description } from './evidence.ts';
import type { LogView } from './logView.ts';
import { project } from './numeric/principal.ts';
import { quoted } from './words.ts';

/** What vectors say about the events of a log. */
export interface TextEvidence {
  /** Bits per event: 0 where its text stands among others. */
  readonly bits: Float64Array;
  describe(event: number): Description;
}

const components = 48;
/** Rows the line autoencoder learns from: the commonest kinds of lines come first. */
const mostRows = 6000;
const fewestTexts = 8;

/** What the line autoencoder is told besides the text, per event. */
export interface LineSignals {
  readonly rarity: Float64Array;
  readonly severity: Float64Array;
  /** Bits of next-event surprise per record, or null. */
  readonly surprise: Float32Array | null;
}

const slotKinds = [
  'number',
  'hex',
  'ip',
  'uuid',
  'mac',
  'path',
  'url',
  'email',
  'time',
  'quoted',
  'word',
  'mixed',
] as const;

function lineContext(
  view: LogView,
  events: EventTable,
  signals: LineSignals,
): LineContext & { event: Uint32Array } {
  const { records, templates } = view;
  const names = [
    'rarity',
    'failure words',
    'surprise after the lines before it',
    'pause before it',
    'length',
    'number of values',
    'words',
    ...Array.from({ length: 8 }, (_, level) => `level ${level}`),
    ...slotKinds.map((kind) => `${kind} values`),
  ];
  // Context in bins: few rows for any number of records.
  const bins = new Map<
    number,
    { weight: number; surprise: number; pause: number; length: number }
  >();
  for (let record = 0; record < records.count; record += 1) {
    const surprise = Math.min(3, Math.floor((signals.surprise?.[record] ?? 0) / 3));
    const before = record > 0 ? records.time[record]! - records.time[record - 1]! : 0;
    const pause = before > 0 ? Math.min(4, Math.floor(Math.log10(before + 1))) : 0;
    const key = (events.ofRecord[record]! * 4 + surprise) * 5 + pause;
    const bin = bins.get(key);
    const length = records.messageEnd[record]! - records.messageStart[record]!;
    if (bin === undefined) bins.set(key, { weight: 1, surprise, pause, length });
    else bin.weight += 1;
  }
  const kept = [...bins].sort((a, b) => b[1].weight - a[1].weight || a[0] - b[0]);
  // Every event keeps at least one row; the rest goes to the commonest contexts.
  const seen = new Set<number>();
  const rows = kept.filter(([key], index) => {
    const event = Math.floor(key / 20);
    const first = !seen.has(event);
    seen.add(event);
    return first || index < mostRows;
  });
  const values = new Float32Array(rows.length * names.length);
  const text = new Uint32Array(rows.length);
  const event = new Uint32Array(rows.length);
  const weights = new Float64Array(rows.length);
  for (const [row, [key, bin]] of rows.entries()) {
    const own = Math.floor(key / 20);
    const template = templates.templates[events.template[own]!]!;
    const level = events.level[own]!;
    event[row] = own;
    text[row] = template.id;
    weights[row] = bin.weight;
    values.set(
      [
        signals.rarity[own]!,
        signals.severity[own]!,
        bin.surprise,
        bin.pause,
        Math.log1p(bin.length),
        template.slots.length,
        template.text.split(' ').length,
        ...Array.from({ length: 8 }, (_, index) => (index === level ? 1 : 0)),
        ...slotKinds.map((kind) => template.slots.filter((slot) => slot === kind).length),
      ],
      row * names.length,
    );
  }
  return { names, values, text, event, weights };
}

/**
 * Evidence from vectors: how alone a text stands (mass-weighted neighbours) and how badly its line
 * is reproduced (line autoencoder). An event counts as unusual only as far as both agree: density
 * alone marks every rare sentence, reconstruction alone every rare context.
 */
export function textEvidence(
  view: LogView,
  events: EventTable,
  signals: LineSignals,
  seed: number,
): TextEvidence | null {
  const { vectors, templates } = view;
  if (vectors === null || vectors.length < fewestTexts) return null;
  if (vectors.length !== templates.templates.length) return null;
  const counts = Float64Array.from(templates.templates, (template) => template.count);
  const projection = project(
    vectors,
    counts.map((count) => Math.sqrt(count)),
    components,
    seed,
  );
  const neighbours = massNeighbours(projection, counts);
  const context = lineContext(view, events, signals);
  const lines = reconstructLines(projection, context, seed);
  const bits = new Float64Array(events.count);
  const rowOf = new Int32Array(events.count).fill(-1);
  for (let row = 0; row < context.event.length; row += 1) {
    const event = context.event[row]!;
    const alone = neighbours.bits[events.template[event]!]!;
    const value = Math.min(alone + 2, lines.bits[row]!);
    if (rowOf[event]! < 0 || value > bits[event]!) {
      bits[event] = value;
      rowOf[event] = row;
    }
  }
  return {
    bits,
    describe: (event) => {
      const template = events.template[event]!;
      const nearest = neighbours.nearest[template]!;
      if (nearest < 0) {
        return {
          text: 'No other message of this log uses such words.',
          observed: 'words of its own',
          expected: 'messages worded like others',
        };
      }
      const like = templates.templates[nearest]!.text;
      return {
        text: `Worded unlike the other messages of this log; the nearest is ${quoted(like, 60)}.`,
        observed: 'worded unlike all others',
        expected: `nearest: ${quoted(like, 45)}`,
      };
    },
  };
}
