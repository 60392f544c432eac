import { ColumnsReader, splitRow } from './columnsReader.ts';
import type { HeaderLayout, TableColumns } from './headerLayout.ts';
import { noHeader } from './headerLayout.ts';
import type { SampleLine } from './inferLayout.ts';
import { MomentClock } from './momentClock.ts';

const names = {
  date: ['date'],
  time: ['time', 'timestamp', 'datetime', 'ts', 'logtime', 'timegenerated', 'eventtime', 'date'],
  level: ['level', 'severity', 'loglevel', 'levelname', 'priority', 'lvl'],
  source: ['logger', 'source', 'component', 'service', 'module', 'name', 'process', 'provider'],
  message: ['message', 'msg', 'content', 'text', 'description', 'event', 'details'],
} as const;

const comma = 0x2c;
const space = 0x20;
const tab = 0x09;
const delimiters: readonly number[] = [tab, comma, 0x3b];

/**
 * The layout of a table whose first line names its columns (CSV, TSV), or whose `#Fields:` line does
 * (W3C); null where the rows below are not of that kind. `lines` are not blank.
 */
export function inferColumns(lines: readonly SampleLine[]): HeaderLayout | null {
  const directive = lines.slice(0, 10).findIndex((line) => textOf(line).startsWith('#Fields: '));
  const first = lines[directive < 0 ? 0 : directive];
  if (first === undefined) return null;
  // Indented lines are the rest of a cell.
  const rows = lines
    .slice(directive < 0 ? 1 : directive + 1)
    .filter(({ bytes, start }) => bytes[start]! > space);
  const named = directive < 0 ? first : { ...first, start: first.start + '#Fields: '.length };
  // The directive has spaces between its names also where the rows have tabs (CloudFront).
  const tabbed = directive >= 0 && rows[0] !== undefined && textOf(rows[0]).includes('\t');
  for (const delimiter of directive < 0 ? delimiters : [space]) {
    const cells = cellNames(named, delimiter);
    const table = tableColumns(cells, directive >= 0, tabbed ? tab : delimiter);
    if (table !== null) return tableLayout(table, rows);
  }
  return null;
}

function cellNames({ bytes, start, end }: SampleLine, delimiter: number): string[] {
  const starts = new Uint32Array(64);
  const ends = new Uint32Array(64);
  const count = splitRow(bytes, start, end, delimiter, starts, ends);
  return Array.from({ length: count }, (_, at) =>
    textOf({ bytes, start: starts[at]!, end: ends[at]! })
      .toLowerCase()
      .replaceAll(/[^a-z]/g, ''),
  );
}

function textOf({ bytes, start, end }: SampleLine): string {
  return new TextDecoder().decode(bytes.subarray(start, end));
}

/** Null where the names are none that a log's columns bear: a time and, except in W3C, a message. */
function tableColumns(
  cells: readonly string[],
  declared: boolean,
  delimiter: number,
): TableColumns | null {
  const place = (role: keyof typeof names): number => {
    const name = names[role].find((each) => cells.includes(each));
    return name === undefined ? -1 : cells.indexOf(name);
  };
  const time = place('time');
  const date = cells.indexOf('date') === time ? -1 : place('date');
  const message = place('message');
  if (cells.length < 3 || time < 0 || (message < 0 && !declared)) return null;
  return { delimiter, date, time, level: place('level'), source: place('source'), message };
}

/** Null where fewer than half of the rows state a time in its column. */
function tableLayout(table: TableColumns, rows: readonly SampleLine[]): HeaderLayout | null {
  const layout = { ...noHeader, table };
  const reader = new ColumnsReader(layout, table);
  const clock = new MomentClock();
  const read = rows.filter(({ bytes, start, end }) => reader.read(bytes, start, end, clock));
  if (read.length === 0 || 2 * read.length < rows.length) return null;
  return { ...layout, zoneStated: reader.stamp.zoneStated, basis: reader.stamp.basis };
}
