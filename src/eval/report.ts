import type { Figure, Floor, Row, Unit } from './benchmark.ts';

/** What was measured on one data set by one benchmark. */
export interface Measured {
  readonly dataSet: string;
  readonly benchmark: string;
  readonly title: string;
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  readonly seconds: number;
}

/** More floors than this are told in a table of their own. */
const fewFloors = 3;

const columns = [
  'measure',
  'floors and peers, all',
  'development',
  'other half',
  'all',
  'must / stretch',
  'met',
];

/** The cells of `columns`. */
function cellsOf(row: Row): string[] {
  return [
    escaped(row.measure),
    escaped(floorsCell(row)),
    figure(row.development, row.unit),
    figure(row.other, row.unit),
    figure(row.all, row.unit),
    row.must === null
      ? ''
      : `${number(row.must, row.unit)} / ${row.stretch === null ? '–' : number(row.stretch, row.unit)}`,
    row.met ?? '',
  ];
}

/** All rows with a target, the missed ones first; padded so that it reads in a terminal as well. */
export function targetsSection(results: readonly Measured[]): string {
  const rows = results.flatMap(({ dataSet, rows: all }) =>
    all.filter(({ met }) => met !== null).map((row) => ({ dataSet, row })),
  );
  const cells = (['missed', 'must', 'stretch'] as const).flatMap((met) =>
    rows
      .filter(({ row }) => row.met === met)
      .map(({ dataSet, row }) => [escaped(dataSet), ...cellsOf(row)]),
  );
  return ['### All targets, the missed ones first', table(['data', ...columns], cells)].join(
    '\n\n',
  );
}

/** One section of a report: title, table, notes. */
export function markdownSection(measured: Measured): string {
  const notes = measured.notes.map((note) => `- ${escaped(note)}`).join('\n');
  return [
    `### ${measured.title}`,
    `Data: ${measured.dataSet}.`,
    table(columns, measured.rows.map(cellsOf)),
    besideTable(measured.rows),
    notes,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Log text and paths may hold what Markdown reads as a cell border or as a tag. */
function escaped(text: string): string {
  return text.replaceAll(/[|<>\\]/g, (character) => `\\${character}`);
}

/** All floors where they are few; else the best one, as the others stand in a table of their own. */
function floorsCell({ floors, unit, better }: Row): string {
  const said = ({ name, value }: Floor): string => `${name} ${number(value, unit)}`;
  if (floors.length <= fewFloors) return floors.map(said).join(', ');
  const best = floors.reduce((first, floor) =>
    (better === 'more' ? floor.value > first.value : floor.value < first.value) ? floor : first,
  );
  return `best of ${floors.length}: ${said(best)}`;
}

/** Methods side by side, a column a measure; empty where no row has more than a few floors. */
function besideTable(rows: readonly Row[]): string {
  const crowded = rows.filter(({ floors }) => floors.length > fewFloors);
  if (crowded.length === 0) return '';
  const names = [...new Set(crowded.flatMap(({ floors }) => floors.map(({ name }) => name)))];
  const own = crowded.map(({ all, unit }) => figure(all, unit));
  return table(
    ['side by side, all', ...crowded.map(({ measure }) => escaped(measure))],
    [
      ['**Faultline**', ...own],
      ...names.map((name) => [
        escaped(name),
        ...crowded.map(({ floors, unit }) => {
          const found = floors.find((floor) => floor.name === name);
          return found === undefined ? '–' : number(found.value, unit);
        }),
      ]),
    ],
  );
}

function table(head: readonly string[], cells: readonly (readonly string[])[]): string {
  const widths = head.map((name, at) =>
    Math.max(name.length, ...cells.map((line) => line[at]?.length ?? 0)),
  );
  const line = (texts: readonly string[]): string =>
    `| ${texts.map((text, at) => text.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join(
    '\n',
  );
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
