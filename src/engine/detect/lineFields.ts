import type { LogView } from './logView.ts';

/** Fields of one line that are looked at, and bytes of it. */
const fieldsPerLine = 32;
const scannedBytes = 4096;
/** Records that show whether a log writes fields beside its messages. */
const sampledRecords = 200;
/** What says when, how grave and in which words is read as such already. */
const readAlready =
  /^(?:@?(?:date)?time(?:stamp)?|ts|t|date|(?:log|s)?level(?:name)?|lvl|severity|msg|message)$/i;

/**
 * Finds the fields that stand on a line beside its message, `key=value` or `"key": value`, without
 * making strings. One reader is used again and again; it holds the fields of the line read last.
 */
export class LineFields {
  count = 0;
  /** Hash of each key, and where key and value stand. */
  readonly keys = new Uint32Array(fieldsPerLine);
  readonly keyStarts = new Uint32Array(fieldsPerLine);
  readonly keyEnds = new Uint32Array(fieldsPerLine);
  readonly starts = new Uint32Array(fieldsPerLine);
  readonly ends = new Uint32Array(fieldsPerLine);

  /** Reads the first line of a record, but for its message. */
  read({ log, records }: LogView, record: number): void {
    const line = records.firstLine[record]!;
    const start = log.lineStarts[line]!;
    const end = Math.min(log.lineStarts[line + 1]!, start + scannedBytes);
    const { bytes } = log;
    this.count = 0;
    this.#scan(bytes, start, Math.min(end, records.messageStart[record]!));
    this.#scan(bytes, Math.max(start, records.messageEnd[record]!), end);
  }

  /** Place of a key among the fields; -1 where the line has none of that name. */
  find(key: number): number {
    for (let field = 0; field < this.count; field += 1) if (this.keys[field] === key) return field;
    return -1;
  }

  #scan(bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    while (at < end && this.count < fieldsPerLine) {
      let from = at;
      while (from < end && !isKeyByte(bytes[from]!)) from += 1;
      let to = from;
      let hash = 0x811c9dc5;
      while (to < end && isKeyByte(bytes[to]!)) {
        hash = Math.imul(hash ^ bytes[to]!, 0x01000193);
        to += 1;
      }
      at = to;
      if (to === from || to >= end) continue;
      const inJson = bytes[to] === quote && from > start && bytes[from - 1] === quote;
      let value = to;
      if (inJson) {
        value += 1;
        while (value < end && bytes[value] === space) value += 1;
        if (bytes[value] !== colon) continue;
        value += 1;
        while (value < end && bytes[value] === space) value += 1;
      } else if (bytes[to] === equals) value += 1;
      else continue;
      let last = value;
      if (bytes[value] === quote) {
        value += 1;
        last = value;
        while (last < end && bytes[last] !== quote) last += bytes[last] === backslash ? 2 : 1;
        last = Math.min(last, end);
      } else {
        while (last < end && !endsValue(bytes[last]!)) last += 1;
      }
      at = Math.max(last, to);
      if (last === value) continue;
      this.keys[this.count] = hash >>> 0;
      this.keyStarts[this.count] = from;
      this.keyEnds[this.count] = to;
      this.starts[this.count] = value;
      this.ends[this.count] = last;
      this.count += 1;
    }
  }
}

const quote = 0x22;
const colon = 0x3a;
const equals = 0x3d;
const space = 0x20;
const backslash = 0x5c;

function isKeyByte(byte: number): boolean {
  return (
    (byte >= 97 && byte <= 122) ||
    (byte >= 65 && byte <= 90) ||
    (byte >= 48 && byte <= 57) ||
    byte === 0x5f ||
    byte === 0x2e ||
    byte === 0x2d ||
    byte === 0x40
  );
}

/** White space, `,`, `;`, and closing brackets. */
function endsValue(byte: number): boolean {
  return (
    byte <= space ||
    byte === 0x2c ||
    byte === 0x3b ||
    byte === 0x29 ||
    byte === 0x5d ||
    byte === 0x7d
  );
}

/** A field that a template's lines carry. */
export interface NamedField {
  readonly key: number;
  readonly name: string;
}

/** Whether the log writes fields beside its messages, as JSON and logfmt do. */
export function hasLineFields(view: LogView): boolean {
  const fields = new LineFields();
  const { count } = view.records;
  const step = Math.max(1, count / sampledRecords);
  let looked = 0;
  let holding = 0;
  for (let at = 0; at < count; at += step) {
    fields.read(view, Math.floor(at));
    looked += 1;
    if (fields.count > 1) holding += 1;
  }
  return holding * 2 > looked;
}

/** The fields that at least half of the given records carry, in the order in which they are met. */
export function fieldsOf(view: LogView, records: readonly number[]): NamedField[] {
  const fields = new LineFields();
  const seen = new Map<number, { name: string; times: number }>();
  for (const record of records) {
    fields.read(view, record);
    for (let field = 0; field < fields.count; field += 1) {
      const key = fields.keys[field]!;
      const known = seen.get(key);
      if (known !== undefined) known.times += 1;
      else {
        const bytes = view.log.bytes.subarray(fields.keyStarts[field], fields.keyEnds[field]);
        seen.set(key, { name: String.fromCharCode(...bytes), times: 1 });
      }
    }
  }
  return [...seen]
    .filter(([, { name, times }]) => times * 2 >= records.length && !readAlready.test(name))
    .map(([key, { name }]) => ({ key, name }));
}
