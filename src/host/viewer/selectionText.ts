/** `1,204 lines · 3 min 12 s`; without times only the lines, of a part of one line its characters. */
export function selectionText(
  { lines, characters, milliseconds }: SelectionSize,
  locale: string,
): string {
  const amount =
    lines > 1 || characters === 0
      ? counted(lines, 'line', locale)
      : counted(characters, 'character', locale);
  return milliseconds === null || lines < 2 ? amount : `${amount} · ${spanText(milliseconds)}`;
}

export interface SelectionSize {
  readonly lines: number;
  readonly characters: number;
  /** From the first to the last line; null where one of them states no time. */
  readonly milliseconds: number | null;
}

/** A length of time in its two largest units: `3 min 12 s`, `2 d 4 h`, `1.204 s`, `35 ms`. */
export function spanText(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  const sign = milliseconds < 0 ? '−' : '';
  if (size < 1_000) return `${sign}${Math.round(size)} ms`;
  if (size < 60_000) return `${sign}${Number((size / 1_000).toFixed(3))} s`;
  const seconds = Math.round(size / 1_000);
  if (seconds < 3_600) return sign + pair(seconds, 60, 'min', 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 1_440) return sign + pair(minutes, 60, 'h', 'min');
  return sign + pair(Math.round(minutes / 60), 24, 'd', 'h');
}

function pair(small: number, each: number, large: string, unit: string): string {
  const rest = small % each;
  return `${Math.floor(small / each)} ${large}${rest === 0 ? '' : ` ${rest} ${unit}`}`;
}

function counted(count: number, noun: string, locale: string): string {
  return `${count.toLocaleString(locale)} ${noun}${count === 1 ? '' : 's'}`;
}
