import { alternativesTo } from './alternatives.ts';
import type { ChangeStory } from './changes.ts';
import { citeMentions, citedChange } from './citations.ts';
import { skewNotices } from './clockWords.ts';
import { sharedIds } from './correlation.ts';
import type { ExplainContext } from './explainContext.ts';
import type { Confidence, Explanation, Verdict } from './explanation.ts';
import type { Hypothesis } from './hypotheses.ts';
import { whatIsMissing } from './missing.ts';
import type { Ordered } from './order.ts';
import { readLine } from './readLines.ts';
import { recommend } from './recommendations.ts';
import type { Signal } from './signal.ts';
import { causeStatement, changeSentence, joined, summarise } from './summary.ts';
import { componentOf, rankSuspects } from './suspects.ts';
import { onsetOf, timelineEntries } from './timelineEntries.ts';
import { baseName } from './words.ts';

/** What was concluded, before it is written down. */
export interface Story {
  readonly ordered: Ordered;
  readonly hypotheses: readonly Hypothesis[];
  readonly top: Hypothesis;
  readonly verdict: Verdict;
  readonly confidence: Confidence;
  readonly asked: Signal | null;
  readonly changes: ChangeStory;
  readonly hasBaseline: boolean;
}

/** The explanation of an incident: cause, suspects, alternatives, timeline, all with evidence. */
export function tellStory(context: ExplainContext, story: Story): Explanation {
  const { analyses, own, evidence, similar, mentions, answer, coverage } = context;
  const { ordered, hypotheses, top, verdict, confidence, asked, changes, hasBaseline } = story;
  const path = analyses[top.primary.log]?.view.log.path ?? '';
  const component = componentOf(top.primary, own, path, context.severalFolders);
  const statement = causeStatement(top, component, analyses);
  const causeEvidence = evidence.citeAll([top.primary, ...top.support.slice(0, 3)]);
  if (asked !== null) evidence.cite(asked);
  const effects = evidence.citeAll(top.effects.map(({ signal }) => signal));
  const textOf = (signal: Signal): string => {
    const log = analyses[signal.log]?.view.log;
    return log === undefined ? '' : readLine(log, signal.line - 1);
  };
  const suspects = rankSuspects(top, ordered.signals, own, evidence, textOf);
  const alternatives = alternativesTo(hypotheses, top, context);
  const mentioned = citeMentions(mentions, analyses, evidence);
  const shared = sharedIds(ordered.signals.slice(0, 200), textOf);
  const timeline = timelineEntries({ ordered, top, analyses, shared, changes, evidence });
  const rest = ordered.signals.filter((signal) => signal.weight >= top.primary.weight * 0.4);
  evidence.citeAll(rest.slice(0, 20));
  const change = citedChange(changes, evidence);
  const sentences = summarise({
    verdict,
    statement: { text: statement, evidence: causeEvidence },
    top,
    change: {
      text: changeSentence(changes, onsetOf(top, ordered.signals), analyses),
      evidence: change === null ? [] : [change.id],
    },
    suspect: { text: suspectSentence(suspects), evidence: suspects[0]?.evidence ?? [] },
    answer: { text: answer, evidence: mentioned.slice(0, 1) },
    effects,
  });
  return {
    version: 1,
    verdict,
    summary: joined(sentences),
    rootCause: {
      category: top.category,
      component,
      statement,
      evidence: [...new Set([...causeEvidence, ...effects.slice(0, 2)])],
    },
    suspects,
    alternatives,
    timeline,
    evidence: evidence.items,
    similarIncidents: similar.map(({ incident, similarity, why }) => ({
      id: incident.id,
      similarity,
      why,
      rootCause: incident.rootCause,
      resolution: incident.resolution,
    })),
    recommendations: recommend({
      top,
      suspects,
      similar,
      evidence: causeEvidence,
      weak: verdict === 'inconclusive',
      change,
    }),
    missing: whatIsMissing({ analyses, ordered, top, hasBaseline }),
    confidence,
    source: 'offline',
    mode: context.mode,
    sentences,
    removed: [],
    notices: skewNotices(analyses, ordered.clocks),
    coverage,
  };
}

function suspectSentence(suspects: Explanation['suspects']): string {
  const first = suspects[0];
  if (first === undefined || first.score < 0.5) return '';
  const at = first.line === null ? '' : `:${first.line}`;
  const where = `${baseName(first.file)}${at}`;
  return first.function === ''
    ? `The stack trace points at ${where}.`
    : `The stack trace points at ${first.function} in ${where}.`;
}
