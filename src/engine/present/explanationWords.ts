import type {
  Basis,
  Coverage,
  EvidenceItem,
  Explanation,
  RemovedClaim,
  Suspect,
} from '../explain/explanation.ts';
import { sizeWords } from '../explain/wholeLog.ts';
import { baseName, grouped } from '../explain/words.ts';

/** Verdicts as a heading says them. */
export const verdictWords = {
  root_cause_found: 'Root cause found',
  probable: 'Probable cause',
  inconclusive: 'Inconclusive',
  no_incident: 'No incident',
} as const satisfies Record<Explanation['verdict'], string>;

const basisKinds = {
  rule: 'rule',
  knowledge: 'general knowledge:',
  statistic: 'counted:',
  order: 'order of events:',
  trace: 'stack trace:',
  change: 'a change:',
  incident: 'past incident',
  question: 'the question:',
  model: 'worded by',
} as const satisfies Record<Basis['kind'], string>;

const places = {
  summary: 'summary',
  cause: 'cause',
  alternative: 'other explanations',
  chain: 'chain of events',
  recommendation: 'what to do',
} as const satisfies Record<RemovedClaim['where'], string>;

/** What a sentence rests on: `rule pg-disk-full`, `order of events: 4.2 s before api.log`. */
export function basisWords({ kind, detail }: Basis): string {
  return detail === '' ? basisKinds[kind].replace(/:$/, '') : `${basisKinds[kind]} ${detail}`;
}

/** Where a removed claim stood: `what to do`. */
export function removedFrom({ where }: RemovedClaim): string {
  return places[where];
}

/** The place of an excerpt: `orders.log:1203` or `orders.log:1203-1207`. */
export function placeWords({ path, line, endLine }: EvidenceItem): string {
  return `${baseName(path)}:${line}${endLine > line ? `-${endLine}` : ''}`;
}

/** A suspect as code names it: `Pool.java:31 Pool.borrow`. */
export function suspectWords({ file, line, function: name }: Suspect): string {
  return `${file}${line === null ? '' : `:${line}`}${name === '' ? '' : ` ${name}`}`;
}

/** Who wrote it, and from what. */
export function authorWords({ source, mode, sentences }: Explanation): string {
  const model = source.slice('llm:'.length);
  const worded = sentences.some(({ basis }) => basis.kind === 'model')
    ? `Worded by ${model}, every claim checked against the evidence`
    : `Offline explanation; ${model} was asked, and its summary did not replace this one`;
  const how = source === 'offline' ? 'Offline explanation: no language model was used' : worded;
  const used =
    mode === 'fast'
      ? 'fast mode: rules and words only'
      : 'full mode: rules and statistics, past incidents and embeddings where there are any';
  return `${how}; ${used}`;
}

/** What was read and what left the machine: `read 74 lines · sent 0 lines · masked 0 · no provider`. */
export function receiptWords(coverage: Coverage): string {
  const { lines, reread, linesSent, tokensSent, masked, provider } = coverage;
  return [
    `read ${counted(lines, 'line')}`,
    ...(reread === undefined
      ? []
      : [`weighed ${sizeWords(reread.bytes)} of ${sizeWords(reread.of)}`]),
    `sent ${counted(linesSent, 'line')}`,
    ...(tokensSent > 0 ? [counted(tokensSent, 'token')] : []),
    `masked ${counted(masked, 'value')}`,
    provider === null ? 'no provider' : `received by ${provider}`,
  ].join(' · ');
}

function counted(value: number, one: string): string {
  return `${grouped(value)} ${one}${value === 1 ? '' : 's'}`;
}

/** The logs that the evidence comes from, in the order in which it cites them. */
export function logsOf({ evidence }: Explanation): readonly string[] {
  return [...new Set(evidence.map(({ path }) => path))];
}

/** The excerpts that the cause itself rests on; the first ones where it cites none. */
export function mainEvidence(explanation: Explanation, limit: number): readonly EvidenceItem[] {
  const { evidence, rootCause } = explanation;
  const cited = evidence.filter(({ id }) => rootCause.evidence.includes(id));
  return (cited.length > 0 ? cited : evidence).slice(0, limit);
}
