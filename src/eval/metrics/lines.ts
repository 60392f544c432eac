/** F1 of a set of lines; lines of `neither` count as neither right nor wrong. */
export function lineF1(
  found: Iterable<number>,
  wanted: ReadonlySet<number>,
  neither: ReadonlySet<number>,
): number {
  let right = 0;
  let wrong = 0;
  for (const line of found) {
    if (wanted.has(line)) right += 1;
    else if (!neither.has(line)) wrong += 1;
  }
  return right === 0 ? 0 : (2 * right) / (right + wrong + wanted.size);
}

/** Share of what two sets have in common; 1 for two empty ones (Jaccard 1901). */
export function jaccard<T>(one: ReadonlySet<T>, two: ReadonlySet<T>): number {
  if (one.size === 0 && two.size === 0) return 1;
  let common = 0;
  for (const item of one) if (two.has(item)) common += 1;
  return common / (one.size + two.size - common);
}
