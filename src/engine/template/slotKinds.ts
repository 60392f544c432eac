import type { LogText } from '../record/logText.ts';
import type { RecordTable } from '../record/recordTable.ts';
import { alignMessage, compileTemplate } from './align.ts';
import type { SlotKind } from './templateTable.ts';

/** Most values looked at per template for the kinds of its slots. */
const sampledRecords = 12;

const shapes: readonly (readonly [SlotKind, RegExp])[] = [
  ['number', /^[+-]?\d[\d,_]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?:%|[a-zA-Zµ]{1,3}(?:\/s)?)?$/],
  ['ip', /^\/?\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$/],
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['mac', /^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5,}$/i],
  ['ip', /^[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:%\w+)?$/i],
  ['time', /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ]\d{1,2}:\d{2}.*)?$/],
  ['time', /^\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?$/],
  ['time', /^(?:[A-Z][a-z]{2},? )?[A-Z][a-z]{2} +\d{1,2}\b.*\d:\d{2}/],
  ['hex', /^(?:0[xX][0-9a-fA-F]+|(?=[0-9a-fA-F]*\d)[0-9a-fA-F]{4,})$/],
  ['url', /^[a-z][a-z0-9+.-]*:\/\//i],
  ['email', /^[^\s@]+@[^\s@]+\.[^\s@]+$/],
  ['path', /^(?:[~.]{0,2}\/|[A-Za-z]:\\|\\\\)\S/],
  ['path', /^[\w.-]+(?:\/[\w.-]+)+$/],
  ['quoted', /^(["'`]).*\1$/s],
  ['word', /^\S+$/],
];

/** What a single value looks like; `mixed` for several words. */
export function kindOfValue(value: string): SlotKind {
  const text = value.length > 256 ? value.slice(0, 256) : value;
  return shapes.find(([, shape]) => shape.test(text))?.[0] ?? 'mixed';
}

/** Learns the kinds of the slots of many templates from a bounded sample of records. */
export class SlotKindSamples {
  readonly #texts: readonly string[];
  readonly #kinds: (SlotKind | null)[][];

  constructor(texts: readonly string[]) {
    this.#texts = texts;
    this.#kinds = texts.map((text) => new Array<null>(text.split('<*>').length - 1).fill(null));
  }

  /** Looks at the first records of each template and, later on, at ever rarer ones. */
  observe(log: LogText, records: RecordTable, ofRecord: Uint32Array): void {
    const seen = new Uint32Array(this.#texts.length);
    const next = new Uint32Array(this.#texts.length);
    const samples = new Uint8Array(this.#texts.length);
    const compiled = this.#texts.map(() => null as ReturnType<typeof compileTemplate> | null);
    for (let record = 0; record < ofRecord.length; record++) {
      const id = ofRecord[record]!;
      const index = seen[id]!;
      seen[id] = index + 1;
      if (index < next[id]! || samples[id]! >= sampledRecords) continue;
      samples[id]!++;
      next[id] = index < 4 ? index + 1 : index * 2;
      const kinds = this.#kinds[id]!;
      if (kinds.length === 0) continue;
      compiled[id] ??= compileTemplate(this.#texts[id]!, log.encoding);
      const values = alignMessage(
        compiled[id],
        log.bytes,
        records.messageStart[record]!,
        records.messageEnd[record]!,
        log.encoding,
      );
      values?.forEach((value, slotIndex) => {
        const kind = kindOfValue(value);
        const known = kinds[slotIndex];
        kinds[slotIndex] = known === null || known === kind ? kind : 'mixed';
      });
    }
  }

  kindsOf(id: number): readonly SlotKind[] {
    return this.#kinds[id]!.map((kind) => kind ?? 'mixed');
  }
}
