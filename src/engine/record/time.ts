const largestDate = 8.64e15;

/** ISO 8601 with milliseconds and `Z`; null where there is no time (NaN, out of range). */
export function isoTime(ms: number): string | null {
  return Math.abs(ms) <= largestDate ? new Date(ms).toISOString() : null;
}
