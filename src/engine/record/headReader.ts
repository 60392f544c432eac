import { ColumnsReader } from './columnsReader.ts';
import { FieldLinesReader } from './fieldLinesReader.ts';
import type { HeaderEnding } from './headerEndings.ts';
import type { HeaderLayout } from './headerLayout.ts';
import { HeaderReader } from './headerReader.ts';
import type { MomentClock } from './momentClock.ts';
import { PatternReader } from './patternReader.ts';
import type { StatedTime } from './statedTime.ts';

/** Reads what stands at the beginning of a record. Results stand in the fields. */
export interface HeadReader {
  readonly layout: HeaderLayout;
  /** Milliseconds since the epoch; NaN when the line states no time. */
  readonly time: number;
  /** How the line that was read last states its time; null where it states none. */
  readonly stated: StatedTime | null;
  readonly level: number;
  /** Range of the source's name; empty when it is not named. */
  readonly sourceStart: number;
  readonly sourceEnd: number;
  readonly messageStart: number;
  readonly messageEnd: number;
  /** What is known of the end of the header that was read last; null where it was not recognised. */
  readonly ending: HeaderEnding | null;
  /** True when the line `bytes[at, end)` is a head in the layout. The clock moves on only then. */
  read(bytes: Uint8Array, at: number, end: number, clock: MomentClock): boolean;
  /** Forgets what the parser noted in the endings: sources were numbered anew. */
  forget(): void;
}

/** The reader of a layout. */
export function headReader(layout: HeaderLayout): HeadReader {
  if (layout.fieldLines === true) return new FieldLinesReader(layout);
  if (layout.written !== undefined) return new PatternReader(layout, layout.written);
  return layout.table === undefined
    ? new HeaderReader(layout)
    : new ColumnsReader(layout, layout.table);
}
