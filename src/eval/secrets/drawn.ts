import type { Random } from '../../engine/base/random.ts';
import { between, pick } from '../faults/values.ts';

export const lower = 'abcdefghijklmnopqrstuvwxyz';
export const upper = lower.toUpperCase();
export const digits = '0123456789';
export const alphanumeric = lower + upper + digits;
export const base64 = `${alphanumeric}+/`;
export const base64url = `${alphanumeric}-_`;
export const hex = '0123456789abcdef';

/** Characters drawn evenly; at least one digit and one letter where the alphabet has both. */
export function drawn(random: Random, alphabet: string, least: number, most = least): string {
  const length = between(random, least, most);
  for (;;) {
    const text = Array.from({ length }, () =>
      alphabet.charAt(between(random, 0, alphabet.length - 1)),
    ).join('');
    const mixed = /[0-9]/.test(text) && /[A-Za-z]/.test(text);
    if (mixed || !/[0-9]/.test(alphabet) || !/[a-z]/i.test(alphabet) || length < 4) return text;
  }
}

export function drawnUuid(random: Random): string {
  return [8, 4, 4, 4, 12].map((length) => drawn(random, hex, length)).join('-');
}

const syllables = 'ba ko li tru mon ser dan vel pix tor ge hul na wy zet cor mi sal fen dro'.split(
  ' ',
);

/** A word that no dictionary has. */
export function inventedWord(random: Random, least = 2, most = 4): string {
  return Array.from({ length: between(random, least, most) }, () => pick(random, syllables)).join(
    '',
  );
}
