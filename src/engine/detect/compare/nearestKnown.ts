import { shortened } from '../build/shortened.ts';
import type { ComparedRun } from './comparedRun.ts';
import { lineTrait } from './comparedRun.ts';

/**
 * What a good run says where `line` stands: the line that follows, there, the last known line
 * before it. Null when nothing known stands near.
 */
export function nearestKnown(
  context: { readonly run: ComparedRun; readonly goodRuns: readonly ComparedRun[] },
  line: number,
): string | null {
  const { run, goodRuns } = context;
  const [good] = goodRuns;
  if (good === undefined) return null;
  for (let before = line - 1; before >= 0 && line - before <= lookedBack; before -= 1) {
    if ((run.traits[before]! & (lineTrait.blank | lineTrait.separator)) !== 0) continue;
    const at = good.template.indexOf(run.template[before]!);
    if (at < 0) continue;
    for (let next = at + 1; next < good.count && next - at <= lookedBack; next += 1) {
      if ((good.traits[next]! & (lineTrait.blank | lineTrait.separator)) !== 0) continue;
      return `“${shortened(good.lines.text(next).trim(), 120)}”`;
    }
  }
  return null;
}

/** Lines that are looked at before giving up. */
const lookedBack = 12;
