import { daysFromCivil, msPerDay, yearOf } from '../record/civilTime.ts';

/** What a query is seen against: the clock of the log, in milliseconds since the epoch. */
export interface TimeContext {
  /** Earliest and latest time that the log states. */
  readonly first: number;
  readonly last: number;
  /** Time at the cursor; null where the log states none there. */
  readonly at: number | null;
  /** Minutes east of UTC of a time that is typed without a zone: what the log states, else 0. */
  readonly zone: number;
}

/** Where to go. */
export type TimeTarget =
  | { readonly kind: 'time'; readonly ms: number }
  /** A part of the log by its lines or bytes, 0..1. */
  | { readonly kind: 'share'; readonly share: number };

/** What a reader may type, for the prompt and for what is said about a text that is none of it. */
export const timeQueryForms =
  '2026-05-14 12:03:07, 12:03, 14 May 12:03, +5m or -5m from the cursor, 50%';

/** Longer texts are no times. */
const longestQuery = 80;

/**
 * Reads what a person types to go to a time: `2026-05-14T12:03:07.5Z`, `12:03:07`, `12:03 pm`,
 * `14 May 12:03`, `May 14 2026`, seconds or milliseconds since the epoch, `+1h30m` and `-5m` from the
 * cursor (from the start of the log where there is none), `50%` of the log.
 *
 * Zones: a time without one is on the log's own clock: in the zone that its times state, else as they
 * are read, in UTC; a stated zone, `Z` or `+02:00`, is honoured. A missing date or year is the one that puts the
 * moment inside the log, nearest to the cursor. The range of the log bounds nothing else.
 *
 * @returns null where the text is no time
 */
export function parseTimeQuery(text: string, context: TimeContext): TimeTarget | null {
  const query = text.trim().toLowerCase();
  if (query === '' || query.length > longestQuery) return null;
  return share(query) ?? relative(query, context) ?? epoch(query) ?? moment(query, context);
}

function share(query: string): TimeTarget | null {
  const match = /^(\d{1,3}(?:\.\d{1,3})?) ?%$/.exec(query);
  const percent = Number(match?.[1]);
  return match !== null && percent <= 100 ? { kind: 'share', share: percent / 100 } : null;
}

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  sec: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: msPerDay,
};

/** `+5m`, `-1h 30min`, `+250ms`. */
function relative(query: string, { first, at }: TimeContext): TimeTarget | null {
  const match = /^([+\u2212-]) ?((?:\d{1,9}(?:\.\d{1,3})? ?[a-z]{1,3} ?){1,5})$/.exec(query);
  if (match === null) return null;
  let sum = 0;
  for (const [, amount, unit] of (match[2] ?? '').matchAll(/(\d+(?:\.\d+)?) ?([a-z]+)/g)) {
    const size = units[unit ?? ''];
    if (size === undefined) return null;
    sum += Number(amount) * size;
  }
  const ms = (at ?? first) + (match[1] === '+' ? sum : -sum);
  return Number.isFinite(ms) ? { kind: 'time', ms } : null;
}

/** Ten digits are seconds, thirteen milliseconds. */
function epoch(query: string): TimeTarget | null {
  if (/^\d{10}(?:\.\d{1,9})?$/.test(query)) return { kind: 'time', ms: Number(query) * 1_000 };
  return /^\d{13}$/.test(query) ? { kind: 'time', ms: Number(query) } : null;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

interface Day {
  /** Null where it is not stated. */
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
}

interface Clock {
  /** Milliseconds since midnight. */
  readonly ms: number;
  /** East of Greenwich, in milliseconds; null where it is not stated. */
  readonly zone: number | null;
}

const datePattern =
  /^(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})\.? ?([a-z]{3})[a-z]{0,6}(?:,? (\d{4}))?|([a-z]{3})[a-z]{0,6} (\d{1,2})(?:,? (\d{4}))?)(?![\d:])/;

const clockPattern =
  /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?(am|pm)?(?: ?(z|utc|gmt|[+\u2212-]\d{2}:?\d{2}|[+\u2212-]\d{2}))?$/;

function moment(query: string, context: TimeContext): TimeTarget | null {
  const found = datePattern.exec(query);
  const date = found === null ? null : dayOf(found);
  if (found !== null && date === null) return null;
  const rest = query.slice(found?.[0].length ?? 0).replace(/^(?:t|,? )/, '');
  const clock = rest === '' ? { ms: 0, zone: null } : clockOf(rest);
  if (clock === null || (date === null && rest === '')) return null;
  const { ms } = clock;
  const own = context.zone * 60_000;
  const zone = clock.zone ?? own;
  if (date === null)
    return nearest(
      daysNear(context, zone).map((day) => day * msPerDay + ms - zone),
      context,
    );
  const { year, month, day } = date;
  const years = year === null ? yearsNear(context, zone) : [year];
  return nearest(
    years.flatMap((one) => {
      const days = daysFromCivil(one, month, day);
      // 29 February exists in some years only; the 31st in some months.
      return new Date(days * msPerDay).getUTCDate() === day ? [days * msPerDay + ms - zone] : [];
    }),
    context,
  );
}

function dayOf(found: RegExpExecArray): Day | null {
  const [, year, month, day, dayBefore, nameAfter, yearAfter, nameBefore, dayAfter, yearLast] =
    found;
  const name = nameAfter ?? nameBefore;
  const stated = year ?? yearAfter ?? yearLast;
  const result = {
    year: stated === undefined ? null : Number(stated),
    month: name === undefined ? Number(month) : months.indexOf(name) + 1,
    day: Number(day ?? dayBefore ?? dayAfter),
  };
  const exists = result.month >= 1 && result.month <= 12 && result.day >= 1 && result.day <= 31;
  return exists ? result : null;
}

function clockOf(text: string): Clock | null {
  const match = clockPattern.exec(text);
  if (match === null) return null;
  const [, hours, minutes, seconds = '0', decimals = '0', half, zone] = match;
  const stated = Number(hours);
  if (half !== undefined && (stated < 1 || stated > 12)) return null;
  const hour = half === undefined ? stated : (stated % 12) + (half === 'pm' ? 12 : 0);
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 60) return null;
  const ms = (hour * 60 + Number(minutes)) * 60_000 + Number(`${seconds}.${decimals}`) * 1_000;
  return { ms, zone: zoneOf(zone) };
}

function zoneOf(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  const match = /^([+\u2212-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (match === null) return 0;
  const east = (Number(match[2]) * 60 + Number(match[3] ?? '0')) * 60_000;
  return match[1] === '+' ? east : -east;
}

/** Days that a time of day may be meant of: those of cursor, start and end, and their neighbours. */
function daysNear({ first, last, at }: TimeContext, zone: number): readonly number[] {
  return [at ?? first, first, last].flatMap((ms) => {
    const day = Math.floor((ms + zone) / msPerDay);
    return [day, day - 1, day + 1];
  });
}

function yearsNear({ first, last, at }: TimeContext, zone: number): readonly number[] {
  return [at ?? first, first, last].flatMap((ms) => {
    const year = yearOf(ms + zone);
    return [year, year - 1, year + 1];
  });
}

/** Of several moments the one inside the log; of several inside, or of none, the one nearest to the cursor. */
function nearest(moments: readonly number[], { first, last, at }: TimeContext): TimeTarget | null {
  const away = (ms: number): number => Math.max(first - ms, ms - last, 0);
  const from = at ?? first;
  let best = NaN;
  for (const ms of moments) {
    if (Number.isNaN(ms)) continue;
    const difference = away(ms) - away(best);
    const isBetter =
      Number.isNaN(best) ||
      difference < 0 ||
      (difference === 0 && Math.abs(ms - from) < Math.abs(best - from));
    if (isBetter) best = ms;
  }
  return Number.isNaN(best) ? null : { kind: 'time', ms: best };
}
