import * as vscode from 'vscode';

/** A pattern that a person marked as normal. */
export interface NormalPattern {
  readonly template: string;
  /** ISO 8601. */
  readonly markedAt: string;
}

const memoryKey = 'normalPatterns';

/** Most patterns kept; the oldest go first. Each is compared with every finding. */
const limit = 500;

/**
 * What this workspace takes for normal. Kept with the workspace, or with the user where no folder is
 * open, as the editor forgets the memory of an empty window.
 */
export class NormalPatterns implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(context: vscode.ExtensionContext) {
    this.#memory =
      vscode.workspace.workspaceFolders === undefined
        ? context.globalState
        : context.workspaceState;
  }

  list(): readonly NormalPattern[] {
    const kept: unknown = this.#memory.get(memoryKey);
    return Array.isArray(kept) ? kept.filter(isPattern) : [];
  }

  async add(template: string): Promise<void> {
    const others = this.list().filter((known) => known.template !== template);
    await this.#keep([...others, { template, markedAt: new Date().toISOString() }].slice(-limit));
  }

  async remove(templates: readonly string[]): Promise<void> {
    await this.#keep(this.list().filter(({ template }) => !templates.includes(template)));
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #keep(patterns: readonly NormalPattern[]): Promise<void> {
    await this.#memory.update(memoryKey, patterns);
    this.#changed.fire();
  }
}

function isPattern(value: unknown): value is NormalPattern {
  if (typeof value !== 'object' || value === null) return false;
  const { template, markedAt } = value as Record<string, unknown>;
  return typeof template === 'string' && typeof markedAt === 'string';
}
