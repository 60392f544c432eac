import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One system of the benchmark: its raw lines and, per line, the message and its true template. */
export interface LabelledLog {
  readonly system: string;
  readonly bytes: Uint8Array;
  readonly messages: readonly string[];
  readonly truth: readonly string[];
}

/** Where the evaluation data lies, or null when this machine does not have it. */
export function dataFolder(name: string): string | null {
  const folder = join(process.env['FAULTLINE_DATA'] ?? '../shared/data', name);
  return existsSync(folder) ? folder : null;
}

export function readGzip(path: string): Uint8Array {
  return gunzipSync(readFileSync(path));
}

/** All systems below a folder, by name. */
export function readLabelledLogs(folder: string): LabelledLog[] {
  return readdirSync(folder)
    .sort()
    .map((system) => {
      const base = join(folder, system, `${system}_2k.log`);
      const rows = csvRows(
        Buffer.from(readGzip(`${base}_structured_corrected.csv.gz`)).toString('utf8'),
      );
      const head = rows[0]!;
      const content = head.indexOf('Content');
      const template = head.indexOf('EventTemplate');
      const body = rows.slice(1).filter((row) => row.length === head.length);
      return {
        system,
        bytes: readGzip(`${base}.gz`),
        messages: body.map((row) => row[content]!),
        truth: body.map((row) => row[template]!),
      };
    });
}

/** RFC 4180: quoted fields may hold commas, line breaks and doubled quotes. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') field += text[++at]!;
      else quoted = false;
    } else if (character === '"') {
      quoted = true;
    } else if (character === ',') {
      row.push(field);
      field = '';
    } else if (character === '\n') {
      row.push(field.replace(/\r$/, ''));
      rows.push(row);
      row = [];
      field = '';
    } else {
      field += character;
    }
  }
  if (field !== '' || row.length > 0) rows.push([...row, field]);
  return rows;
}
