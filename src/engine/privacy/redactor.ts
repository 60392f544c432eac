import type { PrivacyLevel } from './privacyLevel.ts';

/** What is known of the pattern of a message. */
export interface PatternOfMessage {
  /** Constant words, and `<*>` for what varies. */
  readonly template: string;
  /** Messages that follow it. A pattern that was seen once is the message itself. */
  readonly count: number;
}

/**
 * Replaces values by typed placeholders such as `<IP_1>`, the same value always by the same one, so
 * that what belongs together is still seen to belong together. The map stays in memory.
 */
export interface Redactor {
  readonly level: PrivacyLevel;
  /**
   * A text of one line or many. Redacting the result again changes nothing. At level `templates`
   * only common words, numbers and names of code stay.
   */
  redact: (text: string) => string;
  /**
   * A message whose pattern is known. At level `templates` the constant words of a pattern that was
   * seen often stay as well; at the other levels this is `redact`.
   */
  redactMessage: (message: string, pattern: PatternOfMessage) => string;
  /** Puts the values back into a text that names placeholders of this redactor. */
  unmask: (text: string) => string;
  /** Values replaced so far, by kind: `IP`, `EMAIL`, `TOKEN`. Distinct values, not occurrences. */
  readonly counts: ReadonlyMap<string, number>;
}
