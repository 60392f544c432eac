import type { SimilarIncident } from '../incident/incident.ts';
import { levelRank } from '../record/levels.ts';
import type { AnalysedLog } from './analysedLog.ts';
import type { ChangeStory } from './changes.ts';
import { changesAround, noChanges } from './changes.ts';
import { computeConfidence } from './confidence.ts';
import { sharedIds } from './correlation.ts';
import { EvidenceList } from './evidence.ts';
import type { Alternative, Confidence, ExplainMode, Explanation, Verdict } from './explanation.ts';
import type { Focus } from './focus.ts';
import { signalAt, weighByFocus } from './focus.ts';
import type { Hypothesis } from './hypotheses.ts';
import { rankHypotheses } from './hypotheses.ts';
import { whatIsMissing } from './missing.ts';
import { noveltyAgainst } from './novelty.ts';
import { orderSignals } from './order.ts';
import type { OwnNames } from './ownCode.ts';
import { ownNames } from './ownCode.ts';
import type { Mention } from './question.ts';
import { findMentions } from './question.ts';
import { readLine, recordSpan } from './readLines.ts';
import { recommend } from './recommendations.ts';
import type { Signal } from './signals.ts';
import { collectSignals } from './signals.ts';
import {
  answerFrom,
  causeStatement,
  changeSentence,
  joined,
  summarise,
  summariseQuiet,
} from './summary.ts';
import { componentOf, rankSuspects } from './suspects.ts';
import { onsetOf, timelineEntries } from './timelineEntries.ts';
import { baseName, shorten } from './words.ts';

/** What an explanation is made from. */
export interface ExplainInput {
  /** The logs of the incident, one or many. */
  readonly analyses: readonly AnalysedLog[];
  /** Logs of a known-good run of the same system. */
  readonly baseline?: readonly AnalysedLog[];
  /** What the reader asks; the summary answers it from the log. */
  readonly question?: string;
  /** Past incidents that look alike, best first. */
  readonly similar?: readonly SimilarIncident[];
  /** The line the reader asks about. */
  readonly focus?: Focus;
  /** What was used, for the report; `full` where it is not said. */
  readonly mode?: ExplainMode;
}

/** Below this a signal is a habit of the log, above the second it is worth a conclusion. */
const weakWeight = 0.3;
const strongWeight = 0.58;
const maxMentions = 8;

/**
 * The offline explanation: what broke, from evidence, general knowledge, statistics and past
 * incidents, without a language model. Pure and deterministic; total for every input. Evidence is
 * numbered, at most 60 items, and every claim cites some.
 */
export function explainLogs(input: ExplainInput): Explanation {
  const { analyses, baseline = [], question = '', similar = [], focus, mode = 'full' } = input;
  const novelty = noveltyAgainst(baseline);
  const collected = analyses.flatMap((analysis, log) => collectSignals(analysis, log, novelty));
  const asked = focus === undefined ? null : signalAt(focus, analyses, collected);
  const signals = asked === null ? collected : weighByFocus(collected, asked, analyses);
  const ordered = orderSignals(signals, analyses);
  const hypotheses = rankHypotheses(ordered.signals);
  const changes =
    hypotheses[0] === undefined
      ? noChanges
      : changesAround(hypotheses[0], onsetOf(hypotheses[0], ordered.signals), analyses);
  const changed = changes.before.map(({ log, record }) => ({ log, record, count: 1, weight: 0.6 }));
  const places = [...changed, ...collected];
  const mentions =
    question.trim() === '' ? [] : findMentions(question, analyses, places, maxMentions);
  const answer = question.trim() === '' ? '' : answerFrom(question, mentions, analyses);
  const top = hypotheses[0];
  const context: Context = {
    analyses,
    mode,
    own: ownNames(
      analyses.map(({ view }) => ({ path: view.log.path, sources: view.records.sources })),
    ),
    evidence: new EvidenceList(analyses),
    similar,
    mentions,
    answer,
    lines: analyses.reduce((sum, { view }) => sum + view.log.lineCount, 0),
    severalFolders:
      new Set(analyses.map(({ view }) => view.log.path.replace(/[^/\\]*$/, ''))).size > 1,
  };
  if (top === undefined || !speaksOfIncident(top, signals)) {
    const weak = signals.filter((signal) => signal.weight >= 0.2).length;
    return quiet(context, weak);
  }
  const computed = computeConfidence({ hypotheses, ordered, similar, changes });
  const verdict = verdictOf(top, computed, signals);
  const confidence = verdict === 'inconclusive' ? unsure(computed) : computed;
  return tell(context, {
    ordered,
    hypotheses,
    top,
    verdict,
    confidence,
    asked,
    changes,
    hasBaseline: baseline.length > 0,
  });
}

interface Context {
  readonly mode: ExplainMode;
  readonly analyses: readonly AnalysedLog[];
  readonly own: OwnNames;
  readonly evidence: EvidenceList;
  readonly similar: readonly SimilarIncident[];
  readonly mentions: readonly Mention[];
  readonly answer: string;
  readonly lines: number;
  /** The logs lie in more than one folder. */
  readonly severalFolders: boolean;
}

/** A log with warnings only, or with habits only, has no incident. */
function speaksOfIncident(top: Hypothesis, signals: readonly Signal[]): boolean {
  if (top.primary.weight >= strongWeight) return true;
  return signals.some(({ weight, level, trace, facts, finding }) => {
    if (weight < weakWeight) return false;
    if (level >= levelRank.error || trace !== null) return true;
    if (finding?.severity === 'high' && weight >= 0.4) return true;
    const told = facts[0]?.strength ?? 0;
    // A warning that names a cause is worth a look; a log without levels speaks by its words.
    return level === levelRank.warning ? weight >= 0.5 && told >= 0.7 : told >= 0.55;
  });
}

/** What is not concluded is not believed either, however well its words are known. */
function unsure(confidence: Confidence): Confidence {
  const why = 'the signs are weak or stand alone';
  return { level: 'low', value: Math.min(0.4, confidence.value), why: `${why}; ${confidence.why}` };
}

function verdictOf(top: Hypothesis, confidence: Confidence, signals: readonly Signal[]): Verdict {
  const { primary } = top;
  if (primary.weight < strongWeight) return 'inconclusive';
  const severe = signals.filter((signal) => signal.weight >= strongWeight).length;
  if (top.category === 'unknown') {
    return primary.trace !== null || primary.isNew === true || severe > 1
      ? 'probable'
      : 'inconclusive';
  }
  if (confidence.level === 'low') return 'inconclusive';
  const certain =
    confidence.level === 'high' && top.role === 'cause' && (top.fact?.strength ?? 0) >= 0.6;
  return certain ? 'root_cause_found' : 'probable';
}

function quiet(context: Context, weak: number): Explanation {
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

function tell(
  context: Context,
  story: {
    readonly ordered: ReturnType<typeof orderSignals>;
    readonly hypotheses: readonly Hypothesis[];
    readonly top: Hypothesis;
    readonly verdict: Verdict;
    readonly confidence: Confidence;
    readonly asked: Signal | null;
    readonly changes: ChangeStory;
    readonly hasBaseline: boolean;
  },
): Explanation {
  const { analyses, own, evidence, similar, mentions, answer, lines } = context;
  const { ordered, hypotheses, top, verdict, confidence, asked, changes, hasBaseline } = story;
  const path = analyses[top.primary.log]?.view.log.path ?? '';
  const component = componentOf(top.primary, own, path, context.severalFolders);
  const statement = causeStatement(top, component, analyses);
  const causeEvidence = evidence.citeAll([top.primary, ...top.support.slice(0, 3)]);
  if (asked !== null) evidence.cite(asked);
  const effects = evidence.citeAll(top.effects.map(({ signal }) => signal));
  const suspects = rankSuspects(top, ordered.signals, own, evidence);
  const alternatives = alternativesTo(hypotheses, top, context);
  const mentioned = citeMentions(mentions, analyses, evidence);
  const shared = sharedIds(ordered.signals.slice(0, 200), (signal) => {
    const log = analyses[signal.log]?.view.log;
    return log === undefined ? '' : readLine(log, signal.line - 1);
  });
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
    notices: [],
    coverage: { lines, linesSent: 0, tokensSent: 0, masked: 0, provider: null },
  };
}

/** The most related change with the id of its line; null where none is. */
function citedChange(
  { before }: ChangeStory,
  evidence: EvidenceList,
): { readonly text: string; readonly id: string } | null {
  const lead = before[0];
  if (lead === undefined || lead.related === 0) return null;
  const id = evidence.citeLines(lead.log, lead.line, lead.line);
  return id === null ? null : { text: shorten(lead.text, 100), id };
}

/** Other possible causes, without those that the first one explains. */
function alternativesTo(
  hypotheses: readonly Hypothesis[],
  top: Hypothesis,
  context: Context,
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

function citeMentions(
  mentions: readonly Mention[],
  analyses: readonly AnalysedLog[],
  evidence: EvidenceList,
): readonly string[] {
  const ids: string[] = [];
  for (const { log, record } of mentions) {
    const records = analyses[log]?.view.records;
    if (records === undefined) continue;
    const { first, end } = recordSpan(records, record);
    const id = evidence.citeLines(log, first + 1, Math.min(end, first + 8));
    if (id !== null) ids.push(id);
  }
  return ids;
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
