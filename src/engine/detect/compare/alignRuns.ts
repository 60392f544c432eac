/**
 * Which lines of a run have their counterpart, in order, in another: patience alignment (Bram Cohen).
 * Templates that occur once in both runs are anchors, their longest increasing subsequence is kept
 * (patience sorting, n log n), and equal lines next to an anchor join it.
 *
 * @returns one flag per line of `run`, 1 where it is matched.
 */
export function alignedLines(run: Uint32Array, good: Uint32Array): Uint8Array {
  const matched = new Uint8Array(run.length);
  const place = uniquePlaces(good);
  const here = uniquePlaces(run);
  const lines: number[] = [];
  const targets: number[] = [];
  run.forEach((template, line) => {
    const target = place.get(template);
    if (target === undefined || target < 0 || here.get(template) !== line) return;
    lines.push(line);
    targets.push(target);
  });
  const chain = longestIncreasing(targets);
  let previousLine = -1;
  let previousTarget = -1;
  for (const index of [...chain, -1]) {
    const line = index < 0 ? run.length : lines[index]!;
    const target = index < 0 ? good.length : targets[index]!;
    let low = previousLine + 1;
    let lowTarget = previousTarget + 1;
    while (low < line && lowTarget < target && run[low] === good[lowTarget]) {
      matched[low] = 1;
      low += 1;
      lowTarget += 1;
    }
    let high = line - 1;
    let highTarget = target - 1;
    while (high >= low && highTarget >= lowTarget && run[high] === good[highTarget]) {
      matched[high] = 1;
      high -= 1;
      highTarget -= 1;
    }
    if (index >= 0) matched[line] = 1;
    previousLine = line;
    previousTarget = target;
  }
  return matched;
}

/** Where each template stands that occurs once; -1 for those that occur more often. */
function uniquePlaces(templates: Uint32Array): Map<number, number> {
  const places = new Map<number, number>();
  templates.forEach((template, line) => {
    places.set(template, places.has(template) ? -1 : line);
  });
  return places;
}

/** Indexes of a longest strictly increasing subsequence (patience sorting with back links). */
export function longestIncreasing(values: readonly number[]): number[] {
  const tails: number[] = [];
  const back = new Int32Array(values.length).fill(-1);
  values.forEach((value, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[tails[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    back[index] = low === 0 ? -1 : tails[low - 1]!;
    tails[low] = index;
  });
  const chain: number[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = back[index]!) chain.push(index);
  return chain.reverse();
}
