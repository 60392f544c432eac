import { shorten } from '../words.ts';

/** Parts of a message that a pattern captured, by name. */
export type Captures = Readonly<Record<string, string>>;

const hole = /\{([a-z][a-z0-9_]*)\}/g;
const maxChars = 80;

/** Names of the captures that a text asks for. */
export function holesOf(text: string): readonly string[] {
  return [...text.matchAll(hole)].map((match) => match[1] ?? '');
}

/** Puts captures into a sentence for a reader; what was not captured reads as its name in capitals. */
export function fillText(text: string, captures: Captures): string {
  return text.replace(hole, (_, name: string) => {
    const value = shorten(captures[name] ?? '', maxChars);
    return value === '' ? name.toUpperCase() : value;
  });
}

/**
 * Puts captures into an instruction, which may hold a command: a person may paste it into a shell,
 * and the log chose the value. Only what no shell can read as more than one plain word goes in.
 */
export function fillCommand(text: string, captures: Captures): string {
  return text.replace(hole, (_, name: string) => {
    const value = captures[name] ?? '';
    const plain = value.length <= maxChars && /^[A-Za-z0-9_./][A-Za-z0-9_.:/@%+-]*$/.test(value);
    return plain ? value : name.toUpperCase();
  });
}
