import type { ReaderClient } from '../readerClient.ts';
import type { LogView } from './logView.ts';

/** Bytes of a selection that may be a name; more is a text. */
const longestName = 512;

/** Characters of the line that are looked at. */
const lineChars = 4096;

/** What the cursor of a view stands at. */
export interface CursorText {
  /** Selected within a line; empty where nothing is. */
  readonly selected: string;
  /** The line, and the column of the cursor in UTF-16 units. */
  readonly line: string;
  readonly column: number;
}

/** Null where the cursor was not put anywhere yet. @throws RpcError as the reading thread does */
export async function cursorText(
  reader: ReaderClient,
  { id, selected }: LogView,
): Promise<CursorText | null> {
  if (selected === null) return null;
  const { from, to, line, endLine } = selected;
  const textOf = async (start: number, end: number): Promise<string> =>
    (await reader.request('text', { view: id, from: start, to: end })).text;
  if (line === endLine && to > from && to - from <= longestName) {
    return { selected: (await textOf(from, to)).trim(), line: '', column: 0 };
  }
  const place = { kind: 'byte', byte: from } as const;
  const params = { view: id, place, before: 0, after: 0, maxChars: lineChars };
  const { rows, anchor } = await reader.request('rows', params);
  const row = rows[anchor];
  if (row === undefined || from - row.byte > 3 * lineChars) return null;
  return { selected: '', line: row.text, column: (await textOf(row.byte, from)).length };
}
