import postgres from './postgres.yaml';
import type { RuleFamily } from './logRule.ts';
import { RuleBook } from './ruleBook.ts';

/** In what order they stand is of no meaning; the bundler has checked them. */
const families = [postgres] as readonly RuleFamily[];

let book: RuleBook | null = null;

/** The rules that ship with the engine; made ready once per process. */
export function builtInRules(): RuleBook {
  book ??= new RuleBook(families.flatMap(({ rules }) => rules));
  return book;
}
