import type { ExplainContext } from './explainContext.ts';
import type { Alternative } from './explanation.ts';
import { categories } from './explanation.ts';
import type { Hypothesis } from './hypotheses.ts';
import { causeStatement } from './summary.ts';
import { componentOf } from './suspects.ts';

const maxAlternatives = 4;
/** A past incident less alike than this does not name a cause. */
const alike = 0.7;

/**
 * Other possible causes: what the logs speak for, without what the first cause explains, and what a
 * confirmed incident that was much alike was caused by. A memory comes second where the words of the
 * logs name nothing, else third: it never decides.
 */
export function alternativesTo(
  hypotheses: readonly Hypothesis[],
  top: Hypothesis,
  context: ExplainContext,
): readonly Alternative[] {
  const spoken = spokenFor(hypotheses, top, context);
  const remembered = rememberedCause(top, context);
  if (remembered === null || spoken.some(({ category }) => category === remembered.category)) {
    return spoken;
  }
  return spoken
    .toSpliced(top.category === 'unknown' ? 0 : 1, 0, remembered)
    .slice(0, maxAlternatives);
}

/** What the best confirmed incident was caused by; null where it adds nothing to the first cause. */
function rememberedCause(top: Hypothesis, context: ExplainContext): Alternative | null {
  const past = context.similar.find(
    ({ incident, similarity }) => incident.status === 'confirmed' && similarity >= alike,
  );
  if (past === undefined) return null;
  const { incident, why } = past;
  const category = categories.find((name) => name === incident.category) ?? 'unknown';
  if (category === top.category || category === 'unknown' || category === 'none') return null;
  const said = incident.rootCause === '' ? incident.title : incident.rootCause;
  return {
    category,
    statement: `As in a confirmed past incident (${why}): ${said}`,
    evidence: context.evidence.citeAll([top.primary]),
  };
}

/** Causes that the logs themselves speak for. */
function spokenFor(
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
    .slice(0, maxAlternatives)
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
