import { RE2JS } from 're2js';
import * as v from 'valibot';
import { LineCounter, isMap, isSeq, parseDocument } from 'yaml';

import { EngineError } from '../../base/engineError.ts';
import { categories } from '../explanation.ts';
import { holesOf } from './fillCaptures.ts';
import type { LogRule, RuleFamily, RulePattern, RuleTests } from './logRule.ts';
import { requiredLiteral } from './requiredLiteral.ts';
import { RuleBook } from './ruleBook.ts';

/** What a rule file holds: the rules that are right, and what is wrong with the others. */
export interface RuleFile {
  readonly family: RuleFamily;
  readonly tests: ReadonlyMap<string, RuleTests>;
  readonly problems: readonly EngineError[];
}

const maxFileChars = 1_000_000;
const maxRules = 1000;
/** A shorter literal stands in too many lines to be worth looking for first. */
const leastLiteral = 3;
const leastPhrase = 4;

const text = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most));
const texts = (most: number) => v.optional(v.pipe(v.array(text(most)), v.maxLength(20)), []);
const key = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'write it as words-with-hyphens, in lower case'),
  v.maxLength(60),
);

const ruleSchema = v.strictObject({
  id: key,
  title: text(120),
  role: v.optional(v.picklist(['cause', 'effect', 'symptom']), 'cause'),
  category: v.picklist(categories.filter((name) => name !== 'unknown' && name !== 'none')),
  strength: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 0.85),
  says: text(200),
  match: v.strictObject({
    phrases: texts(200),
    patterns: texts(400),
    all: texts(200),
    not: texts(200),
  }),
  checks: texts(300),
  fixes: texts(300),
  prevents: texts(300),
  refs: v.optional(v.array(v.pipe(v.string(), v.url(), v.startsWith('https://'))), []),
  tests: v.optional(v.strictObject({ hits: texts(2000), misses: texts(2000) }), {
    hits: [],
    misses: [],
  }),
});

type WrittenRule = v.InferOutput<typeof ruleSchema>;

const headSchema = v.strictObject({
  family: key,
  product: text(60),
  rules: v.pipe(v.array(v.unknown()), v.maxLength(maxRules)),
});

/**
 * Reads one YAML file of rules (docs/rules.md) and checks each rule on its own: its shape, its
 * patterns, and its tests where it has some.
 * @returns problems as `rule-invalid` errors that name file, line and rule; a rule with a problem is
 * left out, the others hold
 */
export function readRuleFile(yaml: string, path: string): RuleFile {
  const nothing = { family: { family: '', product: '', rules: [] }, tests: new Map() };
  const broken = (what: string): RuleFile => ({ ...nothing, problems: [invalid(path, what)] });
  if (yaml.length > maxFileChars) return broken(`it is longer than ${maxFileChars} characters`);
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: true });
  const error = document.errors[0];
  if (error !== undefined) return broken(`it is not YAML: ${error.message.split('\n')[0] ?? ''}`);
  const head = v.safeParse(headSchema, plain(document));
  if (!head.success) return broken(issueText(head.issues[0]));

  const { family, product } = head.output;
  const rules: LogRule[] = [];
  const tests = new Map<string, RuleTests>();
  const problems: EngineError[] = [];
  head.output.rules.forEach((written, index) => {
    const where = `${path}:${lineOfRule(document, lines, index)}`;
    const parsed = v.safeParse(ruleSchema, written);
    const name = nameOf(written, index);
    if (!parsed.success) {
      problems.push(invalid(where, `${name}: ${issueText(parsed.issues[0])}`));
      return;
    }
    const { rule, problem } = checked(parsed.output, family, product);
    const known = tests.has(parsed.output.id);
    const said = known ? 'another rule of this file has the same id' : problem;
    if (said !== null) {
      problems.push(invalid(where, `${name}: ${said}`));
      return;
    }
    rules.push(rule);
    tests.set(rule.id, parsed.output.tests);
  });
  return { family: { family, product, rules }, tests, problems };
}

function plain(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    // More aliases than any rule needs.
    return null;
  }
}

function lineOfRule(
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  index: number,
): number {
  const list = isMap(document.contents) ? document.contents.get('rules') : null;
  const node: unknown = isSeq(list) ? list.items[index] : null;
  return isMap(node) ? lines.linePos(node.range?.[0] ?? 0).line : 1;
}

function nameOf(written: unknown, index: number): string {
  const id = v.safeParse(v.object({ id: v.string() }), written);
  return id.success ? `rule "${id.output.id.slice(0, 60)}"` : `rule ${index + 1}`;
}

function invalid(where: string, what: string): EngineError {
  return new EngineError(
    'rule-invalid',
    `${where}: ${what}.`,
    'Correct it as docs/rules.md describes. The other rules hold.',
  );
}

function issueText(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return path === null ? issue.message : `${path}: ${issue.message}`;
}

function checked(
  written: WrittenRule,
  family: string,
  product: string,
): { readonly rule: LogRule; readonly problem: string | null } {
  const { match, tests, ...rest } = written;
  const lower = (list: readonly string[]): string[] => list.map((item) => item.toLowerCase());
  const patterns: RulePattern[] = match.patterns.map((source) => ({
    source,
    needs: requiredLiteral(source),
  }));
  const rule: LogRule = {
    ...rest,
    family,
    product,
    phrases: lower(match.phrases),
    patterns,
    all: lower(match.all),
    not: lower(match.not),
  };
  const problem =
    matchProblem(rule) ?? patternProblem(rule) ?? captureProblem(rule) ?? testProblem(rule, tests);
  return { rule, problem };
}

function matchProblem({ phrases, patterns, all, not }: LogRule): string | null {
  if (phrases.length + patterns.length === 0) return 'match: give phrases or patterns';
  const short = [...phrases, ...all, ...not].find((phrase) => phrase.length < leastPhrase);
  return short === undefined
    ? null
    : `match: "${short}" is shorter than ${leastPhrase} characters and stands everywhere`;
}

function patternProblem({ patterns }: LogRule): string | null {
  for (const { source, needs } of patterns) {
    try {
      RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
    } catch (error) {
      const why = error instanceof Error ? error.message : '';
      return `match: "${source}" is no RE2 pattern (${why})`;
    }
    if (needs.length < leastLiteral) {
      return `match: "${source}" needs a literal part of ${leastLiteral} characters outside of groups; write alternatives as separate patterns`;
    }
  }
  return null;
}

/** A text may only name what every way to match captures. */
function captureProblem(rule: LogRule): string | null {
  const { says, checks, fixes, prevents, patterns, phrases } = rule;
  const asked = new Set([says, ...checks, ...fixes, ...prevents].flatMap(holesOf));
  for (const name of asked) {
    const all = patterns.every(({ source }) => source.includes(`(?P<${name}>`));
    if (!all || phrases.length > 0) {
      return `{${name}} is used, but not every pattern captures it as (?P<${name}>…)`;
    }
  }
  return null;
}

function testProblem(rule: LogRule, { hits, misses }: RuleTests): string | null {
  const book = new RuleBook([rule]);
  const missed = hits.find((hit) => book.match(hit).length === 0);
  if (missed !== undefined) return `tests: it does not find "${missed}"`;
  const found = misses.find((miss) => book.match(miss).length > 0);
  return found === undefined ? null : `tests: it finds "${found}", which it should not`;
}
