/** A text in sentences: at a full stop, question or exclamation mark before a capital, outside of quotes. */
export function splitSentences(text: string): readonly string[] {
  const sentences: string[] = [];
  let start = 0;
  let ticked = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '`') ticked = !ticked;
    const ends =
      char === '\n' ||
      (/[.!?]/.test(char) &&
        /^[)"'”’\]]{0,2}\s+[\p{Lu}\d`"“(<[]/u.test(text.slice(at + 1, at + 12)));
    if (ticked || !ends || isAbbreviation(text, at)) continue;
    const closing = /^[)"'”’\]]{0,2}/.exec(text.slice(at + 1))?.[0].length ?? 0;
    sentences.push(text.slice(start, at + 1 + closing).trim());
    start = at + 1 + closing;
  }
  sentences.push(text.slice(start).trim());
  return sentences.filter((sentence) => sentence !== '');
}

function isAbbreviation(text: string, dot: number): boolean {
  return /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|approx|no|cf|fig|al)$/i.test(
    text.slice(Math.max(0, dot - 8), dot),
  );
}
