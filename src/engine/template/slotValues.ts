import type { LogText } from '../record/logText.ts';
import type { RecordTable } from '../record/recordTable.ts';
import { alignMessage, compileTemplate } from './align.ts';
import type { CompiledTemplate } from './align.ts';
import type { Template, TemplateTable } from './templateTable.ts';

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
 * Values of many records of one template: one array per slot, in the order of `recordIndexes`.
 */
export function slotColumns(
  log: LogText,
  records: RecordTable,
  templates: TemplateTable,
  templateId: number,
  recordIndexes: Uint32Array,
): string[][] {
  const template = templates.templates[templateId]!;
  const columns: string[][] = template.slots.map(() => []);
  if (columns.length === 0) return columns;
  const compiled = compiledOf(template, log);
  for (const record of recordIndexes) {
    valuesOf(log, records, compiled, record).forEach((value, slot) => columns[slot]!.push(value));
  }
  return columns;
}

/**
 * Numbers of many records of one template: one array per slot, in the order of `recordIndexes`;
 * NaN where the value does not start with a number. A unit after the number is left out.
 */
export function slotNumbers(
  log: LogText,
  records: RecordTable,
  templates: TemplateTable,
  templateId: number,
  recordIndexes: Uint32Array,
): Float64Array[] {
  return slotColumns(log, records, templates, templateId, recordIndexes).map((column) =>
    Float64Array.from(column, numberOf),
  );
}

/** The number a value starts with (`1,293`, `-3.5e2`, `20ms`, `0x1f`), or NaN. */
export function numberOf(value: string): number {
  if (/^[+-]?0[xX][0-9a-fA-F]{1,13}$/.test(value)) {
    return value.startsWith('-') ? -Number(value.slice(1)) : Number(value.replace('+', ''));
  }
  const found = /^[+-]?\d[\d,_]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?=$|%|[a-zA-Zµ]{1,3}(?:\/s)?$)/.exec(
    value,
  );
  return found === null ? Number.NaN : Number(found[0].replaceAll(/[,_]/g, ''));
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
