import type { Finding } from '../../detect/finding.ts';

/** A finding with all its line numbers moved: from those of a part of a log to those of the log. */
export function shiftFinding(finding: Finding, by: number): Finding {
  const move = (line: number): number => line + by;
  const { lines } = finding;
  return {
    ...finding,
    line: move(finding.line),
    endLine: move(finding.endLine),
    reasons: finding.reasons.map((reason) => ({
      ...reason,
      lines: reason.lines.map(move),
    })),
    related: finding.related.map((place) => ({ ...place, line: move(place.line) })),
    repeats: finding.repeats.map(move),
    ...(lines === undefined ? {} : { lines: lines.map(move) }),
  };
}
