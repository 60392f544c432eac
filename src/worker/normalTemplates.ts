const slot = '<*>';

/**
 * Patterns that a person marked as normal. The same message may get a finer or coarser pattern in
 * another log, so a slot of a normal pattern covers whatever stands there, word by word.
 */
export class NormalTemplates {
  readonly #exact: ReadonlySet<string>;
  readonly #byLength = new Map<number, (readonly string[])[]>();

  constructor(templates: readonly string[]) {
    this.#exact = new Set(templates);
    for (const template of this.#exact) {
      const words = wordsOf(template);
      // A pattern of slots alone would cover every line of its length.
      if (!words.some((word) => word.replaceAll(slot, '').length > 1)) continue;
      const alike = this.#byLength.get(words.length);
      if (alike === undefined) this.#byLength.set(words.length, [words]);
      else alike.push(words);
    }
  }

  has(template: string): boolean {
    if (this.#exact.has(template)) return true;
    const words = wordsOf(template);
    const alike = this.#byLength.get(words.length) ?? [];
    return alike.some((normal) => normal.every((word, at) => covers(word, words[at] ?? '')));
  }
}

function wordsOf(template: string): readonly string[] {
  return template.trim().split(/\s+/);
}

/** Whether a word with slots covers another one: the constant parts occur in order. Linear in both. */
function covers(normal: string, word: string): boolean {
  if (normal === word) return true;
  const parts = normal.split(slot);
  if (parts.length === 1) return false;
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (word.length < first.length + last.length) return false;
  if (!word.startsWith(first) || !word.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = word.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= word.length - last.length;
}
