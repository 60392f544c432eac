import { placeInLog } from '../record/placeInLog.ts';
import type { AnalysedLog } from './analysedLog.ts';
import type { ChangeStory } from './changes.ts';
import { nearMs } from './changes.ts';
import type { Basis, Sentence, Verdict } from './explanation.ts';
import type { Hypothesis } from './hypotheses.ts';
import type { Mention } from './question.ts';
import { readMessage } from './readLines.ts';
import type { Signal } from './signal.ts';
import { linesOf, timesInLog } from './wholeLog.ts';
import { baseName, clock, duration, grouped, sentence, shorten } from './words.ts';

/** Where a hypothesis begins, for a sentence: `first at orders.log:1203, 12:03:07`. */
function place(top: Hypothesis, analyses: readonly AnalysedLog[]): string {
  const { primary } = top;
  const time = clock(primary.time);
  const { count, isFirst } = timesInLog(primary, analyses);
  const times = count > 1 ? `, ${grouped(count)} times` : '';
  const where = placeOf(analyses[primary.log], primary.line);
  return `${isFirst ? 'first ' : ''}at ${where}${time === '' ? '' : ` at ${time}`}${times}`;
}

/** A line (1-based) of a log's text as a reader finds it: `orders.log:1203`. */
function placeOf(analysis: AnalysedLog | undefined, line: number): string {
  if (analysis === undefined) return '';
  const place = placeInLog(analysis.view.log, line);
  return `${baseName(place.path)}:${place.line}`;
}

/** What broke, in one sentence: the kind of failure, where, since when, and the log's own words. */
export function causeStatement(
  top: Hypothesis,
  component: string,
  analyses: readonly AnalysedLog[],
): string {
  const { primary, fact } = top;
  const said = shorten(primary.text, 160);
  const where = component === '' ? '' : ` in ${component}`;
  const words = said === '' ? '' : `: “${said}”`;
  if (fact === null) {
    const since = primary.isNew === true ? 'that the good run does not have' : 'of an unknown kind';
    return `A pattern ${since}${where}, ${place(top, analyses)}${words}.`;
  }
  return `${sentence(fact.says)}${where}, ${place(top, analyses)}${words}.`;
}

/** The sentence on what followed; empty when nothing known did. */
function effectsSentence(top: Hypothesis): string {
  const links = top.effects.slice(0, 2).map(({ link, signal }) => {
    const says = signal.facts.find((fact) => fact.category === link.effect)?.says;
    return says ?? link.says;
  });
  if (links.length === 0) return '';
  const said = [...new Set(links)];
  const which = said.length === 1 ? 'a known effect' : 'known effects';
  return `After it ${said.join(', and ')}: ${which} of this.`;
}

/** What names the kind of failure: the words that general knowledge knows, or only that it is new. */
export function causeBasis({ primary, fact }: Hypothesis): Basis {
  if (fact?.rule !== undefined) return { kind: 'rule', detail: fact.rule.id };
  if (fact !== null) return { kind: 'knowledge', detail: `“${fact.words}”` };
  if (primary.trace !== null) return { kind: 'trace', detail: 'stack trace' };
  const detail = primary.isNew === true ? 'not in the good run' : 'unknown pattern';
  return { kind: 'statistic', detail };
}

/**
 * What was changed shortly before, in the log's own words; empty where nothing related was. It says
 * what came first and what followed, never that the one caused the other.
 */
export function changeSentence(
  { before, undo }: ChangeStory,
  onset: Signal,
  analyses: readonly AnalysedLog[],
): string {
  const lead = before[0];
  if (lead === undefined || lead.related === 0) return '';
  const gap = onset.time - lead.time;
  if (gap > nearMs) return '';
  const when = Number.isNaN(gap)
    ? `${grouped(onset.record - lead.record)} records before`
    : `${duration(gap)} before`;
  const where = placeOf(analyses[lead.log], lead.line);
  const said = `${when}, ${where} says: “${shorten(lead.text, 100)}”`;
  if (undo?.recovered !== true) return `${said} (earlier, which is no proof).`;
  const from = rate(undo.errorsBefore);
  const to = rate(undo.errorsAfter);
  return `${said}; after it was undone at ${clock(undo.change.time)}, errors fell from ${from} to ${to} a minute (order of events, no proof).`;
}

function rate(perMinute: number): string {
  return perMinute < 10 ? perMinute.toFixed(1).replace(/\.0$/, '') : grouped(perMinute);
}

/** A text of the summary with the evidence it rests on; left out where the text is empty. */
export interface Told {
  readonly text: string;
  readonly evidence: readonly string[];
}

/** Summary of a log in which something is wrong: at most three sentences, each with its basis. */
export function summarise(input: {
  readonly verdict: Verdict;
  readonly statement: Told;
  readonly top: Hypothesis;
  readonly change: Told;
  readonly suspect: Told;
  readonly answer: Told;
  /** Ids of the signals that are known effects. */
  readonly effects: readonly string[];
}): readonly Sentence[] {
  const { verdict, statement, top, change, suspect, answer, effects } = input;
  const said = statement.text;
  const text =
    verdict === 'inconclusive'
      ? `Only weak signs: ${said.charAt(0).toLowerCase()}${said.slice(1)}`
      : said;
  const sentences: Sentence[] = [
    answerSentence(answer),
    { text, basis: causeBasis(top), evidence: statement.evidence },
    { ...change, basis: { kind: 'change', detail: 'order of events' } },
    {
      text: effectsSentence(top),
      basis: { kind: 'knowledge', detail: 'known effects' },
      evidence: effects,
    },
    { ...suspect, basis: { kind: 'trace', detail: 'innermost own frame' } },
  ];
  return sentences.filter((sentence) => sentence.text !== '').slice(0, 3);
}

function answerSentence({ text, evidence }: Told): Sentence {
  return { text, evidence, basis: { kind: 'question', detail: 'words of the question' } };
}

/** Sentences joined as they are read. */
export function joined(sentences: readonly Sentence[]): string {
  return sentences.map(({ text }) => text).join(' ');
}

/** Summary of a healthy log. Silence is an answer, so it says how much was read. */
export function summariseQuiet(
  analyses: readonly AnalysedLog[],
  weak: number,
  answer: Told,
): readonly Sentence[] {
  const lines = linesOf(analyses);
  const logs = analyses.length === 1 ? 'this log' : `these ${grouped(analyses.length)} logs`;
  const rest =
    weak === 0
      ? ''
      : ` ${grouped(weak)} weak ${weak === 1 ? 'sign was' : 'signs were'} not enough for one.`;
  const text = `Nothing in ${logs} speaks of an incident: ${grouped(lines)} ${lines === 1 ? 'line was' : 'lines were'} read.${rest}`;
  const quiet: Sentence = {
    text,
    basis: { kind: 'statistic', detail: 'levels, patterns and findings of all lines' },
    evidence: [],
  };
  return answer.text === '' ? [quiet] : [answerSentence(answer), quiet];
}

/** What the log says about a question, in one sentence; it cites by file and line. */
export function answerFrom(
  question: string,
  mentions: readonly Mention[],
  analyses: readonly AnalysedLog[],
): string {
  const asked = shorten(question, 80);
  const best = mentions[0];
  const analysis = best === undefined ? undefined : analyses[best.log];
  if (best === undefined || analysis === undefined) {
    return `On “${asked}” the log says nothing: none of its patterns holds these words.`;
  }
  const { view } = analysis;
  const line = (view.records.firstLine[best.record] ?? 0) + 1;
  const said = shorten(readMessage(view.log, view.records, best.record), 120);
  const times = best.count > 1 ? ` (${grouped(best.count)} times)` : '';
  return `On “${asked}” the log says at ${placeOf(analysis, line)}${times}: “${said}”.`;
}
