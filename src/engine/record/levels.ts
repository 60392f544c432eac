/** Severity of a record as the log itself states it. The order is the rank; `RecordTable.level` indexes it. */
export const levels = [
  'unknown',
  'trace',
  'debug',
  'info',
  'notice',
  'warning',
  'error',
  'fatal',
] as const;

export type Level = (typeof levels)[number];

export const levelRank = {
  unknown: 0,
  trace: 1,
  debug: 2,
  info: 3,
  notice: 4,
  warning: 5,
  error: 6,
  fatal: 7,
} as const satisfies Record<Level, number>;
