/** A reproducible stream of numbers in [0, 1). Same seed, same stream, on every machine. */
export type Random = () => number;

/** mulberry32 (Tommy Ettinger, public domain, 2017): 32 bits of state are enough for training. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
