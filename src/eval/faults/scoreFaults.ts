import type { Family } from '../../engine/detect/finding.ts';
import { faultKinds, type FaultKind } from './fault.ts';
import type { PlantedFault } from './plantFaults.ts';

/** What the scorer must know of a finding; floors give findings of their own. */
export interface ScoredFinding {
  readonly line: number;
  readonly endLine: number;
  readonly repeats: readonly number[];
  /** Lines that its reasons cite. */
  readonly cited: readonly number[];
  readonly score: number;
  readonly marked: boolean;
  readonly high: boolean;
  /** Family of the first reason. */
  readonly family: Family | null;
}

/** One finding against what was planted. */
export interface JudgedFinding {
  readonly score: number;
  readonly marked: boolean;
  readonly high: boolean;
  /** Faults of its log that it shows, by number; none for a false finding. */
  readonly faults: readonly number[];
  readonly names: boolean;
}

/** One log, judged. */
export interface JudgedLog {
  readonly lines: number;
  readonly kinds: readonly FaultKind[];
  readonly findings: readonly JudgedFinding[];
}

/** Lines of a finding that a reader looks at. */
const spanLines = 10;

/**
 * A finding shows a fault when one of its first ten lines does, or when half of its repeats or of the
 * lines that it cites do: one that covers everything shows nothing.
 *
 * @param known whether a false finding is one that the log already had before anything was planted
 */
export function judgeLog(
  lines: number,
  faults: readonly PlantedFault[],
  findings: readonly ScoredFinding[],
  known: (finding: ScoredFinding) => boolean = () => false,
): JudgedLog {
  const atLine = new Map<number, number[]>();
  for (const [index, fault] of faults.entries()) {
    for (const line of fault.lines) atLine.set(line, [...(atLine.get(line) ?? []), index]);
  }
  const judged = findings.flatMap((finding): JudgedFinding[] => {
    const shown = new Set<number>();
    const until = Math.min(finding.endLine, finding.line + spanLines - 1);
    for (let line = finding.line; line <= until; line += 1) {
      for (const fault of atLine.get(line) ?? []) shown.add(fault);
    }
    for (const list of [finding.repeats, finding.cited]) {
      const hits = list.filter((line) => atLine.has(line));
      if (shown.size > 0 || hits.length * 2 >= list.length) {
        for (const line of hits) for (const fault of atLine.get(line)!) shown.add(fault);
      }
    }
    if (shown.size === 0 && known(finding)) return [];
    const names = [...shown].some((fault) => {
      const expected: readonly Family[] = faultKinds[faults[fault]!.kind];
      return finding.family !== null && expected.includes(finding.family);
    });
    const { score, marked, high } = finding;
    return [{ score, marked, high, faults: [...shown], names }];
  });
  return { lines, kinds: faults.map((fault) => fault.kind), findings: judged };
}

/** What a set of logs gives at one cut. */
export interface FaultFigures {
  readonly macroRecall: number;
  readonly recall: Readonly<Partial<Record<FaultKind, number>>>;
  readonly falsePer10k: number;
  /** Share of the found faults whose best finding begins with a reason of the right family. */
  readonly named: number;
  readonly planted: number;
}

function figuresOf(
  logs: readonly JudgedLog[],
  kept: (finding: JudgedFinding, log: JudgedLog) => boolean,
): FaultFigures {
  const planted = new Map<FaultKind, number>();
  const found = new Map<FaultKind, number>();
  let lines = 0;
  let wrong = 0;
  let named = 0;
  let foundAll = 0;
  for (const log of logs) {
    lines += log.lines;
    const best = new Map<number, JudgedFinding>();
    for (const finding of log.findings) {
      if (!kept(finding, log)) continue;
      if (finding.faults.length === 0) wrong += 1;
      for (const fault of finding.faults) {
        if ((best.get(fault)?.score ?? -1) < finding.score) best.set(fault, finding);
      }
    }
    for (const [index, kind] of log.kinds.entries()) {
      planted.set(kind, (planted.get(kind) ?? 0) + 1);
      const finding = best.get(index);
      if (finding === undefined) continue;
      found.set(kind, (found.get(kind) ?? 0) + 1);
      foundAll += 1;
      if (finding.names) named += 1;
    }
  }
  const recall: Partial<Record<FaultKind, number>> = {};
  for (const [kind, count] of planted) recall[kind] = (found.get(kind) ?? 0) / count;
  const shares = Object.values(recall);
  return {
    macroRecall: shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length),
    recall,
    falsePer10k: (wrong / Math.max(1, lines)) * 10_000,
    named: named / Math.max(1, foundAll),
    planted: [...planted.values()].reduce((sum, count) => sum + count, 0),
  };
}

/** At the cut that the reader sees: everything that is marked. */
export function figuresMarked(logs: readonly JudgedLog[]): FaultFigures {
  return figuresOf(logs, (finding) => finding.marked);
}

export function figuresHigh(logs: readonly JudgedLog[]): FaultFigures {
  return figuresOf(logs, (finding) => finding.high);
}

/** At the lowest score at which all logs together have at most `rate` false findings per 10k lines. */
export function figuresAtRate(
  logs: readonly JudgedLog[],
  rate: number,
): FaultFigures & { cut: number } {
  const lines = logs.reduce((sum, log) => sum + log.lines, 0);
  const wrong = logs
    .flatMap((log) => log.findings.filter((finding) => finding.faults.length === 0))
    .map((finding) => finding.score)
    .sort((a, b) => b - a);
  // The first false finding that is one too many, and all that score as low as it, fall away.
  const cut = wrong[Math.floor((rate * lines) / 10_000)] ?? -1;
  return { ...figuresOf(logs, (finding) => finding.score > cut), cut };
}

/** In each log from the top until it has more than `rate` false findings per 10k lines, at least one. */
export function figuresByLog(logs: readonly JudgedLog[], rate: number): FaultFigures {
  const cuts = new Map<JudgedLog, number>();
  for (const log of logs) {
    const allowed = Math.max(1, Math.floor((rate * log.lines) / 10_000));
    const wrong = log.findings
      .filter((finding) => finding.faults.length === 0)
      .map((finding) => finding.score)
      .sort((a, b) => b - a);
    cuts.set(log, wrong[allowed] ?? -1);
  }
  return figuresOf(logs, (finding, log) => finding.score > cuts.get(log)!);
}
