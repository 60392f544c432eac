import type { Disposable } from '../disposables.ts';
import type { Payload } from '../../engine/llm/exchange.ts';

/** Who may receive what: one provider (name and host), at one level of privacy. */
type Recipient = Pick<Payload, 'provider' | 'level'>;

/** Where consents are kept: the memory of the workspace. */
export interface ConsentMemory {
  get: (key: string) => unknown;
  update: (key: string, value: unknown) => Thenable<void>;
}

const memoryKey = 'modelConsents';

/**
 * What the reader agreed to send from this workspace without being asked again. A provider at another
 * address, or one that would see more, is another recipient.
 */
export class Consents {
  readonly #memory: ConsentMemory;
  readonly #listeners = new Set<() => void>();

  constructor(memory: ConsentMemory) {
    this.#memory = memory;
  }

  /** Tells of every change until what comes back is disposed. */
  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return {
      dispose: () => {
        this.#listeners.delete(listener);
      },
    };
  }

  has(recipient: Recipient): boolean {
    return this.list().includes(nameOf(recipient));
  }

  async add(recipient: Recipient): Promise<void> {
    if (this.has(recipient)) return;
    await this.#keep([...this.list(), nameOf(recipient)]);
  }

  /** Every recipient, in words. */
  list(): readonly string[] {
    const kept = this.#memory.get(memoryKey);
    return Array.isArray(kept)
      ? kept.filter((name): name is string => typeof name === 'string')
      : [];
  }

  async forget(): Promise<void> {
    await this.#keep(undefined);
  }

  async #keep(names: readonly string[] | undefined): Promise<void> {
    await this.#memory.update(memoryKey, names);
    for (const listener of this.#listeners) listener();
  }
}

function nameOf({ provider, level }: Recipient): string {
  return `${provider} (${level})`;
}
