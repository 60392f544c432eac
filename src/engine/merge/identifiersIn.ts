/** A name for one thing in a line: a request, a trace, a job. */
export interface Identifier {
  readonly id: string;
  /** UTF-16 columns in the text. */
  readonly from: number;
  readonly to: number;
}

/** Characters of a line that are looked at, and identifiers that are taken from it. */
const mostChars = 4096;
const mostIds = 64;
/** Values longer than this are texts, not names. */
const longestValue = 128;

/** Long hexadecimal, UUIDs and prefixed ids: long enough not to agree by chance. */
const shapes =
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{16,64}\b|\b[a-z]{2,12}[-_][0-9a-z]{6,40}(?:[-_][0-9a-z]{1,40}){0,4}\b/gi;

/** An id holds digits; `read-timeout` is a word. */
const numbered = /[0-9]{2}|[0-9][a-f]|[a-f][0-9]/i;

/** Identifiers in a text that hardly agree by chance, in lower case, at most 12. */
export function sharedIdsIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const match of text.slice(0, 1200).matchAll(shapes)) {
    if (numbered.test(match[0])) found.add(match[0].toLowerCase());
    if (found.size >= 12) break;
  }
  return [...found];
}

/** `request_id=8f3a`, `"traceId": "00ab"`, `req 5512`: a word, and a value that holds a digit. */
const keyed =
  /\b([a-z][-_.a-z]{0,47})"?(?:\s?[=:]\s?|\s)"?(?=[-a-z_.:]{0,64}[0-9])([0-9a-z][-0-9a-z_.:]{1,127})/gi;
/** Words that say that the value behind them is a name. */
const naming =
  /(?:id|uuid|guid|req|request|trace|span|session|correlation|transaction|txn|job|order)$/i;

/**
 * Identifiers in a line, as one would follow them through other logs: what has the shape of one
 * anywhere, and values behind a key that names one. In the order of the line, without overlaps.
 */
export function identifiersIn(lineText: string): readonly Identifier[] {
  const text = lineText.slice(0, mostChars);
  const found: Identifier[] = [];
  for (const match of text.matchAll(shapes)) {
    if (!numbered.test(match[0])) continue;
    found.push({ id: match[0], from: match.index, to: match.index + match[0].length });
    if (found.length >= mostIds) break;
  }
  for (const match of text.matchAll(keyed)) {
    const [whole, key = '', rest = ''] = match;
    if (!naming.test(key)) continue;
    const value = withoutEndMarks(rest);
    const from = match.index + whole.length - rest.length;
    const to = from + value.length;
    if (found.some((one) => one.from < to && from < one.to)) continue;
    found.push({ id: value, from, to });
    if (found.length >= 2 * mostIds) break;
  }
  return found.sort((one, other) => one.from - other.from);
}

/** `8f3a:` at the end of a clause is `8f3a`. */
function withoutEndMarks(text: string): string {
  let end = text.length;
  while (end > 0 && '-_.:'.includes(text[end - 1] ?? ' ')) end -= 1;
  return text.slice(0, end);
}

/** The identifier at a column of a line, or the whole token there; null where only spaces or marks are. */
export function identifierAt(lineText: string, column: number): string | null {
  const holds = ({ from, to }: { readonly from: number; readonly to: number }): boolean =>
    from <= column && column <= to;
  const known = identifiersIn(lineText).find(holds);
  if (known !== undefined) return known.id;
  let from = column;
  let to = column;
  while (from > 0 && column - from < longestValue && isNamePart(lineText[from - 1])) from -= 1;
  while (to < lineText.length && to - column < longestValue && isNamePart(lineText[to])) to += 1;
  const token = withoutEndMarks(lineText.slice(from, to));
  return token === '' ? null : token;
}

function isNamePart(char: string | undefined): boolean {
  return char !== undefined && /[-_.0-9a-z]/i.test(char);
}
