/** Keys whose values are sentences for a reader, in the order in which they are asked for. */
const spokenKeys = new Set(['summary', 'statement', 'event', 'action']);

/** A placeholder that may go on in the next piece, at the end of a text. */
const openPlaceholder = /<[A-Z]{0,10}(?:_\d{0,6})?$/;

/**
 * Picks the sentences out of an answer while it arrives, so that a reader sees prose instead of JSON.
 * Unchecked: it is for watching only. Placeholders arrive whole.
 */
export class AnswerText {
  readonly #onText: (text: string) => void;
  #state: 'outside' | 'string' | 'value' = 'outside';
  #escape = '';
  #string = '';
  #key = '';
  #isValue = false;
  #held = '';
  #spoke = false;

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  /** The next piece of the answer as it came. */
  take(piece: string): void {
    let shown = '';
    for (const char of piece) shown += this.#step(char);
    this.#tell(shown);
  }

  /** What is to be shown of one character. */
  #step(char: string): string {
    if (this.#state === 'outside') {
      if (char === '"') {
        const isSpoken = this.#isValue && spokenKeys.has(this.#key);
        this.#state = isSpoken ? 'value' : 'string';
        this.#string = '';
        if (isSpoken && this.#spoke) return '\n';
      } else if (char === ':') this.#isValue = true;
      else if (/[,{}[\]]/.test(char)) this.#isValue = false;
      return '';
    }
    if (this.#escape !== '') return this.#unescape(char);
    if (char === '\\') {
      this.#escape = char;
      return '';
    }
    if (char === '"') {
      if (!this.#isValue) this.#key = this.#string;
      this.#state = 'outside';
      return '';
    }
    return this.#inside(char);
  }

  #inside(char: string): string {
    if (this.#state === 'string') {
      if (this.#string.length < 40) this.#string += char;
      return '';
    }
    this.#spoke = true;
    return char;
  }

  #unescape(char: string): string {
    this.#escape += char;
    const unicode = this.#escape[1] === 'u';
    if (unicode && this.#escape.length < 6) return '';
    const code = Number.parseInt(this.#escape.slice(2), 16);
    const plain = unicode
      ? String.fromCharCode(Number.isNaN(code) ? 0xfffd : code)
      : char === 'n' || char === 't' || char === 'r'
        ? ' '
        : char;
    this.#escape = '';
    return this.#inside(plain);
  }

  #tell(shown: string): void {
    const text = this.#held + shown;
    const open = openPlaceholder.exec(text);
    const end = open === null ? text.length : open.index;
    this.#held = text.slice(end);
    if (end > 0) this.#onText(text.slice(0, end));
  }
}
