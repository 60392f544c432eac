/** Lines that are looked at, spread over the log. */
const sampled = 600;
/** A column that names who writes stands before this share of the lines. */
const columnShare = 0.5;
/** Writers of one log; more values are data, not names. */
const mostWriters = 24;
const leastLines = 3;

const column =
  /^(?:\[([\w@/.:-]{1,40})\]|([\w@/.-]{1,40}(?::[\w@/.-]{1,40})*:)|([\w@/.-]{1,40})\s{0,12}\|)\s/;
const noName =
  /^(?:trace|debug|info|notice|warn|warning|error|err|fatal|severe|critical|fail|pass|ok|note|hint|e|w|i|[\d.:/-]+)$/i;

/**
 * The columns in which programs that write at the same time name themselves (`[unit] `, `web_1 | `,
 * `@app/api:test: `): those that half of the lines begin with. Empty for most logs.
 */
export function jobColumns(count: number, textOf: (line: number) => string): ReadonlySet<string> {
  const step = Math.max(1, Math.floor(count / sampled));
  const counts = new Map<string, number>();
  let shown = 0;
  let named = 0;
  for (let line = 0; line < count; line += step) {
    const text = textOf(line);
    if (text.trim() === '') continue;
    shown += 1;
    const found = columnOf(text);
    if (found === null) continue;
    named += 1;
    counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  const writers = [...counts].filter(([, lines]) => lines >= leastLines).map(([name]) => name);
  const many = counts.size > mostWriters || writers.length < 2;
  return many || named < shown * columnShare ? none : new Set(writers);
}

const none: ReadonlySet<string> = new Set();

/** The column that a line begins with, without the white space behind it; null where there is none. */
function columnOf(text: string): string | null {
  const found = column.exec(text);
  if (found === null) return null;
  const name = found[1] ?? found[2]?.slice(0, -1) ?? found[3] ?? '';
  return noName.test(name) ? null : found[0].trimEnd();
}

/** A line without its column, where it has one of these. */
export function withoutColumn(text: string, columns: ReadonlySet<string>): string {
  if (columns.size === 0) return text;
  const found = columnOf(text);
  return found !== null && columns.has(found) ? text.slice(found.length + 1) : text;
}
