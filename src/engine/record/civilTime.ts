export const msPerDay = 86_400_000;

/**
 * Days since 1970-01-01 of a date in the proleptic Gregorian calendar; `month` is 1..12.
 * Howard Hinnant, "chrono-compatible low-level date algorithms" (2013): integers only, several
 * times faster than Date.UTC.
 */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + (yearOfEra >> 2) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Year of a time in milliseconds since the epoch. */
export function yearOf(ms: number): number {
  return new Date(ms).getUTCFullYear();
}

/** Two-digit years as POSIX strptime reads them: 69..99 are 1969..1999, 00..68 are 2000..2068. */
export function fullYear(twoDigits: number): number {
  return twoDigits >= 69 ? 1900 + twoDigits : 2000 + twoDigits;
}
