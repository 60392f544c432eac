/** Kinds of placeholders. What comes first is a secret, what follows is personal, then raw text. */
export const kinds = [
  'TOKEN',
  'KEY',
  'PASSWORD',
  'SECRET',
  'COOKIE',
  'SESSION',
  'EMAIL',
  'IP',
  'MAC',
  'PHONE',
  'CARD',
  'IBAN',
  'USER',
  'PERSON',
  'HOST',
  'PATH',
  'UUID',
  'HEX',
  'URL',
  'TIME',
  'WORD',
  'TEXT',
] as const;

export type Kind = (typeof kinds)[number];

/** Whether a kind is masked at every level. */
export function isSecret(kind: Kind): boolean {
  return kinds.indexOf(kind) <= kinds.indexOf('SESSION');
}

/** A placeholder: `<IP_1>`. */
export const placeholder = new RegExp(`<(${kinds.join('|')})_([1-9][0-9]{0,5})>`, 'g');

/** Where placeholders stand in a text, ascending. */
export function placeholdersIn(text: string): { start: number; end: number }[] {
  return Array.from(text.matchAll(placeholder), ({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
}
