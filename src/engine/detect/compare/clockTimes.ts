import type { BuildLines } from '../build/buildLine.ts';

const clock =
  /^.{0,24}?(?:(\d{4})-(\d\d)-(\d\d)[T ])?(?<![\d:])(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,3}))?(?![\d:])/;
const day = 86_400_000;
/** Lines at the start of which one must have a clock, or the log is taken for one without. */
const tried = 200;

/**
 * Milliseconds at which each line was written, from the clock that build services put before lines;
 * NaN where there is none. Clocks without a date count from midnight and go on after it.
 */
export function clockTimes(lines: BuildLines): Float64Array {
  const times = new Float64Array(lines.count).fill(NaN);
  let last = NaN;
  let days = 0;
  for (let line = 0; line < lines.count; line += 1) {
    if (line >= tried && Number.isNaN(last)) break;
    const found = clock.exec(lines.rawText(line).slice(0, 60));
    if (found === null) continue;
    const [, year, month, date, hours, minutes, seconds, fraction = ''] = found;
    const ofDay =
      ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 +
      Number(fraction.padEnd(3, '0'));
    if (year !== undefined) {
      last = Date.UTC(Number(year), Number(month) - 1, Number(date)) + ofDay;
    } else {
      if (days * day + ofDay < last - day / 2) days += 1;
      last = days * day + ofDay;
    }
    times[line] = last;
  }
  return times;
}
