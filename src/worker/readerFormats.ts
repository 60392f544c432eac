import { checkFormats } from '../engine/record/checkFormats.ts';
import { useFormats } from '../engine/record/formatsInUse.ts';

/** The formats that the reader described in the settings, in force in this thread. */
export class ReaderFormats {
  readonly #onProblems: (problems: readonly string[]) => void;
  #described = '[]';

  /** @param onProblems told what is wrong with entries, a sentence or two each, when others are used */
  constructor(onProblems: (problems: readonly string[]) => void) {
    this.#onProblems = onProblems;
  }

  /** Takes others; the same ones again cost nothing. Logs are read by them when they are read again. */
  use(described: readonly unknown[]): void {
    const text = JSON.stringify(described);
    if (text === this.#described) return;
    this.#described = text;
    const { formats, problems } = checkFormats(described);
    useFormats(formats);
    this.#onProblems(problems.map(({ message, advice }) => `${message} ${advice}`));
  }
}
