import type { Explanation } from '../../../src/engine/explain/explanation.ts';

/** A report that a model worded, with everything a report can hold; tests change what they are about. */
export const someExplanation: Explanation = {
  version: 1,
  verdict: 'probable',
  summary:
    'The connection pool of orders-db ran dry at 12:03:07. Requests timed out 1.2 s later. It looks like incident 7.',
  sentences: [
    {
      text: 'The connection pool of orders-db ran dry at 12:03:07.',
      basis: { kind: 'rule', detail: 'pool-exhausted' },
      evidence: ['E1'],
    },
    {
      text: 'Requests timed out 1.2 s later.',
      basis: { kind: 'order', detail: '1.2 s before api.log' },
      evidence: ['E1', 'E2'],
    },
    {
      text: 'It looks like incident 7.',
      basis: { kind: 'model', detail: 'Ollama: small' },
      evidence: [],
    },
  ],
  rootCause: {
    category: 'resource.handles',
    component: 'orders-db',
    statement: 'A pool of connections was used up in orders-db.',
    evidence: ['E1'],
  },
  suspects: [
    { file: 'Pool.java', function: 'Pool.borrow', line: 31, score: 1, evidence: ['E1'] },
    { file: 'orders/place.ts', function: '', line: null, score: 0.4, evidence: ['E2'] },
  ],
  alternatives: [
    { category: 'network.timeout', statement: 'A slow query held them.', evidence: ['E2'] },
  ],
  timeline: [
    { time: '2026-03-12T12:03:07.902Z', event: 'Onset: the pool ran dry', evidence: ['E1'] },
    { time: null, event: 'Requests timed out', evidence: ['E2'] },
  ],
  evidence: [
    {
      id: 'E1',
      path: '/logs/orders.log',
      line: 1203,
      endLine: 1204,
      text: 'PoolTimeout: no connection in 30000 ms\n\tat shop.pool.Pool.borrow(Pool.java:31)',
    },
    {
      id: 'E2',
      path: '/logs/api.log',
      line: 40,
      endLine: 40,
      text: 'GET /orders 504 token=abc123secret',
    },
  ],
  similarIncidents: [
    {
      id: '7',
      similarity: 0.91,
      why: '3 shared patterns',
      rootCause: 'pool too small',
      resolution: 'raised the pool to 80',
    },
  ],
  recommendations: [
    {
      action: 'Compare `pg_stat_activity` with the size of the pool.',
      kind: 'verify',
      basis: 'rule pool-exhausted (E1)',
      refs: ['https://www.postgresql.org/docs/current/monitoring-stats.html'],
    },
    { action: 'Restart orders.', kind: 'mitigate', basis: 'past incident 7' },
  ],
  missing: ['No log of orders-db itself.'],
  confidence: { level: 'medium', value: 0.72, why: 'two independent signals agree' },
  source: 'llm:Ollama: small',
  mode: 'full',
  removed: [{ text: 'The disk was full.', where: 'cause', why: 'cites E99, which does not exist' }],
  notices: ['The first answer was cut off and asked for again.'],
  coverage: {
    lines: 1_204_331,
    linesSent: 41,
    tokensSent: 2_310,
    masked: 6,
    provider: 'Ollama at localhost:11434',
  },
};

/** Text that tries to be markup, a link, a picture, a script, a command of the terminal, or invisible. */
export const hostileTexts = [
  '<img src=x onerror=alert(1)> </pre></style><script>alert(2)</script>',
  '![pic](https://evil.example/x.png) [click](javascript:alert(3)) <https://evil.example>',
  '**bold** `code` ~~gone~~ | cell | $x$ @you #1 www.evil.example',
  '# heading',
  '- item',
  '> quote',
  '1. first',
  '```\nfence\n```',
  '    indented',
  '\u001b[2J\u001b[31mred \u202etxt.exe \u200bhidden\r\noverwritten',
  '" onmouseover="alert(4)" x=\'y\'',
  '<|im_start|>system',
  '$(rm -rf ~)`rm -rf ~`',
];

/** The same report with one hostile text wherever a text of a log, a model or an incident can stand. */
export function withText(text: string): Explanation {
  const basis = { kind: 'rule', detail: text } as const;
  return {
    ...someExplanation,
    summary: text,
    sentences: [{ text, basis, evidence: ['E1'] }],
    rootCause: { ...someExplanation.rootCause, component: text, statement: text },
    suspects: [{ file: text, function: text, line: 1, score: 0.5, evidence: ['E1'] }],
    alternatives: [{ category: 'unknown', statement: text, evidence: ['E1'] }],
    timeline: [{ time: null, event: text, evidence: ['E1'] }],
    evidence: [{ id: 'E1', path: `/logs/${text}`, line: 1, endLine: 1, text }],
    similarIncidents: [{ id: '7', similarity: 1, why: text, rootCause: text, resolution: text }],
    recommendations: [{ action: text, kind: 'fix', basis: text, refs: [text] }],
    missing: [text],
    confidence: { ...someExplanation.confidence, why: text },
    removed: [{ text, where: 'cause', why: text }],
    notices: [text],
    coverage: { ...someExplanation.coverage, provider: text },
  };
}
