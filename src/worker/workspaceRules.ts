import { builtInRules } from '../engine/explain/rules/builtInRules.ts';
import type { RuleBook } from '../engine/explain/rules/ruleBook.ts';
import { compileUserRules } from '../engine/explain/rules/userRules.ts';
import type { WorkerOptions } from '../protocol/workerApi.ts';

/** The rules in force: those that ship with the engine, and those that a trusted workspace brings. */
export class WorkspaceRules {
  readonly #onProblems: (problems: readonly string[]) => void;
  #files: WorkerOptions['rules'] = [];
  #book: RuleBook | null = null;

  /** @param onProblems told what is wrong, a sentence each, whenever files were read */
  constructor(onProblems: (problems: readonly string[]) => void) {
    this.#onProblems = onProblems;
  }

  get book(): RuleBook {
    return this.#book ?? builtInRules();
  }

  /** Takes other files; the same ones again cost nothing. */
  use(files: WorkerOptions['rules']): void {
    if (JSON.stringify(files) === JSON.stringify(this.#files)) return;
    this.#files = files;
    const { rules, problems } = compileUserRules(files);
    this.#book = rules.length === 0 ? null : builtInRules().with(rules);
    this.#onProblems(problems.map(({ message, advice }) => `${message} ${advice}`));
  }
}
