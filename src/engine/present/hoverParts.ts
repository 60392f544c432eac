import type { Family, Finding } from '../detect/finding.ts';
import { grouped } from '../explain/words.ts';
import type { SimilarIncident } from '../incident/incident.ts';
import { markdownText, truncate } from './safeText.ts';

/** One row of the table of reasons. */
export interface ReasonRow {
  readonly family: Family;
  readonly what: string;
  readonly usual: string;
  /** `strong`, `clear`, `slight`: bits in words. */
  readonly strength: string;
  readonly bits: number;
}

/** A piece of a pattern: constant text, or a place where values stand. */
export interface PatternPiece {
  readonly kind: 'literal' | 'slot';
  readonly text: string;
}

/** Everything a hover says, in order, as plain text. */
export interface HoverParts {
  readonly sentence: string;
  readonly rows: readonly ReasonRow[];
  readonly pattern: readonly PatternPiece[];
  readonly counts: string;
  readonly similar: readonly HoverIncident[];
}

/** A past incident in a hover. */
export interface HoverIncident {
  readonly id: string;
  readonly title: string;
  /** The day it was saved: `2026-10-14`. */
  readonly when: string;
  readonly why: string;
  readonly resolution: string;
}

/** What is known about the pattern in this log. */
export interface HoverContext {
  /** Times of the first and last occurrence, as shown to the reader; null where unknown. */
  readonly first: string | null;
  readonly last: string | null;
  readonly count: number;
  readonly totalRecords: number;
  /** What sessions were compared, where a reason of the finding rests on sessions; else empty. */
  readonly sessions: string;
  readonly similar: readonly SimilarIncident[];
}

/** A command offered at the end of a hover. `target` is a `command:` URI built by the host. */
export interface CommandLink {
  readonly title: string;
  readonly target: string;
}

const maxRows = 6;
const maxSimilar = 3;
const maxCell = 160;
const maxPattern = 400;

/** What a hover says about a finding. */
export function hoverParts(finding: Finding, context: HoverContext): HoverParts {
  const { reasons } = finding;
  const rows = reasons.slice(0, maxRows).map((reason) => ({
    family: reason.family,
    what: truncate(reason.observed === '' ? reason.text : reason.observed, maxCell),
    usual: truncate(reason.expected, maxCell),
    strength: strengthWord(reason.bits),
    bits: reason.bits,
  }));
  const strongest = reasons[0];
  const sentence = strongest === undefined ? finding.title : strongest.text;
  return {
    sentence: ended(truncate(sentence, 240)),
    rows,
    pattern: patternPieces(finding.template),
    counts: countsLine(context),
    similar: context.similar.slice(0, maxSimilar).map(({ incident, why }) => ({
      id: incident.id,
      title: truncate(incident.title, 120),
      when: incident.savedAt.slice(0, 10),
      why: truncate(why, 120),
      resolution: truncate(incident.resolution, 200),
    })),
  };
}

/** A pattern split into constant text and slots; at most 400 characters of it. */
export function patternPieces(template: string): readonly PatternPiece[] {
  const pieces: PatternPiece[] = [];
  template.split('<*>').forEach((literal, index) => {
    if (index > 0) pieces.push({ kind: 'slot', text: '<*>' });
    if (literal !== '') pieces.push({ kind: 'literal', text: literal });
  });
  let room = maxPattern;
  const kept: PatternPiece[] = [];
  for (const piece of pieces) {
    if (room <= 0) {
      kept.push({ kind: 'literal', text: '…' });
      break;
    }
    kept.push(piece.kind === 'slot' ? piece : { kind: 'literal', text: piece.text.slice(0, room) });
    room -= piece.text.length;
  }
  return kept;
}

/** Bits in words; a bit is one halving of what chance would explain. */
function strengthWord(bits: number): string {
  if (bits >= 8) return 'strong';
  return bits >= 3 ? 'clear' : 'slight';
}

function countsLine({ first, last, count, totalRecords, sessions }: HoverContext): string {
  const share = `${grouped(count)} of ${grouped(totalRecords)} ${totalRecords === 1 ? 'record' : 'records'}`;
  const span = last === null || last === first ? (first ?? '') : `first ${first} · last ${last}`;
  return [span, share, truncate(sessions, 100)].filter((part) => part !== '').join(' · ');
}

function ended(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** Constant text between two slots: the blanks at its ends belong to the pattern. */
function spaced(text: string): string {
  const inside = markdownText(text);
  if (inside === '') return ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${inside}${/\s$/.test(text) ? ' ' : ''}`;
}

/**
 * A hover as Markdown. All text of the log, of incidents and of detectors appears as text; the only
 * links are the ones passed in. Titles of links are the product's own words.
 */
export function hoverMarkdown(parts: HoverParts, commandLinks: readonly CommandLink[]): string {
  const blocks = [markdownText(parts.sentence)];
  if (parts.rows.length > 0) {
    const rows = parts.rows.map(
      ({ what, usual, strength }) =>
        `| ${markdownText(what)} | ${usual === '' ? '–' : markdownText(usual)} | ${strength} |`,
    );
    blocks.push(['| seen | usual | strength |', '|:--|:--|:--|', ...rows].join('\n'));
  }
  if (parts.pattern.length > 0) {
    const pieces = parts.pattern.map(({ kind, text }) => (kind === 'slot' ? '⟨…⟩' : spaced(text)));
    blocks.push(`Pattern: ${pieces.join('')}`);
  }
  blocks.push(markdownText(parts.counts));
  for (const incident of parts.similar) {
    const fix = incident.resolution === '' ? '' : ` Fixed by: ${markdownText(incident.resolution)}`;
    blocks.push(
      `Seen before, ${markdownText(incident.when)}: ${markdownText(incident.title)} (${markdownText(incident.why)}).${fix}`,
    );
  }
  const links = commandLinks.map(
    ({ title, target }) =>
      `[${markdownText(title)}](${target.replace(/[()\s<>\\]/g, encodeURIComponent)})`,
  );
  if (links.length > 0) blocks.push(links.join(' · '));
  return blocks.join('\n\n');
}
