import type { LogText } from '../record/logText.ts';
import type { RecordTable } from '../record/recordTable.ts';
import { alignMessage, compileTemplate } from './align.ts';
import type { CompiledTemplate } from './align.ts';
import type { SlotKind } from './templateTable.ts';

const shapes: readonly (readonly [SlotKind, RegExp])[] = [
  ['number', /^[+-]?\d[\d,_]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?:%|[a-zA-Zµ]{1,3}(?:\/s)?)?$/],
  ['ip', /^\/?\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$/],
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['mac', /^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5,}$/i],
  ['ip', /^[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:%\w+)?$/i],
  [
    'time',
    /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?:[T ]\d{1,2}:\d{2}.*)?$/,
  ],
  ['time', /^\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?$/],
  ['time', /^(?:[A-Z][a-z]{2},? )?[A-Z][a-z]{2} +\d{1,2}\b.*\d:\d{2}/],
  ['hex', /^(?:0[xX][0-9a-fA-F]+|(?=[0-9a-fA-F]*\d)[0-9a-fA-F]{4,})$/],
  ['url', /^[a-z][a-z0-9+.-]*:\/\//i],
  ['email', /^[^\s@]+@[^\s@]+\.[^\s@]+$/],
  ['path', /^(?:[~.]{0,2}\/|[A-Za-z]:\\|\\\\)\S/],
  ['path', /^(?=.*[A-Za-z])[\w.-]+(?:\/[\w.-]+)+$/],
  ['quoted', /^(["'`]).*\1$/s],
  ['word', /^\S+$/],
];

/** What a single value looks like; `mixed` for several words. */
export function kindOfValue(value: string): SlotKind {
  const text = value.length > 256 ? value.slice(0, 256) : value;
  return shapes.find(([, shape]) => shape.test(text))?.[0] ?? 'mixed';
}

/** What is known of one template: which records were looked at, and the kinds found there. */
interface Sample {
  readonly compiled: CompiledTemplate;
  readonly records: number[];
  readonly kinds: (SlotKind | null)[];
}

/**
 * Learns the kinds of the slots of many templates from samples of their records. Remembers them
 * between calls, so that a growing log costs what is new; the kinds are those that a fresh look
 * would give.
 */
export class SlotKindSamples {
  #samples = new Map<string, Sample>();

  /** Drops what was learned from records from this one on: they are about to be replaced. */
  forget(fromRecord: number): void {
    for (const [text, sample] of this.#samples) {
      if (sample.records.some((record) => record >= fromRecord)) this.#samples.delete(text);
    }
  }

  /** Kinds per template, in slot order; each template with the records that are to be looked at. */
  kindsOf(
    templates: readonly { readonly text: string; readonly sample: readonly number[] }[],
    log: LogText,
    records: RecordTable,
  ): (readonly SlotKind[])[] {
    const samples = new Map<string, Sample>();
    const kinds = templates.map(({ text, sample: picked }) => {
      if (!text.includes('<*>')) return [];
      let sample = this.#samples.get(text);
      if (sample === undefined || !startsWith(picked, sample.records)) {
        const compiled = compileTemplate(text, log.encoding);
        const slots = compiled.chunks.length - 1;
        sample = { compiled, records: [], kinds: new Array<null>(slots).fill(null) };
      }
      for (const record of picked.slice(sample.records.length)) {
        observe(sample, log, records.messageStart[record]!, records.messageEnd[record]!);
        sample.records.push(record);
      }
      samples.set(text, sample);
      return sample.kinds.map((kind) => kind ?? 'mixed');
    });
    this.#samples = samples;
    return kinds;
  }
}

function startsWith(records: readonly number[], known: readonly number[]): boolean {
  return known.every((record, at) => records[at] === record);
}

const quotes = [0x22, 0x27, 0x60];

/** What surrounds a slot in the template can say more than its value. */
function kindInPlace(kind: SlotKind, before: Uint8Array, after: Uint8Array): SlotKind {
  const last = before.at(-1);
  // A template keeps the scheme of an address (`https://<*>`).
  if (last === 0x2f && before.at(-2) === 0x2f && before.at(-3) === 0x3a) return 'url';
  if (kind !== 'word' && kind !== 'mixed') return kind;
  return last !== undefined && last === after[0] && quotes.includes(last) ? 'quoted' : kind;
}

function observe({ compiled, kinds }: Sample, log: LogText, start: number, end: number): void {
  alignMessage(compiled, log.bytes, start, end, log.encoding)?.forEach((value, slot) => {
    const kind = kindInPlace(
      kindOfValue(value),
      compiled.chunks[slot]!,
      compiled.chunks[slot + 1]!,
    );
    const known = kinds[slot];
    kinds[slot] = known === null || known === kind ? kind : 'mixed';
  });
}
