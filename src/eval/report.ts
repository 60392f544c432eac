import type { Figure, Row, Unit } from './benchmark.ts';

/** What was measured on one data set by one benchmark. */
export interface Measured {
  readonly dataSet: string;
  readonly benchmark: string;
  readonly title: string;
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  readonly seconds: number;
}

const columns = [
  'measure',
  'floors and peers, all',
  'development',
  'other half',
  'all',
  'must / stretch',
  'met',
];

/** A Markdown table, padded so that it reads in a terminal as well. */
export function markdownTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    escaped(row.measure),
    escaped(row.floors.map(({ name, value }) => `${name} ${number(value, row.unit)}`).join(', ')),
    figure(row.development, row.unit),
    figure(row.other, row.unit),
    figure(row.all, row.unit),
    row.must === null
      ? ''
      : `${number(row.must, row.unit)} / ${row.stretch === null ? '–' : number(row.stretch, row.unit)}`,
    row.met ?? '',
  ]);
  const widths = columns.map((name, at) =>
    Math.max(name.length, ...cells.map((line) => line[at]?.length ?? 0)),
  );
  const line = (texts: readonly string[]): string =>
    `| ${texts.map((text, at) => text.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join(
    '\n',
  );
}

/** One section of a report: title, table, notes. */
export function markdownSection(measured: Measured): string {
  const notes = measured.notes.map((note) => `- ${escaped(note)}`).join('\n');
  return [
    `### ${measured.title}`,
    `Data: ${measured.dataSet}.`,
    markdownTable(measured.rows),
    notes,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Log text and paths may hold what Markdown reads as a cell border or as a tag. */
function escaped(text: string): string {
  return text.replaceAll(/[|<>\\]/g, (character) => `\\${character}`);
}

function figure(value: Figure | null, unit: Unit): string {
  if (value === null) return '–';
  const mean = number(value.mean, unit);
  const least = number(value.least, unit);
  const most = number(value.most, unit);
  return least === most ? mean : `${mean} (${least}-${most})`;
}

function number(value: number, unit: Unit): string {
  if (Number.isNaN(value)) return '–';
  switch (unit) {
    case 'share':
      return value.toFixed(3).replace(/^0\./, '.');
    case 'lines/s':
      return Math.round(value).toLocaleString('en');
    case 's':
    case 'ratio':
      return value.toFixed(2);
    case 'ms':
    case 'MB':
      return value.toFixed(0);
    case 'lines':
    case 'count':
      return Number.isInteger(value) ? String(value) : value.toFixed(2);
  }
}
