import { readView } from '../../engine/analysis/readView.ts';
import type { Finding } from '../../engine/detect/finding.ts';
import { decodeLog } from '../../engine/record/decodeLog.ts';
import { scan } from '../scan.ts';
import { faultFloors, floorFindings, type FaultFloor } from './faultFloors.ts';
import type { FaultBase } from './logStyle.ts';
import { cleanText, everyKind, plantFaults, type FaultyLog } from './plantFaults.ts';
import { judgeLog, type JudgedLog, type ScoredFinding } from './scoreFaults.ts';

/** A clean log to plant faults into, and how many of each kind. */
export interface FaultCase {
  readonly base: FaultBase;
  readonly perKind: number;
  readonly seed: number;
  /** Whether nothing in it is amiss; else what it already says is no false finding. */
  readonly clean: boolean;
}

export interface FaultRun {
  readonly name: string;
  readonly faulty: FaultyLog;
  readonly findings: readonly Finding[];
  readonly ours: JudgedLog;
  readonly floors: Readonly<Record<FaultFloor, JudgedLog>>;
  /** The log before anything was planted; null where it is not clean by construction. */
  readonly untouched: JudgedLog | null;
}

export function scored(finding: Finding): ScoredFinding {
  return {
    line: finding.line,
    endLine: finding.endLine,
    repeats: finding.repeats,
    cited: finding.reasons.flatMap((reason) => reason.lines),
    score: finding.score,
    marked: finding.severity !== 'low',
    high: finding.severity === 'high',
    family: finding.reasons[0]?.family ?? null,
  };
}

/** What findings say: of which line, and why of which pattern. */
function sayingsOf(findings: readonly Finding[], text: string): Set<string> {
  const lines = text.split('\n');
  return new Set(
    findings.flatMap(({ line, template, reasons }) => [
      lines[line - 1] ?? '',
      `${reasons[0]?.family ?? ''} ${template}`,
    ]),
  );
}

function decoded(name: string, text: string): ReturnType<typeof decodeLog> {
  return decodeLog(`${name}.log`, new TextEncoder().encode(text));
}

/** Plants faults into a clean log, looks for them, and looks at the log without them too. */
export async function runFaults({ base, perKind, seed, clean }: FaultCase): Promise<FaultRun> {
  const before = await scan(decoded(base.name, cleanText(base)), { seed });
  const own = sayingsOf(before.findings, cleanText(base));
  const faulty = plantFaults(base, everyKind, perKind, seed);
  const { faults } = faulty;
  const log = decoded(base.name, faulty.text);
  const { findings } = await scan(log, { seed });
  const byLine = new Map(findings.map((finding) => [finding.line, finding]));
  const known = ({ line }: ScoredFinding): boolean =>
    !clean && [...sayingsOf([byLine.get(line)!], faulty.text)].some((saying) => own.has(saying));
  const view = await readView(log, {});
  const judge = (list: readonly ScoredFinding[]): JudgedLog =>
    judgeLog(log.lineCount, faults, list, known);
  const floors = Object.fromEntries(
    faultFloors.map((floor) => [
      floor,
      judgeLog(log.lineCount, faults, floorFindings(view, floor)),
    ]),
  ) as Record<FaultFloor, JudgedLog>;
  return {
    name: base.name,
    faulty,
    findings,
    ours: judge(findings.map(scored)),
    floors,
    untouched: clean ? judgeLog(before.view.log.lineCount, [], before.findings.map(scored)) : null,
  };
}
