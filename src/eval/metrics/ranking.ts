/** Average precision and the best F1 that any threshold reaches; ties count together. */
export function ranking(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): { ap: number; oracle: number } {
  const order = Array.from({ length: labels.length }, (_, index) => index).sort(
    (a, b) => scores[b]! - scores[a]!,
  );
  let positives = 0;
  for (const label of Array.from(labels)) positives += label;
  let found = 0;
  let ap = 0;
  let oracle = 0;
  let at = 0;
  while (at < order.length) {
    const before = found;
    let end = at;
    while (end < order.length && scores[order[end]!] === scores[order[at]!]) {
      found += labels[order[end]!]!;
      end += 1;
    }
    ap += ((found - before) / positives) * (found / end);
    oracle = Math.max(oracle, (2 * found) / (end + positives));
    at = end;
  }
  return { ap, oracle };
}

export function flagging(
  flags: ArrayLike<number | boolean>,
  labels: ArrayLike<number>,
): { precision: number; recall: number; f1: number } {
  let flagged = 0;
  let hits = 0;
  let positives = 0;
  for (let index = 0; index < labels.length; index += 1) {
    positives += labels[index]!;
    if (!flags[index]) continue;
    flagged += 1;
    hits += labels[index]!;
  }
  return {
    precision: flagged === 0 ? 0 : hits / flagged,
    recall: hits / positives,
    f1: (2 * hits) / (flagged + positives),
  };
}
