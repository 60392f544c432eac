import type { EventTable } from './events.ts';
import type { Description } from './evidence.ts';
import type { LogView } from './logView.ts';
import type { SeverityPrior } from './detectors/severity.ts';
import { levelName, number, percent, quoted, times } from './words.ts';

/** Why an event is bad, in words. */
export function describeSeverity(
  view: LogView,
  events: EventTable,
  severity: SeverityPrior,
  event: number,
): Description {
  const level = levelName(events.level[event]!);
  const words = severity.words[event]!;
  const says = words.map((word) => `“${word}”`).join(', ');
  const observed = [level, says].filter((part) => part !== '').join(', ') || 'reads like a failure';
  const share = percent(1 - severity.share[event]!);
  const parts = [
    level === '' ? '' : `logged at ${level}`,
    says === '' ? '' : `says ${says}`,
  ].filter((part) => part !== '');
  const lead = parts.length > 0 ? parts.join(' and ') : 'reads like a failure';
  return {
    text: `${lead.charAt(0).toUpperCase()}${lead.slice(1)}; ${share} of ${number(view.records.count)} messages are less severe.`,
    observed,
    expected: `${share} of messages are less severe`,
  };
}

/**
 * Why an event is rare, in words; a level that differs from the template's usual one is named.
 *
 * @param typical how often a common kind of message comes (`typicalRecords`)
 */
export function describeRarity(
  view: LogView,
  events: EventTable,
  event: number,
  typical: number,
): Description {
  const records = events.records[event]!;
  const total = view.records.count;
  const template = view.templates.templates[events.template[event]!]!;
  const seen = times(records);
  const line = number(view.records.firstLine[events.first[event]!]! + 1);
  const elsewhere = template.count - records;
  if (elsewhere > records * 5) {
    const level = levelName(events.level[event]!) || 'no level';
    const usual = usualLevel(events, event);
    return {
      text: `${quoted(template.text, 60)} came ${seen} at ${level}, ${times(elsewhere)} at ${usual}.`,
      observed: `${seen} at ${level}`,
      expected: `${times(elsewhere)} at ${usual}`,
    };
  }
  const before = events.first[event]!;
  if (records > 1 && before > total / 4) {
    return {
      text: `Never seen in the first ${number(before)} messages; ${times(records)} from line ${line} on.`,
      observed: `${seen}, from line ${line}`,
      expected: neverBefore(before),
    };
  }
  const expected = commonly(typical);
  return records === 1
    ? { text: `The only message of its kind among ${number(total)}.`, observed: seen, expected }
    : {
        text: `Seen ${seen} in ${number(total)} messages, first at line ${line}.`,
        observed: seen,
        expected,
      };
}

const commonly = (typical: number): string =>
  `half of all messages come ${number(typical)} times or more`;
const neverBefore = (records: number): string => `never in the first ${number(records)} messages`;

/** Whether a reason of the family `rarity` counts the messages of a kind, and says nothing else. */
export function countsMessages({ expected }: { readonly expected: string }): boolean {
  return expected.startsWith('half of all messages come ') || expected.startsWith('never in the ');
}

/**
 * How seldom a kind of message is, as `describeRarity` says it, of a log that is not in memory.
 *
 * @param line the first one (1-based)
 */
export function describeSeldom(
  records: number,
  total: number,
  line: number,
  typical: number,
): Description {
  const seen = times(records);
  const text =
    records === 1
      ? `The only message of its kind among ${number(total)}.`
      : `Seen ${seen} in ${number(total)} messages, first at line ${number(line)}.`;
  return { text, observed: seen, expected: commonly(typical) };
}

/** How rare a failure is that was written in several wordings. */
export function describeTwins(
  view: LogView,
  wordings: number,
  records: number,
  first: number,
  typical: number,
): Description {
  const line = number(view.records.firstLine[first]! + 1);
  return {
    text: `Seen ${times(records)} in ${number(view.records.count)} messages, in ${number(wordings)} similar wordings, first at line ${line}.`,
    observed: `${times(records)}, in ${number(wordings)} wordings`,
    expected: commonly(typical),
  };
}

/** The level at which the same pattern stands most often. */
function usualLevel(events: EventTable, event: number): string {
  let best = -1;
  for (let other = 0; other < events.count; other += 1) {
    if (other === event || events.template[other] !== events.template[event]) continue;
    if (best < 0 || events.records[other]! > events.records[best]!) best = other;
  }
  return (best < 0 ? '' : levelName(events.level[best]!)) || 'no level';
}

/** How often the kind of the middle message comes: half of all messages are at least as common. */
export function typicalRecords(events: EventTable): number {
  const descending = Uint32Array.from(events.records).sort().reverse();
  let mass = 0;
  for (const records of descending) {
    mass += records;
    if (mass * 2 >= events.ofRecord.length) return records;
  }
  return 1;
}
