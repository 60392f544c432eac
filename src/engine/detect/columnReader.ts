import { SlotReader } from '../template/slotValues.ts';
import type { Template } from '../template/templateTable.ts';
import { LineFields, type NamedField } from './lineFields.ts';
import type { LogView } from './logView.ts';

/** Where a value comes from: a slot of the message, or a field that stands beside it. */
export type ColumnPlace = { readonly slot: number } | NamedField;

/** A place as a part of an evidence's key. */
export function placeKey(place: ColumnPlace): string {
  return 'slot' in place ? String(place.slot) : place.name;
}

/**
 * Finds the values of the columns of a template in its records, without making strings. One reader
 * is used again and again; it holds the values of the record that was read last.
 */
export class ColumnReader {
  /** The value of the column that was asked for last stands here, in `source`. */
  start = 0;
  end = 0;
  source: Uint8Array;
  readonly #view: LogView;
  readonly #slots: SlotReader;
  readonly #fields = new LineFields();
  #withSlots = false;
  #withFields = false;

  /** @param fromRecord the first record that will be read */
  constructor(view: LogView, fromRecord = 0) {
    this.#view = view;
    this.#slots = new SlotReader(view.log, view.records, fromRecord);
    this.source = view.log.bytes;
  }

  /** Turns to the records of a template, of which these columns will be asked for. */
  open(template: Template, columns: readonly ColumnPlace[]): void {
    this.#withSlots = columns.some((column) => 'slot' in column);
    this.#withFields = columns.some((column) => 'key' in column);
    this.#slots.open(template);
  }

  /** @returns false where the record does not fit its template */
  read(record: number): boolean {
    if (this.#withFields) this.#fields.read(this.#view, record);
    return !this.#withSlots || this.#slots.read(record);
  }

  /** @returns false where the record that was read last has no such value */
  find(column: ColumnPlace): boolean {
    if ('slot' in column) {
      this.source = this.#slots.source;
      this.start = this.#slots.spans[column.slot * 2]!;
      this.end = this.#slots.spans[column.slot * 2 + 1]!;
      return true;
    }
    const field = this.#fields.find(column.key);
    if (field < 0) return false;
    this.source = this.#view.log.bytes;
    this.start = this.#fields.starts[field]!;
    this.end = this.#fields.ends[field]!;
    return true;
  }
}
