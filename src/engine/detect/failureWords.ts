/** Words that state a failure, by how surely they do, in bits. */
export const wordBits: ReadonlyMap<string, number> = new Map(
  (
    [
      [
        3,
        'panic panicked fatal segfault sigsegv sigabrt crash crashed crashing oom oomkilled corrupt corrupted corruption emergency traceback deadlock coredump uncorrectable unrecoverable',
      ],
      [
        2.5,
        'unable cannot couldnt error errors exception exceptions failed failure failures fail fails failing aborted abort aborts aborting critical severe unreachable unavailable unhealthy severed',
      ],
      [
        2,
        'refused refusing denied timeout timeouts timedout rejected unauthorized forbidden broken violation killed overflow exhausted assertion assert lost fault faults faulty dead unhandled uncaught abnormal abnormally stalled undeliverable',
      ],
      [
        1.5,
        'invalid illegal missing unexpected terminated unresponsive disconnected expired malformed mismatch inconsistent degraded stuck hang hung stale conflict dropped drop bad wrong incorrect insufficient unknown unsupported throttled throttling offline exceeded exceeds overrun underrun truncated unclean undefined blocked backoff',
      ],
      [
        0.8,
        'warning warn retry retrying retries slow delayed interrupted interrupt disabled rollback evicted skipped ignoring deprecated leak cancelled canceled incomplete',
      ],
    ] as const
  ).flatMap(([bits, words]) => words.split(' ').map((word) => [word, bits] as const)),
);

/** Words that only together state a failure: two or three in a row. */
export const phraseBits: ReadonlyMap<string, number> = new Map([
  ['timed out', 2.5],
  ['not found', 1.8],
  ['no such', 2],
  ['out of', 1],
  ['out of memory', 3],
  ['out of space', 3],
  ['out of range', 1.5],
  ['out of sync', 1.5],
  ['reset by', 2],
  ['broken pipe', 2.5],
  ['core dumped', 3],
  ['does not', 0.8],
  ['did not', 1],
  ['could not', 2.5],
  ['can not', 2.5],
  ['not responding', 2.5],
  ['no response', 2.5],
  ['not available', 2],
  ['not allowed', 2],
  ['not permitted', 2],
  ['not running', 1.5],
  ['not ready', 1.5],
  ['not connected', 1.5],
  ['is down', 2],
  ['went down', 2],
  ['gone away', 2.5],
  ['connection lost', 2.5],
  ['connection closed', 0.8],
  ['gave up', 2],
  ['giving up', 2.5],
  ['shutting down', 0.8],
  ['no route', 2.5],
  ['no space', 3],
  ['no longer', 0.5],
  ['disk full', 3],
  ['bad gateway', 2.5],
  ['internal server', 2],
  ['too many', 1.5],
  ['too large', 1.2],
  ['too long', 1.2],
  ['too big', 1.2],
  ['read only', 1],
  ['stopping execution', 1.5],
]);

/** One or two words before a failure word these deny it. */
export const negations: ReadonlySet<string> = new Set([
  'no',
  'not',
  'without',
  'zero',
  '0',
  'never',
  'non',
  'none',
]);

/** Right before a failure word these make it a condition or a plan, not an event. */
export const conditions: ReadonlySet<string> = new Set(['if', 'on', 'any', 'free', 'for', 'max']);

/** Right after a failure word these make it a name, or say that it was dealt with. */
export const remedies: ReadonlySet<string> = new Set([
  'corrected',
  'recovered',
  'resolved',
  'cleared',
  'fixed',
  'succeeded',
  'handled',
  'handler',
  'handlers',
  'handling',
  'reporting',
  'reporter',
  'detection',
  'detector',
  'recovery',
  'page',
  'log',
  'logs',
  'logger',
  'count',
  'counts',
  'counter',
  'rate',
  'rates',
  'ratio',
  'code',
  'codes',
  'limit',
  'threshold',
  'level',
  'policy',
  'budget',
  'interval',
  'setting',
  'value',
]);

/** Nouns that, before a number, are a setting or a count which may well be zero. */
export const measured: ReadonlySet<string> = new Set([
  'timeout',
  'timeouts',
  'errors',
  'failures',
  'exceptions',
  'faults',
  'retries',
  'drop',
  'dropped',
  'lost',
]);

/** Results of several things, which a summary counts: `failed=0 passed=211`. */
export const tallied: ReadonlySet<string> = new Set([
  'failed',
  'failing',
  'aborted',
  'denied',
  'expired',
  'killed',
  'rejected',
  'skipped',
  'timedout',
]);

/** Values that deny the failure they are the value of: `error=null`, `failed: false`. */
export const emptyValues: ReadonlySet<string> = new Set([
  '0',
  'null',
  'nil',
  'none',
  'false',
  'no',
  'undefined',
]);

/** Said of a failure that is tried again: a relief unless it goes on. */
export const retry = /\b(?:will (?:be )?(?:retr(?:y|ied)|try again)|retrying|try(?:ing)? again)\b/i;

/** Said of a failure that was dealt with or does not matter. */
export const relief =
  /\b(?:as expected|(?:is|was|are) expected|expected (?:error|failure|exception)s?\b|(?:can|may|could) (?:safely )?be ignored|safe(?:ly)? (?:to )?ignored?|ignored|harmless|benign|non-?fatal|recoverable|(?:auto|self)?-?(?:corrected|recovered)|attempting to correct|recovered from|falling back|fell back|back to normal|no action (?:is )?(?:needed|required)|gracefully)\b/i;

/**
 * What the system answers to a wrong request (ENOENT, EACCES, EPERM, EINVAL, EBADF, EEXIST, ENOTDIR,
 * EISDIR, ENOEXEC), or a service that has not got what was asked for: one caller's mistake, as an HTTP
 * status below 500 is.
 */
export const callersFault =
  /\b(?:no such file or directory|permission denied|operation not permitted|invalid argument|bad file descriptor|file exists|(?:not|is) a directory|exec format error|could not find|(?:was|is) not found|[a-z]{2,}NotFound)\b/i;
