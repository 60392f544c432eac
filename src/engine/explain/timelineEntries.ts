import { lineInLog } from '../record/excerpt.ts';
import type { AnalysedLog } from './analysedLog.ts';
import type { ChangeStory } from './changes.ts';
import type { EvidenceList } from './evidence.ts';
import type { TimelineEntry } from './explanation.ts';
import type { Hypothesis } from './hypotheses.ts';
import { namingFact } from './hypotheses.ts';
import type { Clocks } from './clocks.ts';
import { moment } from './clocks.ts';
import type { Ordered } from './order.ts';
import { gapBetween } from './order.ts';
import type { SharedId } from './correlation.ts';
import type { Signal } from './signal.ts';
import { timeNear } from './signalPlace.ts';
import { patternInLog, timesInLog } from './wholeLog.ts';
import { baseName, duration, grouped, isoTime, sentence, shorten } from './words.ts';

const maxEntries = 14;

/**
 * What happened in which order: the onset, the cause, the first sign in every other log with its
 * lead time, known effects, and when it was last seen.
 */
export function timelineEntries(input: {
  readonly ordered: Ordered;
  readonly top: Hypothesis;
  readonly analyses: readonly AnalysedLog[];
  readonly shared: readonly SharedId[];
  readonly changes: ChangeStory;
  readonly evidence: EvidenceList;
}): readonly TimelineEntry[] {
  const { ordered, top, analyses, shared, changes, evidence } = input;
  const strong = ordered.signals.filter((signal) => signal.weight >= top.primary.weight * 0.45);
  const events = new Map<Signal, string>();
  const say = (signal: Signal): string => describe(signal, timesInLog(signal, analyses).count);
  const onset = onsetOf(top, ordered.signals);
  if (onset !== top.primary) {
    events.set(onset, `first sign: ${say(onset)}`);
  }
  events.set(
    top.primary,
    `${onset === top.primary ? 'onset' : 'likely cause'}: ${say(top.primary)}`,
  );
  for (const { signal, link } of top.effects) {
    if (!events.has(signal)) events.set(signal, `${say(signal)} (${link.says})`);
  }
  const seen = new Set([top.primary.log]);
  for (const signal of strong) {
    if (seen.has(signal.log) || events.size >= maxEntries) continue;
    seen.add(signal.log);
    if (!events.has(signal)) {
      events.set(signal, `${say(signal)}${lead(signal, top.primary, analyses, ordered.clocks)}`);
    }
  }
  for (const { id, signals } of shared.slice(0, 3)) {
    const later = signals.find((signal) => signal !== top.primary && !events.has(signal));
    if (later === undefined || !signals.includes(top.primary) || events.size >= maxEntries)
      continue;
    events.set(later, `${say(later)} (same identifier ${shorten(id, 40)})`);
  }
  for (const signal of strong) {
    if (events.size >= maxEntries - 1) break;
    if (!events.has(signal) && signal.weight >= top.primary.weight * 0.8) {
      events.set(signal, say(signal));
    }
  }
  const entries = ordered.signals.flatMap((signal): TimelineEntry[] => {
    const event = events.get(signal);
    if (event === undefined || isToldBetter(signal, events)) return [];
    const id = evidence.cite(signal);
    return id === null
      ? []
      : [
          {
            time: timeOf(signal, analyses, ordered.clocks),
            event: sentence(event),
            evidence: [id],
          },
        ];
  });
  const last = lastSeen(top.primary, analyses, evidence, ordered.clocks);
  const told = last === null ? entries : placed(entries, last);
  return changeEntries(changes, onset, analyses, evidence, ordered.clocks).reduceRight(
    (list, { entry, first }) => (first ? [entry, ...list] : placed(list, entry)),
    told,
  );
}

/** The first sign of what the report is about: the earliest signal that is nearly as strong. */
export function onsetOf(top: Hypothesis, ordered: readonly Signal[]): Signal {
  return ordered.find((signal) => signal.weight >= top.primary.weight * 0.45) ?? top.primary;
}

/** Puts an entry where its time belongs; without a time, to the end. */
function placed(entries: readonly TimelineEntry[], entry: TimelineEntry): TimelineEntry[] {
  const { time } = entry;
  const after = time === null ? -1 : entries.findIndex((other) => (other.time ?? '') > time);
  return after < 0 ? [...entries, entry] : entries.toSpliced(after, 0, entry);
}

/** What was changed before, and that it was changed back. */
function changeEntries(
  { before, undo }: ChangeStory,
  onset: Signal,
  analyses: readonly AnalysedLog[],
  evidence: EvidenceList,
  clocks: Clocks,
): readonly { readonly entry: TimelineEntry; readonly first: boolean }[] {
  const entries = [...before]
    .sort((a, b) => a.time - b.time || a.log - b.log || a.line - b.line)
    .map((change) => {
      const name = baseName(analyses[change.log]?.view.log.path ?? '');
      const words = `Changed before (${name}): “${shorten(change.text, 90)}”`;
      return { change, words, first: Number.isNaN(onset.time) || Number.isNaN(change.time) };
    });
  if (undo !== null) {
    const how = undo.recovered ? ', after which errors fell' : '';
    const words = `Undone${how}: “${shorten(undo.change.text, 90)}”`;
    entries.push({ change: undo.change, words, first: false });
  }
  return entries.flatMap(({ change, words, first }) => {
    const id = evidence.citeLines(change.log, change.line, change.line);
    if (id === null) return [];
    const time = timeOf({ ...onset, time: change.time }, analyses, clocks);
    return [{ entry: { time, event: words, evidence: [id] }, first }];
  });
}

/** The same line is one event: it is told by the label, or by the fact, that says most. */
function isToldBetter(signal: Signal, events: ReadonlyMap<Signal, string>): boolean {
  const worth = (item: Signal): number =>
    (/^(?:onset|likely cause|first sign): /.test(events.get(item) ?? '') ? 2 : 0) +
    (namingFact(item)?.strength ?? 0);
  const twins = [...events.keys()].filter(
    (other) => other.log === signal.log && other.line === signal.line,
  );
  const best = twins.reduce((one, other) => (worth(other) > worth(one) ? other : one), signal);
  return best !== signal && twins.indexOf(best) !== twins.indexOf(signal);
}

/** What a signal is, in a few words: the fact that names it, or its own text. */
function describe(signal: Signal, count: number): string {
  const fact = namingFact(signal);
  const text = shorten(signal.text, 90);
  if (fact === null) return text === '' ? 'a line without text' : `“${text}”`;
  const times = count > 1 ? `, ${grouped(count)} times` : '';
  return text === '' ? `${fact.says}${times}` : `${fact.says}${times}: “${text}”`;
}

/** A gap of more than this is no lead: the logs are of different days. */
const longestLead = 24 * 3_600_000;

/** How long after the likely cause another log shows its first sign. */
function lead(
  signal: Signal,
  primary: Signal,
  analyses: readonly AnalysedLog[],
  clocks: Clocks,
): string {
  const gap = gapBetween(primary, signal, clocks);
  if (Number.isNaN(gap) || Math.abs(gap) > longestLead) return '';
  const other = baseName(analyses[primary.log]?.view.log.path ?? '');
  // Clocks of two machines rarely agree to the second: less is called the same time.
  if (Math.abs(gap) < 1000) return `, at the same time as in ${other}`;
  return `, ${duration(gap)} ${gap > 0 ? 'after' : 'before'} ${other}`;
}

/** The time of a signal on the axis of all logs; null where its own cannot be compared with them. */
function timeOf(signal: Signal, analyses: readonly AnalysedLog[], clocks: Clocks): string | null {
  return isoTime(analyses.length < 2 ? signal.time : moment(clocks, signal.log, signal.time));
}

/** The last record of the cause's pattern, where it came more than once. */
function lastSeen(
  primary: Signal,
  analyses: readonly AnalysedLog[],
  evidence: EvidenceList,
  clocks: Clocks,
): TimelineEntry | null {
  const analysis = analyses[primary.log];
  if (analysis === undefined || primary.count < 2 || primary.trace !== null) return null;
  const pattern = analysis.view.templates.templates[primary.template];
  if (pattern === undefined || pattern.lastRecord <= primary.record) return null;
  const end = { ...primary, time: timeNear(analysis, pattern.lastRecord) };
  const time = timeOf(end, analyses, clocks);
  const line = (analysis.view.records.firstLine[pattern.lastRecord] ?? 0) + 1;
  const id = evidence.citeLines(primary.log, line, line);
  if (id === null) return null;
  const all = patternInLog(analysis, primary.template);
  const lines = grouped(all?.count ?? pattern.count);
  const isLast = all === null || all.lastLine <= lineInLog(analysis.view.log, line);
  const event = isLast
    ? `Last seen, ${lines} lines of this pattern in all`
    : `Seen again; ${lines} lines of this pattern in all, the last one is line ${grouped(all.lastLine)}`;
  return { time, event, evidence: [id] };
}
