// One independent stream of chance per subject: changing what one service writes leaves the others alone.

/**
 * @param {string} name Names the stream; the same name gives the same numbers.
 */
export function chance(name) {
  let state = 2_166_136_261;
  for (const letter of name) state = Math.imul(state ^ letter.charCodeAt(0), 16_777_619) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    /** A whole number, both ends included. */
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    /** @type {<T>(list: readonly T[]) => T} */
    pick: (list) => list[Math.floor(next() * list.length)],
    /** True with the given probability. */
    happens: (probability) => next() < probability,
    /** Exponentially distributed: gaps between independent arrivals. */
    gap: (mean) => -Math.log(1 - next()) * mean,
    hex: (digits) =>
      Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join(''),
  };
}
