import type { EventTable } from './events.ts';
import type { Description } from './evidence.ts';
import type { LogView } from './logView.ts';
import { levelName } from './recordEvidence.ts';
import type { SeverityPrior } from './detectors/severity.ts';
import { number, percent, quoted, times } from './words.ts';

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
    text: `${lead.charAt(0).toUpperCase()}${lead.slice(1)}; ${share} of ${number(view.records.count)} records are less severe.`,
    observed,
    expected: `${share} less severe`,
  };
}

/** Why an event is rare, in words; a level that differs from the template's usual one is named. */
export function describeRarity(view: LogView, events: EventTable, event: number): Description {
  const records = events.records[event]!;
  const total = view.records.count;
  const template = view.templates.templates[events.template[event]!]!;
  const seen = times(records);
  const line = number(view.records.firstLine[events.first[event]!]! + 1);
  const elsewhere = template.count - records;
  if (elsewhere > records * 5) {
    const level = levelName(events.level[event]!) || 'this level';
    return {
      text: `${quoted(template.text, 60)} came ${seen} at ${level}; ${number(elsewhere)} other times at another level.`,
      observed: `${seen} at ${level}`,
      expected: 'another level',
    };
  }
  const before = events.first[event]!;
  if (records > 1 && before > total / 4) {
    return {
      text: `First seen at line ${line}, after ${number(before)} records without it; then ${times(records)} in all.`,
      observed: `${seen}, from line ${line}`,
      expected: `none in the first ${number(before)} records`,
    };
  }
  return {
    text:
      records === 1
        ? `The only message of its kind in ${number(total)} records.`
        : `Its kind came ${seen} in ${number(total)} records, first at line ${line}.`,
    observed: seen,
    expected: `a message that repeats (${number(total)} records, ${number(view.templates.templates.length)} patterns)`,
  };
}
