import { RE2JS } from 're2js';

import { isNegated } from '../knowledge/phrases.ts';
import type { Hit } from '../knowledge/rule.ts';
import type { Captures } from './fillCaptures.ts';
import { fillCommand, fillText } from './fillCaptures.ts';
import { LiteralIndex } from './literalIndex.ts';
import type { LogRule } from './logRule.ts';

/** Longest text that is looked at, in characters: what a line is about stands before that. */
const maxChars = 4000;
const maxWords = 80;

/** What a literal is for. */
interface Use {
  readonly rule: number;
  readonly as: 'phrase' | 'all' | 'not' | 'pattern';
  /** Position in the rule's list. */
  readonly index: number;
}

/** What stands in a text for one rule. */
interface Standing {
  phrase: { readonly at: number; readonly length: number } | null;
  readonly all: Set<number>;
  not: boolean;
  readonly patterns: Set<number>;
}

/**
 * Rules made ready for matching. The literals of all rules are found in one pass over a text; a
 * pattern is compiled when its literal first stands somewhere, and costs time linear in the text.
 */
export class RuleBook {
  readonly rules: readonly LogRule[];
  readonly #uses: readonly Use[];
  readonly #compiled = new Map<string, RE2JS>();
  readonly #literals: readonly string[];
  #index: LiteralIndex | null = null;

  /** @param rules checked ones, as `readRuleFile` gives them */
  constructor(rules: readonly LogRule[]) {
    this.rules = rules;
    const uses: Use[] = [];
    const literals: string[] = [];
    const add = (literal: string, use: Use): void => {
      literals.push(literal);
      uses.push(use);
    };
    rules.forEach((entry, rule) => {
      entry.phrases.forEach((text, index) => {
        add(text, { rule, as: 'phrase', index });
      });
      entry.all.forEach((text, index) => {
        add(text, { rule, as: 'all', index });
      });
      entry.not.forEach((text, index) => {
        add(text, { rule, as: 'not', index });
      });
      entry.patterns.forEach(({ needs }, index) => {
        add(needs, { rule, as: 'pattern', index });
      });
    });
    this.#uses = uses;
    this.#literals = literals;
  }

  /** These rules and others; where ids are equal the others replace these. */
  with(others: readonly LogRule[]): RuleBook {
    if (others.length === 0) return this;
    const replaced = new Set(others.map(({ id }) => id));
    return new RuleBook([...this.rules.filter(({ id }) => !replaced.has(id)), ...others]);
  }

  /** What the rules say about a message, in the order of the rules. */
  match(text: string): readonly Hit[] {
    const cut = text.length > maxChars ? text.slice(0, maxChars) : text;
    const hits: Hit[] = [];
    for (const [id, standing] of this.#standing(cut.toLowerCase())) {
      const rule = this.rules[id];
      if (rule === undefined || standing.not || standing.all.size < rule.all.length) continue;
      const found = this.#found(rule, standing, cut);
      if (found !== null) hits.push(hitOf(rule, found, cut));
    }
    return hits;
  }

  #standing(lower: string): ReadonlyMap<number, Standing> {
    this.#index ??= new LiteralIndex(this.#literals);
    const standing = new Map<number, Standing>();
    this.#index.scan(lower, (literal, at) => {
      const use = this.#uses[literal];
      const length = this.#literals[literal]?.length ?? 0;
      if (use === undefined) return;
      if (use.as === 'phrase' && !isWhole(lower, at, at + length)) return;
      let known = standing.get(use.rule);
      if (known === undefined) {
        known = { phrase: null, all: new Set(), not: false, patterns: new Set() };
        standing.set(use.rule, known);
      }
      if (use.as === 'pattern') known.patterns.add(use.index);
      else if (use.as === 'all') known.all.add(use.index);
      else if (use.as === 'not') known.not = true;
      else if (!isNegated(lower, at)) known.phrase ??= { at, length };
    });
    return standing;
  }

  #found(rule: LogRule, standing: Standing, text: string): Found | null {
    for (const index of standing.patterns) {
      const source = rule.patterns[index]?.source ?? '';
      const matcher = this.#pattern(source).matcher(text);
      if (!matcher.find()) continue;
      const captures: Record<string, string> = {};
      for (const name of Object.keys(this.#pattern(source).namedGroups())) {
        captures[name] = matcher.group(name) ?? '';
      }
      return { at: matcher.start(), end: matcher.end(), captures };
    }
    const { phrase } = standing;
    return phrase === null ? null : { at: phrase.at, end: phrase.at + phrase.length, captures: {} };
  }

  #pattern(source: string): RE2JS {
    let pattern = this.#compiled.get(source);
    if (pattern === undefined) {
      pattern = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
      this.#compiled.set(source, pattern);
    }
    return pattern;
  }
}

interface Found {
  readonly at: number;
  readonly end: number;
  readonly captures: Captures;
}

function hitOf(rule: LogRule, { at, end, captures }: Found, text: string): Hit {
  const { id, product, title, category, role, strength, says, refs } = rule;
  return {
    category,
    role,
    strength,
    says: fillText(says, captures),
    words: text.slice(at, Math.min(end, at + maxWords)).trim(),
    at,
    rule: {
      id,
      product,
      title,
      captures,
      checks: rule.checks.map((check) => fillCommand(check, captures)),
      fixes: rule.fixes.map((fix) => fillCommand(fix, captures)),
      prevents: rule.prevents.map((prevent) => fillCommand(prevent, captures)),
      refs,
    },
  };
}

/** Whether a stretch of a text begins and ends where words do, if it begins and ends with letters. */
function isWhole(lower: string, start: number, end: number): boolean {
  const before = lower.charCodeAt(start - 1);
  if (start > 0 && isWordCode(lower.charCodeAt(start)) && isWordCode(before)) return false;
  return !(
    end < lower.length &&
    isWordCode(lower.charCodeAt(end - 1)) &&
    isWordCode(lower.charCodeAt(end))
  );
}

function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95;
}
