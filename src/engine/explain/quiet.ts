import { citeMentions } from './citations.ts';
import type { ExplainContext } from './explainContext.ts';
import type { Explanation } from './explanation.ts';
import { whatIsMissing } from './missing.ts';
import { joined, summariseQuiet } from './summary.ts';

/** The explanation of logs in which nothing is wrong. `weak` counts signs that were not enough. */
export function quiet(context: ExplainContext, weak: number): Explanation {
  const { analyses, evidence, mentions, answer, lines } = context;
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
      ordered: { signals: [], by: 'time' },
      top: null,
      hasBaseline: true,
    }),
    confidence: {
      level: weak === 0 ? 'high' : 'medium',
      value: weak === 0 ? 0.9 : Math.max(0.5, 0.8 - 0.03 * weak),
      why:
        weak === 0
          ? 'no errors, no failing responses, no findings'
          : 'some weak signs, none of them telling',
    },
    source: 'offline',
    mode: context.mode,
    sentences,
    removed: [],
    notices: [],
    coverage: { lines, linesSent: 0, tokensSent: 0, masked: 0, provider: null },
  };
}
