import type { Level } from '../../engine/record/levels.ts';

/** A line (or a head with its continuation) and its fields; `time` is ISO 8601, null where the line states none. */
export interface FormatSample {
  readonly line: string;
  readonly time: string | null;
  readonly level: Level;
  readonly source: string;
  readonly message: string;
}

/** Samples by the name of their format. */
export type SamplesByFormat = Readonly<Record<string, readonly FormatSample[]>>;

/** The moment of most samples, with milliseconds and without. */
export const exactly = '2024-05-14T09:30:12.250Z';
export const onSecond = '2024-05-14T09:30:12.000Z';
/** The same without a year, and without a date. */
export const yearless = '2000-05-14T09:30:12.250Z';
export const yearlessSecond = '2000-05-14T09:30:12.000Z';
export const dateless = '2000-01-01T09:30:12.250Z';
export const datelessSecond = '2000-01-01T09:30:12.000Z';

/** A sample in one row. */
export function reads(
  line: string,
  time: string | null,
  level: Level,
  source: string,
  message: string,
): FormatSample {
  return { line, time, level, source, message };
}
