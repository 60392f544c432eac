/** Why an operation failed: code matches on this, never on the message. */
export type ErrorReason =
  | 'aborted'
  | 'not-found'
  | 'no-permission'
  | 'not-a-file'
  | 'too-large'
  | 'truncated-archive'
  | 'changed-while-reading'
  | 'unreadable'
  | 'timed-out'
  | 'archive-bomb'
  | 'model-missing'
  | 'model-corrupt'
  | 'model-failed'
  | 'store-locked'
  | 'store-corrupt'
  | 'store-unwritable'
  | 'invalid-argument'
  | 'rule-invalid'
  | 'format-invalid'
  | 'llm-unreachable'
  | 'llm-refused'
  | 'llm-limited'
  | 'llm-failed'
  | 'llm-truncated'
  | 'llm-empty'
  | 'llm-stalled'
  | 'llm-not-approved'
  | 'llm-unusable';

/**
 * An expected failure. `message` says what happened, `advice` what the reader can do next;
 * `cause` keeps the original error.
 */
export class EngineError extends Error {
  readonly reason: ErrorReason;
  readonly advice: string;

  constructor(reason: ErrorReason, message: string, advice: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'EngineError';
    this.reason = reason;
    this.advice = advice;
  }

  static is(error: unknown, reason?: ErrorReason): error is EngineError {
    return error instanceof EngineError && (reason === undefined || error.reason === reason);
  }
}
