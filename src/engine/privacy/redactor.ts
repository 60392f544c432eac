import type { PrivacyLevel } from './privacyLevel.ts';

/**
 * Replaces values by typed placeholders such as `<IP_1>`, the same value always by the same one, so
 * that what belongs together is still seen to belong together. The map stays in memory.
 */
export interface Redactor {
  readonly level: PrivacyLevel;
  redact: (text: string) => string;
  /** Puts the values back into a text that names placeholders of this redactor. */
  unmask: (text: string) => string;
  /** Values replaced so far, by kind: `IP`, `EMAIL`, `TOKEN`. Distinct values, not occurrences. */
  readonly counts: ReadonlyMap<string, number>;
}
