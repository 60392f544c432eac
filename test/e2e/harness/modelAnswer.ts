/** An answer of a language model that is right about the sample incident, but for one claim. */
export const answerWithInventedClaim = JSON.stringify({
  verdict: 'root_cause_found',
  summary: 'The connection pool of orders ran dry [E1]. The database restarted twice [E99].',
  root_cause: {
    category: 'resource.handles',
    component: 'orders',
    statement: 'The connection pool ran dry.',
    evidence: ['E1'],
  },
  alternatives: [],
  causal_chain: [],
  contradicting_evidence: [],
  missing_information: [],
  recommendations: [],
  similar_incidents_used: [],
});
