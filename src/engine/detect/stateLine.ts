import type { Template } from '../template/templateTable.ts';

/** `parity error.......0`: a name, a dotted leader, a value. A word there is an outcome (`... failed`). */
const dottedLeader = /\.{2,}\s*(?:<\*>|\d[\da-fx]*)(?: ?\([^)]*\))?$/i;
/** `dbcr0=<*> dbsr=<*>`, `RIP: <*> RSP: <*>`, `f1=<*> ffffffff`: nothing but short names with values. */
const nameValues =
  /^(?:[A-Za-z]\w{0,11}|[A-Za-z]?<\*>)(?:=|: ?)(?:<\*>|0x[\da-f]+|\d+)(?:[\s,;]+(?:(?:[A-Za-z]\w{0,11}|[A-Za-z]?<\*>)(?:=|: ?)(?:<\*>|0x[\da-f]+|\d+)|[\da-f]{8}|0x[\da-f]+))*[\s,;]*$/i;
/** One name with one value is as often the code of an error. */
const severalValues = /[=:].*[=:]|(?:[\s,]+[\da-f]{8}){2}/i;
/** `machine state register: <*>`: a few words that name one value. */
const namedValue = /^[A-Za-z][\w/-]*(?: [\w/-]+){0,4}: ?<\*>$/;
/** Longer patterns are no lines of a dump, and are not worth a look. */
const longest = 300;
/** A verb among them tells an event, whatever value it ends with. */
const tells =
  /\b(?:fail\w*|unable|cannot|can't|could|not|abort\w*|lost|denied|refused|killed|died|received|got|found|caught|caused|occurred|detected|exit\w*|raised|threw|stopped|start\w*)\b/i;

/**
 * Whether a pattern is a line of a dump (registers, flags, counters after a crash): a name with its
 * value. It is logged at the level of the failure above it, and its words name what was measured
 * ("byte ordering exception.....0" says that there was none).
 */
export function isStateLine({ text, slots }: Pick<Template, 'text' | 'slots'>): boolean {
  if (text.length > longest) return false;
  if (dottedLeader.test(text)) return true;
  if (tells.test(text)) return false;
  return (
    (nameValues.test(text) && severalValues.test(text)) ||
    (slots[0] === 'hex' && namedValue.test(text))
  );
}
