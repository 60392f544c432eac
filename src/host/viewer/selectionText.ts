import { spanWords } from '../../engine/present/timeWords.ts';

/** `1,204 lines · 3 min 12 s`; without times only the lines, of a part of one line its characters. */
export function selectionText(
  { lines, characters, milliseconds }: SelectionSize,
  locale: string,
): string {
  const amount =
    lines > 1 || characters === 0
      ? counted(lines, 'line', locale)
      : counted(characters, 'character', locale);
  return milliseconds === null || lines < 2 ? amount : `${amount} · ${signed(milliseconds)}`;
}

export interface SelectionSize {
  readonly lines: number;
  readonly characters: number;
  /** From the first to the last line; null where one of them states no time. */
  readonly milliseconds: number | null;
}

/** A log that goes back has a minus. */
function signed(milliseconds: number): string {
  return `${milliseconds < 0 ? '−' : ''}${spanWords(milliseconds)}`;
}

function counted(count: number, noun: string, locale: string): string {
  return `${count.toLocaleString(locale)} ${noun}${count === 1 ? '' : 's'}`;
}
