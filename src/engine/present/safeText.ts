import { shorten } from '../explain/words.ts';

/**
 * Characters that a terminal or an editor acts on instead of showing: C0 and C1 controls,
 * bidirectional overrides (Unicode TR 36), zero-width and tag characters, line separators.
 */
const invisible =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** `\u001b` → `␛`: controls have pictures of their own; everything else is written as its code. */
function picture(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 32) return String.fromCodePoint(0x2400 + code);
  if (code === 127) return '␡';
  return `‹${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}

/** Makes characters visible that would act on a terminal, an editor or the direction of text. */
export function visibleText(text: string): string {
  return text.replace(invisible, picture);
}

/**
 * One line of log text for a terminal: escape sequences and control characters are shown, not
 * obeyed; line ends and tabs become blanks.
 */
export function terminalText(text: string): string {
  return visibleText(text.replace(/[\t\n]+/g, ' '));
}

/**
 * Log text as Markdown that shows exactly this text on one line: no character of it makes a link,
 * an image, an HTML tag, emphasis, code, a heading, a list or a new table cell. Punctuation that
 * can carry structure is escaped by a backslash (CommonMark 0.31, 2.4); the rest stays readable
 * where the Markdown itself is read.
 */
export function markdownText(text: string): string {
  return (
    terminalText(text)
      .trim()
      .replace(/[\\`*_{}[\]<|~&@$^]/g, '\\$&')
      // A bare address becomes a link in GitHub's dialect (GFM 0.29, 6.9).
      .replace(/:(?=\/)/g, '\\:')
      .replace(/(www)\./gi, '$1\\.')
      .replace(/!(?=\\)/g, '\\!')
      .replace(/^[-+=#>]/, '\\$&')
      .replace(/^([0-9]{1,9})([.)])/, '$1\\$2')
      .replace(/ {2,}/g, (blanks) => `${'\u00a0'.repeat(blanks.length - 1)} `)
  );
}

/** Text as HTML that shows exactly this text, in an element or a quoted attribute. */
export function htmlText(text: string): string {
  return visibleText(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/**
 * The address where it is a plain one of the web that can stand in a report: `https`, a host without
 * a user name before it, no character that ends a link in Markdown or HTML. Null for everything else.
 */
export function webAddress(text: string): string | null {
  const plain = /^https:\/\/[a-z0-9][a-z0-9.-]*(?::\d{1,5})?(?:[/?#][\w\-./?#%=&+~:@!,;]*)?$/i;
  return text.length <= 500 && plain.test(text) ? text : null;
}

/** Text cut to a number of characters, with an ellipsis; blanks and line ends collapse. */
export function truncate(text: string, maxChars: number): string {
  return shorten(text, maxChars);
}
