import type { Frame } from './traces/stackTrace.ts';

/** What is read of a line: loggers put the place at its head, developers into its text. */
const maxChars = 1000;
const maxPlaces = 4;

/**
 * `store/open.go:41`, `(Orders.java:88)`, `ledger.cc:31]`, `C:\app\cart.ts:3:5`; where a function
 * stands directly before the path, it is taken as well: `load /app/store.py:41`.
 */
const shape =
  /(?:(?<=^|\s)([A-Za-z_][\w.]{1,80})(?:\(\))? )?(?<![\w/\\])((?:[A-Za-z]:)?[\w./\\@-]{1,240}\.(?:go|py|java|kt|scala|groovy|rs|c|cc|cpp|cxx|h|hpp|m|mm|swift|js|mjs|cjs|jsx|ts|tsx|cs|fs|rb|php|ex|exs|erl|pl|lua)):([0-9]{1,7})(?![\w.])/g;

/** Places in code that a line of a log names outside of any trace, in the order of the line. */
export function placesIn(text: string): readonly Frame[] {
  const found: Frame[] = [];
  for (const match of text.slice(0, maxChars).matchAll(shape)) {
    const [, name = '', file = '', line = ''] = match;
    found.push({
      file,
      function: /^(?:at|in|from|file|see|by)$/i.test(name) ? '' : name,
      module: '',
      line: Number(line),
    });
    if (found.length >= maxPlaces) break;
  }
  return found;
}
