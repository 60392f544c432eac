import type { ColumnPlace } from './columnReader.ts';

/** How a reader knows a slot: its name, and its unit with a space before it, or nothing. */
export interface SlotLabel {
  readonly name: string;
  readonly unit: string;
}

/** A field beside the message bears its own name. */
export function slotLabel(template: string, place: ColumnPlace): SlotLabel {
  if ('name' in place) return { name: place.name, unit: '' };
  return { name: slotName(template, place.slot), unit: slotUnit(template, place.slot) };
}

/** How a reader knows a slot: the word before it, else its number. */
export function slotName(template: string, slot: number): string {
  let at = -1;
  for (let index = 0; index <= slot; index += 1) at = template.indexOf('<*>', at + 1);
  const before = template.slice(Math.max(0, at - 60), Math.max(0, at));
  const word = /([A-Za-z][\w.-]{1,30})[\s=:"'([{#/]{0,3}$/.exec(before)?.[1];
  return word ?? `value ${slot + 1}`;
}

/** What a slot is measured in, where the text says so right after it: ` ms`, ` %`. */
export function slotUnit(template: string, slot: number): string {
  let at = -1;
  for (let index = 0; index <= slot; index += 1) at = template.indexOf('<*>', at + 1);
  const after = at < 0 ? '' : template.slice(at + 3, at + 20);
  const unit =
    /^\s?(%|[nuµm]?s|[kKMGT]i?[Bb]|bytes|secs?|seconds|mins?|minutes|hours|days)(?![\w%])/.exec(
      after,
    );
  return unit?.[1] === undefined ? '' : ` ${unit[1]}`;
}
