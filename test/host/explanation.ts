import type { Explanation } from '../../src/engine/explain/explanation.ts';

/** A report with the given verdict and fields. */
export function explanation(
  verdict: Explanation['verdict'],
  fields: Partial<Explanation> = {},
): Explanation {
  return {
    version: 1,
    verdict,
    summary: 'The disk is full.',
    rootCause: { category: 'resource.disk', component: 'db', statement: 'Full.', evidence: [] },
    suspects: [],
    alternatives: [],
    timeline: [],
    evidence: [],
    similarIncidents: [],
    recommendations: [],
    missing: [],
    confidence: { level: 'high', value: 0.9, why: 'three signs' },
    source: 'offline',
    mode: 'full',
    sentences: [],
    removed: [],
    notices: [],
    coverage: { lines: 1, linesSent: 0, tokensSent: 0, masked: 0, provider: null },
    ...fields,
  };
}
