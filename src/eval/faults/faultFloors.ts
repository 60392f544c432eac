import type { LogView } from '../../engine/detect/logView.ts';
import type { ScoredFinding } from './scoreFaults.ts';

/** Methods that ask for no skill, on the same logs. */
export const faultFloors = ['rarity only', 'severity words only', 'flag everything'] as const;

export type FaultFloor = (typeof faultFloors)[number];

/** What a person would search for. */
const words =
  /\b(?:error|fatal|panic|fail(?:ed|ure)?|exception|traceback|refused|timed out|denied|abort(?:ed|ing)?|corrupt)\b/gi;

function finding(line: number, endLine: number, score: number): ScoredFinding {
  return { line, endLine, repeats: [], cited: [], score, marked: true, high: true, family: null };
}

/** Findings of a floor: one a record, the highest scores first. */
export function floorFindings(view: LogView, floor: FaultFloor): ScoredFinding[] {
  const { records, templates, log } = view;
  const found: ScoredFinding[] = [];
  for (let record = 0; record < records.count; record += 1) {
    const line = records.firstLine[record]! + 1;
    const endLine = Math.max(line, records.firstLine[record + 1]!);
    if (floor === 'rarity only') {
      const { count } = templates.templates[templates.ofRecord[record]!]!;
      if (count <= 5) found.push(finding(line, endLine, 1 / count));
    } else if (floor === 'severity words only') {
      const from = log.lineStarts[line - 1]!;
      const to = log.lineStarts[Math.min(endLine, line + 9)] ?? log.bytes.length;
      const text = Buffer.from(log.bytes.subarray(from, to)).toString('latin1');
      const hits = text.match(words)?.length ?? 0;
      if (hits > 0) found.push(finding(line, endLine, hits / (hits + 1)));
    } else {
      found.push(finding(line, endLine, 1));
    }
  }
  return found;
}
