import type { SimilarIncident } from '../incident/incident.ts';
import { computeConfidence } from './confidence.ts';
import { EvidenceList } from './evidence.ts';
import type { ExplainContext } from './explainContext.ts';
import type { Coverage, ExplainMode, Explanation } from './explanation.ts';
import { ownNames } from './ownCode.ts';
import type { Mention } from './question.ts';
import { findMentions } from './question.ts';
import type { StandingOut } from './questionPlaces.ts';
import { namedPlaces } from './questionPlaces.ts';
import { quiet } from './quiet.ts';
import { answerFrom } from './summary.ts';
import { tellStory } from './tellStory.ts';
import { speaksOfIncident, unsure, verdictOf } from './verdict.ts';
import type { WeighInput } from './weighLogs.ts';
import { weighLogs } from './weighLogs.ts';
import { linesOf, rereadOf } from './wholeLog.ts';
import { withoutInstructions } from './withoutInstructions.ts';

/** What an explanation is made from. */
export interface ExplainInput extends WeighInput {
  /** What the reader asks; the summary answers it from the log. */
  readonly question?: string;
  /** Past incidents that look alike, best first. */
  readonly similar?: readonly SimilarIncident[];
  /** `fast` leaves the past incidents out; `full` where it is not said. */
  readonly mode?: ExplainMode;
}

const maxMentions = 8;

/**
 * The offline explanation: what broke, from evidence, general knowledge, statistics and past
 * incidents, without a language model. Pure and deterministic; total for every input. Evidence is
 * numbered, at most 60 items, and every claim cites some.
 */
export function explainLogs(input: ExplainInput): Explanation {
  const { baseline = [], question = '', mode = 'full' } = input;
  const analyses = withoutInstructions(input.analyses, input.focus);
  const similar = mode === 'fast' ? [] : usable(input.similar ?? []);
  const { collected, asked, signals, ordered, hypotheses, changes } = weighLogs({
    ...input,
    analyses,
  });
  const changed = changes.before.map(({ log, record }) => ({ log, record, count: 1, weight: 0.6 }));
  const places = [...changed, ...collected];
  const mentions = question.trim() === '' ? [] : mentionsOf(question, analyses, places);
  const answer = question.trim() === '' ? '' : answerFrom(question, mentions, analyses);
  const top = hypotheses[0];
  const context: ExplainContext = {
    analyses,
    mode,
    own: ownNames(
      analyses.map(({ view }) => ({ path: view.log.path, sources: view.records.sources })),
    ),
    evidence: new EvidenceList(analyses),
    similar,
    mentions,
    answer,
    coverage: coverageOf(analyses),
    severalFolders:
      new Set(analyses.map(({ view }) => view.log.path.replace(/[^/\\]*$/, ''))).size > 1,
  };
  const records = analyses.reduce((sum, { view }) => sum + view.records.count, 0);
  if (top === undefined || !speaksOfIncident(top, signals, records)) {
    const weak = signals.filter((signal) => signal.weight >= 0.2).length;
    return quiet(context, weak);
  }
  const computed = computeConfidence({ hypotheses, ordered, similar, changes });
  const verdict = verdictOf(top, computed, signals);
  const confidence = verdict === 'inconclusive' ? unsure(computed) : computed;
  return tellStory(context, {
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

/** All lines were read; what the report rests on may be less. */
function coverageOf(analyses: ExplainInput['analyses']): Coverage {
  const reread = rereadOf(analyses);
  return {
    lines: linesOf(analyses),
    ...(reread === null ? {} : { reread }),
    linesSent: 0,
    tokensSent: 0,
    masked: 0,
    provider: null,
  };
}

/** Records that answer a question: those that it names by place or time, then those of its words. */
function mentionsOf(
  question: string,
  analyses: ExplainInput['analyses'],
  places: readonly StandingOut[],
): readonly Mention[] {
  const named = namedPlaces(question, analyses, places, maxMentions / 2);
  const known = new Set(named.map(({ log, record }) => `${log}:${record}`));
  const worded = findMentions(question, analyses, places, maxMentions);
  return [...named, ...worded.filter(({ log, record }) => !known.has(`${log}:${record}`))].slice(
    0,
    maxMentions,
  );
}

/** A past incident whose cause somebody called wrong teaches nothing. */
function usable(similar: readonly SimilarIncident[]): readonly SimilarIncident[] {
  return similar.filter(({ incident }) => incident.status !== 'rejected');
}
