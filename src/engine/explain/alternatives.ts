import type { ExplainContext } from './explainContext.ts';
import type { Alternative } from './explanation.ts';
import type { Hypothesis } from './hypotheses.ts';
import { causeStatement } from './summary.ts';
import { componentOf } from './suspects.ts';

/** Other possible causes, without those that the first one explains. */
export function alternativesTo(
  hypotheses: readonly Hypothesis[],
  top: Hypothesis,
  context: ExplainContext,
): readonly Alternative[] {
  const { analyses, own, evidence } = context;
  const explained = new Set(top.effects.map(({ link }) => link.effect));
  return hypotheses
    .filter(
      (item) =>
        item !== top && item.score >= top.score * (explained.has(item.category) ? 0.8 : 0.3),
    )
    .slice(0, 4)
    .map((item) => {
      const path = analyses[item.primary.log]?.view.log.path ?? '';
      return {
        category: item.category,
        statement: causeStatement(
          item,
          componentOf(item.primary, own, path, context.severalFolders),
          analyses,
        ),
        evidence: evidence.citeAll([item.primary, ...item.support.slice(0, 1)]),
      };
    });
}
