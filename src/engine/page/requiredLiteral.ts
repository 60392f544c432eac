/** Shorter texts are everywhere: looking for them first would gain nothing. */
const leastLength = 2;

/**
 * The longest text that every match of a regular expression holds; null where none is certain. Only
 * what stands one behind the other at the outermost level is looked at: groups, classes and
 * alternatives hold nothing certain. The expression is a valid one of RE2.
 * @param matchCase without it a `k` also stands for the sign of Kelvin and an `s` for a long s, and
 * letters beyond ASCII have cases of their own: these end a text.
 */
export function requiredLiteral(expression: string, matchCase: boolean): string | null {
  // Flags inside of an expression, and quotations, change what its characters mean.
  if (/\(\?(?!:|P?<)/.test(expression) || expression.includes('\\Q')) return null;
  const runs = new Runs(matchCase);
  const characters = Array.from(expression);
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at]!;
    switch (character) {
      case '|':
        return null;
      case '(':
        at = groupEnd(characters, at);
        runs.end();
        break;
      case '[':
        at = classEnd(characters, at);
        runs.end();
        break;
      case '*':
      case '?':
        runs.dropLast();
        break;
      case '{':
        at = Math.max(at, characters.indexOf('}', at));
        runs.dropLast();
        break;
      case '+':
      case '.':
      case '^':
      case '$':
        runs.end();
        break;
      case '\\':
        at = readEscape(characters, at, runs);
        break;
      default:
        runs.add(character);
    }
  }
  return runs.longest();
}

class Runs {
  readonly #matchCase: boolean;
  #run: string[] = [];
  #longest = '';

  constructor(matchCase: boolean) {
    this.#matchCase = matchCase;
  }

  add(character: string): void {
    if (!this.#matchCase && !/^[\x20-\x7e]$/.test(character)) this.end();
    else if (!this.#matchCase && /[ks]/i.test(character)) this.end();
    else this.#run.push(character);
  }

  /** The last character may be missing. */
  dropLast(): void {
    this.#run.pop();
    this.end();
  }

  end(): void {
    const text = this.#run.join('');
    if (text.length > this.#longest.length) this.#longest = text;
    this.#run = [];
  }

  longest(): string | null {
    this.end();
    return this.#longest.length < leastLength ? null : this.#longest;
  }
}

/** @returns the index of the last character of the escape */
function readEscape(characters: readonly string[], at: number, runs: Runs): number {
  const escaped = characters[at + 1] ?? '';
  if (/^[^\w\s]$/.test(escaped)) {
    runs.add(escaped);
    return at + 1;
  }
  runs.end();
  // `\x{1F600}`, `\p{Greek}`: what is in braces is a name, not a number of times.
  if (/^[xpP]$/.test(escaped) && characters[at + 2] === '{') return characters.indexOf('}', at);
  if (escaped === 'x') return at + 3;
  if (escaped === 'p' || escaped === 'P') return at + 2;
  let last = at + 1;
  if (/\d/.test(escaped)) while (/^\d$/.test(characters[last + 1] ?? '')) last += 1;
  return last;
}

function groupEnd(characters: readonly string[], from: number): number {
  let depth = 0;
  for (let at = from; at < characters.length; at += 1) {
    const character = characters[at]!;
    if (character === '\\') at += 1;
    else if (character === '[') at = classEnd(characters, at);
    else if (character === '(') depth += 1;
    else if (character === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return characters.length;
}

function classEnd(characters: readonly string[], from: number): number {
  let at = from + 1;
  if (characters[at] === '^') at += 1;
  // A bracket in the first place stands for itself.
  if (characters[at] === ']') at += 1;
  for (; at < characters.length; at += 1) {
    if (characters[at] === '\\') at += 1;
    else if (characters[at] === '[' && characters[at + 1] === ':') {
      at = Math.max(at, characters.indexOf(']', at));
    } else if (characters[at] === ']') return at;
  }
  return characters.length;
}
