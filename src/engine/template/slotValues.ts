import type { LogText } from '../record/logText.ts';
import type { RecordTable } from '../record/recordTable.ts';
import { alignMessage, alignSpans, compileTemplate } from './align.ts';
import type { CompiledTemplate } from './align.ts';
import { withoutEscapes } from './escapeSequences.ts';
import { textOf } from './maskedTokens.ts';
import type { Template, TemplateTable } from './templateTable.ts';

const escapeByte = 0x1b;

/** Prepared templates, for as long as the template itself is in use. */
const compiledTemplates = new WeakMap<Template, CompiledTemplate>();

function compiledOf(template: Template, log: LogText): CompiledTemplate {
  let compiled = compiledTemplates.get(template);
  if (compiled === undefined) {
    compiled = compileTemplate(template.text, log.encoding);
    compiledTemplates.set(template, compiled);
  }
  return compiled;
}

/** The template of a record. */
export function templateOf(templates: TemplateTable, record: number): Template {
  return templates.templates[templates.ofRecord[record]!]!;
}

/**
 * Values of the slots of one record, in slot order; white space around them is not part of them,
 * colour codes are left out. A record that does not fit its template (which mining never makes)
 * gives empty values. Never throws.
 */
export function slotValues(
  log: LogText,
  records: RecordTable,
  templates: TemplateTable,
  record: number,
): readonly string[] {
  const template = templateOf(templates, record);
  if (template.slots.length === 0) return [];
  return valuesOf(log, records, compiledOf(template, log), record);
}

/**
 * Finds where the values of many records stand, without making strings. One reader is used again and
 * again; it holds the values of the record that was read last.
 */
export class SlotReader {
  /** Start and end of each value in `source`; white space around values is not part of them. */
  spans = new Uint32Array(0);
  source: Uint8Array;
  readonly #log: LogText;
  readonly #records: RecordTable;
  readonly #escapes: boolean;
  #compiled: CompiledTemplate | null = null;

  /** @param fromRecord first record that will be read */
  constructor(log: LogText, records: RecordTable, fromRecord = 0) {
    this.#log = log;
    this.#records = records;
    this.source = log.bytes;
    const { buffer, byteOffset } = log.bytes;
    const from = records.messageStart[fromRecord] ?? 0;
    // By the native search of Buffer: that of a plain array takes ten times as long.
    const searched = Buffer.from(buffer, byteOffset + from, log.bytes.length - from);
    this.#escapes = searched.includes(escapeByte);
  }

  /** Turns to the records of a template. */
  open(template: Template): void {
    this.#compiled = compiledOf(template, this.#log);
    this.spans = new Uint32Array(template.slots.length * 2);
  }

  /** @returns false where the record does not fit the template (which mining never makes). */
  read(record: number): boolean {
    const compiled = this.#compiled;
    if (compiled === null) return false;
    let start = this.#records.messageStart[record]!;
    let end = this.#records.messageEnd[record]!;
    this.source = this.#log.bytes;
    if (this.#escapes && this.source.subarray(start, end).includes(escapeByte)) {
      this.source = withoutEscapes(this.source, start, end);
      start = 0;
      end = this.source.length;
    }
    return alignSpans(compiled, this.source, start, end, this.spans);
  }

  /** The value of a slot of the record that was read last. */
  text(slot: number): string {
    return textOf(
      this.source,
      this.spans[slot * 2]!,
      this.spans[slot * 2 + 1]!,
      this.#log.encoding,
    );
  }
}

function valuesOf(
  log: LogText,
  records: RecordTable,
  compiled: CompiledTemplate,
  record: number,
): readonly string[] {
  const start = records.messageStart[record]!;
  const end = records.messageEnd[record]!;
  return (
    alignMessage(compiled, log.bytes, start, end, log.encoding) ??
    new Array<string>(compiled.chunks.length - 1).fill('')
  );
}
