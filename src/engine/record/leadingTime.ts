import { CellReader, cellKind } from './headerCell.ts';
import type { HeaderLayout } from './headerLayout.ts';
import { headerReach } from './headerLayout.ts';
import { skipSpaces } from './headerReader.ts';
import { timeLayout } from './timestamp.ts';

/** Families whose dates may be read one way and not the other: whether they fit depends on the layout. */
const ambiguous: readonly number[] = [
  timeLayout.numericNoYear,
  timeLayout.numericYearLast,
  timeLayout.numericShortYear,
];

/**
 * Tells by the first cell of a line which layouts cannot be the line's: a log that mixes several
 * would otherwise read each line by each of them.
 */
export class LeadingTime {
  readonly #cell = new CellReader();

  /** The `timeLayout` that the line begins with, 0 for none. */
  family(bytes: Uint8Array, start: number, end: number): number {
    const reach = Math.min(end, start + headerReach);
    const at = skipSpaces(bytes, start, reach);
    if (at >= reach) return 0;
    const cell = this.#cell;
    cell.read(bytes, at, reach, 0);
    return cell.kind === cellKind.time || cell.kind === cellKind.levelTime ? cell.time.layout : 0;
  }

  /** False when a line that begins with this family of times is none of the layout's. */
  mayBegin({ anchor, timeLayout: expected }: HeaderLayout, family: number): boolean {
    if (anchor !== 0 || expected === 0 || ambiguous.includes(expected)) return true;
    return expected === family;
  }
}
