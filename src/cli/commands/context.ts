/** What every command gets from the program around it. */
export interface CommandContext {
  /** Fires on Ctrl+C. */
  readonly signal: AbortSignal;
  /** Exit status of a command that ends without an error; 0 when never called. */
  readonly setStatus: (status: number) => void;
}
