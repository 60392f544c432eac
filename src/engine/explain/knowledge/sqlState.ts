import type { Category } from '../explanation.ts';
import type { Hit, Role } from './rule.ts';

type Fact = readonly [category: Category, role: Role, strength: number, says: string];

/** Classes of SQLSTATE (ISO/IEC 9075, and PostgreSQL's for 53 to 58), by their first two characters. */
const classes: Readonly<Record<string, Fact>> = {
  '08': ['dependency.unavailable', 'effect', 0.7, 'the connection to a database failed'],
  '22': ['data.corrupt', 'effect', 0.5, 'a database could not take a value'],
  '23': ['data.corrupt', 'effect', 0.5, 'a row broke a constraint of a database'],
  '28': ['auth.denied', 'cause', 0.85, 'a database refused a login'],
  '40': ['concurrency', 'cause', 0.75, 'a transaction was cancelled for another one'],
  '42': ['version.mismatch', 'cause', 0.55, 'a statement did not fit the schema or the rights'],
  '53': ['resource.quota', 'cause', 0.8, 'a database ran out of a resource'],
  '54': ['resource.quota', 'cause', 0.6, 'a statement was larger than a database takes'],
  '55': ['concurrency', 'effect', 0.6, 'an object of a database was in use or not ready'],
  '57': ['dependency.unavailable', 'effect', 0.6, 'an operator or a restart ended a statement'],
  '58': ['resource.disk', 'cause', 0.7, 'a database met an error of the system below it'],
};

/** Codes that say more than their class. */
const codes: Readonly<Record<string, Fact>> = {
  '42501': ['auth.denied', 'cause', 0.85, 'a database refused a right'],
  '42P01': ['data.missing', 'cause', 0.75, 'a table of a database did not exist'],
  '42S02': ['data.missing', 'cause', 0.75, 'a table of a database did not exist'],
  '42601': ['code.exception', 'cause', 0.6, 'a statement had a syntax error'],
  '53100': ['resource.disk', 'cause', 0.95, 'the disk of a database was full'],
  '53200': ['resource.memory', 'cause', 0.9, 'a database ran out of memory'],
  '53300': ['resource.handles', 'cause', 0.9, 'a database had no connection left'],
  '57014': ['network.timeout', 'effect', 0.6, 'a statement was cancelled'],
};

const shape = /\bsqlstate\W{1,4}([0-9a-z]{5})\b/gi;

/** What the SQLSTATE codes of a text say; success and warnings say nothing. */
export function sqlStateHits(text: string): readonly Hit[] {
  const hits: Hit[] = [];
  for (const match of text.matchAll(shape)) {
    const code = (match[1] ?? '').toUpperCase();
    const known = codes[code] ?? classes[code.slice(0, 2)];
    if (known === undefined) continue;
    const [category, role, strength, says] = known;
    hits.push({ category, role, strength, says, words: `SQLSTATE ${code}`, at: match.index });
    if (hits.length >= 3) break;
  }
  return hits;
}
