import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { foldersIn, logsIn, readBytes, readText } from './files.ts';

/** One system of the benchmark: its raw lines and, per line, the message and its true template. */
export interface LabelledLog {
  readonly system: string;
  readonly bytes: Uint8Array;
  readonly messages: readonly string[];
  readonly truth: readonly string[];
  /** Per line the fields of the truth by the names of its columns. */
  readonly fields: readonly ReadonlyMap<string, string>[];
}

/** Lines of a system that marks its alerts in the first column, with that column cut off. */
export interface AlertLines {
  readonly system: string;
  readonly bytes: Uint8Array;
  readonly alerts: readonly number[];
}

const truthFile = /_structured(_corrected)?\.csv(\.gz)?$/;

/** Folders of a folder that hold a log and its true templates. */
export function systemsIn(folder: string): string[] {
  return foldersIn(folder).filter((system) => {
    const path = join(folder, system);
    return readdirSync(path).some((name) => truthFile.test(name)) && logsIn(path).length > 0;
  });
}

/** All systems below a folder, by name. @throws Error when a file cannot be read */
export function readLabelledLogs(folder: string): LabelledLog[] {
  return systemsIn(folder).map((system) => {
    const path = join(folder, system);
    const names = readdirSync(path).filter((name) => truthFile.test(name));
    // Where a corrected truth lies beside the first one, it is the one that counts.
    const name = names.find((each) => each.includes('corrected')) ?? names[0] ?? '';
    const rows = csvRows(readText(join(path, name)));
    const head = rows[0] ?? [];
    const content = head.indexOf('Content');
    const template = head.indexOf('EventTemplate');
    const body = rows.slice(1).filter((row) => row.length === head.length);
    return {
      system,
      bytes: readBytes(join(path, logsIn(path)[0] ?? '')),
      messages: body.map((row) => row[content] ?? ''),
      truth: body.map((row) => row[template] ?? ''),
      fields: body.map((row) => new Map(head.map((name, at) => [name, row[at] ?? '']))),
    };
  });
}

/**
 * Systems whose first column says `-` for a normal line and names the kind of alert for the others
 * (Oliner and Stearley 2007). @throws Error when a file cannot be read
 */
export function readAlertLines(folder: string): AlertLines[] {
  const found: AlertLines[] = [];
  for (const system of systemsIn(folder)) {
    const path = join(folder, system);
    const lines = readText(join(path, logsIn(path)[0] ?? ''))
      .trimEnd()
      .split('\n');
    if (!lines.every((line) => /^(-|[A-Z][A-Z0-9_]*) /.test(line))) continue;
    const alerts = lines.map((line) => Number(!line.startsWith('- ')));
    const count = alerts.reduce((sum, alert) => sum + alert, 0);
    if (count === 0 || count === lines.length) continue;
    const text = lines.map((line) => line.slice(line.indexOf(' ') + 1)).join('\n');
    found.push({ system, bytes: new TextEncoder().encode(text), alerts });
  }
  return found;
}

/** RFC 4180: quoted fields may hold commas, line breaks and doubled quotes. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') field += text[++at] ?? '';
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
