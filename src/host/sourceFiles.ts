/**
 * The candidate that a path of a stack trace most likely names: the one that shares the longest end
 * with it, whole folders at a time, the shortest of equals. A trace may have been written on another
 * machine, from a container or a build folder, so its beginning says little. Null without candidates.
 */
export function likeliestPath(traced: string, candidates: readonly string[]): string | null {
  const wanted = partsOf(traced);
  let best: { readonly path: string; readonly shared: number } | null = null;
  for (const path of candidates) {
    const shared = sharedEnd(wanted, partsOf(path));
    if (shared === 0) continue;
    const isBetter =
      best === null ||
      shared > best.shared ||
      (shared === best.shared && path.length < best.path.length);
    if (isBetter) best = { path, shared };
  }
  return best?.path ?? null;
}

/** File name of a path of any system, or of a Java frame such as `Orders.java`. */
export function fileNameOf(path: string): string {
  return partsOf(path).at(-1) ?? '';
}

function partsOf(path: string): readonly string[] {
  return path.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..');
}

function sharedEnd(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a.at(-1 - count) === b.at(-1 - count)) count++;
  return count;
}
