import { bytesText } from '../../record/decodeLog.ts';
import type { Family } from '../finding.ts';
import { levelName } from '../words.ts';
import type { Candidate, Collected } from './candidate.ts';

/** Longest title. */
const titleCharacters = 120;

const kindWords: Partial<Record<Family, string>> = {
  rarity: 'Rare message',
  text: 'Unlike other messages',
  order: 'Out of order',
  count: 'Unusual session',
  value: 'Unusual value',
  rate: 'Burst',
  gap: 'Gap',
};

const startsWithLevel =
  /^[[(<*]?(?:trace|debug|info|notice|warn|warning|err|error|severe|fatal|crit|critical|alert|emerg|panic)\b/i;

/** What kind of thing was found, and the message itself. */
export function titleOf({ view, events }: Collected, candidate: Candidate): string {
  const { records, log } = view;
  const start = records.messageStart[candidate.main]!;
  const end = Math.min(records.messageEnd[candidate.main]!, start + 400);
  const message = bytesText(log, start, end).trim().replaceAll(/\s+/g, ' ');
  const level = levelName(events.level[candidate.event]!);
  const top = candidate.reasons.find((reason) => reason.family !== 'severity');
  const isFailing = candidate.claims.get('severity')?.kind === 'failing';
  const kind = isFailing
    ? 'Mostly failing'
    : candidate.prior >= 1 && level !== '' && level !== 'INFO'
      ? level
      : (kindWords[top?.family ?? 'rarity'] ?? 'Unusual');
  // A message that begins with a level of its own needs no other.
  const title = !isFailing && startsWithLevel.test(message) ? message : `${kind}: ${message}`;
  return title.length > titleCharacters ? `${title.slice(0, titleCharacters - 1)}…` : title;
}
