import { citeMentions } from './citations.ts';
import { quietConfidence } from './confidence.ts';
import type { ExplainContext } from './explainContext.ts';
import type { Explanation } from './explanation.ts';
import { whatIsMissing } from './missing.ts';
import { joined, summariseQuiet } from './summary.ts';

/** The explanation of logs in which nothing is wrong. `weak` counts signs that were not enough. */
export function quiet(context: ExplainContext, weak: number): Explanation {
  const { analyses, evidence, mentions, answer, coverage } = context;
  const sentences = summariseQuiet(analyses, weak, {
    text: answer,
    evidence: citeMentions(mentions, analyses, evidence).slice(0, 1),
  });
  return {
    version: 1,
    verdict: 'no_incident',
    summary: joined(sentences),
    rootCause: { category: 'none', component: '', statement: '', evidence: [] },
    suspects: [],
    alternatives: [],
    timeline: [],
    evidence: evidence.items,
    similarIncidents: [],
    recommendations: [],
    missing: whatIsMissing({
      analyses,
      ordered: null,
      top: null,
      hasBaseline: true,
    }),
    confidence: quietConfidence(weak),
    source: 'offline',
    mode: context.mode,
    sentences,
    removed: [],
    notices: [],
    coverage,
  };
}
