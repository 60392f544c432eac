import { EngineError } from '../../base/engineError.ts';
import type { LogRule } from './logRule.ts';
import { readRuleFile } from './ruleFile.ts';

/** Rules of a reader or a team, and what is wrong with the others of their files. */
export interface UserRules {
  readonly rules: readonly LogRule[];
  readonly problems: readonly EngineError[];
}

/**
 * Reads rule files of a workspace or of the command line. A rule with a built-in one's id replaces it
 * in `RuleBook.with`.
 * @param files the YAML of each file with its path, which problems name
 * @returns problems as `rule-invalid` errors; a bad rule or file leaves the others as they are
 */
export function compileUserRules(
  files: readonly { readonly path: string; readonly text: string }[],
): UserRules {
  const rules: LogRule[] = [];
  const problems: EngineError[] = [];
  const origin = new Map<string, string>();
  for (const { path, text } of files) {
    const read = readRuleFile(text, path);
    problems.push(...read.problems);
    for (const rule of read.family.rules) {
      const first = origin.get(rule.id);
      if (first === undefined) {
        origin.set(rule.id, path);
        rules.push(rule);
        continue;
      }
      problems.push(
        new EngineError(
          'rule-invalid',
          `${path}: rule "${rule.id}" stands in ${first} already.`,
          'Give one of them another id. The first one holds.',
        ),
      );
    }
  }
  return { rules, problems };
}
