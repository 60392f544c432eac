import { isSlotId } from './patternRows.ts';
import type { PatternRow, PatternRows } from './patternRows.ts';

/** Records in which an assignment must have shown one word only to be taken for constant. */
const constantSupport = 20;

/** `name=word`: a value, unless the name only ever had this one word in many records. */
export function slotAssignments(patterns: PatternRows): void {
  const valuesOf = new Map<number, { value: number; count: number; constant: boolean }>();
  const { bare, texts } = patterns.vocabulary;
  const eachAssignment = (row: PatternRow, visit: (name: number, at: number) => void): void => {
    for (let at = 2; at < row.tokens.length; at++) {
      const id = row.tokens[at]!;
      if (bare[row.tokens[at - 1]!] !== '=') continue;
      // `a == b` compares; `rect=Rect(…` names a structure.
      if (bare[row.tokens[at - 2]!] === '=') continue;
      const next = row.tokens[at + 1];
      if (next !== undefined && '{('.includes(texts[next]!)) continue;
      // `a= b=1`: the first value is empty.
      if (patterns.isSpaced(id) && next !== undefined && texts[next] === '=') continue;
      if (isSlotId(id) || !/^[,;()[\]{}<>"'|=:`]$/.test(bare[id]!)) visit(row.tokens[at - 2]!, at);
    }
  };
  for (const row of patterns.rows) {
    eachAssignment(row, (name, at) => {
      const value = row.tokens[at]!;
      const known = valuesOf.get(name);
      if (known === undefined) {
        valuesOf.set(name, { value, count: row.count, constant: !isSlotId(value) });
      } else {
        known.count += row.count;
        known.constant &&= known.value === value;
      }
    });
  }
  patterns.rewrite((row) => {
    const places: number[] = [];
    eachAssignment(row, (name, at) => {
      const known = valuesOf.get(name)!;
      const plain = /^[\p{L}_-]+(?:\.[\p{L}_-]+)?$/u.test(bare[row.tokens[at]!]!);
      const constant = plain && known.constant && known.count >= constantSupport;
      if (!isSlotId(row.tokens[at]!) && !constant) places.push(at);
    });
    if (places.length === 0) return null;
    const tokens = [...row.tokens];
    for (const at of places) tokens[at] = patterns.slotFor(tokens[at]!);
    return tokens;
  });
}

/** Tokens between quotes that are still one value, and not a sentence with a stray quote. */
const maxQuoted = 24;

/** `name="any words"`: what the quotes hold is a value. */
export function slotQuotedValues(patterns: PatternRows): void {
  const texts = patterns.vocabulary.texts;
  patterns.rewrite((row) => {
    const { tokens } = row;
    if (!tokens.some((id) => texts[id] === '=')) return null;
    const kept: number[] = [];
    let at = 0;
    while (at < tokens.length) {
      const quote = texts[tokens[at]!]!;
      kept.push(tokens[at]!);
      at++;
      if ((quote !== '"' && quote !== "'") || at < 2 || texts[tokens[at - 2]!] !== '=') continue;
      const close = tokens.indexOf(tokens[at - 1]!, at);
      if (close <= at || close - at > maxQuoted) continue;
      kept.push(0, tokens[close]!);
      at = close + 1;
    }
    return kept.length < tokens.length || kept.some((id, index) => id !== tokens[index])
      ? kept
      : null;
  });
}
