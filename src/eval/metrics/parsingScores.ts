/** How well templates agree with a ground truth, each 0..1. */
export interface ParsingScores {
  /** Share of lines whose group of lines is exactly a true group (Zhu et al. 2019). */
  readonly ga: number;
  /** F1 of groups (Jiang et al. 2024). */
  readonly fga: number;
  /** Share of lines whose template text is the true one (Dai et al. 2020). */
  readonly pa: number;
  /** F1 of groups that also have the true text (Khan et al. 2022). */
  readonly fta: number;
}

/** One template text per line, in the same order, in both arguments. */
export function parsingScores(truth: readonly string[], parsed: readonly string[]): ParsingScores {
  const trueGroups = groupsOf(truth);
  const parsedGroups = groupsOf(parsed);
  let lines = 0;
  let groups = 0;
  let texts = 0;
  let same = 0;
  truth.forEach((text, line) => {
    if (comparable(text) === comparable(parsed[line]!)) same++;
  });
  for (const [text, members] of parsedGroups) {
    const trueText = truth[members[0]!]!;
    const trueMembers = trueGroups.get(trueText)!;
    const agrees =
      trueMembers.length === members.length && members.every((line) => truth[line] === trueText);
    if (!agrees) continue;
    lines += members.length;
    groups++;
    if (comparable(text) === comparable(trueText)) texts++;
  }
  return {
    ga: lines / truth.length,
    fga: (2 * groups) / (parsedGroups.size + trueGroups.size),
    pa: same / truth.length,
    fta: (2 * texts) / (parsedGroups.size + trueGroups.size),
  };
}

/**
 * Spellings of the same template that writers of ground truths do not agree on: amount of white
 * space, values tied by one mark, quotes around a value.
 */
export function comparable(template: string): string {
  let text = template.replaceAll(/\s+/g, ' ').trim();
  for (;;) {
    const next = text
      .replaceAll(/<\*>(?:[.:#/@\-|_]<\*>)+/g, '<*>')
      .replaceAll(/(["'])<\*>\1/g, '<*>')
      .replaceAll(/(?:<\*>){2,}/g, '<*>');
    if (next === text) return text;
    text = next;
  }
}

function groupsOf(texts: readonly string[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  texts.forEach((text, line) => {
    const members = groups.get(text);
    if (members === undefined) groups.set(text, [line]);
    else members.push(line);
  });
  return groups;
}
