/** A case with its true class and the one that was said. */
export interface Judged {
  readonly truth: string;
  readonly said: string;
}

/**
 * Mean F1 over the classes that occur as truth, each counting the same however rare it is. What is
 * said but never true has no F1 of its own: it costs the recall of the true class. Not a number for
 * no cases.
 */
export function macroF1(cases: readonly Judged[]): number {
  const classes = [...new Set(cases.map(({ truth }) => truth))];
  const scores = classes.map((name) => {
    const hits = cases.filter(({ truth, said }) => truth === name && said === name).length;
    const wanted = cases.filter(({ truth }) => truth === name).length;
    const said = cases.filter((item) => item.said === name).length;
    return hits === 0 ? 0 : (2 * hits) / (wanted + said);
  });
  return scores.reduce((sum, score) => sum + score, 0) / classes.length;
}

/** The class that is true most often; of equally frequent ones the first by name. */
export function commonest(truths: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const truth of truths) counts.set(truth, (counts.get(truth) ?? 0) + 1);
  return (
    [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name)[0] ?? ''
  );
}
