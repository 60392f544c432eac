import type { Finding } from '../engine/detect/finding.ts';
import type { PartLines } from '../engine/source/partLines.ts';
import { lineInPart } from '../engine/source/partLines.ts';

/**
 * Findings of a rotated set at the lines of its files, as a reader opens them. Lines that belong to a
 * finding and stand in another file than its first one are left out: a number alone would not tell.
 */
export function inParts(
  findings: readonly Finding[],
  parts: readonly PartLines[],
): readonly Finding[] {
  return parts.length < 2 ? findings : findings.map((finding) => inPart(finding, parts));
}

function inPart(finding: Finding, parts: readonly PartLines[]): Finding {
  const { path, line } = lineInPart(parts, finding.line);
  const before = finding.line - line;
  const own = (lines: readonly number[]): readonly number[] =>
    lines.filter((one) => lineInPart(parts, one).path === path).map((one) => one - before);
  const next = parts.find(({ firstLine }) => firstLine > before)?.firstLine ?? Infinity;
  return {
    ...finding,
    path,
    line,
    endLine: Math.min(finding.endLine, next) - before,
    reasons: finding.reasons.map((reason) => ({ ...reason, lines: own(reason.lines) })),
    related: finding.related.map((place) => lineInPart(parts, place.line)),
    repeats: own(finding.repeats),
    ...(finding.lines === undefined ? {} : { lines: own(finding.lines) }),
  };
}
